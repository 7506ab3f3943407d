import type { OrderRequest } from '../order.js'
import type { Timestamp } from '../time.js'

/** Entries that a log keeps, a power of two; a count of entries never exceeds one less. */
export const entriesKept = 1024

/** The latest entry orders that were approved, as they were wished for, with their times. */
export interface EntryLog {
  readonly times: Float64Array
  readonly orders: OrderRequest[]
  /** Entries ever added; the latest lies at `count - 1` modulo `entriesKept`. */
  count: number
}

/** Makes an empty log. */
export function createEntryLog(): EntryLog {
  return { times: new Float64Array(entriesKept), orders: [], count: 0 }
}

/** Adds an entry order. */
export function logEntry(log: EntryLog, order: OrderRequest, time: Timestamp): void {
  const at = log.count & (entriesKept - 1)
  log.times[at] = time
  log.orders[at] = order
  log.count++
}

/** Entries at or after a time, at most `entriesKept - 1`: times never fall, so the first is found by bisection. */
export function entriesSince(log: EntryLog, since: number): number {
  const { times, count } = log
  if (count === 0 || times[(count - 1) & (entriesKept - 1)]! < since) return 0
  let low = Math.max(0, count - entriesKept + 1)
  const oldest = low
  let high = count - 1
  while (low < high) {
    const middle = (low + high) >>> 1
    if (times[middle & (entriesKept - 1)]! < since) low = middle + 1
    else high = middle
  }
  return count - Math.max(low, oldest)
}

/** Entries of one strategy at or after a time. */
export function entriesOfSince(log: EntryLog, since: number, strategy: string): number {
  const all = entriesSince(log, since)
  let own = 0
  for (let n = log.count - all; n < log.count; n++) {
    if (log.orders[n & (entriesKept - 1)]!.strategy === strategy) own++
  }
  return own
}

/** The entries at or after a time, oldest first. */
export function listEntriesSince(log: EntryLog, since: number): readonly OrderRequest[] {
  const all = entriesSince(log, since)
  const found: OrderRequest[] = []
  for (let n = log.count - all; n < log.count; n++) found.push(log.orders[n & (entriesKept - 1)]!)
  return found
}
