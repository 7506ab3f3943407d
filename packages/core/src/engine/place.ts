import type { Price, Quantity } from '../instrument.js'
import { pointsOf } from '../instrument.js'
import type { OrderRequest, Side } from '../order.js'
import { review } from '../review.js'
import type { OrderIntent } from '../strategy.js'
import { countOverrides } from './countOverrides.js'
import { logEntry } from './entryLog.js'
import type { Kernel } from './kernel.js'
import { type Book, isMarketExit, type OrderRecord } from './state.js'

/** Who asks for an order: a strategy, or the engine for its own protective exits, which no mode forbids. */
export type Origin = 'strategy' | 'own'

/** Reviews an order and sends it on its way; undefined when a rule refused it. */
export function placeOrder(
  kernel: Kernel,
  book: Book,
  request: OrderRequest,
  origin: Origin,
  children?: readonly OrderIntent[],
): OrderRecord | undefined {
  const { instrument } = book.slot
  kernel.maintenance = origin === 'own'
  const outcome = review(request, instrument, kernel.rules, kernel.riskView)
  kernel.maintenance = false
  kernel.reviewCount++
  if (outcome.kind === 'refused') {
    kernel.observer.onRefused?.(outcome, kernel.now)
    const { strategy, view } = book.strategy
    if (origin === 'strategy') strategy.onRefused?.(outcome, view)
    return undefined
  }
  for (const shrink of outcome.shrunk) kernel.observer.onShrunk?.(shrink, kernel.now)
  if (outcome.overrides.length > 0) countOverrides(kernel, outcome)
  const { order } = outcome
  const record: OrderRecord = {
    request: order,
    state: 'intent',
    book,
    direction: order.side === 'buy' ? 1 : -1,
    remaining: pointsOf(instrument.lot, order.quantity),
    filled: 0,
    tradeId: undefined,
    earlierTradeIds: undefined,
    children,
    amended: undefined,
    cancelSent: false,
  }
  kernel.placedCount++
  kernel.orders.add(record)
  reserve(record, record.remaining)
  if (!request.reduceOnly) logEntry(kernel.entries, request, kernel.now)
  kernel.emit({ kind: 'place', approved: outcome })
  return record
}

/** Adds to (or with a negative number takes from) what an order keeps reserved, in lot points. */
export function reserve(record: OrderRecord, points: number): void {
  const { book, request } = record
  const { slot } = book
  if (!request.reduceOnly) {
    book.pendingEntry += record.direction * points
    if (record.direction > 0) {
      book.pendingBuy += points
      slot.pendingBuy += points
    } else {
      book.pendingSell += points
      slot.pendingSell += points
    }
  } else if (isMarketExit(request)) {
    book.pendingExit += points
    slot.pendingExit += points
  }
}

/** Asks for the end of an order, once. */
export function requestCancel(kernel: Kernel, record: OrderRecord): void {
  if (record.cancelSent) return
  record.cancelSent = true
  kernel.cancelsToday++
  kernel.emit({ kind: 'cancel', orderId: record.request.id })
}

/** Places a market order that closes lot points of a position. */
export function placeExit(kernel: Kernel, book: Book, points: number, origin: Origin): OrderRecord | undefined {
  const side = book.points > 0 ? 'sell' : 'buy'
  return placeOrder(kernel, book, marketOrder(kernel, book, side, points, 'exit'), origin)
}

/** A complete market order of lot points. */
export function marketOrder(
  kernel: Kernel,
  book: Book,
  side: Side,
  points: number,
  effect: 'entry' | 'exit',
  protectiveStop?: Price | 'none',
): OrderRequest {
  const { instrument } = book.slot
  return {
    id: kernel.nextOrderId(),
    instrument: instrument.id,
    strategy: book.strategy.name,
    side,
    type: 'market',
    quantity: quantityOf(book, points),
    limit: undefined,
    trigger: undefined,
    triggerSource: 'last',
    trail: undefined,
    limitOffset: undefined,
    timeInForce: 'gtc',
    expiresAt: undefined,
    postOnly: false,
    reduceOnly: effect === 'exit',
    closePosition: false,
    displayQuantity: undefined,
    group: undefined,
    protectiveStop,
  }
}

/** Lot points as a quantity. */
export function quantityOf(book: Book, points: number): Quantity {
  const { instrument } = book.slot
  return instrument.quantity(points / instrument.lot.scale)
}
