import { barColumns } from '../../bar.js'
import type { RowDefect } from '../issue.js'
import type { DateWatch } from './dateWatch.js'
import type { DefectFields } from './defectText.js'
import { carriageReturns } from './fileErrors.js'
import { type Layout, readHeader } from './header.js'
import { decodeText, detectDelimiter, splitLine } from './line.js'
import type { CsvSettings } from './options.js'
import type { Reporter } from './reporter.js'
import { createRowParser, type RowParser } from './rowParser.js'
import { appendRow, type Rows } from './rows.js'
import { type ScanPlan, scanRows } from './scan.js'
import type { TimeForm } from './time.js'

/** Reads lines into rows: the fast path where it can, the slow one for the rest. */
export interface LineReader {
  /** Reads whole lines; the last byte is a line feed. */
  read(bytes: Uint8Array, from: number, to: number): void
  /** Reads a last line that has no line feed. */
  readLast(bytes: Uint8Array): void
  /** True once the header, or a row that can do without, was seen. */
  hasLayout(): boolean
  /** What is known of dates in text; undefined before the header was seen. */
  dates(): DateWatch | undefined
}

const lineFeed = 10
/** A tab at the end is a field. */
const lineEnd = /[\r ]+$/
/** A byte order mark, read as UTF-8 or byte by byte. */
const byteOrderMark = /^(?:\ufeff|\u00ef\u00bb\u00bf)/
/** Lines that some vendors put above the header. */
const preamble = /^(?:#|https?:)/

/** Makes the reader of the lines of one file. */
export function createLineReader(settings: CsvSettings, reporter: Reporter, rows: Rows): LineReader {
  let layout: Layout | undefined
  let parser: RowParser | undefined
  let plan: ScanPlan | undefined
  let delimiter = ','
  const here = () => ({ file: settings.file, line: rows.line })
  /** Learns the layout; true if the line is a row as well. */
  const readFirst = (text: string): boolean => {
    if (preamble.test(text)) {
      reporter.note({ kind: 'preamble', level: 'note', ...here() })
      return false
    }
    if (text.includes('\r')) throw carriageReturns(settings.file, rows.line)
    delimiter = detectDelimiter(text)
    layout = layoutOf(text, delimiter, settings.file, rows.line)
    parser = createRowParser(layout, settings)
    for (const note of layout.notes) reporter.note(note)
    return !layout.hasHeader
  }
  const readLine = (line: string, isLast: boolean): void => {
    const text = (rows.line === 1 ? line.replace(byteOrderMark, '') : line).replace(lineEnd, '')
    if (text.trim() === '' || (!layout && !readFirst(text))) return
    const defect = parser!.parse(splitLine(text, delimiter), rows.line)
    if (defect) {
      reporter.defect({ ...(isLast ? cutOff(defect, text) : defect), line: rows.line })
    } else {
      placeRow(rows, parser!.row, layout!.names[layout!.targets.indexOf(0)]!, reporter, timeMaxOf(settings))
      // The fast path knows one form of dates, and must not take it for that of a file with another.
      if (parser!.form !== 'text' || parser!.dates.isIso)
        plan ??= planOf(layout!, parser!.form!, delimiter, timeMaxOf(settings))
    }
  }
  return {
    hasLayout: () => layout !== undefined,
    dates: () => parser?.dates,
    read(bytes, from, to) {
      let at = from
      while (at < to) {
        if (plan) at = scanRows(bytes, at, to, plan, rows)
        if (at >= to) return
        const end = bytes.indexOf(lineFeed, at)
        rows.line++
        readLine(decodeText(bytes, at, end), false)
        at = end + 1
      }
    },
    readLast(bytes) {
      const before = rows.length
      rows.line++
      readLine(decodeText(bytes, 0, bytes.length), true)
      if (rows.length > before) reporter.note({ kind: 'noLineEnd', level: 'note', ...here() })
    },
  }
}

function layoutOf(text: string, delimiter: string, file: string | undefined, line: number): Layout {
  const fields = splitLine(text, delimiter)
  return readHeader(fields === 'openQuote' ? [text] : fields, file, line)
}

/** A last line with too few fields was cut short. */
function cutOff(defect: DefectFields, text: string): DefectFields {
  const isCut = defect.kind === 'fieldCount' || defect.kind === 'openQuote'
  return isCut ? { kind: 'truncated', value: text } : defect
}

/** Latest stamp of a bar that has closed. While the interval is unknown, a bar stamped by open may close as it opens. */
function timeMaxOf({ now, timeIs, interval = 0 }: CsvSettings): number {
  return (now ?? Number.POSITIVE_INFINITY) - (timeIs === 'open' ? interval : 0)
}

/** Adds a sound row where its time allows it, and reports where not. */
function placeRow(rows: Rows, row: Float64Array, column: string, reporter: Reporter, timeMax: number): void {
  const kind = timeDefect(rows, row, timeMax)
  if (kind) reporter.defect({ kind, line: rows.line, column, value: new Date(row[0]!).toISOString() })
  if (kind === 'outOfOrder') rows.isDisordered = true
  else if (kind) return
  rows.lastTime = Math.max(rows.lastTime, row[0]!)
  appendRow(rows, row)
}

/** What is wrong with the time of a row, seen from the rows before it. */
function timeDefect(rows: Rows, row: Float64Array, timeMax: number): RowDefect | undefined {
  const time = row[0]!
  if (time > timeMax) return 'future'
  if (time < rows.lastTime) return time <= rows.taken[0]! ? 'late' : 'outOfOrder'
  // Among rows out of order, sorting finds the pairs.
  if (time > rows.lastTime || rows.isDisordered) return undefined
  return barColumns.every((_, target) => row[target] === previousValue(rows, target)) ? 'duplicate' : 'conflict'
}

function previousValue(rows: Rows, target: number): number {
  return rows.length > 0 ? rows.bars[barColumns[target]!][rows.length - 1]! : rows.taken[target]!
}

function planOf(layout: Layout, form: TimeForm, delimiter: string, timeMax: number): ScanPlan {
  return {
    delimiter: delimiter.charCodeAt(0),
    targets: Int8Array.from(layout.targets),
    isIsoTime: form === 'text',
    multiply: form === 's' ? 1_000 : 1,
    divide: form === 'us' ? 1e3 : form === 'ns' ? 1e6 : 1,
    timeMax,
    row: new Float64Array(barColumns.length),
    mark: { end: 0 },
  }
}
