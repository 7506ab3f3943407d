import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { signLine } from './journal/line.js'
import { decodeEntry, encodeEntry, type JournalEntry } from './journal.js'
import { money } from './money.js'
import { anyEntry, anyOrder } from './testing/journalArbitraries.rig.js'
import { timestamp } from './time.js'

const runs = { numRuns: Number(process.env.FC_NUM_RUNS ?? 500) }
const seenAt = timestamp('2024-01-01')
const fault: JournalEntry = { seq: 1, epoch: 1, seenAt, kind: 'fault', message: 'disk full' }

describe('encodeEntry', () => {
  it('prints a row as one line whose first key is its kind and whose last is its checksum', () => {
    expect(encodeEntry(fault)).toBe(
      '{"kind":"fault","seq":1,"epoch":1,"seenAt":1704067200000,"message":"disk full","crc":"411786d6"}',
    )
  })

  it('prints money as the digits of its bigint, in ASCII whatever the text holds', () => {
    const event = { kind: 'transfer', time: seenAt, amount: money('-0.5') } as const
    expect(encodeEntry({ seq: 2, epoch: 1, seenAt, kind: 'event', event })).toContain('"amount":"-500000000000000000"')
    expect(encodeEntry({ ...fault, message: 'é\n\ud800 "x"' })).toContain('"message":"\\u00e9\\n\\ud800 \\"x\\""')
  })

  it('is undone by decodeEntry for every entry', () => {
    fc.assert(
      fc.property(anyEntry, (entry) => {
        const line = encodeEntry(entry)
        expect(line).toMatch(/^[\x20-\x7e]*$/)
        const back = decodeEntry(line)
        expect(back).toStrictEqual(entry)
        expect(encodeEntry(back)).toBe(line)
      }),
      runs,
    )
  })

  it('does not depend on the order of the keys', () => {
    fc.assert(
      fc.property(anyEntry, (entry) => {
        const swapped = Object.fromEntries(Object.entries(entry).reverse()) as JournalEntry
        expect(encodeEntry(swapped)).toBe(encodeEntry(entry))
      }),
      runs,
    )
  })

  const command = (order: object): JournalEntry =>
    ({
      seq: 2,
      epoch: 1,
      seenAt,
      kind: 'command',
      cause: 1,
      command: { kind: 'place', order },
    }) as unknown as JournalEntry
  const order = fc.sample(anyOrder, { numRuns: 1, seed: 1 })[0]!
  const refused: readonly (readonly [string, unknown, string])[] = [
    ['NaN', { ...fault, seenAt: Number.NaN }, 'field "seenAt" holds NaN where a safe integer was expected'],
    ['row 0', { ...fault, seq: 0 }, 'field "seq" holds 0 where an integer ≥ 1 was expected'],
    ['missing', { ...fault, message: undefined }, 'field "message" holds undefined where text was expected'],
    ['unknown', { ...fault, note: 1 }, 'field "entry.note" holds 1 where no such field was expected'],
    ['kind', { ...fault, kind: 'x' }, 'field "entry.kind" holds "x" where one of event, market, command, fault was'],
    ['infinite', command({ ...order, limit: Number.POSITIVE_INFINITY }), 'field "limit" holds Infinity where a finite'],
    ['approved', command({ ...order, approved: true }), 'field "order.approved" holds true where no such field was'],
    ['no order', command(null as unknown as object), 'field "order" holds null where an object was expected'],
    ['a word', command({ ...order, side: 'hold' }), 'field "side" holds "hold" where one of buy, sell was expected'],
    ['a flag', command({ ...order, postOnly: 1 }), 'field "postOnly" holds 1 where true or false was expected'],
    [
      'number as money',
      { ...fault, kind: 'event', message: undefined, event: { kind: 'transfer', time: 1, amount: 1 } },
      'field',
    ],
    ['nothing', null, 'field "entry" holds null where an object was expected'],
    ['a list', [], 'field "entry" holds  where an object was expected'],
  ]
  it.each(refused)('refuses to lose something: %s', (_name, entry, problem) => {
    const write = () => encodeEntry(entry as JournalEntry)
    expect(write).toThrow(expect.objectContaining({ name: 'JournalError', code: 'BAD_JOURNAL_ENTRY' }))
    expect(write).toThrow(problem)
  })

  it('refuses money that is no bigint', () => {
    const event = { kind: 'transfer', time: seenAt, amount: 1 } as never
    expect(() => encodeEntry({ seq: 1, epoch: 1, seenAt, kind: 'event', event })).toThrow(
      'Journal entry 1: field "amount" holds 1 where a bigint was expected.',
    )
  })

  it('refuses a row of over a mebibyte', () => {
    const long = { ...fault, message: 'x'.repeat(1_048_576) }
    expect(() => encodeEntry(long)).toThrow(expect.objectContaining({ code: 'BAD_JOURNAL_ENTRY' }))
    expect(() => encodeEntry(long)).toThrow('Journal entry 1 takes 1048663 characters, over 1048576.')
  })
})

describe('decodeEntry', () => {
  it('finds every flipped bit', () => {
    fc.assert(
      fc.property(anyEntry, fc.nat(), fc.nat(7), (entry, place, bit) => {
        const line = encodeEntry(entry)
        const at = place % line.length
        const flipped = String.fromCharCode(line.charCodeAt(at) ^ (1 << bit))
        const changed = line.slice(0, at) + flipped + line.slice(at + 1)
        expect(() => decodeEntry(changed)).toThrow(expect.objectContaining({ code: 'BAD_JOURNAL_LINE' }))
      }),
      runs,
    )
  })

  it('finds every cut and every addition', () => {
    fc.assert(
      fc.property(anyEntry, fc.nat(), fc.string({ minLength: 1 }), (entry, place, added) => {
        const line = encodeEntry(entry)
        expect(() => decodeEntry(line.slice(0, place % line.length))).toThrow(/cannot be read/)
        expect(() => decodeEntry(line + added)).toThrow(/cannot be read/)
        expect(() => decodeEntry(added + line)).toThrow(/cannot be read/)
      }),
      runs,
    )
  })

  it('reads an order as a bare request that carries no approval', () => {
    fc.assert(
      fc.property(anyOrder, (order) => {
        const entry = {
          seq: 2,
          epoch: 1,
          seenAt,
          kind: 'command',
          cause: 1,
          command: { kind: 'place', order },
        } as const
        const back = decodeEntry(encodeEntry(entry))
        if (back.kind !== 'command' || back.command.kind !== 'place') throw new Error('another kind')
        expect(Object.keys(back.command)).toEqual(['kind', 'order', 'overrides'])
        expect(Object.getPrototypeOf(back.command.order)).toBe(Object.prototype)
        expect(Object.keys(back.command.order).sort()).toEqual(Object.keys(order).sort())
      }),
      runs,
    )
  })

  const bad: readonly (readonly [string, string, string])[] = [
    ['nothing', '', 'it does not end with a checksum'],
    ['no checksum', '{"kind":"fault","seq":1,"epoch":1,"seenAt":1,"message":"x"}', 'it does not end with a checksum'],
    ['a wrong checksum', encodeEntry(fault).replace('disk', 'Disk'), 'its checksum does not fit'],
    ['no JSON', signLine('{"kind":}'), 'it is no JSON'],
    ['an unknown kind', signLine('{"kind":"order"}'), 'field "entry.kind" holds "order" where one of event, market'],
    ['a kind from Object', signLine('{"kind":"toString"}'), 'field "entry.kind" holds "toString" where one of'],
    [
      'an unknown field',
      signLine('{"kind":"fault","seq":1,"epoch":1,"seenAt":1,"message":"x","__proto__":{}}'),
      '__proto__',
    ],
    ['a missing field', signLine('{"kind":"fault","seq":1,"epoch":1,"message":"x"}'), 'field "seenAt" holds undefined'],
    [
      'a number as text',
      signLine('{"kind":"fault","seq":"1","epoch":1,"seenAt":1,"message":"x"}'),
      'field "seq" holds "1"',
    ],
    [
      'an infinite number',
      signLine('{"kind":"fault","seq":1,"epoch":1,"seenAt":1e999,"message":"x"}'),
      'holds Infinity',
    ],
    ['text beyond ASCII', encodeEntry(fault).replace('disk', 'disķ'), 'it has a character that no row has'],
    [
      'money as a number',
      signLine('{"kind":"event","seq":1,"epoch":1,"seenAt":1,"event":{"kind":"transfer","time":1,"amount":1}}'),
      'field "amount" holds 1 where decimal digits as text was expected',
    ],
    [
      'money in hex',
      signLine('{"kind":"event","seq":1,"epoch":1,"seenAt":1,"event":{"kind":"transfer","time":1,"amount":"0x1"}}'),
      'field "amount" holds "0x1" where decimal digits as text was expected',
    ],
    ['a mebibyte', 'x'.repeat(1_048_577), 'it has 1048577 characters, over 1048576'],
    ['a deep nest', signLine(`{"a":${'['.repeat(200_000)}${']'.repeat(200_000)}}`), 'cannot be read'],
  ]
  it.each(bad)('names the line and the problem: %s', (_name, line, problem) => {
    expect(() => decodeEntry(line, 7)).toThrow(
      expect.objectContaining({ name: 'JournalError', code: 'BAD_JOURNAL_LINE', line: 7 }),
    )
    expect(() => decodeEntry(line, 7)).toThrow('Journal line 7 cannot be read: ')
    expect(() => decodeEntry(line, 7)).toThrow(problem)
    expect(() => decodeEntry(line)).toThrow('Journal line cannot be read: ')
  })
})
