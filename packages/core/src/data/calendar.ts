import type { Bars } from '../bar.js'
import { dayMs, type Timestamp } from '../time.js'

/** Tells whether a bar that opens at a time is expected. Pure. */
export type Calendar = (open: Timestamp) => boolean

/** A market that never closes. */
export const alwaysOpen: Calendar = () => true

/** A market that is open on the five weekdays, by UTC; holidays count as missing. */
export const weekdays: Calendar = (open) => {
  // 1 January 1970 was a Thursday: day 0 is Monday.
  const day = (Math.floor(open / dayMs) + 3) % 7
  return (day < 0 ? day + 7 : day) < 5
}

/** The calendar that a series shows: weekdays if its bars are days and none opens at a weekend, else always open. */
export function calendarOf(bars: Bars): Calendar {
  if (bars.interval !== dayMs || bars.length < 2) return alwaysOpen
  return bars.time.every((time) => weekdays((time - dayMs) as Timestamp)) ? weekdays : alwaysOpen
}
