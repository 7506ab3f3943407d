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
  const cut = barsWithin(bars, { from, to })
  if (cut.length > 0 || bars.length === 0) return cut
  throw emptyRange(bars.instrument, bars.time[0]! - bars.interval, bars.time[bars.length - 1]! - bars.interval)
}

/** The bars that open inside a range, perhaps none: a view of the same memory. */
export function barsWithin(bars: Bars, { from, to }: OpenRange): Bars {
  const { time, interval } = bars
  return sliceBars(bars, firstAtLeast(time, from + interval), firstAtLeast(time, to + interval))
}

/** The error for a range without a bar; it says when the first and the last one open. */
export function emptyRange(instrument: string, ...opens: readonly [first: number, last: number]): ConfigError {
  const [first, last] = opens.map((open) => new Date(open).toISOString())
  return new ConfigError(`No bar of ${instrument} lies in the range that was asked for.`, {
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
