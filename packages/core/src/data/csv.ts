import type { Timestamp } from '../time.js'
import { checkBytes } from './csv/checkBytes.js'
import { type CsvReader, createReader } from './csv/reader.js'
import type { CheckedBars } from './stage.js'

/** How to read a CSV file of bars. */
export interface CsvOptions {
  /** Instrument of every row, such as `BTC-USDT.binance`. */
  readonly instrument: string
  /** Name of the file, for messages. */
  readonly file?: string
  /** Length of a bar, such as `'1h'` or milliseconds (default: the most common step of the first 1,000 rows). */
  readonly interval?: number | string
  /** Whether a row is stamped with the open or the close of its bar (default `open`). */
  readonly timeIs?: 'open' | 'close'
  /** Unit of numeric stamps (default: named by the column, as in `ts_ms`, or seen from the size of the first one). */
  readonly timeUnit?: 's' | 'ms' | 'us' | 'ns'
  /** Whether the first defect throws, or defects are repaired and reported (default `throw`). */
  readonly onDefect?: 'throw' | 'repair'
  /** The present: a bar that closes after it is a defect (default: no check). */
  readonly now?: Timestamp
}

/** A reader of a CSV text that arrives in chunks, cut anywhere. */
export type { CsvReader }

/**
 * Reads the bytes of a CSV file of bars into columns. Bars are stamped by their close: a file stamped by open is shifted.
 *
 * The header names the columns in any order and case; those that are not needed are noted. A file of six numeric columns
 * may go without. Time is a count of s, ms, us or ns since 1970, or a date in text read as UTC. A file without volume has
 * volume 0 and a note. Prices equal `Number(text)` bit for bit and are never invented: `onDefect: 'repair'` sorts rows
 * that are out of order, and drops repeated and bad rows, each with an issue.
 *
 * @throws DataError `BAD_ROW` at the first defect unless they are repaired; and in any case if the file is empty, binary,
 * lacks a column, has no usable row, mixes time units or ways to write a date, cannot tell
 * month from day, or its interval is unknown or longer than the step of its rows.
 * @throws ConfigError if an option is unknown or invalid, or the bytes are none.
 * @example
 * const text = 'time,open,high,low,close\n2024-01-01,1,3,1,2\n2024-01-02,2,4,2,3\n'
 * const { bars, issues } = parseCsv(new TextEncoder().encode(text), { instrument: 'X-USD.test' })
 * bars.close[1] // => 3
 * issues[0].kind // => 'noVolume'
 */
export function parseCsv(bytes: Uint8Array, options: CsvOptions): CheckedBars {
  checkBytes(bytes)
  const reader = createReader(options)
  reader.reserve(bytes)
  reader.push(bytes)
  const bars = reader.finish()
  return { bars, issues: reader.issues }
}

/**
 * Starts reading a CSV text in chunks, for files larger than memory. However it is cut, all bars together equal those of
 * `parseCsv` where rows are in order; with `repair`, a row older than one that was taken is dropped as `late`.
 *
 * A reader that threw is of no further use.
 *
 * @throws ConfigError if an option is unknown or invalid.
 */
export function createCsvReader(options: CsvOptions): CsvReader {
  return createReader(options)
}
