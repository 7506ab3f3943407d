import type { Mode } from './events.js'
import type { Instrument, InstrumentId, Quantity } from './instrument.js'
import type { Money } from './money.js'
import type { OrderId, OrderRequest } from './order.js'
import type { Timestamp } from './time.js'

/** Unit of the figures in a reason. */
export type RiskUnit = 'quote' | 'ratio' | 'ms' | 'count' | 'base' | 'price'

/** One code and the numbers behind it: enough to explain a verdict without a debugger. */
export interface RiskReason {
  /** Stable code in upper snake case, such as `CLIP`. */
  readonly code: string
  /** Name of the rule that spoke. */
  readonly rule: string
  readonly limit: string
  readonly got: string
  readonly unit: RiskUnit
}

/** Why an order became smaller, and by how much. */
export interface Shrink extends RiskReason {
  /** Base units before and after the rule. */
  readonly from: Quantity
  readonly to: Quantity
}

/**
 * What a rule says: let pass, make smaller, or refuse. There is no way to enlarge. `override` is the id of the manual override without
 * which it would have left less.
 */
export type Verdict =
  | { readonly kind: 'approve'; readonly override?: string }
  | { readonly kind: 'shrink'; readonly quantity: Quantity; readonly reason: RiskReason; readonly override?: string }
  | { readonly kind: 'refuse'; readonly reason: RiskReason }

/** The verdict that lets an order pass; one shared object, so that a check allocates nothing. */
export const approve: Verdict = { kind: 'approve' }

/** A rule's alarm: the mode it forces, for how long, and whether positions are closed. */
export interface Trip {
  readonly mode: Exclude<Mode, 'normal'>
  /** First time at which it may end, or `operator`: only an `acknowledged` event ends it. */
  readonly until: Timestamp | 'operator'
  /** An acknowledgement before this time ends the trip at this time. */
  readonly notBefore?: Timestamp
  /** Close every position by reduce-only orders first. */
  readonly flatten: boolean
  readonly reason: RiskReason
}

/** What is known of one instrument across all strategies. Quantities are base units. */
export interface ExposureView {
  /** Net position, negative when short. */
  readonly quantity: number
  /** Orders under way that may still buy or sell, exits apart; unknown orders count in full. */
  readonly pendingBuy: number
  readonly pendingSell: number
  /** Exits under way. */
  readonly pendingExit: number
}

/** The part of an order on which losses to stops depend; one with `reduceOnly` leaves them as they stand. */
export type StopQuestion = Pick<OrderRequest, 'instrument' | 'strategy' | 'side' | 'reduceOnly' | 'protectiveStop'>

/** What rules see: exact money, worst cases, and everything that is pending. */
export interface RiskView {
  readonly now: Timestamp
  readonly mode: Mode
  /** Account value at the last marks, as the nearest double: for a first look. */
  readonly equity: number
  /** The same, exact. */
  readonly equityExact: Money
  /** Highest equity at any close, adjusted for transfers. */
  readonly highWaterMark: Money
  /** Equity at the last UTC midnight, adjusted for transfers. */
  readonly dayStart: Money
  /** The two marks as nearest doubles. */
  readonly highWaterMarkNear: number
  readonly dayStartNear: number
  readonly cash: Money
  /** Cash less what buys under way may still cost, at their limits or else the last price. */
  readonly freeCash: number
  /** Every instrument of the engine, in slot order. */
  readonly instruments: readonly Instrument[]
  /** Names of the strategies on the account. */
  readonly strategies: readonly string[]
  instrument(id: InstrumentId): Instrument
  /** All strategies together, opposite positions netted; or one strategy alone. */
  exposure(id: InstrumentId, strategy?: string): ExposureView
  /** Sum of |worst-case position| times mark over instruments and strategies: positions, orders under way and unknown ones. */
  readonly grossExposure: number
  /** The same of one instrument in lot points, base units times `lot.scale`: the sum over strategies of the worst case of each. */
  worstPoints(id: InstrumentId): number
  /** Orders under way, those of unknown fate too. */
  openOrders(id?: InstrumentId): readonly OrderRequest[]
  /** How many there are, of any instrument. */
  readonly openOrderCount: number
  /** Orders whose fate is unknown. */
  unknownOrders(id?: InstrumentId): readonly OrderRequest[]
  /** Number of entry orders approved at or after a time, of all strategies or of one; it counts to 1,023. */
  ordersSince(time: number, strategy?: string): number
  /** Those entry orders as they were wished for, oldest first. */
  placedSince(time: number): readonly OrderRequest[]
  /** Cancels asked for, and fills booked, since the last UTC midnight. */
  readonly cancelsToday: number
  readonly fillsToday: number
  /** The protective stop of an order: its own, else the one that stands for its strategy's position on that side. */
  plannedStop(order: OrderRequest): number | 'none'
  /**
   * What equity loses from now on if protective stops are hit: each position from its last price, each entry under way from its
   * own, in full where there is no stop. The stop of the order counts for its strategy's position where it is farther.
   */
  lossToStops(order: StopQuestion, scope: 'instrument' | 'account'): number
  /** The same in units of 1e-18, rounded so that it is never too small; every price has to be known. */
  lossToStopsExact(order: OrderRequest, scope: 'instrument' | 'account'): bigint
  /** True between a `gap` or `disconnected` event and the `recovered` or `reconnected` one. */
  hasGap(id: InstrumentId): boolean
  /** What the memory of that name holds; undefined where no rule has one. */
  memory(name: string): unknown
  /** Last price, `NaN` before the first. */
  markPrice(id: InstrumentId): number
  /** Milliseconds since the last price, `NaN` before the first. */
  markAgeMs(id: InstrumentId): number
  /** Last price and its age; undefined before the first. */
  mark(id: InstrumentId): { readonly price: number; readonly ageMs: number } | undefined
}

/** When a memory wants to be asked again: equity at or below `below`, at or above `above`, or time at or past `at`. */
export interface Alarm {
  readonly below: number
  readonly above: number
  readonly at: number
}

/** What a rule remembers from close to close: a pure state machine that the engine runs, so that a replay remembers the same. */
export interface RiskMemory<State = unknown> {
  /** Rules that bring memories of one name share the first. */
  readonly name: string
  start(view: RiskView): State
  /** Asked at the close of a time at which the alarm rings. The same object means that nothing changed. */
  next(state: State, view: RiskView): State
  /**
   * Takes a `noted` fact that names this memory. The same object means that nothing changed.
   *
   * @throws ConfigError for a fact that it cannot read; the state stays.
   */
  hear?(state: State, noted: Noted): State
  /** Asked once an order is placed or amended that an override admitted. */
  admitted?(state: State, use: OverrideUse): State
  alarm(state: State): Alarm
}

/** A fact for one memory, as its text was journaled. */
export interface Noted {
  readonly time: Timestamp
  readonly fact: string
}

/** An order that was placed by leave of a manual override. */
export interface OverrideUse {
  /** Id of the override. */
  readonly id: string
  readonly time: Timestamp
  readonly orderId: OrderId
}

/** One look for several rules, so that an order far from all their limits costs one question instead of many. */
export interface FirstLook {
  /** True only where each rule that shares this look approves the order, and every smaller one. */
  clears(order: OrderRequest, view: RiskView): boolean
}

/**
 * A limit. Rules are pure: the same order and view give the same verdict, and what must last is a `Trip` that the engine keeps.
 */
export interface RiskRule {
  readonly name: string
  /** Asked for each order. An order with `reduceOnly` must pass a rule that exists to stop new risk. */
  check(order: OrderRequest, view: RiskView): Verdict
  /** Asked once after each closed timestamp; a trip is kept by the engine until it ends. */
  watch?(view: RiskView): Trip | undefined
  /**
   * Equity above which `watch` has nothing to say, as long as high-water mark and day start stay as they are. It spares a
   * question per bar; without it `watch` is asked at every close.
   */
  watchBelow?(view: RiskView): number
  /**
   * Share of its limit that the account uses now: 0 for nothing, 1 at the limit, `NaN` where it is not known. For reports: it is asked
   * now and then, in doubles, and no verdict hangs on it.
   */
  use?(view: RiskView): number
  /** What its checks read with `view.memory(name)`. */
  readonly memory?: RiskMemory
  /** The look it shares with other rules; where that clears an order, `check` is not asked. */
  readonly firstLook?: FirstLook
}

/** Turns an exposure into signed base units. */
export interface Sizer {
  readonly name: string
  /**
   * @param exposure - Share of the strategy's allocation, -1 to 1.
   * @param budget - Allocation times equity, in the settlement currency.
   * @param price - Price to size at.
   */
  size(instrument: Instrument, exposure: number, budget: number, price: number, view: RiskView): number
}
