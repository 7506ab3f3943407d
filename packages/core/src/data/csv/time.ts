import { dayMs } from '../../time.js'
import { parseDecimal } from './decimal.js'

/** How a file writes time: a count of some unit since 1970, or a date in text. */
export type TimeForm = 's' | 'ms' | 'us' | 'ns' | 'text'

/** Milliseconds in one unit. */
const unitMs: Readonly<Record<Exclude<TimeForm, 'text'>, number>> = { s: 1_000, ms: 1, us: 1e-3, ns: 1e-6 }

const timeMax = 8.64e15

/**
 * The form of a first stamp: a date, or the unit in which a number lies between 1970 and 2286. Undefined if it is neither.
 *
 * Seconds reach 1e10 in 2286, which is April 1970 in milliseconds; the other units follow in steps of a thousand.
 */
export function detectForm(text: string): TimeForm | undefined {
  const isCompactDate = /^\d{8}$/.test(text) && !Number.isNaN(parseDate(text))
  return (isCompactDate ? undefined : detectUnit(text)) ?? (Number.isNaN(parseDate(text)) ? undefined : 'text')
}

/** The unit of a stamp that is a number; undefined if it is none. */
export function detectUnit(text: string): TimeForm | undefined {
  const value = Math.abs(parseDecimal(text))
  if (Number.isNaN(value)) return undefined
  return value < 1e10 ? 's' : value < 1e13 ? 'ms' : value < 1e16 ? 'us' : 'ns'
}

/** Integer milliseconds since 1970 of a stamp in a known form; NaN if it is none, or not a whole millisecond. */
export function parseTime(text: string, form: TimeForm): number {
  if (form === 'text') return parseDate(text)
  const value = parseDecimal(text)
  // Divided, where the unit is below a millisecond: 1e-3 is no exact double.
  const exact = form === 's' || form === 'ms' ? value * unitMs[form] : value / (form === 'us' ? 1e3 : 1e6)
  const time = Math.round(exact)
  // Reading and scaling round once each; half a microsecond more tells rounding from a stamp between milliseconds.
  const tolerance = Math.max(5e-4, Math.abs(time) * 2 ** -52)
  return Math.abs(exact - time) <= tolerance && Math.abs(time) <= timeMax ? time + 0 : Number.NaN
}

const clock = String.raw`(?:[T ](?<hour>\d{1,2}):(?<minute>\d{2})(?::(?<second>\d{2})(?:\.(?<fraction>\d{1,9}))?)?)?`
const zone = String.raw`(?: ?(?:Z|UTC|(?<zone>[+-]\d{2}:?\d{2})))?`
const half = '(?: ?(?<half>[AP]M))?'
const forms = [
  String.raw`(?<year>\d{4})-(?<month>\d{1,2})-(?<day>\d{1,2})${clock}${zone}`,
  String.raw`(?<year>\d{4})/(?<month>\d{1,2})/(?<day>\d{1,2})${clock}${zone}`,
  String.raw`(?<year>\d{4})-(?<month>\d{2})-(?<day>\d{2}) (?<hour>\d{2})-(?<half>[AP]M)`,
  String.raw`(?<year>\d{4})(?<month>\d{2})(?<day>\d{2})`,
  String.raw`(?<month>\d{1,2})/(?<day>\d{1,2})/(?<year>\d{4})${clock}${half}`,
  String.raw`(?<name>[A-Z]{3})[A-Z]* (?<day>\d{1,2}),? (?<year>\d{4})${clock}${half}`,
  String.raw`(?<day>\d{1,2})[- ](?<name>[A-Z]{3})[A-Z]*[- ](?<year>\d{4})${clock}${half}`,
  String.raw`(?<year>\d{4})\.(?<month>\d{2})\.(?<day>\d{2})${clock}`,
].map((form) => new RegExp(`^${form}$`, 'i'))

/** The form of `2019-01-31` and of what begins like it. */
export const isoDateForm = 0

/** Index of the form that a date is written in; undefined if it is in none. */
export function dateForm(text: string, likely = isoDateForm): number | undefined {
  if (forms[likely]!.test(text)) return likely
  const found = forms.findIndex((form) => form.test(text))
  return found < 0 ? undefined : found
}

const monthNames = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/** Milliseconds of a date or date-time in text, read as UTC where no offset is given; NaN if it is none. */
function parseDate(text: string): number {
  for (const form of forms) {
    const parts = form.exec(text)?.groups
    if (parts) return fromParts(parts)
  }
  return Number.NaN
}

function fromParts(parts: Readonly<Record<string, string | undefined>>): number {
  const { name, half: halfDay, zone: offset, fraction = '' } = parts
  const number = (part: string): number => Number(parts[part] ?? 0)
  const month = name ? monthNames.indexOf(name.toLowerCase()) + 1 : number('month')
  const day = dateMs(number('year'), month, number('day'))
  let hour = number('hour')
  if (halfDay) {
    if (hour < 1 || hour > 12) return Number.NaN
    hour = (hour % 12) + (halfDay.toUpperCase() === 'PM' ? 12 : 0)
  }
  const ms = Number(fraction.padEnd(9, '0')) / 1e6
  if (hour > 23 || number('minute') > 59 || number('second') > 59 || !Number.isInteger(ms)) return Number.NaN
  return day + hour * 3_600_000 + number('minute') * 60_000 + number('second') * 1_000 + ms - offsetMs(offset)
}

function offsetMs(offset: string | undefined): number {
  if (!offset) return 0
  const digits = offset.replace(/\D/g, '')
  const minutes = Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2))
  return (offset.startsWith('-') ? -minutes : minutes) * 60_000
}

const monthDays = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/** Milliseconds of midnight UTC of a day of the Gregorian calendar; NaN if there is no such day. */
export function dateMs(year: number, month: number, day: number): number {
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  const days = month === 2 && isLeap ? 29 : (monthDays[month - 1] ?? 0)
  if (day < 1 || day > days || year < 1) return Number.NaN
  // Years that begin in March put the leap day last.
  const shifted = month > 2 ? year : year - 1
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1
  const leaps = Math.floor(shifted / 4) - Math.floor(shifted / 100) + Math.floor(shifted / 400)
  return (shifted * 365 + leaps + dayOfYear - 719_468) * dayMs
}
