import type { Bar } from './bar.js'
import type { Mode, Opening, OrderEvent } from './events.js'
import type { Headline } from './headline.js'
import type { InstrumentId } from './instrument.js'
import type { OrderGroup, OrderId, OrderType, Side, TimeInForce, Trail, TriggerSource } from './order.js'
import type { Quote } from './quote.js'
import type { Refused } from './review.js'
import type { Timestamp } from './time.js'
import type { Trade } from './trade.js'

/** The exposure a strategy wants in one instrument, as a share of its allocation: -1 is fully short, +1 fully long. */
export interface TargetIntent {
  readonly kind: 'target'
  readonly instrument: InstrumentId
  readonly exposure: number
  /** Protective stop price of the position; `'none'` declines one; absent, the engine's default applies. */
  readonly stop?: number | 'none'
}

/** One order in base units. Only the keys that the type needs have to be given. */
export interface OrderIntent {
  readonly kind: 'order'
  readonly instrument: InstrumentId
  readonly side: Side
  /** Base units; goes down to the lot grid. */
  readonly quantity: number
  /** Default `market`, or `limit` where a limit is given. */
  readonly type?: OrderType
  readonly limit?: number
  readonly trigger?: number
  readonly triggerSource?: TriggerSource
  readonly trail?: Trail
  readonly limitOffset?: number
  readonly timeInForce?: TimeInForce
  readonly expiresAt?: Timestamp
  readonly postOnly?: boolean
  readonly reduceOnly?: boolean
  readonly closePosition?: boolean
  readonly displayQuantity?: number
  readonly group?: OrderGroup
  /** Protective stop of what the order opens, as in a target. */
  readonly stop?: number | 'none'
  /** Orders that come to life when this one has filled (OTO). With `bracket` they are the take-profit and the stop. */
  readonly afterFill?: readonly OrderIntent[]
}

/** Takes an order back. */
export interface CancelIntent {
  readonly kind: 'cancel'
  readonly orderId: OrderId
}

/** Changes an open order; what is absent stays. */
export interface AmendIntent {
  readonly kind: 'amend'
  readonly orderId: OrderId
  readonly quantity?: number
  readonly limit?: number
  readonly trigger?: number
}

/** What a strategy wishes for; nothing happens before a risk review has approved it. */
export type Intent = TargetIntent | OrderIntent | CancelIntent | AmendIntent

/** What a strategy may answer: nothing, one intent, or several in order. */
export type Wish = Intent | readonly Intent[] | undefined

/** A strategy's position in one instrument. */
export interface PositionView {
  /** Base units, negative when short. */
  readonly quantity: number
  /** Average entry price, 0 when flat. */
  readonly averagePrice: number
  /** Signed base units of orders that are under way and may still fill. */
  readonly reserved: number
}

/** What a strategy may look at. `now` is the time of the event. */
export interface View {
  readonly now: Timestamp
  /** Account value at the last marks, in the settlement currency. */
  readonly equity: number
  /** Share of equity this strategy may use. */
  readonly allocation: number
  readonly mode: Mode
  position(instrument: InstrumentId): PositionView
  /** Ids of this strategy's orders that are under way, oldest first. */
  openOrders(instrument?: InstrumentId): readonly OrderId[]
}

/** Reactions to facts. Each hook may return intents; none may keep a bar beyond the call. */
export interface Strategy {
  onBar?(bar: Bar, view: View): Wish
  onOpening?(opening: Opening, view: View): Wish
  onTrade?(trade: Trade, view: View): Wish
  onQuote?(quote: Quote, view: View): Wish
  onHeadline?(headline: Headline, view: View): Wish
  onOrder?(event: OrderEvent, view: View): Wish
  /** A rule refused an order it had wished for. There is no answer, so that a refusal cannot cause the next. */
  onRefused?(refused: Refused, view: View): void
}

/** A strategy as data: a name, default parameters, and a factory that makes fresh state for each run. */
export interface StrategyDefinition<Params extends object = object> {
  readonly name: string
  readonly params: Params
  create(params: Params): Strategy
}

/**
 * Types a strategy definition.
 *
 * @example
 * const hold = defineStrategy({
 *   name: 'hold',
 *   params: { exposure: 1 },
 *   create: ({ exposure }) => ({ onBar: (bar) => target(bar.instrument, exposure) }),
 * })
 */
export function defineStrategy<Params extends object>(
  definition: StrategyDefinition<Params>,
): StrategyDefinition<Params> {
  return definition
}

/** Wishes for an exposure between -1 and 1; repeating it changes nothing. */
export function target(
  instrument: InstrumentId,
  exposure: number,
  options: { readonly stop?: number | 'none' } = {},
): TargetIntent {
  return { kind: 'target', instrument, exposure, ...options }
}

/** Options of `buy` and `sell`. */
export type OrderOptions = Omit<OrderIntent, 'kind' | 'instrument' | 'side' | 'quantity'>

/** Wishes to buy a quantity of base units. */
export function buy(instrument: InstrumentId, quantity: number, options: OrderOptions = {}): OrderIntent {
  return { kind: 'order', instrument, side: 'buy', quantity, ...options }
}

/** Wishes to sell a quantity of base units. */
export function sell(instrument: InstrumentId, quantity: number, options: OrderOptions = {}): OrderIntent {
  return { kind: 'order', instrument, side: 'sell', quantity, ...options }
}

/** Wishes to take an order back. */
export function cancel(id: OrderId): CancelIntent {
  return { kind: 'cancel', orderId: id }
}

/** Wishes to change an open order. */
export function amend(id: OrderId, changes: Omit<AmendIntent, 'kind' | 'orderId'>): AmendIntent {
  return { kind: 'amend', orderId: id, ...changes }
}
