import { BaseError } from './errors.js'
import type { ControlEvent, Opening, OrderEvent } from './events.js'
import type { Price } from './instrument.js'
import {
  bigInteger,
  type Field,
  finite,
  flag,
  integer,
  list,
  numberOr,
  oneOf,
  optional,
  text,
} from './journal/field.js'
import { journalLineMax, lineProblem, signLine, unsignLine } from './journal/line.js'
import { record, union } from './journal/record.js'
import { JournalError } from './journalError.js'
import type { OrderGroup, OrderId, OrderRequest, Trail } from './order.js'
import type { Timestamp } from './time.js'

/** A fact the engine learned that the journal keeps whole. Other market data is kept by reference. */
export type JournalEvent = OrderEvent | ControlEvent | Opening

/** What the engine asked for, as data: an order that reading cannot turn into an approved one. */
export type JournalCommand =
  /** `overrides` are the ids of manual overrides that admitted the order. */
  | { readonly kind: 'place' | 'amend'; readonly order: OrderRequest; readonly overrides?: readonly string[] }
  | { readonly kind: 'cancel'; readonly orderId: OrderId }

/** What one row says. */
export type JournalContent =
  | { readonly kind: 'event'; readonly event: JournalEvent }
  /** Market data by reference: rows `from` up to, not including, `to` of a dataset with that digest. */
  | {
      readonly kind: 'market'
      readonly dataset: string
      readonly from: number
      readonly to: number
      readonly digest: string
    }
  /** `cause` is the `seq` of the row that made the engine ask. */
  | { readonly kind: 'command'; readonly cause: number; readonly command: JournalCommand }
  | { readonly kind: 'fault'; readonly message: string }

/** One row of the journal. */
export type JournalEntry = {
  /** Number of the row, from 1 without gaps. */
  readonly seq: number
  /** Lease under which the row was written; never falls. */
  readonly epoch: number
  /** When this process learned of it; `event.time` is the venue's stamp. */
  readonly seenAt: Timestamp
} & JournalContent

// Pure, so that a bundle of something else leaves the journal out.
const time = /* @__PURE__ */ integer<Timestamp>()
const update = { orderId: /* @__PURE__ */ integer<OrderId>(0), time }
const entryField = /* @__PURE__ */ entryFields()

function orderFields(): Field<OrderRequest> {
  return record<OrderRequest>({
    id: integer(0),
    instrument: text(),
    strategy: text(),
    side: oneOf('buy', 'sell'),
    type: oneOf(
      'market',
      'limit',
      'stop',
      'stopLimit',
      'trailingStop',
      'trailingStopLimit',
      'marketIfTouched',
      'limitIfTouched',
      'marketToLimit',
      'iceberg',
    ),
    quantity: finite(),
    limit: optional(finite()),
    trigger: optional(finite()),
    triggerSource: oneOf('last', 'mark', 'index', 'bidAsk'),
    trail: optional(
      union<Trail>({
        absolute: { distance: finite() },
        percent: { ratio: finite() },
        atr: { multiple: finite(), atr: finite() },
      }),
    ),
    limitOffset: optional(finite()),
    timeInForce: oneOf('gtc', 'gtd', 'day', 'ioc', 'fok', 'atOpen', 'atClose'),
    expiresAt: optional(time),
    postOnly: flag,
    reduceOnly: flag,
    closePosition: flag,
    displayQuantity: optional(finite()),
    group: optional(union<OrderGroup>({ oco: { name: text() }, ouo: { name: text() } })),
    protectiveStop: optional(numberOr<Price, 'none'>('none')),
  })
}

function eventFields(): Field<JournalEvent> {
  return union<JournalEvent>({
    sent: update,
    accepted: update,
    triggered: update,
    amended: update,
    canceled: update,
    expired: update,
    unknown: update,
    absent: update,
    rejected: { ...update, reason: text() },
    filled: {
      instrument: text(),
      ...update,
      tradeId: text(),
      side: oneOf('buy', 'sell'),
      price: finite(),
      quantity: finite(),
      fee: bigInteger(),
      liquidity: oneOf('maker', 'taker'),
    },
    started: { time, run: text(), epoch: integer(0) },
    closed: { time },
    timer: { time, name: text() },
    mode: {
      time,
      mode: oneOf('halted', 'cancelOnly', 'reduceOnly', 'normal'),
      by: oneOf('operator', 'breaker', 'runner'),
      reason: text(),
      code: optional(text()),
    },
    flattened: { time, by: text() },
    acknowledged: { time, code: text() },
    noted: { time, memory: text(), fact: text() },
    transfer: { time, amount: bigInteger() },
    gap: { time, instrument: text() },
    recovered: { time, instrument: text() },
    disconnected: { time, venue: text() },
    reconnected: { time, venue: text() },
    opening: { instrument: text(), time, price: finite() },
  })
}

function entryFields(): Field<JournalEntry> {
  const head = { seq: integer(1), epoch: integer(0), seenAt: time }
  const order = orderFields()
  const overrides = optional(list(text()))
  return union<JournalEntry>({
    event: { ...head, event: eventFields() },
    market: { ...head, dataset: text(), from: integer(0), to: integer(0), digest: text() },
    command: {
      ...head,
      cause: integer(1),
      command: union<JournalCommand>({
        place: { order, overrides },
        amend: { order, overrides },
        cancel: { orderId: integer(0) },
      }),
    },
    fault: { ...head, message: text() },
  })
}

/**
 * Prints a row as one canonical line of ASCII JSON without a line end: `kind` first, fixed order of keys, absent fields
 * left out, bigint as digits in text, a CRC-32 of the rest last. `decodeEntry(encodeEntry(x))` equals `x` in depth.
 *
 * @throws JournalError `BAD_JOURNAL_ENTRY` if a field is missing, unknown or of the wrong kind (a NaN, say), or the line
 * is over 1 MiB long.
 * @example
 * encodeEntry({ seq: 1, epoch: 1, seenAt: timestamp('2024-01-01'), kind: 'fault', message: 'disk full' })
 * // => '{"kind":"fault","seq":1,"epoch":1,"seenAt":1704067200000,"message":"disk full","crc":"411786d6"}'
 */
export function encodeEntry(entry: JournalEntry): string {
  const line = signLine(printed(entry))
  if (line.length <= journalLineMax) return line
  throw new JournalError(`Journal entry ${entry.seq} takes ${line.length} characters, over ${journalLineMax}.`, {
    code: 'BAD_JOURNAL_ENTRY',
    hints: ['Keep large data outside and refer to it by dataset, range and digest.'],
  })
}

/**
 * Reads one line back. An order comes back as a bare request: reading a journal cannot mint an approval.
 *
 * @param number - Number of the line, for the message.
 * @throws JournalError `BAD_JOURNAL_LINE` if a character changed, or the line is no such row.
 */
export function decodeEntry(line: string, number?: number): JournalEntry {
  const problem = lineProblem(line)
  if (problem) throw unreadable(problem, number)
  try {
    return entryField.read(JSON.parse(unsignLine(line)), 'entry')
  } catch (cause) {
    throw unreadable(cause instanceof BaseError ? cause.message : 'it is no JSON', number)
  }
}

function printed(entry: JournalEntry): string {
  try {
    return entryField.write(entry, 'entry')!
  } catch (cause) {
    if (!(cause instanceof BaseError)) throw cause
    throw new JournalError(`Journal entry ${entry?.seq}: ${cause.message}.`, { code: 'BAD_JOURNAL_ENTRY' })
  }
}

function unreadable(problem: string, line: number | undefined): JournalError {
  const where = line === undefined ? 'Journal line' : `Journal line ${line}`
  return new JournalError(`${where} cannot be read: ${problem}.`, {
    code: 'BAD_JOURNAL_LINE',
    line,
    hints: ['Do not trade on this journal; restore the newest backup or ask an operator.'],
  })
}
