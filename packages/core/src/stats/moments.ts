import { observed } from './observed.js'

/** What is subtracted from the count in the denominator of a variance: 1 for a sample, 0 for a whole population. */
export interface VarianceOptions {
  readonly ddof?: 0 | 1
}

/**
 * Arithmetic mean; `NaN` of nothing. Missing values (`NaN`) are left out. Exact for a constant series.
 *
 * @example
 * mean([0.01, 0.02, 0.03]) // => 0.02
 */
export function mean(values: ArrayLike<number>): number {
  return meanOf(observed(values))
}

/**
 * Mean squared deviation from the mean; `NaN` where fewer than `ddof + 1` values are there. Exactly 0 for a constant series.
 *
 * @example
 * variance([1, 2, 3]) // => 1
 */
export function variance(values: ArrayLike<number>, { ddof = 1 }: VarianceOptions = {}): number {
  const kept = observed(values)
  if (kept.length <= ddof) return Number.NaN
  return (centralMoment(kept, 2) * kept.length) / (kept.length - ddof)
}

/**
 * Square root of the variance.
 *
 * @example
 * standardDeviation([1, 3]) // => 1.4142135623730951
 */
export function standardDeviation(values: ArrayLike<number>, options: VarianceOptions = {}): number {
  return Math.sqrt(variance(values, options))
}

/**
 * Skewness by population moments, `m3 / m2^1.5`; `NaN` for a constant series.
 *
 * @example
 * skewness([1, 1, 4]) // => 0.7071067811865475
 */
export function skewness(values: ArrayLike<number>): number {
  const kept = observed(values)
  const m2 = centralMoment(kept, 2)
  return centralMoment(kept, 3) / (m2 * Math.sqrt(m2))
}

/**
 * Excess kurtosis by population moments, `m4 / m2² - 3`: 0 for a normal distribution, `NaN` for a constant series.
 *
 * @example
 * kurtosis([1, 2, 3, 4]) // => -1.36
 */
export function kurtosis(values: ArrayLike<number>): number {
  const kept = observed(values)
  const m2 = centralMoment(kept, 2)
  return centralMoment(kept, 4) / (m2 * m2) - 3
}

/** Mean of the deviations from the first value, which makes it exact for a constant series. */
function meanOf(values: Float64Array): number {
  const origin = values[0] ?? Number.NaN
  let sum = 0
  for (let i = 1; i < values.length; i++) sum += values[i]! - origin
  return origin + sum / values.length
}

function centralMoment(values: Float64Array, order: 2 | 3 | 4): number {
  const center = meanOf(values)
  let sum = 0
  for (let i = 0; i < values.length; i++) {
    const deviation = values[i]! - center
    const square = deviation * deviation
    sum += order === 2 ? square : order === 3 ? square * deviation : square * square
  }
  return sum / values.length
}
