import { mean, standardDeviation } from './moments.js'
import { observed } from './observed.js'

/**
 * Mean return over a benchmark, by the standard deviation (n - 1) of the difference; per period, not annualised.
 *
 * `NaN` below two observations and where the difference never varies. Missing values are left out.
 *
 * @param benchmark - Return of each period, or one for all.
 * @throws ConfigError `LENGTH_MISMATCH` if the lengths differ.
 * @example
 * informationRatio([0.01, 0.03], [0.01, 0.01]) // => 0.7071067811865476
 */
export function informationRatio(returns: ArrayLike<number>, benchmark: number | ArrayLike<number>): number {
  const active = observed(returns, benchmark)
  const trackingError = standardDeviation(active)
  return trackingError === 0 ? Number.NaN : mean(active) / trackingError
}
