import { type ControlEvent, type MarketEvent, timestamp } from '@astertrade/core'
import { DataError } from '@astertrade/core/data'
import { type Place, printPlace } from './place.js'

/** What a recording can hold: what the market said, and how well it could be heard. */
export type TapeEvent =
  | MarketEvent
  | Extract<ControlEvent, { kind: 'gap' | 'recovered' | 'disconnected' | 'reconnected' }>

type Check = (value: unknown) => boolean

const finite: Check = (value) => typeof value === 'number' && Number.isFinite(value)
const positive: Check = (value) => finite(value) && (value as number) > 0
const notNegative: Check = (value) => finite(value) && (value as number) >= 0
const text: Check = (value) => typeof value === 'string'
const name: Check = (value) => typeof value === 'string' && value !== ''
const side: Check = (value) => value === 'buy' || value === 'sell'
const optional =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value)

/** Fields of each kind besides `kind` and `time`, in the order in which they are written. */
const fields: Readonly<Record<TapeEvent['kind'], Readonly<Record<string, Check>>>> = {
  bar: { instrument: name, open: positive, high: positive, low: positive, close: positive, volume: notNegative },
  trade: { instrument: name, aggressor: side, price: positive, quantity: positive },
  quote: {
    instrument: name,
    bid: positive,
    ask: positive,
    bidSize: optional(notNegative),
    askSize: optional(notNegative),
  },
  book: { instrument: name, side, price: positive, quantity: notNegative, sequence: optional(Number.isSafeInteger) },
  opening: { instrument: name, price: positive },
  headline: { source: text, text },
  gap: { instrument: name },
  recovered: { instrument: name },
  disconnected: { venue: name },
  reconnected: { venue: name },
}

/**
 * Makes an event of a parsed line. Fields that the kind does not have are dropped.
 *
 * @param instrument - Instrument of events that name none.
 * @param place - Where the line stands; undefined for an event that is yet to be recorded.
 * @throws DataError with code `BAD_EVENT` if the kind is unknown, or a field is missing or of the wrong type.
 */
export function decodeEvent(value: unknown, instrument: string, place: Place | undefined): TapeEvent {
  const wire = typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {}
  const kind = wire.kind
  if (typeof kind !== 'string' || !Object.hasOwn(fields, kind)) {
    throw badEvent(place, `kind ${printed(kind)} is unknown`, [`Kinds: ${Object.keys(fields).join(', ')}.`])
  }
  if (!Number.isSafeInteger(wire.time)) {
    throw badEvent(place, `time ${printed(wire.time)} is not in whole milliseconds`)
  }
  const event: Record<string, unknown> = { kind, time: timestamp(wire.time as number) }
  for (const [field, check] of Object.entries(fields[kind as TapeEvent['kind']])) {
    const given = wire[field] ?? (field === 'instrument' ? instrument : undefined)
    if (!check(given))
      throw badEvent(place, `${field} ${printed(wire[field])} makes no sense in an event of kind "${kind}"`)
    if (given !== undefined) event[field] = given
  }
  return event as unknown as TapeEvent
}

/**
 * One event as a line, line end included; `decodeEvent` gives the same event back.
 *
 * @throws DataError with code `BAD_EVENT` if the event could not be read back.
 */
export function encodeEvent(event: TapeEvent): string {
  return `${JSON.stringify(decodeEvent(event, '', undefined))}\n`
}

function badEvent(place: Place | undefined, what: string, hints: readonly string[] = []): DataError {
  const subject = place ? printPlace(place) : 'An event to record'
  return new DataError(`${subject}: ${what}.`, { code: 'BAD_EVENT', hints, ...place })
}

function printed(value: unknown): string {
  return (JSON.stringify(value) ?? 'missing').slice(0, 80)
}
