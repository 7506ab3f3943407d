import { type Bars, createBars } from '../../bar.js'
import type { CsvOptions } from '../csv.js'
import type { DataIssue } from '../issue.js'
import { createCarry } from './carry.js'
import { checkBytes } from './checkBytes.js'
import { finished, noRows, tooLong } from './fileErrors.js'
import { createIntervalFinder } from './interval.js'
import { createLineReader } from './lineReader.js'
import { readOptions } from './options.js'
import { createReporter } from './reporter.js'
import { createRows, removeRows } from './rows.js'
import { dropFuture, reserveFor, sortRows } from './settle.js'

/** Reads a CSV text that arrives in chunks, cut anywhere. */
export interface CsvReader {
  /**
   * Reads the next bytes; they may be reused afterwards.
   *
   * @throws DataError as `parseCsv` does.
   */
  push(chunk: Uint8Array): void
  /** The bars of all complete rows so far, which it forgets; none while the interval, or which of month and day is which, cannot be known yet. */
  take(): Bars
  /**
   * Reads a last line without line end, and returns the bars that were not taken.
   *
   * @throws DataError as `parseCsv` does.
   */
  finish(): Bars
  /** What there is to know so far: the first 1,000 issues, and how many there are beyond. */
  readonly issues: readonly DataIssue[]
}

/** Rows that there is room for at first. */
const rowsAtFirst = 1_024

/**
 * Starts a reader.
 *
 * @throws ConfigError if an option is invalid.
 */
export function createReader(options: CsvOptions): CsvReader & { reserve(bytes: Uint8Array): void } {
  const settings = readOptions(options)
  const { instrument, file, timeIs, now = Number.POSITIVE_INFINITY } = settings
  const reporter = createReporter(file, settings.onDefect)
  const rows = createRows(instrument, rowsAtFirst)
  const lines = createLineReader(settings, reporter, rows)
  const carry = createCarry(file)
  const interval = createIntervalFinder(settings.interval, file)
  let isOpen = true
  let hasRows = false

  const none = (): Bars => createBars(instrument, interval.known ?? 0, 0)
  const settle = (isLast: boolean): Bars => {
    if (rows.isDisordered) sortRows(rows, (kind, line, value) => reporter.defect({ kind, line, value }))
    const length = interval.find(rows)
    const shift = timeIs === 'open' ? length : 0
    dropFuture(rows, now - shift, (line, value) => reporter.defect({ kind: 'future', line, column: 'time', value }))
    hasRows ||= rows.length > 0
    return removeRows(rows, length, shift, isLast)
  }
  const isReady = (): boolean => interval.isReady(rows) && lines.dates()?.isTold !== false
  /** Runs a call of the reader; one that threw leaves lines half read, so it is the last. */
  const guarded = <T>(call: () => T): T => {
    if (!isOpen) throw finished(file)
    isOpen = false
    const result = call()
    isOpen = true
    return result
  }
  return {
    reserve: (bytes) => reserveFor(rows, bytes),
    push(chunk) {
      checkBytes(chunk)
      guarded(() => carry.push(chunk, lines.read, () => tooLong(file, rows.line + 1)))
    },
    take: () => guarded(() => (isReady() ? settle(false) : none())),
    finish() {
      const bars = guarded(() => {
        const rest = carry.rest()
        if (rest.length > 0) lines.readLast(rest)
        lines.dates()?.requireTold()
        const left = rows.length > 0 ? settle(true) : none()
        if (!hasRows) throw noRows(file, lines.hasLayout(), reporter.issues)
        return left
      })
      isOpen = false
      return bars
    },
    get issues() {
      return reporter.issues
    },
  }
}
