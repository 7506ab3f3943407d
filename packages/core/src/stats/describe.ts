import { kurtosis, mean, skewness, standardDeviation } from './moments.js'
import { observed } from './observed.js'
import { sortedQuantile } from './quantile.js'

/** A sample in a few figures; each is `NaN` where there are too few values for it. */
export interface Description {
  /** Values that are there. */
  readonly count: number
  /** Values that are `NaN`. */
  readonly missing: number
  readonly mean: number
  /** Of the sample (n - 1). */
  readonly standardDeviation: number
  /** By population moments. */
  readonly skewness: number
  /** Excess, by population moments. */
  readonly kurtosis: number
  readonly min: number
  readonly quartile1: number
  readonly median: number
  readonly quartile3: number
  readonly max: number
}

/**
 * Describes a sample: count, moments and quartiles (type 7).
 *
 * @example
 * describe([1, 2, 3, 4]).median // => 2.5
 */
export function describe(values: ArrayLike<number>): Description {
  const sorted = observed(values).sort()
  return {
    count: sorted.length,
    missing: values.length - sorted.length,
    mean: mean(values),
    standardDeviation: standardDeviation(values),
    skewness: skewness(values),
    kurtosis: kurtosis(values),
    min: sortedQuantile(sorted, 0),
    quartile1: sortedQuantile(sorted, 0.25),
    median: sortedQuantile(sorted, 0.5),
    quartile3: sortedQuantile(sorted, 0.75),
    max: sortedQuantile(sorted, 1),
  }
}
