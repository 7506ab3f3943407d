import { pointsOf } from '../instrument.js'
import type { OrderRequest } from '../order.js'
import type { StopQuestion } from '../risk.js'
import type { Kernel } from './kernel.js'
import type { Book, Slot } from './state.js'

/** What a loss is summed over. */
export type LossScope = 'instrument' | 'account'

/** The falls of the last look, one per position or entry: lot points that lose the way from `high` to `low`. */
const high: number[] = []
const low: number[] = []
const points: number[] = []
const slots: Slot[] = []
let falls = 0

/**
 * What equity loses from now on if every protective stop is hit: each position from its last price, each entry under way from
 * its own price, in full where there is no stop. The order's stop counts for its strategy's position where it is farther.
 */
export function lossToStops(kernel: Kernel, order: StopQuestion, scope: LossScope): number {
  collect(kernel, order, scope)
  let sum = 0
  for (let i = 0; i < falls; i++) {
    const fall = high[i]! - low[i]!
    if (!(fall <= 0)) sum += (fall * points[i]!) / slots[i]!.instrument.lot.scale
  }
  return sum
}

/** The same in units of 1e-18, prices off the grid rounded so that the loss is never too small. */
export function lossToStopsExact(kernel: Kernel, order: OrderRequest, scope: LossScope): bigint {
  collect(kernel, order, scope)
  let sum = 0n
  for (let i = 0; i < falls; i++) {
    const { instrument, scale } = slots[i]!
    const from = pointsOf(instrument.tick, instrument.price(high[i]!, 'up'))
    const to = pointsOf(instrument.tick, instrument.price(low[i]!, 'down'))
    if (from > to) sum += BigInt(from - to) * BigInt(points[i]!) * scale.unit
  }
  return sum
}

/** The protective stop that an order will have: its own, or the one that stands for its strategy's position on that side. */
export function plannedStop(kernel: Kernel, order: OrderRequest): number | 'none' {
  if (order.protectiveStop !== undefined) return order.protectiveStop
  const index = kernel.slotIndex(order.instrument)
  for (const { name, books } of kernel.strategies) {
    if (name === order.strategy) return standingStop(books[index]!, order.side === 'buy')
  }
  return 'none'
}

function collect(kernel: Kernel, order: StopQuestion, scope: LossScope): void {
  falls = 0
  const only = scope === 'account' ? undefined : kernel.slots[kernel.slotIndex(order.instrument)]!
  for (const { books } of kernel.strategies) {
    if (only !== undefined) addPosition(kernel, books[only.index]!, order)
    else for (let index = 0; index < books.length; index++) addPosition(kernel, books[index]!, order)
  }
  const { list } = kernel.orders
  for (let index = 0; index < list.length; index++) {
    const { request, book, remaining } = list[index]!
    if (request.reduceOnly || (only !== undefined && book.slot !== only)) continue
    const price = request.limit ?? request.trigger ?? kernel.marks[book.slot.index]!
    const stop = request.protectiveStop ?? standingStop(book, request.side === 'buy')
    addFall(book.slot, remaining, price, { stop, isLong: request.side === 'buy' })
  }
}

function addPosition(kernel: Kernel, book: Book, order: StopQuestion): void {
  if (book.points === 0) return
  const isLong = book.points > 0
  let stop: number | 'none' = standingStop(book, isLong)
  const { list } = kernel.orders
  for (let index = 0; index < list.length; index++) {
    const record = list[index]!
    if (record.book === book && !record.request.reduceOnly) stop = farther(stop, record.request, isLong)
  }
  const owns = order.strategy === book.strategy.name && order.instrument === book.slot.instrument.id
  if (owns && !order.reduceOnly) stop = farther(stop, order, isLong)
  addFall(book.slot, Math.abs(book.points), kernel.marks[book.slot.index]!, { stop, isLong })
}

/** The stop that stands for a position; one of the other side will be gone with it. */
function standingStop(book: Book, isLong: boolean): number | 'none' {
  if (book.points === 0 || book.points > 0 !== isLong) return 'none'
  return book.stopPrice ?? 'none'
}

/** The stop that leaves more to lose: an entry of the same side moves the stop of the whole position when it fills. */
function farther(stop: number | 'none', order: StopQuestion, isLong: boolean): number | 'none' {
  const other = order.protectiveStop
  if (other === undefined || (order.side === 'buy') !== isLong) return stop
  if (stop === 'none' || other === 'none') return 'none'
  return isLong ? Math.min(stop, other) : Math.max(stop, other)
}

function addFall(
  slot: Slot,
  lotPoints: number,
  price: number,
  end: { readonly stop: number | 'none'; readonly isLong: boolean },
): void {
  // Without a stop the whole value is at risk; a short position may lose more, which no figure bounds.
  const all = end.isLong ? -Math.abs(price) : Math.abs(price)
  const stop = end.stop === 'none' ? price + all : end.stop
  high[falls] = end.isLong ? price : stop
  low[falls] = end.isLong ? stop : price
  points[falls] = lotPoints
  slots[falls] = slot
  falls++
}
