import { inMarket, type Market } from './alphaBeta.js'
import { type AnnualOptions, cagr } from './cagr.js'
import { observedPairs } from './observed.js'

/** Which periods count, and how many make a year. */
export interface CaptureOptions extends AnnualOptions {
  /** All periods (default), or those in which the benchmark rose, or fell. */
  readonly market?: Market
}

/**
 * Capture ratio: compound annual growth of the returns over that of the benchmark, in all, rising or falling markets.
 * Pairs with a missing value are left out; `NaN` where no pair is left.
 *
 * @throws ConfigError `LENGTH_MISMATCH` if the lengths differ, `BAD_PARAMETER` if `periodsPerYear` is not a finite number above 0.
 * @example
 * capture([0.01, -0.01], [0.02, -0.04], { market: 'down', periodsPerYear: 1 }) // => 0.25
 */
export function capture(
  returns: ArrayLike<number>,
  benchmark: ArrayLike<number>,
  { market = 'all', ...options }: CaptureOptions = {},
): number {
  const { first, second } = inMarket(observedPairs(returns, benchmark), market)
  return cagr(first, options) / cagr(second, options)
}
