/** The least and most weight of an expert that is awake. */
export interface WeightBounds {
  readonly floor: number
  readonly cap: number
}

/**
 * Keeps weights that sum to 1 between a floor and a cap, in place; entries of 0 sleep and stay 0.
 *
 * The floor mixes in an even share, `w = (1 - n floor) w + floor` for `n` awake, which costs a mixture at most `n floor` a round. What an
 * expert has above the cap goes to the control, which is the last entry and has no cap: who dominates is doubted, and the others
 * are no better for it.
 */
export function boundWeights(weights: Float64Array, { floor, cap }: WeightBounds): void {
  const control = weights.length - 1
  let awake = 0
  for (let index = 0; index <= control; index++) if (weights[index]! > 0) awake++
  const least = Math.min(floor, 1 / Math.max(1, awake))
  for (let index = 0; index <= control; index++) {
    if (weights[index]! > 0) weights[index] = (1 - awake * least) * weights[index]! + least
  }
  for (let index = 0; index < control; index++) {
    if (weights[index]! <= cap) continue
    weights[control] = weights[control]! + weights[index]! - cap
    weights[index] = cap
  }
}
