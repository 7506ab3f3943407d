import { tradingDaysPerYear } from './cagr.js'
import { type DownsideOptions, downsideRisk } from './downsideRisk.js'
import { mean } from './moments.js'
import { observed } from './observed.js'

/**
 * Sortino ratio: annual mean return above the required one, over the annual downside risk.
 *
 * `NaN` below two periods and where the excess is always 0, `Infinity` where nothing ever fell short. With
 * `periodsPerYear: 1` it is the ratio of one period.
 *
 * @throws ConfigError as `downsideRisk`.
 * @example
 * sortino([0.02, -0.03, 0.05, -0.04], { periodsPerYear: 1 }) // => 0
 */
export function sortino(returns: ArrayLike<number>, options: DownsideOptions = {}): number {
  const risk = downsideRisk(returns, options)
  if (returns.length < 2) return Number.NaN
  const { requiredReturn = 0, periodsPerYear = tradingDaysPerYear } = options
  return (mean(observed(returns, requiredReturn)) * periodsPerYear) / risk
}
