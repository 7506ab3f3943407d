import { type Duration, dayMs } from './time.js'

const weekMs = 7 * dayMs
/** 5 January 1970 was a Monday. */
const mondayMs = 4 * dayMs

/** Where buckets of an interval begin after its multiples since 1970: whole weeks on Monday, all else at once. */
export function bucketOffset(interval: Duration): Duration {
  return interval % weekMs === 0 ? mondayMs : 0
}
