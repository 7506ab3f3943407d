import type { DefaultStopOptions } from '../engine/defaultStop.js'
import type { Liquidity } from '../fill.js'
import type { Side } from '../order.js'
import type { FillPolicy } from './fillPolicy.js'
import type { Statistics } from './statistics.js'

/** Equity at the close of every timestamp. */
export interface EquityCurve {
  readonly length: number
  /** Milliseconds UTC, strictly rising. */
  readonly time: Float64Array
  /** In the settlement currency, after all costs, positions at their marks. */
  readonly equity: Float64Array
}

/** A position from its opening to its closing; a reversal closes one and opens the next. */
export interface RoundTrip {
  readonly strategy: string
  readonly instrument: string
  readonly direction: 'long' | 'short'
  /** Base units at the largest. */
  readonly quantity: number
  readonly entryTime: number
  readonly exitTime: number
  /** Average prices, slippage included. */
  readonly entryPrice: number
  readonly exitPrice: number
  /** Fees of all its fills. */
  readonly fees: number
  /** Profit after fees, in the settlement currency. */
  readonly profit: number
  /** Profit over entry notional. */
  readonly profitRatio: number
  /**
   * Worst and best unrealised profit, in the settlement currency; 0 when never below or above. By the highs and lows of its bars
   * and its exit price; of a bar inside which it opened the close alone, of one inside which it ended the exit price.
   */
  readonly maxAdverse: number
  readonly maxFavorable: number
  /** True for a position still open at the end, valued at the last mark. */
  readonly open: boolean
}

/** One fill, for the fills table. */
export interface FillRow {
  readonly time: number
  readonly instrument: string
  readonly strategy: string
  readonly orderId: string
  readonly side: Side
  readonly quantity: number
  readonly price: number
  readonly fee: number
  readonly liquidity: Liquidity
}

/** How often a rule stood in the way. */
export interface RefusalCount {
  readonly code: string
  readonly rule: string
  readonly refused: number
  readonly shrunk: number
  /** First time it spoke, milliseconds UTC. */
  readonly firstTime: number
  /** Last time, likewise. */
  readonly lastTime: number
  /** The figures of that first time, for people. */
  readonly example: string
  /** Shares that it took off the orders it made smaller, on average and at most; 0 where it made none smaller. */
  readonly cutMean: number
  readonly cutMost: number
}

/** How much of a limit was in use: 0 for nothing, 1 at the limit. */
export interface LimitUse {
  /** Largest use that was seen, `NaN` where it was never known. */
  readonly most: number
  /** When that was, milliseconds UTC. */
  readonly mostTime: number
  /** Use at the end. */
  readonly last: number
  /** Largest use of each UTC day on which there was a close; times are the ends of the days. */
  readonly days: { readonly time: Float64Array; readonly use: Float64Array }
}

/** What a rule said to the orders of a run, and how much of its limit was in use. */
export interface LimitRow {
  readonly rule: string
  /** Orders and amendments that came as far as this rule: no rule before it had refused them. */
  readonly asked: number
  /** Those that passed it as they came. */
  readonly approved: number
  readonly shrunk: number
  readonly refused: number
  /**
   * Undefined for a rule that does not tell. One that watches the account is looked at at the lows of equity, any other where fills have
   * made a position or the sum of all the largest of its day, and both at the end of each day; at closes always.
   */
  readonly use: LimitUse | undefined
}

/** An alarm that changed the mode of the account. */
export interface TripRow {
  readonly time: number
  readonly code: string
  readonly rule: string
  readonly mode: string
  readonly limit: string
  readonly got: string
  /** When it ended; undefined when it still stood at the end. */
  readonly until: number | undefined
}

/** What a whole run did. Numbers first; text and pictures are made from it. */
export interface Report {
  readonly config: ReportConfig
  readonly equity: EquityCurve
  readonly trades: readonly RoundTrip[]
  readonly fills: readonly FillRow[]
  readonly statistics: Statistics
  readonly refusals: readonly RefusalCount[]
  /** One row per rule, in the order in which they are asked. */
  readonly limits: readonly LimitRow[]
  readonly trips: readonly TripRow[]
  /** Sentences for people: what was approximated, skipped or ambiguous. */
  readonly warnings: readonly string[]
  /** Bars in which two exits were possible and their order had to be guessed. */
  readonly ambiguousBars: number
  /** Final state of the books, as exact decimal text. */
  readonly ledger: {
    readonly cash: string
    readonly fees: string
    readonly realised: string
    readonly deposits: string
  }
  /**
   * SHA-256 over data, configuration, fills, equity and statistics, the number of orders among them; equal for equal runs on any
   * machine. Orders that never filled are told apart by the journal alone.
   */
  readonly resultHash: string
}

/** What was run, as plain data; all of it enters the result hash. */
export interface ReportConfig {
  readonly strategies: readonly { readonly name: string; readonly params: object; readonly allocation: number }[]
  readonly instruments: readonly {
    readonly id: string
    readonly bars: number
    readonly from: number
    readonly to: number
    readonly interval: number
    /** Smallest steps of price and quantity. */
    readonly tick: number
    readonly lot: number
    /** SHA-256 of the columns. */
    readonly digest: string
  }[]
  readonly cash: string
  readonly leverage: number
  readonly fees: string
  readonly slippage: string
  readonly latency: string
  readonly fillPolicy: FillPolicy
  readonly rules: readonly string[]
  readonly sizer: string
  readonly targets: 'atDecision' | 'atOpen'
  readonly defaultStop: DefaultStopOptions
  readonly seed: number
  /** Days a year for annualised figures: 365 where weekends trade, else 252. */
  readonly periodsPerYear: number
  readonly version: string
}
