import { type Bars, barColumns, createBars, sliceBars } from '../../bar.js'
import type { Duration } from '../../time.js'

/** Rows read so far, as columns with room to spare. Times are those of the file in milliseconds. */
export interface Rows {
  /** Columns of `capacity` rows; only the first `length` hold data. */
  bars: Bars
  length: number
  capacity: number
  /** Line of each row. */
  lines: Uint32Array
  /** Line that was read last. */
  line: number
  /** Highest time so far, -Infinity before the first row. */
  lastTime: number
  /** True if some row is not after the one before it. */
  isDisordered: boolean
  /** The last row that was handed out, in the order of the columns; NaN before the first. */
  readonly taken: Float64Array
}

/** Makes room for `capacity` rows. */
export function createRows(instrument: string, capacity: number): Rows {
  return {
    bars: createBars(instrument, 0, capacity),
    length: 0,
    capacity,
    lines: new Uint32Array(capacity),
    line: 0,
    lastTime: Number.NEGATIVE_INFINITY,
    isDisordered: false,
    taken: new Float64Array(barColumns.length).fill(Number.NaN),
  }
}

/** Makes room for at least `capacity` rows. */
export function reserveRows(rows: Rows, capacity: number): void {
  if (capacity <= rows.capacity) return
  const old = rows.bars
  const bars = createBars(old.instrument, 0, capacity)
  copyBars(old, bars, rows.length)
  const lines = new Uint32Array(capacity)
  lines.set(rows.lines.subarray(0, rows.length))
  rows.bars = bars
  rows.lines = lines
  rows.capacity = capacity
}

/** Adds a row: its six values in the order of the columns. */
export function appendRow(rows: Rows, row: Float64Array): void {
  if (rows.length === rows.capacity) reserveRows(rows, rows.capacity * 2)
  const { bars } = rows
  const at = rows.length++
  rows.lines[at] = rows.line
  bars.time[at] = row[0]!
  bars.open[at] = row[1]!
  bars.high[at] = row[2]!
  bars.low[at] = row[3]!
  bars.close[at] = row[4]!
  bars.volume[at] = row[5]!
}

/** Hands out all rows as bars and forgets them; `isLast` lets the memory go along where little of it is unused. */
export function removeRows(rows: Rows, interval: Duration, shift: Duration, isLast: boolean): Bars {
  const { length, capacity, taken } = rows
  if (length > 0) for (const [index, name] of barColumns.entries()) taken[index] = rows.bars[name][length - 1]!
  rows.length = 0
  rows.isDisordered = false
  let bars: Bars
  if (isLast && capacity - length <= length / 8) {
    bars = sliceBars({ ...rows.bars, interval }, 0, length)
  } else {
    bars = createBars(rows.bars.instrument, interval, length, isLast ? 'shared' : 'private')
    copyBars(rows.bars, bars, length)
  }
  if (shift !== 0) for (let at = 0; at < length; at++) bars.time[at]! += shift
  return bars
}

function copyBars(from: Bars, to: Bars, length: number): void {
  for (const name of barColumns) to[name].set(from[name].subarray(0, length))
}
