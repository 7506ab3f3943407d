import type { SquareMatrix } from '../measures/squareMatrix.js'
import { type ShrinkageTarget, shrinkageWeight } from './shrinkageTarget.js'

/**
 * The sample's variances with one correlation, the mean of all, and its weight. Ledoit and Wolf, Honey, I Shrunk the
 * Sample Covariance Matrix (2004), appendix B. An asset that never moves is uncorrelated with all others.
 */
export function constantCorrelation(centred: readonly Float64Array[], sample: SquareMatrix): ShrinkageTarget {
  const { size, values } = sample
  const deviation = centred.map((_, i) => Math.sqrt(values[i * size + i]!))
  const mean = meanCorrelation(sample, deviation)
  const goal = values.map((value, index) => {
    const [i, j] = [Math.floor(index / size), index % size]
    return i === j ? value : mean * deviation[i]! * deviation[j]!
  })
  let distance = 0
  let error = 0
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      const gap = values[i * size + j]! - goal[i * size + j]!
      distance += gap * gap
      if (i !== j) error += pairError(centred[i]!, centred[j]!, values[i * size + j]!, mean)
    }
  }
  return { goal, intensity: shrinkageWeight(error / centred[0]!.length, distance) }
}

function meanCorrelation({ size, values }: SquareMatrix, deviation: readonly number[]): number {
  let sum = 0
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < i; j++) {
      const scale = deviation[i]! * deviation[j]!
      if (scale > 0) sum += values[i * size + j]! / scale
    }
  }
  return size < 2 ? 0 : (2 * sum) / (size * (size - 1))
}

/** Variance of one element of the sample minus its covariance with that of the target: the paper's π - ρ. */
function pairError(x: Float64Array, y: Float64Array, element: number, mean: number): number {
  let [pi, withX, withY, squareX, squareY] = [0, 0, 0, 0, 0]
  for (let row = 0; row < x.length; row++) {
    const deviation = x[row]! * y[row]! - element
    pi += deviation * deviation
    // Deviations sum to 0, so the mean of the squares need not be taken off.
    withX += x[row]! * x[row]! * deviation
    withY += y[row]! * y[row]! * deviation
    squareX += x[row]! * x[row]!
    squareY += y[row]! * y[row]!
  }
  const rows = x.length
  if (squareX === 0 || squareY === 0) return pi / rows
  const ratio = Math.sqrt(squareY / squareX)
  return (pi - (mean / 2) * (ratio * withX + withY / ratio)) / rows
}
