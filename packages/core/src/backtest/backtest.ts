import type { Bars } from '../bar.js'
import { blaming } from '../engine/blaming.js'
import type { DefaultStopOptions } from '../engine/defaultStop.js'
import type { StrategyAllocation } from '../engine.js'
import type { Instrument } from '../instrument.js'
import type { JournalEntry } from '../journal.js'
import type { RiskRule, Sizer } from '../risk.js'
import type { StrategyDefinition } from '../strategy.js'
import { checkBars } from './checkBars.js'
import { checkOptions } from './checkOptions.js'
import { type FeeModel, noFees } from './fees.js'
import type { FillPolicy } from './fillPolicy.js'
import { type LatencyModel, noLatency } from './latency.js'
import { ManySeries } from './manySeries.js'
import { playOne } from './playOne.js'
import type { Report } from './report.js'
import { equityInMemory, reportOf, summarise } from './reportOf.js'
import { seriesOf } from './seriesOf.js'
import { noSlippage, type SlippageModel } from './slippage.js'
import { startRun } from './startRun.js'

/** What to run, on what, under which conditions. */
export interface BacktestOptions {
  /** One strategy with the whole account, or several with their shares. */
  // biome-ignore lint/suspicious/noExplicitAny: any strategy will do; its parameters are checked against its own.
  readonly strategy: StrategyDefinition<any> | readonly StrategyAllocation[]
  /** Changes to the parameters of a single strategy. */
  readonly params?: object
  readonly data: Bars | readonly Bars[]
  /** Number borders of the instruments (default: grids that fit the data). */
  readonly instruments?: readonly Instrument[]
  /** Opening deposit as decimal text. */
  readonly cash: string
  readonly fees?: FeeModel
  readonly slippage?: SlippageModel
  readonly latency?: LatencyModel
  readonly fillPolicy?: Partial<FillPolicy>
  /** Limits beside the engine's own and buying power. */
  readonly rules?: readonly RiskRule[]
  readonly sizer?: Sizer
  readonly targets?: 'atDecision' | 'atOpen'
  readonly defaultStop?: DefaultStopOptions
  /** Largest gross exposure over equity (default 1). */
  readonly leverage?: number
  /** Seed of everything random; part of the result hash (default 1). */
  readonly seed?: number
  /** Periods a year for annualised figures (default: 365 where weekends trade, else 252; of bars over a day, as many as fit). */
  readonly periodsPerYear?: number
  /** Name of the run in order ids (default `backtest`). */
  readonly run?: string
  /** `lent` bars throw when a strategy keeps one beyond its call; the one `shared` cursor is faster (default `lent`). */
  readonly bars?: 'shared' | 'lent'
  /** Sentences on the data for the report's warnings. */
  readonly warnings?: readonly string[]
  /** Receives every journal row. */
  readonly journal?: (entry: JournalEntry) => void
  /** Hears the number of bars done from time to time. */
  readonly onProgress?: (barsDone: number) => void
}

/** Defaults of a backtest. */
export const backtestDefaults = {
  fees: noFees,
  slippage: noSlippage,
  latency: noLatency,
  leverage: 1,
  seed: 1,
  run: 'backtest',
  targets: 'atDecision',
  defaultStop: 'none',
  bars: 'lent',
} as const

/**
 * Runs strategies over history with the product's own engine and a simulated venue.
 *
 * Time order, cash, costs and limits are those of a live run; a bar never fills the order it caused unless the fill policy
 * says so.
 *
 * @throws ConfigError if the data, a parameter or an option is unsound.
 * @throws StrategyError if a strategy throws, keeps a lent bar, or wishes for something that is no wish.
 * @example
 * backtest({ strategy: smaCross, data: bars, cash: '10000', fees: makerTaker({ maker: 0.001, taker: 0.001 }) }).statistics.trades // => 37
 */
export function backtest(options: BacktestOptions): Report {
  checkOptions(options)
  const series = seriesOf(options.data)
  for (const bars of series) checkBars(bars)
  const started = startRun(options, series)
  blaming(started.run.kernel, () => {
    if (series.length === 1) playOne(started.run, series[0]!, Number.NEGATIVE_INFINITY)
    else new ManySeries(started.run, series, 'whole').play()
  })
  return reportOf(
    started,
    series.map((bars) => summarise(bars)),
    equityInMemory(started),
  )
}
