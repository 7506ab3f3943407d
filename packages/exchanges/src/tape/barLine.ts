import { DataError } from '@astertrade/core/data'
import { csvRow } from './csvRow.js'
import { decimalText } from './decimalText.js'
import { decodeEvent } from './decodeEvent.js'
import { type Place, printPlace } from './place.js'

/** A bar found in a line of JSON, as a row of CSV. */
export interface BarLine {
  readonly row: string
  /** Lists carry the open of the bar, as venues send it; events carry its close. */
  readonly timeIs: 'open' | 'close'
  /** Instrument that the line itself names. */
  readonly instrument: string | undefined
}

/**
 * Reads one line of a JSONL recording: a `bar` event, or a list `[time, open, high, low, close, volume, …]` of numbers or decimal text.
 *
 * Events of other kinds give `undefined`.
 *
 * @throws DataError with code `BAD_LINE` if the line is not JSON or no list of numbers, `BAD_EVENT` if it is no event.
 */
export function readBarLine(line: string, instrument: string, place: Place): BarLine | undefined {
  const value = parseLine(line, place)
  if (Array.isArray(value)) return { row: listRow(value, place), timeIs: 'open', instrument: undefined }
  const event = decodeEvent(value, instrument, place)
  if (event.kind !== 'bar') return undefined
  return { row: csvRow(event), timeIs: 'close', instrument: event.instrument }
}

/** Parses a line. @throws DataError with code `BAD_LINE` if it is not JSON. */
export function parseLine(line: string, place: Place): unknown {
  try {
    return JSON.parse(line)
  } catch (cause) {
    throw badLine(place, `${JSON.stringify(line.slice(0, 80))} is not JSON`, cause)
  }
}

function listRow(list: readonly unknown[], place: Place): string {
  const columns = list.slice(0, 6).map((value, column) => {
    const number = typeof value === 'string' && /^\d+(?:\.\d+)?$/.test(value) ? Number(value) : value
    if (typeof number === 'number' && number >= 0 && number < Number.POSITIVE_INFINITY) return decimalText(number)
    throw badLine(place, `column ${column + 1} is ${JSON.stringify(value)}, not a number`)
  })
  if (columns.length === 6) return `${columns.join(',')}\n`
  throw badLine(place, `a list of ${list.length} columns is no bar`)
}

function badLine(place: Place, what: string, cause?: unknown): DataError {
  return new DataError(`${printPlace(place)}: ${what}.`, {
    code: 'BAD_LINE',
    hints: ['A line is an event, or a list [time, open, high, low, close, volume] with the open time in milliseconds.'],
    ...place,
    cause,
  })
}
