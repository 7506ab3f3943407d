import { pow } from '../elementary.js'
import { checkPositive } from './checkPositive.js'
import { observed } from './observed.js'

/** What separates a gain from a loss. */
export interface OmegaOptions {
  /** Return of one period, or of each period (default 0). `periodicRate` makes one from an annual rate. */
  readonly threshold?: number | ArrayLike<number>
}

/**
 * Omega ratio: sum of what exceeds the threshold over the sum of what falls short of it. `NaN` where nothing fell short, and
 * below two periods. Keating and Shadwick, A Universal Performance Measure (2002).
 *
 * @throws ConfigError `LENGTH_MISMATCH` if a series of `threshold` has another length.
 * @example
 * omega([0.03, -0.01, 0.01, -0.01]) // => 2
 */
export function omega(returns: ArrayLike<number>, { threshold = 0 }: OmegaOptions = {}): number {
  const excess = observed(returns, threshold)
  if (returns.length < 2) return Number.NaN
  let gains = 0
  let losses = 0
  for (const value of excess) {
    if (value > 0) gains += value
    else losses -= value
  }
  return losses > 0 ? gains / losses : Number.NaN
}

/**
 * The return of one period that compounds to an annual rate; `NaN` for a rate of -1 or below.
 *
 * @throws ConfigError `BAD_PARAMETER` if `periodsPerYear` is not a finite number above 0.
 * @example
 * periodicRate(0.21, 2) // => 0.10000000000000009
 */
export function periodicRate(annualRate: number, periodsPerYear: number): number {
  checkPositive('periodsPerYear', periodsPerYear)
  return annualRate > -1 ? pow(1 + annualRate, 1 / periodsPerYear) - 1 : Number.NaN
}
