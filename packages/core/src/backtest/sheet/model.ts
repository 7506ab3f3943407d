import { canonicalJson } from '../../canonicalJson.js'
import { type DrawdownEpisode, drawdownEpisodes } from '../../stats/drawdownEpisodes.js'
import { dailyReturns } from '../dailyReturns.js'
import type { RefusalCount, Report, ReportConfig, RoundTrip, TripRow } from '../report.js'
import type { Statistics } from '../statistics.js'
import { breakdown, type TradeBreakdown } from './breakdown.js'
import { type CalendarYear, calendar } from './calendar.js'
import { type Costs, costs } from './costs.js'
import { decimate, type Points } from './decimate.js'
import { type Distribution, distribution } from './distribution.js'
import { moneyProfitFactor } from './moneyProfitFactor.js'
import { type RollingFigures, rollingFigures } from './rollingFigures.js'
import { plainText } from './text.js'
import { type RunVerdict, type TrialOptions, verdict } from './verdict.js'

/** Everything a tear sheet shows, as data; its JSON is this, with `null` for a figure that is not known. */
export interface SheetModel {
  readonly schema: 'astertrade.tear-sheet'
  /** Raised when a field changes its meaning or goes away. */
  readonly schemaVersion: 1
  readonly trials: number
  readonly verdict: RunVerdict
  readonly warnings: readonly string[]
  readonly ambiguousBars: number
  readonly statistics: Statistics
  /** Thinned to what can be seen. */
  readonly equity: Points
  /** Depth below the peak, negative, likewise. */
  readonly drawdown: Points
  /** The deepest, deepest first. */
  readonly drawdowns: readonly DrawdownEpisode[]
  readonly years: readonly CalendarYear[]
  readonly rolling: RollingFigures
  readonly distribution: Distribution
  readonly breakdown: TradeBreakdown
  /** Some of the closed trades, evenly spaced. */
  readonly excursions: readonly Excursion[]
  readonly costs: Costs
  readonly trades: TradeList
  readonly refusals: readonly RefusalCount[]
  readonly trips: readonly TripRow[]
  readonly config: SheetConfig
  readonly ledger: Report['ledger']
  readonly resultHash: string
}

/** How a trade ended and how bad it was before, as shares of its entry value. */
export interface Excursion {
  readonly adverse: number
  readonly result: number
}

/** The first and last trades, and how many there are. */
export interface TradeList {
  readonly total: number
  readonly open: number
  /** Money won over money lost by closed trades; `statistics.profitFactor` is that of ratios. */
  readonly moneyProfitFactor: number
  readonly first: readonly RoundTrip[]
  /** Empty where `first` has all. */
  readonly last: readonly RoundTrip[]
}

/** The configuration of the run, with parameters as canonical JSON. */
export interface SheetConfig extends Omit<ReportConfig, 'strategies'> {
  readonly strategies: readonly { readonly name: string; readonly params: string; readonly allocation: number }[]
  /** Instruments of the run; `instruments` may hold fewer. */
  readonly instrumentCount: number
}

/** Limits that keep a sheet small whatever was run. */
const limits = {
  columns: 1000,
  drawdowns: 8,
  trades: 20,
  excursions: 400,
  years: 60,
  groups: 40,
  rows: 60,
  textLength: 400,
  paramsLength: 4000,
} as const

/** A fall that would print as 0.0 %. */
const depthShown = 0.0005

/** Computes a tear sheet without drawing it. */
export function sheetModel(report: Report, { trials = 1 }: TrialOptions = {}): SheetModel {
  const { statistics, equity: curve } = report
  const time = curve.time.subarray(0, curve.length)
  const equity = curve.equity.subarray(0, curve.length)
  const days = dailyReturns(curve, { equityStart: statistics.equityStart })
  return {
    schema: 'astertrade.tear-sheet',
    schemaVersion: 1,
    trials,
    verdict: verdict(report, { trials }),
    warnings: report.warnings.slice(0, limits.rows).map(cut),
    ambiguousBars: report.ambiguousBars,
    statistics,
    equity: decimate(time, equity, limits),
    drawdown: decimate(time, depths(equity), limits),
    drawdowns: drawdownEpisodes(time, equity, { deepest: limits.drawdowns }).filter(({ depth }) => depth >= depthShown),
    years: calendar(days).slice(-limits.years),
    rolling: rollingFigures(days, statistics.periodsPerYear),
    distribution: distribution(days.returns),
    breakdown: cutGroups(breakdown(report.trades)),
    excursions: excursions(report.trades),
    costs: cutCosts(costs(report)),
    trades: tradeList(report.trades),
    refusals: report.refusals.slice(0, limits.rows).map(cutTexts),
    trips: report.trips.slice(0, limits.rows).map(cutTexts),
    config: sheetConfig(report.config),
    ledger: report.ledger,
    resultHash: report.resultHash,
  }
}

function cut(text: string): string {
  return plainText(text, limits.textLength)
}

/** The same object with every text cut. */
function cutTexts<T extends object>(row: T): T {
  const entries = Object.entries(row).map(([key, value]) => [key, typeof value === 'string' ? cut(value) : value])
  return Object.fromEntries(entries) as T
}

function cutGroups(groups: TradeBreakdown): TradeBreakdown {
  const shorten = (list: TradeBreakdown['instrument']) => list.slice(0, limits.groups).map(cutTexts)
  return { ...groups, instrument: shorten(groups.instrument), strategy: shorten(groups.strategy) }
}

function cutCosts(all: Costs): Costs {
  return { ...all, instruments: all.instruments.slice(0, limits.groups).map(cutTexts) }
}

function depths(equity: Float64Array): Float64Array {
  const out = new Float64Array(equity.length)
  let peak = equity[0] ?? 0
  for (let i = 0; i < equity.length; i++) {
    if (equity[i]! > peak) peak = equity[i]!
    out[i] = (equity[i]! - peak) / peak
  }
  return out
}

function excursions(trades: readonly RoundTrip[]): readonly Excursion[] {
  const closed = trades.filter((trade) => !trade.open)
  const every = Math.ceil(closed.length / limits.excursions)
  return closed
    .filter((_, i) => i % every === 0)
    .map(({ maxAdverse, quantity, entryPrice, profitRatio }) => ({
      adverse: Math.abs(maxAdverse) / (quantity * entryPrice),
      result: profitRatio,
    }))
}

function tradeList(trades: readonly RoundTrip[]): TradeList {
  const whole = trades.length <= 2 * limits.trades
  return {
    total: trades.length,
    open: trades.filter((trade) => trade.open).length,
    moneyProfitFactor: moneyProfitFactor(trades),
    first: trades.slice(0, whole ? trades.length : limits.trades).map(cutTexts),
    last: whole ? [] : trades.slice(-limits.trades).map(cutTexts),
  }
}

function sheetConfig(config: ReportConfig): SheetConfig {
  return {
    ...cutTexts(config),
    strategies: config.strategies.slice(0, limits.rows).map(({ name, params, allocation }) => ({
      name: cut(name),
      params: plainText(canonicalJson(params), limits.paramsLength),
      allocation,
    })),
    instruments: config.instruments.slice(0, limits.rows).map(cutTexts),
    instrumentCount: config.instruments.length,
    rules: config.rules.slice(0, limits.rows).map(cut),
  }
}
