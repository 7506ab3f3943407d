import { canonicalJson } from '../../canonicalJson.js'
import { type DrawdownEpisode, drawdownEpisodes } from '../../stats/drawdownEpisodes.js'
import { dailyReturns } from '../dailyReturns.js'
import type { MemberRow, Members } from '../members.js'
import type { LimitRow, LimitUse, RefusalCount, Report, ReportConfig, RoundTrip, TripRow } from '../report.js'
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
  readonly limits: readonly SheetLimit[]
  readonly trips: readonly TripRow[]
  /** The models of a strategy that has several; empty for any other. */
  readonly members: readonly SheetMembers[]
  /** Instruments that had models; `members` holds the first of them. */
  readonly memberInstrumentCount: number
  readonly config: SheetConfig
  readonly ledger: Report['ledger']
  readonly resultHash: string
}

/** A rule's row with its days thinned to what can be seen; `null` where it does not tell its use. */
export interface SheetLimit extends Omit<LimitRow, 'use'> {
  readonly use: (Omit<LimitUse, 'days'> & { readonly days: Points }) | null
}

/** What `sheetModel` takes besides the report. */
export interface SheetOptions extends TrialOptions {
  /** The voices of the strategy, by instrument (default none). */
  readonly members?: readonly Members[]
}

/** The models of a strategy on one instrument, their weights thinned to what can be seen. */
export interface SheetMembers extends Omit<Members, 'time' | 'rows'> {
  readonly from: number
  readonly to: number
  readonly rows: readonly SheetMember[]
}

/** One of them. */
export interface SheetMember extends Omit<MemberRow, 'weights'> {
  readonly weights: Points
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
  limitColumns: 250,
  memberColumns: 100,
  memberInstruments: 6,
  memberRows: 20,
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
export function sheetModel(report: Report, { trials = 1, members = [] }: SheetOptions = {}): SheetModel {
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
    limits: report.limits.slice(0, limits.rows).map(sheetLimit),
    trips: report.trips.slice(0, limits.rows).map(cutTexts),
    members: members.slice(0, limits.memberInstruments).map(sheetMembers),
    memberInstrumentCount: members.length,
    config: sheetConfig(report.config),
    ledger: report.ledger,
    resultHash: report.resultHash,
  }
}

function sheetLimit({ rule, use, ...counts }: LimitRow): SheetLimit {
  const days = use && decimate(use.days.time, use.days.use, { columns: limits.limitColumns })
  return { rule: cut(rule), ...counts, use: use && days ? { ...use, days } : null }
}

function sheetMembers({ instrument, time, rows, ...figures }: Members): SheetMembers {
  return {
    ...figures,
    instrument: cut(instrument),
    from: time[0] ?? 0,
    to: time[time.length - 1] ?? 0,
    rows: rows.slice(0, limits.memberRows).map(({ weights, ...row }) => ({
      ...cutTexts(row),
      weights: decimate(time, weights, { columns: limits.memberColumns }),
    })),
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
