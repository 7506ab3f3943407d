import { checkFigure } from './checkFigure.js'

/** A bet with two ends. */
export interface KellyDiscreteOptions {
  /** Probability of the gain, 0 to 1. */
  readonly probability: number
  /** Gained per unit staked. */
  readonly win: number
  /** Lost per unit staked (default 1). */
  readonly loss?: number
}

/**
 * Share of the equity to stake on a bet with two ends, 0 without an edge: `f = p/a − (1−p)/b` for a gain `b` and a loss `a`.
 *
 * It maximises `p ln(1+bf) + (1−p) ln(1−af)`. With `loss: 1` it is the textbook `p − (1−p)/b`. Costs belong into `win` and `loss`.
 * Kelly, A New Interpretation of Information Rate (1956).
 *
 * @throws ConfigError `BAD_FIGURE` for a probability outside 0 to 1, or a gain or loss that is not positive.
 * @example
 * kellyDiscrete({ probability: 0.6, win: 1 }) // => 0.2
 */
export function kellyDiscrete({ probability, win, loss = 1 }: KellyDiscreteOptions): number {
  checkFigure('probability', probability, 'share')
  checkFigure('win', win, 'positive')
  checkFigure('loss', loss, 'positive')
  // One division: the edge is compared with 0 before anything is rounded away.
  const edge = probability * win - (1 - probability) * loss
  return edge > 0 ? edge / (win * loss) : 0
}
