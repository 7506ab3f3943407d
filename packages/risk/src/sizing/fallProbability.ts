import { pow } from '@astertrade/core'
import { checkFigure } from './checkFigure.js'

/** A fall, and the share of full Kelly that is staked. */
export interface FallProbabilityOptions {
  /** Where equity falls to, as a fraction of the start: 0.9 is a fall of 10 %. */
  readonly to: number
  /** Share of the full Kelly fraction, above 0 and below 2. */
  readonly kelly: number
}

/**
 * Probability that equity ever falls to a fraction `x` of its start at `c` times Kelly: `x^(2/c − 1)`.
 *
 * Why Kelly alone keeps no drawdown limit: a fall of 10 % comes with probability 0.90 at full Kelly, 0.73 at half and 0.48 at a
 * quarter. Continuous trading, no costs. Thorp, The Kelly Criterion (2006), equation 7.14.
 *
 * @throws ConfigError `BAD_FIGURE` for a fraction outside (0, 1], or a share of Kelly outside (0, 2).
 * @example
 * fallProbability({ to: 0.5, kelly: 0.5 }) // => 0.125
 */
export function fallProbability({ to, kelly }: FallProbabilityOptions): number {
  checkFigure('to', to, 'fraction')
  checkFigure('kelly', kelly / 2, 'inner')
  return pow(to, 2 / kelly - 1)
}
