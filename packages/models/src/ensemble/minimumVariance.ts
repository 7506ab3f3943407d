const stepsMax = 400

/**
 * The weights, none below 0 and together 1, whose mixture has the smallest variance `w' C w`.
 *
 * Moves weight from the expert with the largest slope to the one with the smallest, each time by as much as helps, until the two
 * are equal. Starts from even weights, so that equals stay equal.
 *
 * @param covariance - Row-major, `size * size`, symmetric and positive semidefinite.
 */
export function minimumVariance(covariance: Float64Array, size: number): Float64Array {
  const weights = new Float64Array(size).fill(1 / size)
  const slopes = new Float64Array(size)
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) slopes[row] = slopes[row]! + covariance[row * size + column]! / size
  }
  for (let step = 0; step < stepsMax; step++) {
    let [from, to] = [-1, 0]
    for (let index = 0; index < size; index++) {
      if (weights[index]! > 0 && (from === -1 || slopes[index]! > slopes[from]!)) from = index
      if (slopes[index]! < slopes[to]!) to = index
    }
    const gap = slopes[from]! - slopes[to]!
    if (!(gap > 1e-9 * Math.abs(slopes[from]!))) break
    const curve = covariance[from * size + from]! + covariance[to * size + to]! - 2 * covariance[from * size + to]!
    const moved = curve > 0 ? Math.min(weights[from]!, gap / curve) : weights[from]!
    weights[from] = moved === weights[from] ? 0 : weights[from]! - moved
    weights[to] = weights[to]! + moved
    for (let index = 0; index < size; index++) {
      slopes[index] = slopes[index]! + moved * (covariance[to * size + index]! - covariance[from * size + index]!)
    }
  }
  return weights
}
