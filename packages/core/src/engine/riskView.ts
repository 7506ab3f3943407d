import { InvariantError } from '../errors.js'
import type { Mode } from '../events.js'
import type { Instrument, InstrumentId } from '../instrument.js'
import { booksOf } from '../ledger.js'
import { limbsToMoney } from '../limbs.js'
import type { Money } from '../money.js'
import type { OrderRequest } from '../order.js'
import type { ExposureView, RiskView, StopQuestion } from '../risk.js'
import type { Timestamp } from '../time.js'
import { entriesOfSince, entriesSince, listEntriesSince } from './entryLog.js'
import type { Kernel } from './kernel.js'
import { type LossScope, lossToStops, lossToStopsExact, plannedStop } from './lossToStops.js'
import { type Book, dayStart, equityNow, highWaterMark, isMarketExit, type OrderRecord, type Slot } from './state.js'

/** The engine's state as rules may see it; each figure is computed when it is read. `at` puts another equity in its place. */
export function createRiskView(kernel: Kernel, at?: { readonly equity: number }): RiskView {
  return new KernelView(kernel, at)
}

/**
 * A class, since getters in a literal are functions of their own in each view: a rule that has seen the views of two engines would
 * look up every name, every time.
 */
class KernelView implements RiskView {
  readonly instruments: readonly Instrument[]
  readonly #kernel: Kernel
  readonly #at: { readonly equity: number } | undefined
  #names: readonly string[] = []

  constructor(kernel: Kernel, at: { readonly equity: number } | undefined) {
    this.#kernel = kernel
    this.#at = at
    this.instruments = kernel.slots.map((slot) => slot.instrument)
  }

  get strategies(): readonly string[] {
    const { strategies } = this.#kernel
    // The view is made before the strategies are.
    if (this.#names.length !== strategies.length) this.#names = strategies.map(({ name }) => name)
    return this.#names
  }
  get now(): Timestamp {
    return this.#kernel.now
  }
  get mode(): Mode {
    return this.#kernel.mode
  }
  get equity(): number {
    return this.#at === undefined ? this.#kernel.equityNear() : this.#at.equity
  }
  get equityExact(): Money {
    this.#kernel.valueExactly()
    return limbsToMoney(this.#kernel.exact, equityNow)
  }
  get highWaterMark(): Money {
    return limbsToMoney(this.#kernel.exact, highWaterMark)
  }
  get dayStart(): Money {
    return limbsToMoney(this.#kernel.exact, dayStart)
  }
  get highWaterMarkNear(): number {
    return this.#kernel.highWaterMarkNear
  }
  get dayStartNear(): number {
    return this.#kernel.dayStartNear
  }
  get cash(): Money {
    return booksOf(this.#kernel.ledger).cash
  }
  get grossExposure(): number {
    return grossExposure(this.#kernel)
  }
  get freeCash(): number {
    return freeCash(this.#kernel)
  }
  get openOrderCount(): number {
    return this.#kernel.orders.list.length
  }
  get cancelsToday(): number {
    return this.#kernel.cancelsToday
  }
  get fillsToday(): number {
    return this.#kernel.fillsToday
  }

  instrument(id: InstrumentId): Instrument {
    return this.#slotOf(id).instrument
  }
  exposure(id: InstrumentId, strategy?: string): ExposureView {
    const slot = this.#slotOf(id)
    return exposureOf(slot.instrument, strategy === undefined ? slot : bookOf(this.#kernel, slot, strategy))
  }
  worstPoints(id: InstrumentId): number {
    return worstPoints(this.#kernel, this.#kernel.slotIndex(id))
  }
  openOrders(id?: InstrumentId): readonly OrderRequest[] {
    return select(this.#kernel, id, () => true)
  }
  unknownOrders(id?: InstrumentId): readonly OrderRequest[] {
    return select(this.#kernel, id, (record) => record.state === 'unknown')
  }
  ordersSince(time: number, strategy?: string): number {
    const { entries } = this.#kernel
    return strategy === undefined ? entriesSince(entries, time) : entriesOfSince(entries, time, strategy)
  }
  placedSince(time: number): readonly OrderRequest[] {
    return listEntriesSince(this.#kernel.entries, time)
  }
  plannedStop(order: OrderRequest): number | 'none' {
    return plannedStop(this.#kernel, order)
  }
  lossToStops(order: StopQuestion, scope: LossScope): number {
    return lossToStops(this.#kernel, order, scope)
  }
  lossToStopsExact(order: OrderRequest, scope: LossScope): bigint {
    return lossToStopsExact(this.#kernel, order, scope)
  }
  hasGap(id: InstrumentId): boolean {
    const slot = this.#slotOf(id)
    return slot.hasGap || slot.isAway
  }
  memory(name: string): unknown {
    const { memories } = this.#kernel
    for (let index = 0; index < memories.length; index++) {
      if (memories[index]!.memory.name === name) return memories[index]!.state
    }
    return undefined
  }
  markPrice(id: InstrumentId): number {
    return this.#kernel.marks[this.#kernel.slotIndex(id)]!
  }
  markAgeMs(id: InstrumentId): number {
    const { marks, markTimes, now } = this.#kernel
    const index = this.#kernel.slotIndex(id)
    return Number.isNaN(marks[index]!) ? Number.NaN : now - markTimes[index]!
  }
  mark(id: InstrumentId): { readonly price: number; readonly ageMs: number } | undefined {
    const price = this.markPrice(id)
    return Number.isNaN(price) ? undefined : { price, ageMs: this.markAgeMs(id) }
  }

  #slotOf(id: InstrumentId): Slot {
    return this.#kernel.slots[this.#kernel.slotIndex(id)]!
  }
}

function bookOf({ strategies }: Kernel, slot: Slot, strategy: string): Book {
  for (let i = 0; i < strategies.length; i++)
    if (strategies[i]!.name === strategy) return strategies[i]!.books[slot.index]!
  throw new InvariantError(`The engine does not know the strategy "${strategy}".`)
}

function select(
  { orders }: Kernel,
  id: InstrumentId | undefined,
  wanted: (record: OrderRecord) => boolean,
): readonly OrderRequest[] {
  const found: OrderRequest[] = []
  for (const record of orders.list) {
    if ((id === undefined || record.request.instrument === id) && wanted(record)) found.push(record.request)
  }
  return found
}

function exposureOf(instrument: Instrument, held: Slot | Book): ExposureView {
  const { scale } = instrument.lot
  return {
    quantity: held.points / scale,
    pendingBuy: held.pendingBuy / scale,
    pendingSell: held.pendingSell / scale,
    pendingExit: held.pendingExit / scale,
  }
}

/**
 * Sum over instruments and strategies of the larger of the long and the short worst case, at the last price. Opposite positions
 * of two strategies do not cancel out: each is closed on its own.
 */
function grossExposure(kernel: Kernel): number {
  const { slots, marks, strategies } = kernel
  let sum = 0
  for (let index = 0; index < slots.length; index++) {
    const { scale } = slots[index]!.instrument.lot
    for (let owner = 0; owner < strategies.length; owner++) {
      const worst = worstOf(strategies[owner]!.books[index]!)
      if (worst !== 0) sum += (worst / scale) * Math.abs(marks[index]!)
    }
  }
  return sum
}

function worstPoints({ strategies }: Kernel, slot: number): number {
  let points = 0
  for (let owner = 0; owner < strategies.length; owner++) points += worstOf(strategies[owner]!.books[slot]!)
  return points
}

/** The larger of the long and the short worst case of one position, in lot points. */
function worstOf({ points, pendingBuy, pendingSell, pendingExit }: Book): number {
  if (points === 0 && pendingBuy === 0 && pendingSell === 0) return 0
  const long = points + pendingBuy + (points < 0 ? pendingExit : 0)
  const short = -points + pendingSell + (points > 0 ? pendingExit : 0)
  return Math.max(Math.abs(long), Math.abs(short))
}

/** Cash less what buys under way may still cost: entries, and market exits of short positions. */
function freeCash(kernel: Kernel): number {
  const { list } = kernel.orders
  let free = kernel.ledger.cashNear
  for (let index = 0; index < list.length; index++) {
    const { direction, request, remaining, book } = list[index]!
    if (direction < 0 || (request.reduceOnly && !isMarketExit(request))) continue
    const { slot } = book
    free -= (remaining / slot.instrument.lot.scale) * (request.limit ?? kernel.marks[slot.index]!)
  }
  return free
}
