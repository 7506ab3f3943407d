import type { Bars } from '../bar.js'
import type { InstrumentId } from '../instrument.js'
import type { Duration, Timestamp } from '../time.js'
import { alwaysOpen, type Calendar, calendarOf } from './calendar.js'
import type { DataIssue, GapIssue } from './issue.js'
import { type CheckedBars, checkInterval } from './stage.js'

/** What `findGaps` takes. */
export interface GapOptions {
  /** When bars are expected (default: weekdays for days of which none is at a weekend, else always). */
  readonly calendar?: Calendar
}

/** Bars looked at on each side of a gap to see how often bars are missing there. */
const neighbours = 240
/** A gap is an outage if chance would make one as long less often than this. */
const chanceMin = 1e-9
/** Longest gap, in bars, whose closed sessions are taken off. */
const slotsMax = 10_000_000

/**
 * Finds the bars that are missing between two others, and tells minutes without a trade from outages.
 *
 * Let p be the share of bars missing among the 240 before and after, the smaller of the two, with one more missing and one
 * more present (Laplace). A gap of n bars is `quiet` if p^n ≥ 1e-9 and an `outage` otherwise. Bars must be in order.
 *
 * @throws ConfigError `BAD_INTERVAL` if the interval is not a positive integer.
 */
export function findGaps(bars: Bars, options: GapOptions = {}): CheckedBars<GapIssue> {
  checkInterval(bars)
  const { time, interval, instrument } = bars
  const calendar = options.calendar ?? calendarOf(bars)
  const issues: GapIssue[] = []
  for (let index = 1; index < bars.length; index++) {
    const slots = slotsBetween(time[index - 1]!, time[index]!, interval)
    if (slots < 1) continue
    const from = time[index - 1]! + interval
    const missing = expectedBars(calendar, from, slots, interval)
    if (missing === 0) continue
    const cause = isQuiet(bars, index, missing) ? 'quiet' : 'outage'
    const to = time[index - 1]! + slots * interval
    issues.push({
      kind: 'gap',
      level: cause === 'quiet' ? 'note' : 'error',
      instrument,
      from: from as Timestamp,
      to: to as Timestamp,
      missing,
      cause,
    })
  }
  return { bars, issues }
}

/** Whole intervals that fit between two closes, both apart; half an interval of drift is no gap. */
export function slotsBetween(before: number, after: number, interval: Duration): number {
  return Math.round((after - before) / interval) - 1
}

/** Bars that the calendar expects among `slots` closes from `from` on. */
export function expectedBars(calendar: Calendar, from: number, slots: number, interval: Duration): number {
  if (calendar === alwaysOpen || slots > slotsMax) return slots
  let expected = 0
  for (let slot = 0; slot < slots; slot++) if (calendar((from + (slot - 1) * interval) as Timestamp)) expected++
  return expected
}

function isQuiet(bars: Bars, index: number, missing: number): boolean {
  const before = missingShare(bars, Math.max(0, index - 1 - neighbours), index - 1)
  const after = missingShare(bars, index, Math.min(bars.length - 1, index + neighbours))
  const share = Math.min(before, after)
  let chance = 1
  for (let count = 0; count < missing && chance >= chanceMin; count++) chance *= share
  return chance >= chanceMin
}

/** Share of bars that are missing between two bars of a series. */
function missingShare({ time, interval }: Bars, first: number, last: number): number {
  const slots = Math.round((time[last]! - time[first]!) / interval)
  return (slots - (last - first) + 1) / (slots + 2)
}

/** Data to ask a source for: bars that open from `from` on and close up to `to`. */
export interface DataRequest {
  readonly instrument: InstrumentId
  readonly from: Timestamp
  readonly to: Timestamp
}

/** What `requestsFor` takes. */
export interface RequestOptions {
  /** Length of a bar. */
  readonly interval: Duration
  /** Most bars that the source gives at once (default 1,000). */
  readonly barsMax?: number
}

/** The requests that would fill the gaps among some issues, none longer than a source allows. */
export function requestsFor(issues: readonly DataIssue[], options: RequestOptions): DataRequest[] {
  const { interval, barsMax = 1_000 } = options
  const requests: DataRequest[] = []
  for (const issue of issues) {
    if (issue.kind !== 'gap') continue
    for (let from = issue.from - interval; from < issue.to; from += barsMax * interval) {
      const to = Math.min(issue.to, from + barsMax * interval)
      requests.push({ instrument: issue.instrument, from: from as Timestamp, to: to as Timestamp })
    }
  }
  return requests
}
