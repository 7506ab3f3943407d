import fc from 'fast-check'
import type { JournalCommand, JournalEntry, JournalEvent } from '../journal.js'
import type { OrderRequest } from '../order.js'

const text = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.constantFrom('', '__proto__', '"},"crc":"12345678"}', '\n'),
)
const finite = fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.constantFrom(0, -0, 5e-324, 1e308, 0.1))
const time = fc.maxSafeInteger()
const id = fc.maxSafeNat()
const money = fc.oneof(fc.bigInt(), fc.constantFrom(0n, -1n, 10n ** 40n))
const record = <T>(model: { [Key in keyof T]: fc.Arbitrary<T[Key]> }) => fc.record<T>(model, { noNullPrototype: true })
const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined })
const kind = <const T extends string>(...kinds: readonly T[]) => fc.constantFrom(...kinds)
const side = kind('buy', 'sell')

/** Any order that the type allows, sensible or not; brands are dropped, since a journal must carry every value. */
export const anyOrder = record({
  id,
  instrument: text,
  strategy: text,
  side,
  type: kind('market', 'limit', 'stop', 'stopLimit', 'trailingStop', 'trailingStopLimit', 'marketIfTouched', 'iceberg'),
  quantity: finite,
  limit: optional(finite),
  trigger: optional(finite),
  triggerSource: kind('last', 'mark', 'index', 'bidAsk'),
  trail: optional(
    fc.oneof(
      record({ kind: kind('absolute'), distance: finite }),
      record({ kind: kind('percent'), ratio: finite }),
      record({ kind: kind('atr'), multiple: finite, atr: finite }),
    ),
  ),
  limitOffset: optional(finite),
  timeInForce: kind('gtc', 'gtd', 'day', 'ioc', 'fok', 'atOpen', 'atClose'),
  expiresAt: optional(time),
  postOnly: fc.boolean(),
  reduceOnly: fc.boolean(),
  closePosition: fc.boolean(),
  displayQuantity: optional(finite),
  group: optional(record({ kind: kind('oco', 'ouo'), name: text })),
  protectiveStop: fc.oneof(finite, fc.constantFrom('none', undefined)),
}) as unknown as fc.Arbitrary<OrderRequest>

/** Any event that a journal keeps. */
export const anyEvent = fc.oneof(
  record({
    kind: kind('sent', 'accepted', 'triggered', 'amended', 'canceled', 'expired', 'unknown', 'absent'),
    orderId: id,
    time,
  }),
  record({ kind: kind('rejected'), orderId: id, time, reason: text }),
  record({
    kind: kind('filled'),
    instrument: text,
    time,
    orderId: id,
    tradeId: text,
    side,
    price: finite,
    quantity: finite,
    fee: money,
    liquidity: kind('maker', 'taker'),
  }),
  record({ kind: kind('started'), time, run: text, epoch: id }),
  record({ kind: kind('closed'), time }),
  record({ kind: kind('timer'), time, name: text }),
  record({
    kind: kind('mode'),
    time,
    mode: kind('halted', 'cancelOnly', 'reduceOnly', 'normal'),
    by: kind('operator', 'breaker', 'runner'),
    reason: text,
    code: fc.option(text, { nil: undefined }),
  }),
  record({ kind: kind('flattened'), time, by: text }),
  record({ kind: kind('acknowledged'), time, code: text }),
  record({ kind: kind('noted'), time, memory: text, fact: text }),
  record({ kind: kind('transfer'), time, amount: money }),
  record({ kind: kind('gap', 'recovered'), time, instrument: text }),
  record({ kind: kind('disconnected', 'reconnected'), time, venue: text }),
  record({ kind: kind('opening'), instrument: text, time, price: finite }),
) as unknown as fc.Arbitrary<JournalEvent>

const anyCommand = fc.oneof(
  record({
    kind: kind('place', 'amend'),
    order: anyOrder,
    overrides: fc.option(fc.array(text, { maxLength: 3 }), { nil: undefined }),
  }),
  record({ kind: kind('cancel'), orderId: id }),
) as unknown as fc.Arbitrary<JournalCommand>

const head = { seq: fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }), epoch: id, seenAt: time }

/** Any journal entry, alone: its numbers fit no other entry. */
export const anyEntry = fc.oneof(
  record({ ...head, kind: kind('event'), event: anyEvent }),
  record({ ...head, kind: kind('market'), dataset: text, from: id, to: id, digest: text }),
  record({ ...head, kind: kind('command'), cause: fc.integer({ min: 1 }), command: anyCommand }),
  record({ ...head, kind: kind('fault'), message: text }),
) as unknown as fc.Arbitrary<JournalEntry>

/** Entries as a process writes them: rows in order, epochs that never fall, commands after their cause. */
export const anyJournal = (lengthMax: number): fc.Arbitrary<readonly JournalEntry[]> =>
  fc.array(fc.tuple(anyEntry, fc.integer({ min: 0, max: 1 })), { minLength: 1, maxLength: lengthMax }).map((rows) => {
    let epoch = 1
    return rows.map(([entry, step], index) => {
      epoch += step
      const seq = index + 1
      if (entry.kind !== 'command') return { ...entry, seq, epoch }
      // The first row can have no cause, so it is a fault instead.
      if (seq === 1) return { seq, epoch, seenAt: entry.seenAt, kind: 'fault', message: 'first' }
      return { ...entry, seq, epoch, cause: seq - 1 }
    })
  })
