import type { Brand } from './brand.js'
import { ConfigError } from './errors.js'
import { shown } from './shown.js'

/** Integer milliseconds since 1970-01-01T00:00:00Z; exact in JSON and in a `Float64Array`. */
export type Timestamp = Brand<number, 'Timestamp'>

/** A span of time in milliseconds. */
export type Duration = number

/** One day in milliseconds. */
export const dayMs = 86_400_000

const unitMs: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
}

/**
 * Makes a timestamp from integer milliseconds, or from an ISO 8601 date or date-time that is read as UTC.
 *
 * @throws ConfigError if the number is not a safe integer or the text is no such date.
 * @example
 * timestamp('2019-01-01') // => 1546300800000
 */
export function timestamp(value: number | string): Timestamp {
  const ms = typeof value === 'string' ? parseIso(value) : value
  if (!Number.isSafeInteger(ms)) {
    throw new ConfigError(`Not a time: ${shown(value)}.`, {
      code: 'BAD_TIME',
      hints: ["Use integer milliseconds UTC, or ISO 8601 text such as '2019-01-31' or '2019-01-31T12:00:00Z'."],
    })
  }
  return ms as Timestamp
}

const iso = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/

function parseIso(text: string): number {
  if (!iso.test(text)) return Number.NaN
  const zoned = /(?:Z|[+-]\d{2}:?\d{2})$/.test(text.slice(10))
  const ms = Date.parse(text.length === 10 ? text : zoned ? text.replace(' ', 'T') : `${text.replace(' ', 'T')}Z`)
  const day = Number(text.slice(8, 10))
  // Date.parse rolls 31 February over into March; a date that moves is no date.
  return new Date(Date.parse(text.slice(0, 10))).getUTCDate() === day ? ms : Number.NaN
}

/**
 * Reads a span of time: integer milliseconds, or a count and a unit of `ms`, `s`, `m`, `h`, `d`, `w`.
 *
 * @throws ConfigError if the text is no such span or the span is not a positive integer of milliseconds.
 * @example
 * duration('90m') // => 5400000
 */
export function duration(value: number | string): Duration {
  const match = typeof value === 'string' ? /^(\d+(?:\.\d+)?)(ms|s|m|h|d|w)$/.exec(value.trim()) : null
  const ms = typeof value === 'number' ? value : match ? Number(match[1]) * unitMs[match[2] as string]! : Number.NaN
  if (!Number.isSafeInteger(ms) || ms <= 0) {
    throw new ConfigError(`Not a span of time: ${shown(value)}.`, {
      code: 'BAD_DURATION',
      hints: ["Use milliseconds, or a count and a unit: '500ms', '30s', '1m', '4h', '1d', '2w'."],
    })
  }
  return ms
}

/**
 * The last whole multiple of `step` at or before `time`; days floor to UTC midnight.
 *
 * @example
 * floorTo(timestamp('2019-01-31T12:34:56Z'), dayMs) // => 1548892800000
 */
export function floorTo(time: Timestamp, step: Duration): Timestamp {
  return (Math.floor(time / step) * step) as Timestamp
}
