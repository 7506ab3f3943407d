import { pow } from '../elementary.js'
import { checkPositive } from './checkPositive.js'
import { totalReturn } from './returns.js'

/** Number of periods in a year. */
export interface AnnualOptions {
  /** 252 for trading days (the default), 365 for days, 52 for weeks, 12 for months; 1 leaves a figure per period. */
  readonly periodsPerYear?: number
}

/** The number of periods a year where none is given: trading days. */
export const tradingDaysPerYear = 252

/**
 * Compound annual growth rate: `(1 + total)^(periodsPerYear / n) - 1`, with n all periods, missing ones included.
 *
 * `NaN` of nothing, and where more than everything was lost.
 *
 * @throws ConfigError `BAD_PARAMETER` if `periodsPerYear` is not a finite number above 0.
 * @example
 * cagr([0.01, 0.01, 0.01], { periodsPerYear: 12 }) // => 0.12682503013196933
 */
export function cagr(returns: ArrayLike<number>, { periodsPerYear = tradingDaysPerYear }: AnnualOptions = {}): number {
  checkPositive('periodsPerYear', periodsPerYear)
  if (returns.length === 0) return Number.NaN
  const factor = 1 + totalReturn(returns)
  // An even power would make a debt look like a gain.
  return factor < 0 ? Number.NaN : pow(factor, periodsPerYear / returns.length) - 1
}
