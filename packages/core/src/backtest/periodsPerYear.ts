import { type Duration, dayMs } from '../time.js'

/**
 * Periods a year to annualise with: 365 days where bars fall on weekends, else 252; of bars longer than a day, as many as
 * fit into 365.25 days.
 *
 * A weekend bar lies strictly inside Saturday and Sunday, or at the midnight between them: daily bars of Friday and Monday may
 * touch a weekend, whichever end they are named by. A tenth of all bars must be such, so that a market that opens on Sunday
 * evening counts as closed on weekends.
 *
 * @param times - Bar times, milliseconds UTC.
 * @param interval - Length of a bar in milliseconds (default: not longer than a day).
 * @example
 * periodsPerYear(Array.from({ length: 14 }, (_, i) => i * 86_400_000)) // => 365
 * periodsPerYear([604_800_000, 1_209_600_000], 604_800_000) // => 52
 */
export function periodsPerYear(times: ArrayLike<number>, interval: Duration = dayMs): number {
  return periodsOf(weekendBars(times), times.length, interval)
}

/** Periods a year where so many of all bars lie in a weekend. */
export function periodsOf(weekend: number, bars: number, interval: Duration): number {
  if (interval > dayMs) return Math.max(1, Math.round((365.25 * dayMs) / interval))
  return weekend > bars * weekendShareMin ? 365 : 252
}

/** Bars strictly inside Saturday and Sunday, or at the midnight between them. */
export function weekendBars(times: ArrayLike<number>): number {
  let weekend = 0
  for (let i = 0; i < times.length; i++) {
    const sinceSaturday = (((times[i]! - saturday) % weekMs) + weekMs) % weekMs
    if (sinceSaturday > 0 && sinceSaturday < 2 * dayMs) weekend += 1
  }
  return weekend
}

const weekMs = 7 * dayMs
/** 1970-01-03, a Saturday. */
const saturday = 2 * dayMs
const weekendShareMin = 0.1
