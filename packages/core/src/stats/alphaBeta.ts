import { pow } from '../elementary.js'
import { type AnnualOptions, tradingDaysPerYear } from './cagr.js'
import { checkPositive } from './checkPositive.js'
import { mean } from './moments.js'
import { type ObservedPairs, observedPairs } from './observed.js'

/** Which periods of the benchmark count. */
export type Market = 'all' | 'up' | 'down'

/** How alpha and beta are taken. */
export interface AlphaBetaOptions extends AnnualOptions {
  /** Return of one period without risk (default 0). */
  readonly riskFree?: number
  /** All periods (default), or those in which the benchmark rose, or fell. */
  readonly market?: Market
}

/** Return that the benchmark does not explain, a year, and sensitivity to the benchmark. */
export interface AlphaBeta {
  readonly alpha: number
  readonly beta: number
}

/**
 * Alpha and beta of the capital asset pricing model. Beta is the covariance with the benchmark over its variance; alpha is
 * `(1 + mean(r - rf - beta·(b - rf)))^periodsPerYear - 1`.
 *
 * Pairs with a missing value are left out; both are `NaN` below two pairs and for a benchmark that never varies. Jensen (1968).
 *
 * @throws ConfigError `LENGTH_MISMATCH` if the lengths differ, `BAD_PARAMETER` if `periodsPerYear` is not a finite number above 0.
 * @example
 * alphaBeta([0.02, -0.02, 0.04], [0.01, -0.01, 0.02]) // => { alpha: 0, beta: 2 }
 */
export function alphaBeta(
  returns: ArrayLike<number>,
  benchmark: ArrayLike<number>,
  options: AlphaBetaOptions = {},
): AlphaBeta {
  const { riskFree = 0, periodsPerYear = tradingDaysPerYear, market = 'all' } = options
  checkPositive('periodsPerYear', periodsPerYear)
  const pairs = inMarket(observedPairs(returns, benchmark), market)
  const beta = betaOf(pairs)
  const unexplained = pairs.first.map((value, i) => value - riskFree - beta * (pairs.second[i]! - riskFree))
  return { alpha: pow(1 + mean(unexplained), periodsPerYear) - 1, beta }
}

/**
 * Beta alone.
 *
 * @throws ConfigError `LENGTH_MISMATCH` if the lengths differ.
 * @example
 * beta([0.02, -0.02, 0.04], [0.01, -0.01, 0.02]) // => 2
 */
export function beta(returns: ArrayLike<number>, benchmark: ArrayLike<number>): number {
  return betaOf(observedPairs(returns, benchmark))
}

/** The pairs in which the benchmark rose, or fell. */
export function inMarket(pairs: ObservedPairs, market: Market): ObservedPairs {
  if (market === 'all') return pairs
  const counts = (value: number): boolean => (market === 'up' ? value > 0 : value < 0)
  return {
    first: pairs.first.filter((_, i) => counts(pairs.second[i]!)),
    second: pairs.second.filter(counts),
  }
}

// A benchmark that is constant but for rounding has no beta.
const varianceMin = 1e-30

function betaOf({ first, second }: ObservedPairs): number {
  if (first.length < 2) return Number.NaN
  const center = mean(second)
  const middle = mean(first)
  let covariance = 0
  let variance = 0
  for (let i = 0; i < first.length; i++) {
    const residual = second[i]! - center
    covariance += residual * (first[i]! - middle)
    variance += residual * residual
  }
  return variance / first.length < varianceMin ? Number.NaN : covariance / variance
}
