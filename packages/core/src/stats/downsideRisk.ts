import { type AnnualOptions, tradingDaysPerYear } from './cagr.js'
import { checkPositive } from './checkPositive.js'
import { observed } from './observed.js'

/** What counts as a shortfall. */
export interface DownsideOptions extends AnnualOptions {
  /** Return required of one period, or of each period (default 0). */
  readonly requiredReturn?: number | ArrayLike<number>
}

/**
 * Root mean square shortfall below the required return, over all observations, times the square root of the periods a year.
 *
 * `NaN` of nothing. With `periodsPerYear: 1` it is the downside deviation of one period. Sortino and van der Meer (1991).
 *
 * @throws ConfigError `BAD_PARAMETER` if `periodsPerYear` is not a finite number above 0, `LENGTH_MISMATCH` if a
 * series of `requiredReturn` has another length.
 * @example
 * downsideRisk([0.02, -0.03, 0.01, -0.04], { periodsPerYear: 1 }) // => 0.025
 */
export function downsideRisk(returns: ArrayLike<number>, options: DownsideOptions = {}): number {
  const { requiredReturn = 0, periodsPerYear = tradingDaysPerYear } = options
  checkPositive('periodsPerYear', periodsPerYear)
  const excess = observed(returns, requiredReturn)
  let sum = 0
  for (const value of excess) if (value < 0) sum += value * value
  return Math.sqrt((sum / excess.length) * periodsPerYear)
}
