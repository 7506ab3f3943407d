import { type AnnualOptions, cagr, tradingDaysPerYear } from './cagr.js'
import { checkPositive } from './checkPositive.js'
import { kurtosis, mean, skewness, standardDeviation } from './moments.js'
import { observed } from './observed.js'

/** How a Sharpe ratio is taken. */
export interface SharpeOptions extends AnnualOptions {
  /** Return of one period without risk, or such a return for each period (default 0). */
  readonly riskFree?: number | ArrayLike<number>
  /** Annual return in the numerator: the mean times periods (default), or the compound growth rate. */
  readonly method?: 'arithmetic' | 'geometric'
}

/**
 * Sharpe ratio: annual excess return over annual volatility (n - 1). Missing values are left out.
 *
 * `NaN` below two observations and for excess returns that are all 0, `±Infinity` for other constants. With
 * `periodsPerYear: 1` it is the ratio of one period. Sharpe, The Sharpe Ratio (1994).
 *
 * @throws ConfigError `BAD_PARAMETER` if `periodsPerYear` is not a finite number above 0, `LENGTH_MISMATCH` if a
 * series of `riskFree` has another length.
 * @example
 * sharpe([0.01, -0.005, 0.02], { periodsPerYear: 252 }) // => 10.513149660756937
 */
export function sharpe(returns: ArrayLike<number>, options: SharpeOptions = {}): number {
  const { riskFree = 0, periodsPerYear = tradingDaysPerYear, method = 'arithmetic' } = options
  checkPositive('periodsPerYear', periodsPerYear)
  const excess = observed(returns, riskFree)
  const volatility = standardDeviation(excess)
  if (method === 'geometric') return cagr(excess, { periodsPerYear }) / (volatility * Math.sqrt(periodsPerYear))
  return (mean(excess) / volatility) * Math.sqrt(periodsPerYear)
}

/**
 * Standard error of the arithmetic Sharpe ratio, for returns of any shape but without serial dependence.
 *
 * `√((1 - g3·SR + (g4 - 1)/4·SR²) / (n - 1))` with SR per period, skewness g3 and raw kurtosis g4, times the square root of
 * the periods a year. Mertens, Comments on the correct variance of estimated Sharpe ratios (2002).
 *
 * @throws ConfigError as `sharpe`.
 * @example
 * sharpeStandardError([0.01, -0.005, 0.02, 0], { periodsPerYear: 1 }) // => 0.5443101440369281
 */
export function sharpeStandardError(returns: ArrayLike<number>, options: Omit<SharpeOptions, 'method'> = {}): number {
  const { riskFree = 0, periodsPerYear = tradingDaysPerYear } = options
  checkPositive('periodsPerYear', periodsPerYear)
  const excess = observed(returns, riskFree)
  const ratio = mean(excess) / standardDeviation(excess)
  const spread = 1 - skewness(excess) * ratio + ((kurtosis(excess) + 2) / 4) * ratio * ratio
  return Math.sqrt((spread / (excess.length - 1)) * periodsPerYear)
}
