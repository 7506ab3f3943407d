import { type Bars, createBars, sliceBars } from '../bar.js'
import { bucketOffset } from '../bucketOffset.js'
import { ConfigError } from '../errors.js'
import { type Duration, duration, type Timestamp } from '../time.js'
import type { BucketIssue } from './issue.js'
import { type CheckedBars, checkInterval } from './stage.js'

/** What `resampleBars` takes. */
export interface ResampleOptions {
  /** Length of the new bars, a multiple of the old: milliseconds or text such as `'1h'`. */
  readonly interval: number | string
  /** Where buckets begin after multiples of the interval since 1970 (default 0; Monday for whole weeks). */
  readonly offset?: Duration
}

/**
 * Makes longer bars: first open, highest high, lowest low, last close, sum of volume. Each is stamped with the close of
 * its bucket, the first instant at which it may be known.
 *
 * Only whole buckets appear: the first and the last are left out with a note unless the data reach their edges. Bars that
 * are missing inside a bucket are no reason to drop it, since a market that nobody trades in has none; the note
 * `thinBucket` says how many were there. A bucket without any bar stays missing. Bars must be in order.
 *
 * @throws ConfigError `BAD_INTERVAL` if the new interval is not a multiple of the old one; `BAD_PARAMETER` if the offset is no
 * integer.
 * @example
 * resampleBars(minutes, { interval: '1h' }).bars.interval // => 3600000
 */
export function resampleBars(bars: Bars, options: ResampleOptions): CheckedBars<BucketIssue> {
  checkInterval(bars)
  const interval = duration(options.interval)
  if (interval % bars.interval !== 0) {
    throw new ConfigError(`Bars of ${bars.interval} ms do not fit into bars of ${interval} ms.`, {
      code: 'BAD_INTERVAL',
      hints: ['The new interval is a multiple of the old one.'],
    })
  }
  const offset = options.offset ?? bucketOffset(interval)
  if (!Number.isSafeInteger(offset)) {
    throw new ConfigError(`The offset "${offset}" of the buckets is not an integer of milliseconds.`, {
      code: 'BAD_PARAMETER',
      hints: ['Such as offset: 32_400_000 for days that begin at nine.'],
    })
  }
  const out = createBars(bars.instrument, interval, countBuckets(bars, interval, offset))
  const issues: BucketIssue[] = []
  const expected = interval / bars.interval
  let length = 0
  for (let from = 0, to = 0; from < bars.length; from = to) {
    const close = closeOfBucket(bars.time[from]!, interval, offset)
    while (to < bars.length && bars.time[to]! <= close) to++
    const reachesStart = from > 0 || bars.time[0]! - bars.interval <= close - interval
    const reachesEnd = to < bars.length || bars.time[to - 1] === close
    const isWhole = reachesStart && reachesEnd
    if (!isWhole || to - from < expected) {
      const kind = isWhole ? 'thinBucket' : 'partialBucket'
      const time = close as Timestamp
      issues.push({ kind, level: 'note', instrument: bars.instrument, time, interval, present: to - from, expected })
    }
    if (isWhole) aggregate(bars, from, to, out, length++, close)
  }
  return { bars: sliceBars(out, 0, length), issues }
}

/** A bar that closes exactly at the edge belongs to the bucket that ends there. */
function closeOfBucket(time: number, interval: Duration, offset: Duration): number {
  return Math.ceil((time - offset) / interval) * interval + offset
}

function countBuckets(bars: Bars, interval: Duration, offset: Duration): number {
  let count = 0
  let last = Number.NaN
  for (let index = 0; index < bars.length; index++) {
    const close = closeOfBucket(bars.time[index]!, interval, offset)
    if (close !== last) count++
    last = close
  }
  return count
}

function aggregate(bars: Bars, from: number, to: number, out: Bars, at: number, close: number): void {
  let high = bars.high[from]!
  let low = bars.low[from]!
  let volume = 0
  for (let index = from; index < to; index++) {
    if (bars.high[index]! > high) high = bars.high[index]!
    if (bars.low[index]! < low) low = bars.low[index]!
    volume += bars.volume[index]!
  }
  out.time[at] = close
  out.open[at] = bars.open[from]!
  out.high[at] = high
  out.low[at] = low
  out.close[at] = bars.close[to - 1]!
  out.volume[at] = volume
}
