import type { Mark } from './decimal.js'
import { dateMs } from './time.js'

/**
 * Reads `YYYY-MM-DD`, or `YYYY-MM-DD HH:MM:SS` with a space or T and perhaps a Z, from bytes, in UTC milliseconds.
 *
 * NaN for every other form: the slow path knows more of them.
 */
export function scanIsoTime(bytes: Uint8Array, from: number, mark: Mark): number {
  if (bytes[from + 4] !== 45 || bytes[from + 7] !== 45) return Number.NaN
  const day = dateMs(pair(bytes, from) * 100 + pair(bytes, from + 2), pair(bytes, from + 5), pair(bytes, from + 8))
  const separator = bytes[from + 10]
  mark.end = from + 10
  if (separator !== 32 && separator !== 84) return day
  if (bytes[from + 13] !== 58 || bytes[from + 16] !== 58) return Number.NaN
  const hour = pair(bytes, from + 11)
  const minute = pair(bytes, from + 14)
  const second = pair(bytes, from + 17)
  // Compared so that a NaN fails.
  if (!(hour < 24 && minute < 60 && second < 60)) return Number.NaN
  mark.end = bytes[from + 19] === 90 ? from + 20 : from + 19
  return day + hour * 3_600_000 + minute * 60_000 + second * 1_000
}

/** Two digits as a number; NaN if they are none. */
function pair(bytes: Uint8Array, at: number): number {
  const tens = bytes[at]! - 48
  const ones = bytes[at + 1]! - 48
  return tens >>> 0 < 10 && ones >>> 0 < 10 ? tens * 10 + ones : Number.NaN
}
