import { barColumns } from '../../bar.js'
import { DataError } from '../dataError.js'
import { createDateWatch, type DateWatch } from './dateWatch.js'
import { parseDecimal } from './decimal.js'
import type { DefectFields } from './defectText.js'
import { type Layout, placed } from './header.js'
import type { SplitLine } from './line.js'
import type { CsvSettings } from './options.js'
import { detectForm, detectUnit, parseTime, type TimeForm } from './time.js'

/** Reads rows field by field: every form, with the exact defect. The fast path must agree with it. */
export interface RowParser {
  /** Fills `row` from the fields of a line; returns the defect, without its line, if there is one. */
  parse(fields: SplitLine, line: number): DefectFields | undefined
  /** The values read, in the order of the columns. */
  readonly row: Float64Array
  /** How the file writes time; undefined before the first stamp that could be read. */
  readonly form: TimeForm | undefined
  /** What is known of dates in text. */
  readonly dates: DateWatch
}

/** A time of day without its day. */
const timeOfDay = /^\d{1,2}:\d{2}/
/** A unit is a thousand times another, so a jump by over a hundred is a change of unit. */
const mixedRatio = 100

/** Makes a parser for rows of a layout. */
export function createRowParser(layout: Layout, settings: CsvSettings): RowParser {
  const row = new Float64Array(barColumns.length)
  const fieldOf = barColumns.map((_, target) => layout.targets.indexOf(target))
  let form: TimeForm | undefined = settings.timeUnit
  let lastRaw = Number.NaN
  const dates = createDateWatch(settings.file)
  const readTime = (text: string, line: number): boolean => {
    if (form === undefined || form === 'text') dates.see(text, line)
    // Once stamps are numbers, eight digits are a number as well and no date.
    const seen = (form === undefined || form === 'text' ? undefined : detectUnit(text)) ?? detectForm(text)
    if (seen === undefined) return false
    if (form === undefined && layout.timeForm === undefined) refuseSerial(text, settings.file, line)
    form ??= seen === 'text' ? seen : (layout.timeForm ?? seen)
    if (isMixed(text, seen, form, lastRaw)) throw mixedUnits(text, seen, form, settings.file, line)
    const time = parseTime(text, form)
    if (Number.isNaN(time)) return false
    row[0] = time
    lastRaw = form === 'text' ? time : parseDecimal(text)
    return true
  }
  const stampOf = (fields: readonly string[], time: string): string =>
    layout.dateField >= 0 && timeOfDay.test(time) ? `${fields[layout.dateField]} ${time}` : time
  return {
    row,
    dates,
    get form() {
      return form
    },
    parse(fields, line) {
      if (fields === 'openQuote') return { kind: 'openQuote' }
      if (fields.length !== layout.width) return { kind: 'fieldCount', value: String(fields.length) }
      const at = (target: number) => ({ column: layout.names[fieldOf[target]!]!, value: fields[fieldOf[target]!]! })
      if (!readTime(stampOf(fields, at(0).value), line)) return { kind: 'badTime', ...at(0) }
      for (let target = 1; target < row.length; target++) {
        if (fieldOf[target]! < 0) continue
        row[target] = parseDecimal(at(target).value)
        if (!Number.isFinite(row[target])) return { kind: 'badNumber', ...at(target) }
      }
      const price = [1, 2, 3, 4].find((target) => row[target]! <= 0)
      if (price !== undefined) return { kind: 'badPrice', ...at(price) }
      if (row[5]! < 0) return { kind: 'negativeVolume', ...at(5) }
      const broken = brokenColumn(row)
      return broken === undefined ? undefined : { kind: 'brokenRange', ...at(broken) }
    },
  }
}

/** Days since 1900, as spreadsheets count them, lie in this range from 1927 on; as seconds they would be hours in 1970. */
const [serialMin, serialMax] = [10_000, 100_000]

function refuseSerial(text: string, file: string | undefined, line: number): void {
  const value = parseDecimal(text)
  if (!(value >= serialMin && value < serialMax)) return
  throw new DataError(`${placed(file, line)}: time "${text}" looks like the day number of a spreadsheet.`, {
    code: 'SERIAL_TIME',
    file,
    line,
    column: 'time',
    value: text,
    hints: [
      'Format the column as a date, such as 2024-01-31 12:00:00, and save the file again.',
      "If these are seconds since 1970, say so: timeUnit: 's'.",
    ],
  })
}

/** Index of the column that is out of order: open or close outside of low and high, or a low above the high. */
function brokenColumn(row: Float64Array): number | undefined {
  const [, open, high, low, close] = row
  if (low! > high!) return 3
  if (open! < low! || open! > high!) return 1
  return close! < low! || close! > high! ? 4 : undefined
}

/** True if a stamp is of another form than its file. Near 1970 every unit has small numbers, so a jump must go with it. */
function isMixed(text: string, seen: TimeForm, form: TimeForm, lastRaw: number): boolean {
  if (seen === form || Number.isNaN(lastRaw)) return false
  if (seen === 'text' || form === 'text') return true
  const raw = Math.abs(parseDecimal(text))
  const last = Math.abs(lastRaw)
  if (detectUnit(String(lastRaw)) !== form) return false
  return raw * mixedRatio < last || raw > last * mixedRatio
}

function mixedUnits(text: string, seen: TimeForm, form: TimeForm, file: string | undefined, line: number): DataError {
  const name = (unit: TimeForm): string => (unit === 'text' ? 'a date' : `in ${unit}`)
  const value = text.slice(0, 80)
  return new DataError(`${placed(file, line)}: time "${value}" is ${name(seen)}, those before it are ${name(form)}.`, {
    code: 'MIXED_UNITS',
    file,
    line,
    column: 'time',
    value,
    hints: ['Write all stamps of a file in one unit, or read the parts apart.'],
  })
}
