import type { Bars } from '../bar.js'
import { hashBars } from '../hashBars.js'
import { createHasher } from '../hasher.js'
import { booksOf } from '../ledger.js'
import { mergeParams } from '../mergeParams.js'
import { formatMoney, moneyToNumber } from '../money.js'
import { version } from '../version.js'
import { backtestDefaults } from './backtest.js'
import { createEquityTracker, type EquityFigures } from './equityTracker.js'
import { periodsPerYear } from './periodsPerYear.js'
import type { EquityCurve, FillRow, Report, ReportConfig, RoundTrip } from './report.js'
import type { StartedRun } from './startRun.js'
import { type Statistics, statistics } from './statistics.js'

/** What a report needs to know of a series once its bars may be gone. */
export interface SeriesSummary {
  readonly id: string
  readonly bars: number
  /** Opening of the first and close of the last bar. */
  readonly from: number
  readonly to: number
  readonly interval: number
  readonly firstOpen: number
  readonly lastClose: number
  readonly periodsPerYear: () => number
  /** SHA-256 of the columns, computed when first asked for. */
  readonly digest: () => string
}

/** Summarises a series that is in memory. */
export function summarise(bars: Bars): SeriesSummary {
  const last = bars.length - 1
  return {
    id: bars.instrument,
    bars: bars.length,
    from: bars.time[0]! - bars.interval,
    to: bars.time[last]!,
    interval: bars.interval,
    firstOpen: bars.open[0]!,
    lastClose: bars.close[last]!,
    periodsPerYear: () => periodsPerYear(bars.time, bars.interval),
    digest: lazy(() => hashBars(bars)),
  }
}

/** The equity of a run: the curve, and what was measured of it where it came in pieces. */
export interface RunEquity {
  readonly curve: EquityCurve
  readonly figures: () => EquityFigures
  /** SHA-256 of all times and all values. */
  readonly digests: () => readonly string[]
}

/** The equity of a run that is in memory. */
export function equityInMemory({ audit, options }: StartedRun): RunEquity {
  const { rows } = audit
  const curve: EquityCurve = {
    length: rows.length,
    time: rows.time.subarray(0, rows.length),
    equity: rows.equity.subarray(0, rows.length),
  }
  const figures = lazy(() => {
    const tracker = createEquityTracker(Number(options.cash))
    tracker.add(curve)
    return tracker.figures()
  })
  return { curve, figures, digests: () => [curve.time, curve.equity].map(digestOf) }
}

/** Ends a run and makes its report; what costs time is computed when it is read. */
export function reportOf(started: StartedRun, series: readonly SeriesSummary[], equity: RunEquity): Report {
  const { run, audit } = started
  const { kernel, log, venue } = run
  run.recorder?.finish()
  const { length: slots } = kernel.slots
  log.finish(kernel.now, (book) => kernel.marks[book % slots]!)
  const config = lazy(() => configOf(started, series))
  const trades = lazy((): readonly RoundTrip[] => log.roundTrips())
  const fills = lazy((): readonly FillRow[] => log.fillRows())
  const books = booksOf(kernel.ledger)
  const figures = lazy((): Statistics => {
    const followed = equity.figures()
    return statistics({
      equity: equity.curve,
      figures: followed,
      trades: trades(),
      periodsPerYear: config().periodsPerYear,
      buyAndHoldReturn: series[0]!.lastClose / series[0]!.firstOpen - 1,
      exposure: followed.rows === 0 ? 0 : audit.rows.exposed / followed.rows,
      fees: moneyToNumber(books.fees),
      turnover: log.notional / followed.mean,
      orders: kernel.placedCount,
    })
  })
  const resultHash = lazy(() =>
    hashOf({
      config: config(),
      statistics: figures(),
      digests: [...equity.digests(), ...log.columns().map(digestOf)],
    }),
  )
  return {
    get config() {
      return config()
    },
    equity: equity.curve,
    get trades() {
      return trades()
    },
    get fills() {
      return fills()
    },
    get statistics() {
      return figures()
    },
    refusals: audit.refusals(),
    limits: audit.limits(),
    trips: audit.trips(),
    warnings: warningsOf(started, series),
    ambiguousBars: venue.ambiguousBars,
    ledger: {
      cash: formatMoney(books.cash),
      fees: formatMoney(books.fees),
      realised: formatMoney(books.realised),
      deposits: formatMoney(books.deposits),
    },
    get resultHash() {
      return resultHash()
    },
  }
}

function lazy<T>(compute: () => T): () => T {
  let value: { readonly of: T } | undefined
  return () => {
    value ??= { of: compute() }
    return value.of
  }
}

function configOf(started: StartedRun, series: readonly SeriesSummary[]): ReportConfig {
  const { options, strategies, instruments, policy } = started
  const { fees, slippage, latency, leverage, targets, defaultStop, seed } = { ...backtestDefaults, ...options }
  return {
    strategies: strategies.map(({ strategy, params, allocation }) => ({
      name: strategy.name,
      params: mergeParams(strategy, params),
      allocation,
    })),
    instruments: series.map(({ id, bars, from, to, interval, digest }, slot) => ({
      id,
      bars,
      from,
      to,
      interval,
      tick: instruments[slot]!.tick.size,
      lot: instruments[slot]!.lot.size,
      digest: digest(),
    })),
    cash: options.cash,
    leverage,
    fees: fees.name,
    slippage: slippage.name,
    latency: latency.name,
    fillPolicy: policy,
    rules: started.run.kernel.rules.map(({ name }) => name),
    sizer: started.run.kernel.sizer.name,
    targets,
    defaultStop,
    seed,
    periodsPerYear: options.periodsPerYear ?? Math.max(...series.map((summary) => summary.periodsPerYear())),
    version,
  }
}

/** Columns enter by their own digests, so that a run in chunks can hash them as they come. */
function hashOf(parts: {
  readonly config: ReportConfig
  readonly statistics: Statistics
  readonly digests: readonly string[]
}): string {
  const hasher = createHasher().json(parts.config)
  for (const digest of parts.digests) hasher.text(digest)
  for (const [name, value] of Object.entries(parts.statistics)) hasher.text(name).number(value)
  return hasher.digest()
}

function digestOf(column: Float64Array): string {
  return createHasher().column(column).number(column.length).digest()
}

function warningsOf(started: StartedRun, series: readonly SeriesSummary[]): readonly string[] {
  const { run, audit, options, policy } = started
  const { latency = backtestDefaults.latency } = options
  const warnings: string[] = [...(options.warnings ?? [])]
  const left = run.venue.openOrders
  if (left > 0) warnings.push(`${left} ${left === 1 ? 'order was' : 'orders were'} still under way at the end.`)
  if (latency.entryMs > 0 && series.some(({ interval }) => latency.entryMs % interval !== 0)) {
    warnings.push(
      `A latency of ${latency.entryMs} ms is below what these bars resolve: only whole bars of it delay a fill.`,
    )
  }
  if (run.venue.ambiguousBars > 0) {
    warnings.push(
      `In ${run.venue.ambiguousBars} ${run.venue.ambiguousBars === 1 ? 'bar' : 'bars'} two exits were possible; the path "${policy.path}" decided. Compare paths "worst" and "best".`,
    )
  }
  if (run.venue.unpaidEntries > 0)
    warnings.push(
      `${run.venue.unpaidEntries} ${run.venue.unpaidEntries === 1 ? 'entry was' : 'entries were'} made smaller at the fill: the price had moved beyond the money.`,
    )
  return [...warnings, ...audit.faults]
}
