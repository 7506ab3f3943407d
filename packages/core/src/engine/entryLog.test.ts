import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { defineInstrument } from '../instrument.js'
import { orderRequestOf } from '../testing/orderRequestOf.js'
import { type Timestamp, timestamp } from '../time.js'
import { createEntryLog, entriesKept, entriesOfSince, entriesSince, listEntriesSince, logEntry } from './entryLog.js'

const numRuns = Number(process.env.FC_NUM_RUNS ?? 60)
const instrument = defineInstrument({ id: 'A.sim', tick: '1', lot: '1' })
const start = timestamp('2024-01-02')
const order = (number: number, strategy = 'one') => orderRequestOf({ instrument, number, strategy })

describe('a log of entries', () => {
  it('counts what lies at or after a time', () => {
    const log = createEntryLog()
    expect(entriesSince(log, start)).toBe(0)
    for (const [index, at] of [0, 1000, 1000, 2000].entries()) {
      logEntry(log, order(index, index === 1 ? 'two' : 'one'), (start + at) as Timestamp)
    }
    expect([0, 1, 1000, 1001, 2000, 2001].map((at) => entriesSince(log, start + at))).toEqual([4, 3, 3, 1, 1, 0])
    expect(entriesOfSince(log, start, 'one')).toBe(3)
    expect(entriesOfSince(log, start + 1000, 'two')).toBe(1)
    expect(entriesOfSince(log, start, 'three')).toBe(0)
    expect(listEntriesSince(log, start + 1000).map(({ id }) => id % 100)).toEqual(
      [order(1), order(2), order(3)].map(({ id }) => id % 100),
    )
  })

  it('counts as a plain list does, and forgets the oldest when it is full', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: entriesKept * 2 + 10 }),
        fc.integer({ min: 0, max: 3000 }),
        (steps, since) => {
          const log = createEntryLog()
          const times: number[] = []
          let now = 0
          for (const step of steps) {
            now += step
            times.push(now)
            logEntry(log, order(times.length), now as Timestamp)
          }
          const expected = times.slice(1 - entriesKept).filter((time) => time >= since).length
          expect(entriesSince(log, since)).toBe(expected)
          expect(listEntriesSince(log, since)).toHaveLength(expected)
        },
      ),
      { numRuns },
    )
  })
})
