/** What a sample covariance is drawn toward. */
export interface ShrinkageTarget {
  readonly goal: Float64Array
  /** Weight of the goal, 0 to 1. */
  readonly intensity: number
}

/** The share of the squared distance to the target that is error, from 0 to 1. */
export function shrinkageWeight(error: number, distance: number): number {
  return distance > 0 ? Math.min(1, Math.max(0, error / distance)) : 0
}
