import { type Instrument, type Price, pointsOf, type Rounding } from '../instrument.js'
import type { OrderRequest, OrderType, Side } from '../order.js'
import { review } from '../review.js'
import type { AmendIntent, Intent, OrderIntent } from '../strategy.js'
import { badIntent } from './badIntent.js'
import { checkAmend } from './checkAmend.js'
import { checkIntent, orderTypeOf } from './checkIntent.js'
import { countOverrides } from './countOverrides.js'
import type { Kernel } from './kernel.js'
import { marketOrder, placeOrder, requestCancel, reserve } from './place.js'
import { protectiveStopPrice } from './protectiveStop.js'
import type { Book, OrderRecord, StrategyState } from './state.js'
import { onTarget } from './targets.js'

/** Turns one wish of a strategy into reviewed commands. */
export function onIntent(kernel: Kernel, state: StrategyState, intent: Intent): void {
  switch (intent?.kind) {
    case 'target':
      onTarget(kernel, state, intent)
      return
    case 'order':
      onOrderIntent(kernel, state, intent)
      return
    case 'cancel': {
      const record = ownOrder(kernel, state, intent.orderId)
      if (record) requestCancel(kernel, record)
      return
    }
    case 'amend': {
      const record = ownOrder(kernel, state, intent.orderId)
      checkAmend(state, intent, record?.request.type)
      if (record) amendOrder(kernel, record, intent)
      return
    }
    default:
      throw noIntent(state, intent)
  }
}

function noIntent(state: StrategyState, wish: never): Error {
  if (typeof (wish as { readonly then?: unknown } | null)?.then === 'function') {
    return badIntent(`Strategy "${state.name}" returned a Promise, which is no intent.`, [
      'A hook answers at once: leave out async, and load what it needs before the run.',
    ])
  }
  return badIntent(`Strategy "${state.name}" returned ${JSON.stringify(wish)}, which is no intent.`, [
    'Return target(), buy(), sell(), cancel(), amend(), an array of them, or nothing.',
  ])
}

/** The strategy's order under that id; undefined when it has ended, which is no mistake: facts and wishes cross. */
function ownOrder(kernel: Kernel, state: StrategyState, id: OrderRequest['id']): OrderRecord | undefined {
  const record = kernel.orders.get(id)
  return record?.book.strategy === state ? record : undefined
}

/**
 * Turns an order intent into one order, or two where a market order crosses zero: an exit and an entry.
 *
 * @throws ConfigError if a number is not finite, a key or value is unknown, or a key that the type needs is missing.
 */
export function onOrderIntent(kernel: Kernel, state: StrategyState, intent: OrderIntent): void {
  const book = state.books[kernel.slotIndex(intent.instrument)]!
  const type = orderTypeOf(intent)
  checkIntent(state, intent, type)
  const points = pointsOf(book.slot.instrument.lot, book.slot.instrument.quantity(intent.quantity))
  const direction = intent.side === 'buy' ? 1 : -1
  const held = Math.max(0, -direction * book.points - book.pendingExit)
  if (intent.reduceOnly || intent.closePosition) {
    const size = intent.closePosition ? closingSize(book, direction) || points : points
    placeOrder(kernel, book, requestOf(kernel, book, intent, type, size, 'exit'), 'strategy', intent.afterFill)
    return
  }
  // All or nothing stays one order, since two could end apart.
  if (type === 'market' && held > 0 && (intent.timeInForce !== 'fok' || points <= held)) {
    const exit = Math.min(held, points)
    if (exit === points) {
      placeOrder(kernel, book, requestOf(kernel, book, intent, type, points, 'exit'), 'strategy', intent.afterFill)
      return
    }
    // Outside the group: its fill is no reason to take the entry back.
    const own = intent.group === undefined ? intent : { ...intent, group: undefined }
    placeOrder(kernel, book, requestOf(kernel, book, own, type, exit, 'exit'), 'strategy')
    placeOrder(
      kernel,
      book,
      requestOf(kernel, book, intent, type, points - exit, 'entry'),
      'strategy',
      intent.afterFill,
    )
    return
  }
  placeOrder(kernel, book, requestOf(kernel, book, intent, type, points, 'entry'), 'strategy', intent.afterFill)
}

/** Lot points of the position that an order would close, or of the entry under way that will be one. */
function closingSize(book: Book, direction: 1 | -1): number {
  return Math.max(0, -direction * book.points) || Math.max(0, -direction * book.pendingEntry)
}

/** A limit never becomes worse than wished for by rounding. */
function limitRounding(side: Side): Rounding {
  return side === 'buy' ? 'down' : 'up'
}

function onGrid(instrument: Instrument, value: number | undefined, rounding: Rounding): Price | undefined {
  return value === undefined ? undefined : instrument.price(value, rounding)
}

function requestOf(
  kernel: Kernel,
  book: Book,
  intent: OrderIntent,
  type: OrderType,
  points: number,
  effect: 'entry' | 'exit',
): OrderRequest {
  const { instrument } = book.slot
  const stop =
    effect === 'entry' ? protectiveStopPrice(kernel, book, intent.side === 'buy' ? 1 : -1, intent.stop) : undefined
  const base = marketOrder(kernel, book, intent.side, points, effect, stop)
  if (type === 'market' && intent.timeInForce === undefined && intent.group === undefined && !intent.closePosition)
    return base
  return {
    ...base,
    type,
    limit: onGrid(instrument, intent.limit, limitRounding(intent.side)),
    trigger: onGrid(instrument, intent.trigger, 'nearest'),
    triggerSource: intent.triggerSource ?? 'last',
    trail: intent.trail,
    limitOffset: intent.limitOffset,
    timeInForce: intent.timeInForce ?? 'gtc',
    expiresAt: intent.expiresAt,
    postOnly: intent.postOnly ?? false,
    closePosition: intent.closePosition ?? false,
    displayQuantity: intent.displayQuantity === undefined ? undefined : instrument.quantity(intent.displayQuantity),
    group: intent.group,
  }
}

/** Reviews the changed order as a whole; its own reservation is set aside while the rules look. */
export function amendOrder(kernel: Kernel, record: OrderRecord, changes: AmendIntent): void {
  const { instrument } = record.book.slot
  // What an earlier amendment changed stays changed, though the venue has not answered yet.
  const request = record.amended ?? record.request
  const limit = onGrid(instrument, changes.limit, limitRounding(request.side)) ?? request.limit
  const trigger = onGrid(instrument, changes.trigger, 'nearest') ?? request.trigger
  const quantity = changes.quantity === undefined ? request.quantity : instrument.quantity(changes.quantity)
  reserve(record, -record.remaining)
  const outcome = review({ ...request, limit, trigger, quantity }, instrument, kernel.rules, kernel.riskView)
  kernel.reviewCount++
  if (outcome.kind === 'refused') {
    reserve(record, record.remaining)
    kernel.observer.onRefused?.(outcome, kernel.now)
    return
  }
  for (const shrink of outcome.shrunk) kernel.observer.onShrunk?.(shrink, kernel.now)
  if (outcome.overrides.length > 0) countOverrides(kernel, outcome)
  // The larger of both sizes stays reserved until the venue has answered.
  record.amended = outcome.order
  const remaining = pointsOf(instrument.lot, outcome.order.quantity) - record.filled
  record.remaining = Math.max(record.remaining, remaining)
  reserve(record, record.remaining)
  kernel.emit({ kind: 'amend', approved: outcome })
}
