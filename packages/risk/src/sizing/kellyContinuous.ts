import { checkFigure } from './checkFigure.js'

/** Normal returns of one period. */
export interface KellyContinuousOptions {
  /** Mean return of a period, costs taken off. */
  readonly mean: number
  /** Variance of the return of a period. */
  readonly variance: number
  /** Return of a period without risk (default 0). */
  readonly riskFree?: number
  /** Whether a negative edge is a short position, or none at all (default `long`). */
  readonly direction?: 'long' | 'both'
}

/**
 * Share of the equity that maximises the growth of normal returns, `f = (μ − r) / σ²`; 0 without an edge.
 *
 * All three figures are of one period. Thorp, The Kelly Criterion in Blackjack, Sports Betting and the Stock Market (2006), section 7.
 *
 * @throws ConfigError `BAD_FIGURE` for a figure that is not finite, or a variance that is not positive.
 * @example
 * kellyContinuous({ mean: 0.11, variance: 0.0225, riskFree: 0.06 }) // => 2.2222222222222223
 */
export function kellyContinuous(options: KellyContinuousOptions): number {
  const { mean, variance, riskFree = 0, direction = 'long' } = options
  checkFigure('mean', mean, 'finite')
  checkFigure('riskFree', riskFree, 'finite')
  checkFigure('variance', variance, 'positive')
  const fraction = (mean - riskFree) / variance
  return fraction > 0 || direction === 'both' ? fraction : 0
}
