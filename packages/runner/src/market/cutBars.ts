import { type Bars, ConfigError, sliceBars } from '@astertrade/core'

/** A span of bar opens: from the first that is wanted to the first that is no longer wanted, in milliseconds UTC. */
export interface OpenRange {
  readonly from: number
  readonly to: number
}

/**
 * The bars that open inside a range: a view of the same memory.
 *
 * @throws ConfigError `EMPTY_RANGE` if there is none, saying what there is.
 */
export function cutBars(bars: Bars, { from, to }: OpenRange): Bars {
  const { time, interval, length } = bars
  const cut = sliceBars(bars, firstAtLeast(time, from + interval), firstAtLeast(time, to + interval))
  if (cut.length > 0 || length === 0) return cut
  const [first, last] = [time[0]! - interval, time[length - 1]! - interval].map((open) => new Date(open).toISOString())
  throw new ConfigError(`No bar of ${bars.instrument} lies in the range that was asked for.`, {
    code: 'EMPTY_RANGE',
    hints: [`Its first bar opens at ${first}, its last at ${last}.`],
  })
}

/** Index of the first value that is not below `limit`, by halving. */
function firstAtLeast(values: Float64Array, limit: number): number {
  let low = 0
  let high = values.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (values[middle]! < limit) low = middle + 1
    else high = middle
  }
  return low
}
