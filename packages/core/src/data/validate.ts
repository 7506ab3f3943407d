import type { BarColumn, Bars } from '../bar.js'
import { type Duration, dayMs, type Timestamp } from '../time.js'
import { barDefect, isSoundBar } from './barDefect.js'
import type { BarDefect, BarIssue } from './issue.js'
import { type CheckedBars, checkInterval } from './stage.js'

/** What `validateBars` takes. */
export interface ValidateOptions {
  /** The present: a bar that closes after it is a defect (default: no check). */
  readonly now?: Timestamp
  /** Remainder of every time over the interval, up to a day (default: that of most of the first 1,000 bars). */
  readonly offset?: Duration
}

const sampleBars = 1_000

/**
 * Checks every bar by itself and against the one before: finite, positive, inside of low and high, on the grid of its
 * interval, later than the last. The bars come back as they are, each defect as an issue of level `error`.
 *
 * A bar off the grid is a note. Intervals over a day have no grid that all vendors share and are not checked for it.
 *
 * @throws ConfigError `BAD_INTERVAL` if the interval is not a positive integer.
 * @example
 * validateBars(bars).issues // => [{ kind: 'brokenRange', level: 'error', index: 7, column: 'low', … }]
 */
export function validateBars(bars: Bars, options: ValidateOptions = {}): CheckedBars<BarIssue> {
  checkInterval(bars)
  const { now = Number.POSITIVE_INFINITY } = options
  const { time, interval, instrument } = bars
  const offset = interval > dayMs ? undefined : (options.offset ?? commonOffset(bars))
  const issues: BarIssue[] = []
  const report = (kind: BarDefect, index: number, column: BarColumn): void => {
    const level = kind === 'misaligned' ? 'note' : 'error'
    issues.push({ kind, level, instrument, index, time: time[index]! as Timestamp, column, value: bars[column][index] })
  }
  let last = Number.NEGATIVE_INFINITY
  for (let index = 0; index < bars.length; index++) {
    const at = time[index]!
    if (!isSoundBar(bars, index)) {
      const defect = barDefect(bars, index)!
      report(defect.kind, index, defect.column)
      if (defect.kind === 'badTime') continue
    }
    if (at <= last) report(at === last ? 'duplicate' : 'outOfOrder', index, 'time')
    else last = at
    if (at > now) report('future', index, 'time')
    if (offset !== undefined && remainder(at, interval) !== offset) report('misaligned', index, 'time')
  }
  return { bars, issues }
}

/** Remainder that is not negative, for times before 1970 as well. */
function remainder(time: number, interval: Duration): number {
  return time - Math.floor(time / interval) * interval
}

function commonOffset(bars: Bars): Duration {
  const counts = new Map<number, number>()
  let best = 0
  for (let index = 0; index < Math.min(bars.length, sampleBars); index++) {
    const offset = remainder(bars.time[index]!, bars.interval)
    const count = (counts.get(offset) ?? 0) + 1
    counts.set(offset, count)
    if (count > (counts.get(best) ?? 0)) best = offset
  }
  return best
}
