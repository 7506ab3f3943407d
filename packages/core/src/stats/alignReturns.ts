import { checkSameLength, type ObservedPairs } from './observed.js'

/** Returns with their times. */
export interface TimedReturns {
  /** Milliseconds UTC, strictly rising. */
  readonly time: ArrayLike<number>
  readonly returns: ArrayLike<number>
}

/** Two series over the union of their times; `NaN` where one has no value. */
export interface AlignedReturns extends ObservedPairs {
  readonly time: Float64Array
}

/**
 * Joins two series by time, so that functions which need aligned returns can take both.
 *
 * @throws ConfigError `LENGTH_MISMATCH` if a series has another number of times than returns.
 * @example
 * alignReturns({ time: [1, 2], returns: [0.1, 0.2] }, { time: [2, 3], returns: [0.3, 0.4] })
 * // => { time: [1, 2, 3], first: [0.1, 0.2, NaN], second: [NaN, 0.3, 0.4] }
 */
export function alignReturns(first: TimedReturns, second: TimedReturns): AlignedReturns {
  checkSameLength(first.time, first.returns)
  checkSameLength(second.time, second.returns)
  const time = Float64Array.from(new Set([...Array.from(first.time), ...Array.from(second.time)])).sort()
  return { time, first: over(time, first), second: over(time, second) }
}

function over(time: Float64Array, { time: own, returns }: TimedReturns): Float64Array {
  const out = new Float64Array(time.length).fill(Number.NaN)
  let i = 0
  for (let row = 0; row < time.length; row++) {
    if (i < own.length && own[i] === time[row]) out[row] = returns[i++]!
  }
  return out
}
