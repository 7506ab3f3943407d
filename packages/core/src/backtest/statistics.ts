import { pow } from '../elementary.js'
import { checkPositive } from '../stats/checkPositive.js'
import { downsideRisk } from '../stats/downsideRisk.js'
import { kurtosis, mean, skewness, standardDeviation, variance } from '../stats/moments.js'
import { omega } from '../stats/omega.js'
import { sharpe, sharpeStandardError } from '../stats/sharpe.js'
import { expectedShortfall, valueAtRisk } from '../stats/shortfall.js'
import { tailRatio } from '../stats/tailRatio.js'
import { dayMs } from '../time.js'
import { createEquityTracker, type EquityFigures } from './equityTracker.js'
import type { EquityCurve, RoundTrip } from './report.js'
import { type TradeStatistics, tradeStatistics } from './tradeStatistics.js'

/** Figures of a run. Ratios are plain numbers (0.1 is 10 %); a figure without enough data is `NaN`. */
export interface Statistics extends TradeStatistics {
  readonly equityStart: number
  readonly equityFinal: number
  readonly equityPeak: number
  readonly totalReturn: number
  /** Return of holding the first instrument from its first open to its last close. */
  readonly buyAndHoldReturn: number
  /** Geometric, from daily returns: `(1 + total)^(periodsPerYear / days) - 1`. */
  readonly annualReturn: number
  /** Standard deviation of daily returns times √periodsPerYear. */
  readonly annualVolatility: number
  /** The same from compounded variance, as some packages have it: √((σ² + (1 + g)²)^n − (1 + g)^2n), g the mean growth. */
  readonly compoundedVolatility: number
  readonly cagr: number
  /** Mean over standard deviation of daily returns, times √periodsPerYear; the form whose error is known. */
  readonly sharpe: number
  /** Standard error of `sharpe` for returns of any shape without serial dependence (Mertens 2002). */
  readonly sharpeStandardError: number
  /** `annualReturn / compoundedVolatility`. */
  readonly sharpeCompounded: number
  /** Mean daily return times periodsPerYear, over the annual root mean square of daily losses. */
  readonly sortino: number
  /** `annualReturn` over the same. */
  readonly sortinoCompounded: number
  /** `annualReturn / maxDrawdown`. */
  readonly calmar: number
  /** Sum of daily gains over sum of daily losses. */
  readonly omega: number
  /** Positive: 0.25 is a fall of 25 % from the peak, over all equity rows. */
  readonly maxDrawdown: number
  readonly averageDrawdown: number
  /** Milliseconds, from the last row at the peak to the first row back at it. */
  readonly maxDrawdownDuration: number
  readonly averageDrawdownDuration: number
  /** Of daily returns, by population moments. */
  readonly skewness: number
  /** Excess kurtosis, likewise. */
  readonly kurtosis: number
  readonly tailRatio: number
  /** Daily loss, positive, exceeded on one day in twenty. */
  readonly valueAtRisk95: number
  /** Mean daily loss, positive, of the worst twentieth of days. */
  readonly expectedShortfall95: number
  /** Share of timestamps with a position. */
  readonly exposure: number
  readonly fees: number
  /** Traded notional over mean equity. */
  readonly turnover: number
  readonly orders: number
  /** Days a year used to annualise; bars a year where bars are longer than a day. */
  readonly periodsPerYear: number
}

/** What `statistics` measures. */
export interface StatisticsInput {
  readonly equity: EquityCurve
  /** Equity before the first row (default: the first row); the starting cash, so that a cost on the first bar counts. */
  readonly equityStart?: number
  /** Figures of a curve that was followed in pieces and is not in memory; they stand for `equity`. */
  readonly figures?: EquityFigures
  readonly trades: readonly RoundTrip[]
  readonly periodsPerYear: number
  readonly buyAndHoldReturn: number
  readonly exposure: number
  readonly fees: number
  readonly turnover: number
  readonly orders: number
}

/**
 * Measures a run: growth and risk from daily returns, drawdown from every equity row, trades from closed round trips.
 *
 * Returns are simple, the risk-free rate is 0, variances divide by n - 1. Nothing here depends on the engine's `Math`, so the figures
 * may enter a hash.
 *
 * @throws ConfigError `BAD_PARAMETER` if `periodsPerYear` is not a finite number above 0.
 * @example
 * statistics({ equity, trades: [], periodsPerYear: 365, buyAndHoldReturn: 0.1, exposure: 0, fees: 0, turnover: 0, orders: 0 }).winRate // => NaN
 */
export function statistics(input: StatisticsInput): Statistics {
  const { trades, periodsPerYear } = input
  checkPositive('periodsPerYear', periodsPerYear)
  const figures = input.figures ?? follow(input)
  const { start, final, peak, drawdown } = figures
  const factor = final / start
  const { returns } = figures.daily
  const annualReturn = compound(factor, periodsPerYear / returns.length)
  const compoundedVolatility = compoundVolatility(returns, factor, periodsPerYear)
  const downside = downsideRisk(returns, { periodsPerYear })
  const years = (figures.lastTime - figures.firstTime) / yearMs
  return {
    equityStart: start,
    equityFinal: final,
    equityPeak: peak,
    totalReturn: factor - 1,
    buyAndHoldReturn: input.buyAndHoldReturn,
    annualReturn,
    annualVolatility: standardDeviation(returns) * Math.sqrt(periodsPerYear),
    compoundedVolatility,
    cagr: compound(factor, 1 / years),
    sharpe: sharpe(returns, { periodsPerYear }),
    sharpeStandardError: sharpeStandardError(returns, { periodsPerYear }),
    sharpeCompounded: annualReturn / compoundedVolatility,
    sortino: (mean(returns) * periodsPerYear) / downside,
    sortinoCompounded: annualReturn / downside,
    calmar: drawdown.maxDepth > 0 ? annualReturn / drawdown.maxDepth : Number.NaN,
    omega: omega(returns),
    maxDrawdown: drawdown.maxDepth,
    averageDrawdown: drawdown.averageDepth,
    maxDrawdownDuration: drawdown.maxDuration,
    averageDrawdownDuration: drawdown.averageDuration,
    skewness: skewness(returns),
    kurtosis: kurtosis(returns),
    tailRatio: tailRatio(returns),
    valueAtRisk95: valueAtRisk(returns),
    expectedShortfall95: expectedShortfall(returns),
    exposure: input.exposure,
    ...tradeStatistics(trades),
    fees: input.fees,
    turnover: input.turnover,
    orders: input.orders,
    periodsPerYear,
  }
}

const yearMs = 365.25 * dayMs

/** `factor^exponent - 1`; `NaN` for a debt, and where there was no time. */
function compound(factor: number, exponent: number): number {
  return factor >= 0 && Number.isFinite(exponent) ? pow(factor, exponent) - 1 : Number.NaN
}

function compoundVolatility(returns: Float64Array, factor: number, periodsPerYear: number): number {
  const growth = 1 + compound(factor, 1 / returns.length)
  const square = growth * growth
  const spread = pow(variance(returns) + square, periodsPerYear) - pow(square, periodsPerYear)
  return Math.sqrt(Math.max(0, spread))
}

function follow({ equity, equityStart }: StatisticsInput): EquityFigures {
  const tracker = createEquityTracker(equityStart)
  tracker.add(equity)
  return tracker.figures()
}
