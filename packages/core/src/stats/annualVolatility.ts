import { type AnnualOptions, tradingDaysPerYear } from './cagr.js'
import { checkPositive } from './checkPositive.js'
import { standardDeviation } from './moments.js'

/**
 * Sample standard deviation (n - 1) of returns times the square root of the periods a year. `NaN` below two observations.
 *
 * @throws ConfigError `BAD_PARAMETER` if `periodsPerYear` is not a finite number above 0.
 * @example
 * annualVolatility([0.01, 0.03], { periodsPerYear: 252 }) // => 0.2244994432064365
 */
export function annualVolatility(
  returns: ArrayLike<number>,
  { periodsPerYear = tradingDaysPerYear }: AnnualOptions = {},
): number {
  checkPositive('periodsPerYear', periodsPerYear)
  return standardDeviation(returns) * Math.sqrt(periodsPerYear)
}
