import { mean, variance } from './moments.js'
import { observed } from './observed.js'

/** How the Kelly share is taken. */
export interface KellyOptions {
  /** Return of one period without risk, or of each period (default 0). */
  readonly riskFree?: number | ArrayLike<number>
}

/**
 * Share of the equity that maximises the growth of normal returns: mean excess return over its variance (n - 1). The estimate is
 * noisy; half of it is a common choice. Thorp, The Kelly Criterion in Blackjack, Sports Betting and the Stock Market (2006), section 7.
 *
 * @throws ConfigError `LENGTH_MISMATCH` if a series of `riskFree` has another length.
 * @example
 * kelly([0.03, -0.01]) // => 12.5
 */
export function kelly(returns: ArrayLike<number>, { riskFree = 0 }: KellyOptions = {}): number {
  const excess = observed(returns, riskFree)
  return mean(excess) / variance(excess)
}
