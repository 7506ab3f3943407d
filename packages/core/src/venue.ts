import type { Bar } from './bar.js'
import { BaseError, ConfigError, type ErrorOptions } from './errors.js'
import type { ControlEvent, MarketEvent, OrderEvent } from './events.js'
import type { Fill } from './fill.js'
import type { InstrumentId, Quantity } from './instrument.js'
import type { OrderId, OrderRequest, OrderState, OrderType } from './order.js'
import type { Approved } from './review.js'
import type { Duration, Timestamp } from './time.js'

declare global {
  // Merges with the platform's own declaration: core is compiled without any platform, and its ports name this one type.
  interface AbortSignal {}
}

/**
 * A stream in batches: one await per batch, none per item. A batch is never empty.
 *
 * Every stream takes an `AbortSignal`; aborting makes the iteration throw the signal's reason.
 */
export type Batches<T> = AsyncIterable<readonly T[]>

/** Which closed bars are wanted: those of one instrument with `from <= time < to`, where `time` is a bar's close. */
export interface BarQuery {
  readonly instrument: InstrumentId
  readonly from: Timestamp
  readonly to: Timestamp
}

/** What the market says: history by range, and the present as it comes. */
export interface MarketDataFeed {
  /** Closed bars in time order; ends after the last one. */
  bars(query: BarQuery, signal: AbortSignal): Batches<Bar>
  /** Everything about the instruments in order of arrival. A dropped link or a gap is an event, never silence. */
  events(instruments: readonly InstrumentId[], signal: AbortSignal): Batches<MarketEvent | ControlEvent>
}

/** What the venue knows of one order. */
export interface OrderReport {
  readonly orderId: OrderId
  readonly state: OrderState
  /** Executed so far, in base units. */
  readonly filled: Quantity
  /** Venue time of the answer. */
  readonly asOf: Timestamp
}

/** The account as the venue sees it. */
export interface Holdings {
  /** Venue time of the answer. */
  readonly asOf: Timestamp
  readonly orders: readonly OrderReport[]
  readonly fills: readonly Fill[]
  /** Exact decimal text per currency, such as `{ BTC: '0.5' }`. */
  readonly balances: Readonly<Record<string, string>>
}

/** The way to a venue's order desk. Its methods throw `VenueError` alone. */
export interface OrderGateway {
  /** Sends one create request, ever, and resolves when the venue accepted it. The intent is already durable. */
  submit(approved: Approved<OrderRequest>): Promise<void>
  cancel(orderId: OrderId): Promise<void>
  /** `undefined` means that the venue answered and does not know the order; a failed call throws. */
  query(orderId: OrderId): Promise<OrderReport | undefined>
  /** Working orders, balances, and the fills since a time. A failed call is "no information", never "flat". */
  holdings(since: Timestamp): Promise<Holdings>
  events(signal: AbortSignal): Batches<OrderEvent | ControlEvent>
}

/** What a venue can do, declared by its adapter, so that no shared code asks which venue it is. */
export interface Capabilities {
  readonly postOnly: boolean
  readonly reduceOnly: boolean
  readonly amend: boolean
  /** Whether an order can be looked up by the id we gave it. */
  readonly queryByClientId: boolean
  /** Among which orders our ids are unique: open ones, those of a recent window, or all there ever were. */
  readonly idScope: 'open' | 'window' | 'forever'
  /** Wire field that carries our id on create; `undefined` where none does. */
  readonly clientIdField: string | undefined
  /** After this long a request not yet processed is refused; `undefined` where the venue promises no such thing. */
  readonly requestExpiryMs: Duration | undefined
  /** Longest time between acceptance and visibility in a query, in milliseconds. */
  readonly visibilityLagMs: Duration
  /** True if a rate-limit refusal proves that no order was made. */
  readonly limiterBeforeAcceptance: boolean
  /** Whether the venue cancels our orders by itself when we go silent. */
  readonly deadMan: boolean
  /** Whether a resumed private stream delivers what was missed. */
  readonly streamReplay: boolean
  readonly selfTradePrevention: boolean
  /** `lossy` streams may drop messages without saying so; no live trading on one. */
  readonly delivery: 'complete' | 'lossy'
  /** Order types the venue itself understands; the engine emulates the others. */
  readonly nativeOrderTypes: readonly OrderType[]
}

/** A market: where its data comes from and where its orders go. */
export interface Venue {
  readonly id: string
  readonly capabilities: Capabilities
  readonly feed: MarketDataFeed
  readonly gateway: OrderGateway
}

/** What a failed request did: `rejected` = the venue says that nothing happened, `unknown` = it may have happened. */
export type VenueOutcome = 'rejected' | 'unknown'

/** What a `VenueError` says besides its short message. */
export interface VenueErrorOptions extends ErrorOptions {
  readonly outcome: VenueOutcome
  /** Whether the same *read* may be tried again; a create is never resent. */
  readonly retryable: boolean
  /** How long the venue asks to stay away, in milliseconds from the answer. */
  readonly retryAfterMs?: Duration
}

/** A venue refused, failed or could not be reached. `outcome` is the field that saves money: all that is ambiguous is `unknown`. */
export class VenueError extends BaseError {
  override name = 'VenueError'
  readonly outcome: VenueOutcome
  readonly retryable: boolean
  readonly retryAfterMs: Duration | undefined

  /** @throws ConfigError if `retryAfterMs` is not a finite number ≥ 0. */
  constructor(shortMessage: string, options: VenueErrorOptions) {
    super(shortMessage, options)
    const { retryAfterMs } = options
    if (retryAfterMs !== undefined && !(retryAfterMs >= 0 && retryAfterMs < Number.POSITIVE_INFINITY)) {
      throw new ConfigError(`retryAfterMs "${retryAfterMs}" is not a finite number ≥ 0.`, { code: 'BAD_DURATION' })
    }
    this.outcome = options.outcome
    this.retryable = options.retryable
    this.retryAfterMs = retryAfterMs
  }
}
