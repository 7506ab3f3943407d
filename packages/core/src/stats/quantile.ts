import { ConfigError } from '../errors.js'
import { observed } from './observed.js'

/**
 * Sample quantile with linear interpolation between order statistics (type 7, the default of R and NumPy); `NaN` of nothing.
 * Missing values are left out. Hyndman and Fan, Sample Quantiles in Statistical Packages (1996).
 *
 * @param probability - From 0 (the smallest) to 1 (the largest).
 * @throws ConfigError `BAD_PARAMETER` if `probability` is not from 0 to 1.
 * @example
 * quantile([1, 2, 3, 4], 0.5) // => 2.5
 */
export function quantile(values: ArrayLike<number>, probability: number): number {
  return sortedQuantile(observed(values).sort(), probability)
}

/**
 * The same for values in rising order without missing ones; for many quantiles of one sample.
 *
 * @throws ConfigError `BAD_PARAMETER` if `probability` is not from 0 to 1.
 */
export function sortedQuantile(sorted: Float64Array, probability: number): number {
  if (!(probability >= 0 && probability <= 1)) {
    throw new ConfigError(`probability "${probability}" is not from 0 to 1.`, {
      code: 'BAD_PARAMETER',
      hints: ['0.95 is the 95th percentile.'],
    })
  }
  if (sorted.length === 0) return Number.NaN
  const place = probability * (sorted.length - 1)
  const below = Math.floor(place)
  const low = sorted[below]!
  const high = sorted[Math.min(below + 1, sorted.length - 1)]!
  return low === high ? low : low + (place - below) * (high - low)
}
