import { createBars, type Timestamp } from '@astertrade/core'
import { type CsvReader, createCsvReader, DataError } from '@astertrade/core/data'
import { type BarLine, readBarLine } from './barLine.js'
import { createLines } from './lines.js'
import { type Place, printPlace } from './place.js'
import { type TapeFile, tapeInstrument } from './tapeFile.js'

/** How recordings of bars are read. */
export interface TapeOptions {
  /** Instrument of all files, such as `BTC-USDT.binance` (default: what a file says, else `<name up to the first _>.tape`). */
  readonly instrument?: string
  /** Length of a bar: milliseconds, or text such as `'1m'` (default: what the file name says, else the most common step). */
  readonly interval?: number | string
  /** Whether the times of CSV rows and JSON lists open or close their bar (default `open`). Events carry the close. */
  readonly timeIs?: 'open' | 'close'
  /** Whether the first defect throws, or defects are repaired and reported (default `throw`). */
  readonly onDefect?: 'throw' | 'repair'
  /** The present: a bar that closes after it is a defect (default: no check). */
  readonly now?: Timestamp
}

/** Turns the bytes of one recording, in pieces, into bars; both formats pass through the same checks. */
export type TapeReader = CsvReader

/**
 * Starts to read a recording of bars.
 *
 * @throws DataError as `parseCsv` does; in a JSONL file also with code `BAD_LINE`, `BAD_EVENT`, `MIXED_BARS` if bars of two kinds
 * or instruments follow each other, and `NO_ROWS` if there is no bar.
 */
export function tapeReader(file: TapeFile, options: TapeOptions): TapeReader {
  return file.format === 'csv' ? csvReader(file, options) : jsonlReader(file, options)
}

function csvReader(file: TapeFile, options: TapeOptions, line?: BarLine): CsvReader {
  const interval = options.interval ?? file.interval
  return createCsvReader({
    instrument: options.instrument ?? line?.instrument ?? tapeInstrument(file),
    file: file.path,
    timeIs: line?.timeIs === 'close' ? 'close' : (options.timeIs ?? 'open'),
    onDefect: options.onDefect ?? 'throw',
    ...(interval !== undefined && { interval }),
    ...(options.now !== undefined && { now: options.now }),
    ...(line && { timeUnit: 'ms' }),
  })
}

/** Lines of JSON become rows of CSV on the same line, so that messages count right. */
function jsonlReader(file: TapeFile, options: TapeOptions): TapeReader {
  const lines = createLines(file.path)
  const encoder = new TextEncoder()
  const instrument = options.instrument ?? tapeInstrument(file)
  let number = 0
  let first: BarLine | undefined
  let reader: CsvReader | undefined
  const read = (texts: readonly string[]): void => {
    let rows = ''
    for (const text of texts) {
      const place = { file: file.path, line: ++number }
      const bar = text.trim() === '' ? undefined : readBarLine(text, instrument, place)
      if (bar) {
        first ??= bar
        requireSame(first, bar, place)
      }
      rows += bar?.row ?? '\n'
    }
    if (first) reader ??= csvReader(file, options, first)
    reader?.push(encoder.encode(rows))
  }
  return {
    push: (chunk) => read(lines.push(chunk)),
    take: () => reader?.take() ?? createBars(instrument, 0, 0),
    finish() {
      read(lines.finish())
      if (reader) return reader.finish()
      throw new DataError(`File "${file.path}" holds no bar.`, {
        code: 'NO_ROWS',
        file: file.path,
        hints: ['Trades, quotes and book changes are read by tapeFeed.'],
      })
    },
    get issues() {
      return reader?.issues ?? []
    },
  }
}

function requireSame(first: BarLine, bar: BarLine, place: Place): void {
  if (first.timeIs === bar.timeIs && first.instrument === bar.instrument) return
  const name = ({ instrument, timeIs }: BarLine): string => (timeIs === 'open' ? 'a list' : `a bar of ${instrument}`)
  throw new DataError(`${printPlace(place)}: ${name(bar)} follows ${name(first)}.`, {
    code: 'MIXED_BARS',
    ...place,
    hints: ['Bars of several instruments in one file are read by tapeFeed.'],
  })
}
