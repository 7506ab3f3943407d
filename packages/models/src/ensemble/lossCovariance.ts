/** How losses of experts move together. */
export interface LossCovariance {
  /** Shrunk covariance, row-major; positive semidefinite. */
  readonly covariance: Float64Array
  /** Correlation before shrinking, row-major; 0 beside an expert whose losses never change. */
  readonly correlation: Float64Array
  /** From 0, nothing shrunk, to 1, only the mean variance left. */
  readonly shrinkage: number
}

/**
 * Covariance of the columns of `losses`, shrunk towards the mean variance on the diagonal.
 *
 * A missing loss (`NaN`) counts as that expert's mean, and each expert is scaled back by how often it was there, so that the matrix
 * stays positive semidefinite. Intensity: Ledoit and Wolf (2004), A well-conditioned estimator, section 3.3.
 *
 * @param losses - By row: `losses[row * size + expert]`.
 */
export function lossCovariance(losses: Float64Array, size: number): LossCovariance {
  const rows = losses.length / size
  const gaps = centred(losses, size)
  const covariance = new Float64Array(size * size)
  let fourth = 0
  for (let offset = 0; offset < gaps.length; offset += size) {
    let square = 0
    for (let i = 0; i < size; i++) {
      const gap = gaps[offset + i]!
      square += gap * gap
      for (let j = 0; j <= i; j++) covariance[i * size + j] = covariance[i * size + j]! + gap * gaps[offset + j]!
    }
    fourth += square * square
  }
  let [trace, norm] = [0, 0]
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      const value = covariance[i * size + j]! / rows
      covariance[i * size + j] = value
      covariance[j * size + i] = value
      norm += value * value * (i === j ? 1 : 2)
    }
    trace += covariance[i * size + i]!
  }
  const middle = trace / size
  const correlation = correlationOf(covariance, size)
  const distance = norm - size * middle * middle
  const noise = Math.max(0, fourth / rows - norm) / rows
  const shrinkage = distance > 0 ? Math.min(1, noise / distance) : 1
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      const target = i === j ? shrinkage * middle : 0
      covariance[i * size + j] = (1 - shrinkage) * covariance[i * size + j]! + target
    }
  }
  return { covariance, correlation, shrinkage }
}

/** Losses less their mean, times the root of how seldom they are there. */
function centred(losses: Float64Array, size: number): Float64Array {
  const rows = losses.length / size
  const gaps = new Float64Array(losses.length)
  for (let expert = 0; expert < size; expert++) {
    let [sum, count] = [0, 0]
    for (let at = expert; at < losses.length; at += size) {
      if (Number.isNaN(losses[at]!)) continue
      sum += losses[at]!
      count++
    }
    const scale = Math.sqrt(rows / count)
    for (let at = expert; at < losses.length; at += size) {
      if (!Number.isNaN(losses[at]!)) gaps[at] = (losses[at]! - sum / count) * scale
    }
  }
  return gaps
}

/** A variance that is rounding: losses are from 0 to 1. */
const negligible = 1e-18

function correlationOf(covariance: Float64Array, size: number): Float64Array {
  const correlation = new Float64Array(size * size)
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      const [a, b] = [covariance[i * size + i]!, covariance[j * size + j]!]
      const isKnown = a > negligible && b > negligible
      correlation[i * size + j] = i === j ? 1 : isKnown ? covariance[i * size + j]! / Math.sqrt(a * b) : 0
    }
  }
  return correlation
}
