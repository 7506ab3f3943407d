import { type Mark, scanDecimal } from './decimal.js'
import { scanIsoTime } from './isoTime.js'
import { appendRow, type Rows } from './rows.js'

/** What the fast path must know of a file. */
export interface ScanPlan {
  readonly delimiter: number
  /** For each field the index of its column, or -1. */
  readonly targets: Int8Array
  readonly isIsoTime: boolean
  /** Milliseconds are the number in the file times `multiply` over `divide`. */
  readonly multiply: number
  readonly divide: number
  /** Latest time that is not in the future. */
  readonly timeMax: number
  /** The row being read, in the order of the columns; volume stays 0 where the file has none. */
  readonly row: Float64Array
  readonly mark: Mark
}

const lineFeed = 10
const carriageReturn = 13
const quote = 34

/** A step in time above this many milliseconds, three years, is left to the slow path: the unit may have changed. */
const stepMax = 1e11

/**
 * Reads whole lines as long as they are plain: numbers without quotes, spaces and signs, in order, and sound.
 *
 * The bytes must end with a line feed. Returns the index of the first line that is not plain, or `to`.
 */
export function scanRows(bytes: Uint8Array, from: number, to: number, plan: ScanPlan, rows: Rows): number {
  const { row, multiply, divide, timeMax } = plan
  let at = from
  while (at < to) {
    const end = scanFields(bytes, at, plan)
    if (end < 0) return at
    const time = (row[0]! * multiply) / divide
    const step = time - rows.lastTime
    if (!(step > 0 && step < stepMax && time <= timeMax && Math.floor(time) === time) || !isSound(row)) return at
    row[0] = time
    rows.lastTime = time
    rows.line++
    appendRow(rows, row)
    at = end
  }
  return at
}

/** True if prices are positive and ordered, and the volume is not negative. Anything with a NaN is unsound. */
function isSound(row: Float64Array): boolean {
  const open = row[1]!
  const high = row[2]!
  const low = row[3]!
  const close = row[4]!
  const volume = row[5]!
  const isInside = low > 0 && open >= low && close >= low && open <= high && close <= high && high < Infinity
  return isInside && volume >= 0 && volume < Infinity
}

/** Reads the fields of one line into `plan.row`; returns the index after its line feed, or -1 if it is not plain. */
function scanFields(bytes: Uint8Array, from: number, plan: ScanPlan): number {
  const { targets, delimiter, row, mark } = plan
  const last = targets.length - 1
  let at = from
  for (let field = 0; field <= last; field++) {
    const target = targets[field]!
    if (target < 0) {
      at = skipField(bytes, at, delimiter)
      if (at < 0) return -1
    } else {
      const value = target === 0 && plan.isIsoTime ? scanIsoTime(bytes, at, mark) : scanDecimal(bytes, at, mark)
      if (Number.isNaN(value)) return -1
      row[target] = value
      at = mark.end
    }
    if (field < last) {
      if (bytes[at] !== delimiter) return -1
      at++
    }
  }
  if (bytes[at] === carriageReturn) at++
  return bytes[at] === lineFeed ? at + 1 : -1
}

/** Index of the delimiter or line end behind a field that is not used; -1 if it is quoted. */
function skipField(bytes: Uint8Array, from: number, delimiter: number): number {
  let at = from
  for (;;) {
    const byte = bytes[at]!
    if (byte === delimiter || byte === lineFeed || byte === carriageReturn) return at
    if (byte === quote) return -1
    at++
  }
}
