import type { Report, RoundTrip } from './report.js'
import { iso, unknown } from './sheet/text.js'

const columns = [
  'strategy',
  'instrument',
  'direction',
  'quantity',
  'entryTime',
  'exitTime',
  'entryPrice',
  'exitPrice',
  'fees',
  'profit',
  'profitRatio',
  'maxAdverse',
  'maxFavorable',
  'open',
] as const satisfies readonly (keyof RoundTrip)[]

/**
 * The round trips of a run as CSV (RFC 4180): a header, one row each, lines ended by CRLF, times in ISO 8601 UTC.
 *
 * A figure has up to 15 digits; one that is not known is empty. Text is quoted, and text that a spreadsheet would run as a formula is led by an apostrophe.
 *
 * @example
 * tradesCsv(report).split('\r\n')[0] // => 'strategy,instrument,direction,quantity,entryTime,…'
 */
export function tradesCsv(report: Pick<Report, 'trades'>): string {
  const rows = report.trades.map((trade) => columns.map((column) => field(trade, column)).join(','))
  return [columns.join(','), ...rows, ''].join('\r\n')
}

function field(trade: RoundTrip, column: (typeof columns)[number]): string {
  const value = trade[column]
  if (typeof value === 'string') return text(value)
  if (typeof value === 'boolean') return String(value)
  if (column === 'entryTime' || column === 'exitTime') return iso(value).replace(unknown, '')
  return Number.isFinite(value) ? figure(value) : ''
}

/** Fifteen digits are what a double is sure of: a sum such as 89.82000000000001 is 89.82. */
function figure(value: number): string {
  return String(Number(value.toPrecision(15)) + 0)
}

function text(value: string): string {
  // Excel also skips white space before it looks for a formula.
  const safe = /^[\s\p{Cc}]*[=+\-@\t\r]/u.test(value) ? `'${value}` : value
  return `"${safe.replaceAll('"', '""')}"`
}
