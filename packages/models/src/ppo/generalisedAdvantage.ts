/** What happened along a path of steps; all columns have one entry per step. */
export interface RewardPath {
  readonly rewards: Float64Array
  /** What the value function said before each step. */
  readonly values: Float64Array
  /** 1 where an episode ended after the step. */
  readonly ends: Uint8Array
  /** What the value function says after the last step. */
  readonly lastValue: number
}

/** How far an advantage looks ahead. */
export interface AdvantageOptions {
  /** γ, from 0 to 1: what a reward of the next step is worth now. */
  readonly discount: number
  /** λ, from 0 to 1: 0 trusts the value function after one step, 1 the rewards alone. */
  readonly smoothing: number
}

/**
 * Generalised advantage estimates of a path: `A[t] = δ[t] + γλ(1 - end[t]) A[t+1]`, `δ[t] = r[t] + γ(1 - end[t]) V[t+1] - V[t]`.
 *
 * Schulman, Moritz, Levine, Jordan and Abbeel, High-dimensional continuous control using generalized advantage estimation (2016),
 * equation 16.
 *
 * @example
 * const path = { rewards: Float64Array.of(1, 1), values: Float64Array.of(0, 0), ends: Uint8Array.of(0, 1), lastValue: 9 }
 * generalisedAdvantage(path, { discount: 0.5, smoothing: 1 }) // => Float64Array [1.5, 1]
 */
export function generalisedAdvantage(path: RewardPath, options: AdvantageOptions): Float64Array {
  const { rewards, values, ends, lastValue } = path
  const { discount, smoothing } = options
  const advantages = new Float64Array(rewards.length)
  let [later, nextValue] = [0, lastValue]
  for (let step = rewards.length - 1; step >= 0; step--) {
    const goesOn = 1 - ends[step]!
    const surprise = rewards[step]! + discount * goesOn * nextValue - values[step]!
    later = surprise + discount * smoothing * goesOn * later
    advantages[step] = later
    nextValue = values[step]!
  }
  return advantages
}
