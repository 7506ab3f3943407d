import type { Bars } from '../bar.js'
import type { InstrumentId } from '../instrument.js'
import type { Duration, Timestamp } from '../time.js'
import { findGaps, type GapOptions } from './gaps.js'

/** How complete a series is. */
export interface Quality {
  readonly instrument: InstrumentId
  readonly interval: Duration
  readonly bars: number
  /** Time of the first bar, undefined without one. */
  readonly from: Timestamp | undefined
  readonly to: Timestamp | undefined
  /** Bars there would be without a gap between the first and the last. */
  readonly expected: number
  readonly missing: number
  /** Share of the expected bars that are there, 1 without a gap; undefined without bars. */
  readonly coverage: number | undefined
  /** Gaps as of a market that nobody traded in. */
  readonly quietGaps: number
  /** Gaps as of an outage. */
  readonly outages: number
  /** Missing bars of the longest gap. */
  readonly longestGap: number
  /** Bars without volume. */
  readonly zeroVolume: number
  /** Bars whose four prices are equal. */
  readonly flat: number
}

/**
 * Measures a series: coverage, gaps, still bars. Bars must be in order.
 *
 * @throws ConfigError `BAD_INTERVAL` if the interval is not a positive integer.
 */
export function measureQuality(bars: Bars, options: GapOptions = {}): Quality {
  const { issues } = findGaps(bars, options)
  const missing = issues.reduce((sum, gap) => sum + gap.missing, 0)
  const expected = bars.length + missing
  const outages = issues.filter((gap) => gap.cause === 'outage').length
  let [zeroVolume, flat] = [0, 0]
  for (let index = 0; index < bars.length; index++) {
    if (bars.volume[index] === 0) zeroVolume++
    if (bars.high[index] === bars.low[index]) flat++
  }
  return {
    instrument: bars.instrument,
    interval: bars.interval,
    bars: bars.length,
    from: bars.time[0] as Timestamp | undefined,
    to: bars.time[bars.length - 1] as Timestamp | undefined,
    expected,
    missing,
    coverage: expected === 0 ? undefined : bars.length / expected,
    quietGaps: issues.length - outages,
    outages,
    longestGap: issues.reduce((longest, gap) => Math.max(longest, gap.missing), 0),
    zeroVolume,
    flat,
  }
}
