import { checkFigure } from './checkFigure.js'

/** An edge and how well it is known. */
export interface ShrinkEdgeOptions {
  /** Estimated mean return, costs taken off. */
  readonly edge: number
  /** Standard error of that estimate. */
  readonly standardError: number
}

/**
 * What of an estimated edge may be staked on: the edge less its standard error, times `e² / (e² + se²)` of what is left; 0 if nothing is.
 *
 * Staking on an estimate overbets on average, since the highest estimates are the luckiest. After Baker and McHale, Optimal Betting
 * Under Parameter Uncertainty (2013).
 *
 * @throws ConfigError `BAD_FIGURE` for an edge that is not finite or a negative standard error.
 * @example
 * shrinkEdge({ edge: 0.02, standardError: 0.01 }) // => 0.005
 */
export function shrinkEdge({ edge, standardError }: ShrinkEdgeOptions): number {
  checkFigure('edge', edge, 'finite')
  checkFigure('standardError', standardError, 'notNegative')
  const left = edge - standardError
  if (!(left > 0)) return 0
  // The ratio first: the square of an edge may leave the range of doubles.
  const ratio = standardError / left
  return left / (1 + ratio * ratio)
}
