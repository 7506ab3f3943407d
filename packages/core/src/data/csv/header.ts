import { type BarColumn, barColumns } from '../../bar.js'
import { nearest } from '../../nearest.js'
import { DataError } from '../dataError.js'
import type { FileIssue } from '../issue.js'
import { parseDecimal } from './decimal.js'
import { detectForm, type TimeForm } from './time.js'

/** Which field of a row is what. */
export interface Layout {
  /** Fields of a row. */
  readonly width: number
  /** For each field the index of its column in `barColumns`, or -1 if it is not used. */
  readonly targets: readonly number[]
  /** Field with the day of a time column that holds the time of day alone, -1 where there is none. */
  readonly dateField: number
  /** Name of each field, for messages. */
  readonly names: readonly string[]
  /** Unit that the name of the time column states, as `ts_ms` does. */
  readonly timeForm: TimeForm | undefined
  readonly hasHeader: boolean
  readonly notes: readonly FileIssue[]
}

/** Names in lower case without spaces and marks, best first. */
const known: Readonly<Record<BarColumn, readonly string[]>> = {
  time: [
    ...[
      'tsms',
      'timestampms',
      'timems',
      'tsus',
      'tsns',
      'opentime',
      'opentimestamp',
      'unixtimestamp',
      'unixtime',
      'unix',
    ],
    ...['timestamp', 'datetime', 'time', 'ts', 'epoch', 't', 'date', 'day'],
  ],
  open: ['open', 'openprice', 'o', 'priceopen', 'first'],
  high: ['high', 'highprice', 'h', 'pricehigh', 'max'],
  low: ['low', 'lowprice', 'l', 'pricelow', 'min'],
  close: ['close', 'closeprice', 'c', 'priceclose', 'closelast', 'last'],
  volume: ['volume', 'vol', 'v', 'basevolume', 'volumebase', 'volumetraded', 'quantity'],
}

/** Currencies that prices are quoted in; `Volume BTC` is volume in base units, `Volume USD` is not. */
const quoteCurrencies = new Set(['usd', 'usdt', 'usdc', 'busd', 'fdusd', 'eur', 'gbp', 'jpy', 'quote', 'currency'])

const fieldsMax = 10_000
/** Six columns, or the twelve of a Binance kline file. */
const headerlessWidths = [6, 12]
const required: readonly BarColumn[] = ['time', 'open', 'high', 'low', 'close']

/**
 * Finds out which field is what from the first line of a file.
 *
 * @throws DataError if the line is neither a header with time, open, high, low and close nor a row of numbers that can do
 * without one.
 */
export function readHeader(fields: readonly string[], file: string | undefined, line: number): Layout {
  if (fields.length > fieldsMax) {
    throw new DataError(`${placed(file, line)} has ${fields.length} fields, over ${fieldsMax}.`, {
      code: 'TOO_MANY_COLUMNS',
      file,
      line,
      hints: ['Bars need six: time, open, high, low, close, volume.'],
    })
  }
  if (isRow(fields)) return headerless(fields, file, line)
  const keys = fields.map(keyOf)
  const found = barColumns.map((column) => findColumn(column, keys, fields, file, line))
  const missing = required.filter((_, index) => found[index] === undefined)
  if (missing.length > 0) throw missingColumns(missing, fields, file, line)
  const targets = fields.map((_, index) => found.indexOf(index))
  const notes: FileIssue[] = []
  const dateField = keys[found[0]!] === 'time' ? keys.findIndex((key) => key === 'date' || key === 'day') : -1
  for (const [index, target] of targets.entries()) {
    if (target < 0 && index !== dateField)
      notes.push({ kind: 'unknownColumn', level: 'note', file, line, column: fields[index] })
  }
  if (found[5] === undefined) notes.push({ kind: 'noVolume', level: 'note', file, line })
  const timeForm = /[_ ]?(ms|us|ns)$/.exec(fields[found[0]!]!.toLowerCase())?.[1] as TimeForm | undefined
  return { width: fields.length, targets, dateField, names: fields, timeForm, hasHeader: true, notes }
}

function headerless(fields: readonly string[], file: string | undefined, line: number): Layout {
  const width = fields.length
  if (!headerlessWidths.includes(width)) {
    throw new DataError(`${placed(file, line)} is no header, and rows of ${width} fields need one.`, {
      code: 'NO_HEADER',
      file,
      line,
      value: fields.join().slice(0, 80),
      hints: ['Add a first line such as "time,open,high,low,close,volume"; six columns in that order may go without.'],
    })
  }
  const targets = fields.map((_, index) => (index < barColumns.length ? index : -1))
  const names = fields.map((_, index) => barColumns[index] ?? `field ${index + 1}`)
  return { width, targets, dateField: -1, names, timeForm: undefined, hasHeader: false, notes: [] }
}

function isRow(fields: readonly string[]): boolean {
  const [first = '', ...rest] = fields
  return rest.length > 0 && rest.every((field) => !Number.isNaN(parseDecimal(field))) && detectForm(first) !== undefined
}

/** `<Open>`, `1. open` and `Open*` are all `open`. */
function keyOf(field: string): string {
  return field
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')
    .replace(/^\d+(?=[a-z])/, '')
}

function findColumn(
  column: BarColumn,
  keys: readonly string[],
  fields: readonly string[],
  file: string | undefined,
  line: number,
): number | undefined {
  for (const name of known[column]) {
    const index = keys.indexOf(name)
    if (index < 0) continue
    const second = keys.indexOf(name, index + 1)
    if (second < 0) return index
    throw new DataError(
      `${placed(file, line)} has two columns for ${column}: "${fields[index]}" and "${fields[second]}".`,
      {
        code: 'AMBIGUOUS_COLUMN',
        file,
        line,
        column,
        hints: ['Rename the one that is not meant.'],
      },
    )
  }
  // An index written by a data frame has no name.
  if (column === 'time') return keys[0] === '' ? 0 : undefined
  if (column !== 'volume') return undefined
  const index = keys.findIndex(
    (key) => /^vol(ume)?[a-z]+$/.test(key) && !quoteCurrencies.has(key.replace(/^vol(ume)?/, '')),
  )
  return index < 0 ? undefined : index
}

function missingColumns(
  missing: readonly BarColumn[],
  fields: readonly string[],
  file: string | undefined,
  line: number,
): DataError {
  const hints = missing.flatMap((column) => {
    const similar = nearest(column, fields.slice(0, 100))
    return similar ? [`Is "${similar.slice(0, 80)}" the ${column}? Then name it "${column}".`] : []
  })
  return new DataError(`${placed(file, line)} has no column for ${missing.join(', ')}.`, {
    code: 'MISSING_COLUMN',
    file,
    line,
    column: missing[0],
    value: fields.join().slice(0, 80),
    hints: [...hints, 'Bars need time, open, high, low and close; volume is welcome.'],
  })
}

/** `prices.csv:12`, or `Line 12`. */
export function placed(file: string | undefined, line: number): string {
  return file === undefined ? `Line ${line}` : `${file}:${line}`
}
