import { type Bars, barColumns } from '@astertrade/core'

/** Copies `count` bars from index `start` of one series to index `at` of another. */
export function copyRows(from: Bars, start: number, to: Bars, at: number, count: number): void {
  for (const name of barColumns) to[name].set(from[name].subarray(start, start + count), at)
}
