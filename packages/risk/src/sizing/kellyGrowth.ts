import { checkFigure } from './checkFigure.js'

/** A share of the equity in something with normal returns. */
export interface KellyGrowthOptions {
  readonly mean: number
  /** Standard deviation of the return of a period. */
  readonly deviation: number
  readonly riskFree?: number
  /** Share of the equity that is invested. */
  readonly fraction: number
}

/**
 * Growth rate of the equity per period: `g(f) = r + f(μ − r) − f²σ²/2`; highest at full Kelly, `r` again at twice that.
 *
 * Thorp, The Kelly Criterion in Blackjack, Sports Betting and the Stock Market (2006), equation 7.3.
 *
 * @throws ConfigError `BAD_FIGURE` for a figure that is not finite, or a negative deviation.
 * @example
 * kellyGrowth({ mean: 0.11, deviation: 0.15, riskFree: 0.06, fraction: 1 }) // => 0.09875
 */
export function kellyGrowth({ mean, deviation, riskFree = 0, fraction }: KellyGrowthOptions): number {
  checkFigure('mean', mean, 'finite')
  checkFigure('riskFree', riskFree, 'finite')
  checkFigure('fraction', fraction, 'finite')
  checkFigure('deviation', deviation, 'notNegative')
  return riskFree + fraction * (mean - riskFree) - (fraction * fraction * deviation * deviation) / 2
}
