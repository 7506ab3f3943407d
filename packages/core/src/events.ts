import type { Bar } from './bar.js'
import type { Fill } from './fill.js'
import type { Headline } from './headline.js'
import type { InstrumentId } from './instrument.js'
import type { Money } from './money.js'
import type { OrderId } from './order.js'
import type { BookDelta } from './orderBook.js'
import type { Quote } from './quote.js'
import type { Timestamp } from './time.js'
import type { Trade } from './trade.js'

/**
 * What may happen, from strictest to freest. `halted` and `cancelOnly` let cancels and the engine's own exits pass, and differ
 * for what stands around the engine; `reduceOnly` lets exits pass too.
 */
export type Mode = 'halted' | 'cancelOnly' | 'reduceOnly' | 'normal'

/** First price of a session or bar, known at its start: what a market-on-open order meets. */
export interface Opening {
  readonly kind: 'opening'
  readonly instrument: InstrumentId
  readonly time: Timestamp
  readonly price: number
}

/** What the market said. */
export type MarketEvent = Bar | Trade | Quote | BookDelta | Opening | Headline

/** What became of an order, other than a fill. */
export interface OrderUpdate {
  readonly kind: 'sent' | 'accepted' | 'triggered' | 'amended' | 'canceled' | 'expired' | 'unknown' | 'absent'
  readonly orderId: OrderId
  readonly time: Timestamp
}

/** The venue refused an order; `reason` is a stable code such as `INSUFFICIENT_FUNDS`. */
export interface OrderRejected {
  readonly kind: 'rejected'
  readonly orderId: OrderId
  readonly time: Timestamp
  readonly reason: string
}

/** What became of an order. */
export type OrderEvent = OrderUpdate | OrderRejected | Fill

/** What the world around the engine did. */
export type ControlEvent =
  /** A process began: `run` and `epoch` name the orders it will make. */
  | { readonly kind: 'started'; readonly time: Timestamp; readonly run: string; readonly epoch: number }
  /** Every fact of this timestamp has been seen: the engine marks to market and looks at its limits. */
  | { readonly kind: 'closed'; readonly time: Timestamp }
  | { readonly kind: 'timer'; readonly time: Timestamp; readonly name: string }
  | {
      readonly kind: 'mode'
      readonly time: Timestamp
      readonly mode: Mode
      readonly by: 'operator' | 'breaker' | 'runner'
      readonly reason: string
      /** Code of what it refuses (default `MODE_FORBIDS`). */
      readonly code?: string
    }
  /** An operator asked for every position to be closed. */
  | { readonly kind: 'flattened'; readonly time: Timestamp; readonly by: string }
  /** An operator lifts the latch of one rule, named by its code. */
  | { readonly kind: 'acknowledged'; readonly time: Timestamp; readonly code: string }
  /** Something that the memory of a rule of that name keeps, such as an override or a breaker's alarm, as canonical JSON. */
  | { readonly kind: 'noted'; readonly time: Timestamp; readonly memory: string; readonly fact: string }
  /** Money came in (positive) or went out; drawdown and day loss as fractions stay as they were. */
  | { readonly kind: 'transfer'; readonly time: Timestamp; readonly amount: Money }
  | { readonly kind: 'gap' | 'recovered'; readonly time: Timestamp; readonly instrument: InstrumentId }
  | { readonly kind: 'disconnected' | 'reconnected'; readonly time: Timestamp; readonly venue: string }

/** Every fact the engine can learn, in the past tense. */
export type Event = MarketEvent | OrderEvent | ControlEvent
