import { type Bars, barColumns } from '../../bar.js'
import { type Rows, reserveRows } from './rows.js'

/** What happened to a row that was dropped. */
export type DropReport = (kind: 'duplicate' | 'conflict', line: number, value: string) => void

/** Sorts rows by time, the earlier line first; of rows with one time the first stays and the others are reported. */
export function sortRows(rows: Rows, report: DropReport): void {
  const { bars, length, lines } = rows
  const order = Uint32Array.from({ length }, (_, index) => index)
  const { time } = bars
  order.sort((a, b) => time[a]! - time[b]! || a - b)
  const kept: number[] = []
  for (const index of order) {
    const previous = kept.at(-1)
    if (previous === undefined || time[index] !== time[previous]) kept.push(index)
    else
      report(
        isSameRow(bars, previous, index) ? 'duplicate' : 'conflict',
        lines[index]!,
        new Date(time[index]!).toISOString(),
      )
  }
  for (const name of barColumns) permute(bars[name], kept)
  permute(lines, kept)
  rows.length = kept.length
  rows.isDisordered = false
}

/** True if two rows agree in every column but time. */
function isSameRow(bars: Bars, a: number, b: number): boolean {
  return barColumns.every((name) => name === 'time' || bars[name][a] === bars[name][b])
}

/** Drops the rows at the end whose time is after `timeMax`, oldest first. */
export function dropFuture(rows: Rows, timeMax: number, report: (line: number, value: string) => void): void {
  const { bars, lines } = rows
  let first = rows.length
  while (first > 0 && bars.time[first - 1]! > timeMax) first--
  for (let index = first; index < rows.length; index++) {
    report(lines[index]!, new Date(bars.time[index]!).toISOString())
  }
  rows.length = first
}

function permute(column: Float64Array | Uint32Array, order: readonly number[]): void {
  column.set(order.map((index) => column[index]!))
}

/** Room that a text of some bytes needs, judged by the lines at its start. */
export function reserveFor(rows: Rows, bytes: Uint8Array): void {
  const sample = bytes.subarray(0, 65_536)
  let lines = 0
  for (const byte of sample) if (byte === 10) lines++
  const bytesPerLine = Math.max(shortestRow, sample.length / Math.max(1, lines))
  reserveRows(rows, Math.ceil((bytes.length / bytesPerLine) * 1.02) + 16)
}

/** Bytes of `0,1,1,1,1,1` and its line feed. */
const shortestRow = 12
