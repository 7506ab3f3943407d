import { dayMs } from '../time.js'

/**
 * Days a year to annualise with: 365 where bars fall on weekends, else 252.
 *
 * A weekend bar lies strictly inside Saturday and Sunday, or at the midnight between them: daily bars of Friday and Monday may
 * touch a weekend, whichever end they are named by. A tenth of all bars must be such, so that a market that opens on Sunday
 * evening counts as closed on weekends.
 *
 * @param times - Bar times, milliseconds UTC.
 * @example
 * periodsPerYear(Array.from({ length: 14 }, (_, i) => i * 86_400_000)) // => 365
 */
export function periodsPerYear(times: ArrayLike<number>): number {
  return periodsOf(weekendBars(times), times.length)
}

/** Days a year where so many of all bars lie in a weekend. */
export function periodsOf(weekend: number, bars: number): number {
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
