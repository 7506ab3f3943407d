import { ConfigError } from '../errors.js'

/**
 * The values that are there: a `NaN` is a missing observation and is left out.
 *
 * @throws ConfigError `LENGTH_MISMATCH` if `minus` is a series of another length.
 * @example
 * observed([0.01, Number.NaN, 0.03]) // => Float64Array [0.01, 0.03]
 */
export function observed(values: ArrayLike<number>, minus: number | ArrayLike<number> = 0): Float64Array {
  if (typeof minus !== 'number') checkSameLength(values, minus)
  const kept = new Float64Array(values.length)
  let count = 0
  for (let i = 0; i < values.length; i++) {
    const value = values[i]! - (typeof minus === 'number' ? minus : minus[i]!)
    if (!Number.isNaN(value)) kept[count++] = value
  }
  return kept.slice(0, count)
}

/** Pairs in which both values are there. */
export interface ObservedPairs {
  readonly first: Float64Array
  readonly second: Float64Array
}

/**
 * The pairs of two aligned series in which neither value is missing.
 *
 * @throws ConfigError `LENGTH_MISMATCH` if the lengths differ.
 */
export function observedPairs(first: ArrayLike<number>, second: ArrayLike<number>): ObservedPairs {
  checkSameLength(first, second)
  const kept = { first: new Float64Array(first.length), second: new Float64Array(first.length) }
  let count = 0
  for (let i = 0; i < first.length; i++) {
    if (Number.isNaN(first[i]!) || Number.isNaN(second[i]!)) continue
    kept.first[count] = first[i]!
    kept.second[count++] = second[i]!
  }
  return { first: kept.first.slice(0, count), second: kept.second.slice(0, count) }
}

/**
 * Checks that two series are aligned row by row.
 *
 * @throws ConfigError `LENGTH_MISMATCH` if the lengths differ.
 */
export function checkSameLength(first: ArrayLike<number>, second: ArrayLike<number>): void {
  if (first.length !== second.length) {
    throw new ConfigError(`Two series have ${first.length} and ${second.length} values, and must be aligned.`, {
      code: 'LENGTH_MISMATCH',
      hints: ['alignReturns joins two series by their times and marks what is missing with NaN.'],
    })
  }
}
