import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeEvent, encodeEvent, type TapeEvent } from './decodeEvent.js'

const time = fc.integer({ min: 0, max: 4e12 })
const price = fc.double({ min: 1e-9, max: 1e9, noNaN: true })
const size = fc.oneof(fc.constant(0), price)
const instrument = fc.constantFrom('A.x', 'B.y')
const side = fc.constantFrom('buy', 'sell')
const sequence = fc.maxSafeInteger()
const event = fc.oneof(
  fc.record({
    kind: fc.constant('bar'),
    instrument,
    time,
    open: price,
    high: price,
    low: price,
    close: price,
    volume: size,
  }),
  fc.record({ kind: fc.constant('trade'), instrument, time, aggressor: side, price, quantity: price }),
  fc.record(
    { kind: fc.constant('quote'), instrument, time, bid: price, ask: price, bidSize: size, askSize: size },
    { requiredKeys: ['kind', 'instrument', 'time', 'bid', 'ask'] },
  ),
  fc.record(
    { kind: fc.constant('book'), instrument, time, side, price, quantity: size, sequence },
    { requiredKeys: ['kind', 'instrument', 'time', 'side', 'price', 'quantity'] },
  ),
  fc.record({ kind: fc.constant('opening'), instrument, time, price }),
  fc.record({ kind: fc.constant('headline'), time, source: fc.string(), text: fc.string() }),
  fc.record({ kind: fc.constantFrom('gap', 'recovered'), time, instrument }),
  fc.record({ kind: fc.constantFrom('disconnected', 'reconnected'), time, venue: instrument }),
) as unknown as fc.Arbitrary<TapeEvent>

const place = { file: 'x.jsonl', line: 7 }

describe('decodeEvent', () => {
  it('gives back what encodeEvent wrote, in one line', () => {
    fc.assert(
      fc.property(event, (one) => {
        const line = encodeEvent(one)
        expect(line.indexOf('\n')).toBe(line.length - 1)
        expect(decodeEvent(JSON.parse(line), 'Z.z', place)).toEqual(one)
      }),
      { numRuns: Number(process.env.FC_NUM_RUNS ?? 200) },
    )
  })

  it('takes the instrument of the file where a line names none, and drops what it does not know', () => {
    const wire = { kind: 'trade', time: 1, aggressor: 'buy', price: 2, quantity: 3, slot: 4, extra: {} }
    expect(decodeEvent(wire, 'BTCUSD.tape', place)).toEqual({
      kind: 'trade',
      instrument: 'BTCUSD.tape',
      time: 1,
      aggressor: 'buy',
      price: 2,
      quantity: 3,
    })
  })

  it.each<[unknown, string]>([
    [null, 'x.jsonl:7: kind missing is unknown.'],
    [[1, 2], 'x.jsonl:7: kind missing is unknown.'],
    [{ kind: 'toString', time: 1 }, 'x.jsonl:7: kind "toString" is unknown.'],
    [{ kind: 'transfer', time: 1 }, 'x.jsonl:7: kind "transfer" is unknown.'],
    [{ kind: 'gap', time: 1.5 }, 'x.jsonl:7: time 1.5 is not in whole milliseconds.'],
    [{ kind: 'gap', time: '1' }, 'x.jsonl:7: time "1" is not in whole milliseconds.'],
    [{ kind: 'gap', time: 1, instrument: '' }, 'x.jsonl:7: instrument "" makes no sense in an event of kind "gap".'],
    [{ kind: 'quote', time: 1, bid: 0, ask: 1 }, 'x.jsonl:7: bid 0 makes no sense in an event of kind "quote".'],
    [
      { kind: 'quote', time: 1, bid: 1, ask: 1, bidSize: -1 },
      'x.jsonl:7: bidSize -1 makes no sense in an event of kind "quote".',
    ],
    [{ kind: 'quote', time: 1, bid: 1 }, 'x.jsonl:7: ask missing makes no sense in an event of kind "quote".'],
    [
      { kind: 'book', time: 1, side: 'bid', price: 1, quantity: 0 },
      'x.jsonl:7: side "bid" makes no sense in an event of kind "book".',
    ],
    [
      { kind: 'opening', time: 1, price: Number.NaN },
      'x.jsonl:7: price null makes no sense in an event of kind "opening".',
    ],
    [
      { kind: 'headline', time: 1, source: 'x', text: 5 },
      'x.jsonl:7: text 5 makes no sense in an event of kind "headline".',
    ],
  ])('refuses %j', (wire, message) => {
    expect(() => decodeEvent(wire, 'A.x', place)).toThrowError(
      expect.objectContaining({
        name: 'DataError',
        code: 'BAD_EVENT',
        message: expect.stringMatching(escaped(message)),
      }),
    )
  })

  it('lists the kinds there are for an unknown one', () => {
    expect(() => decodeEvent({ kind: 'tick' }, 'A.x', place)).toThrowError(
      'Kinds: bar, trade, quote, book, opening, headline, gap, recovered, disconnected, reconnected.',
    )
  })

  it('does not record what could not be read back', () => {
    const broken = {
      kind: 'opening',
      instrument: 'A.x',
      time: 1,
      price: Number.POSITIVE_INFINITY,
    } as unknown as TapeEvent
    expect(() => encodeEvent(broken)).toThrowError(
      'An event to record: price null makes no sense in an event of kind "opening".',
    )
  })
})

function escaped(text: string): RegExp {
  return new RegExp(`^${text.replace(/[.[\]()]/g, '\\$&')}`)
}
