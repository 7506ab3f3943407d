import { type AnnualOptions, cagr } from './cagr.js'
import { maxDrawdown } from './drawdown.js'

/**
 * Calmar ratio: compound annual growth rate over the deepest drawdown; `NaN` where there was none.
 *
 * @throws ConfigError `BAD_PARAMETER` if `periodsPerYear` is not a finite number above 0.
 * @example
 * calmar([0.5, -0.5, 0.5], { periodsPerYear: 3 }) // => 0.25
 */
export function calmar(returns: ArrayLike<number>, options: AnnualOptions = {}): number {
  const growthRate = cagr(returns, options)
  const depth = maxDrawdown(returns)
  return depth > 0 ? growthRate / depth : Number.NaN
}
