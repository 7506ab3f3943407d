import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { trailingRank } from './trailingRank.js'

const numRuns = Number(process.env.FC_NUM_RUNS ?? 100)

describe('trailingRank', () => {
  it('ranks among those before, ties by half', () => {
    const rank = trailingRank(3)
    expect(rank.of(1)).toBeNaN()
    for (const value of [1, 2, 2]) rank.add(value)
    expect(rank.of(2)).toBeCloseTo(2 / 3, 15)
    rank.add(9)
    expect(rank.of(9)).toBeCloseTo(2.5 / 3, 15)
    expect(rank.of(1)).toBe(0)
  })

  it('equals counting the last values, also after a snapshot', () => {
    const values = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 30 })
    fc.assert(
      fc.property(values, fc.integer({ min: 2, max: 12 }), (list, capacity) => {
        let rank = trailingRank(capacity)
        for (const value of list) {
          rank.add(value)
          const copy = trailingRank(capacity)
          copy.restore(rank.snapshot())
          rank = copy
        }
        const kept = list.slice(-capacity)
        const below = kept.filter((value) => value < 5).length + kept.filter((value) => value === 5).length / 2
        expect(rank.of(5)).toBe(below / kept.length)
      }),
      { numRuns },
    )
  })

  it('refuses a capacity out of range', () => {
    expect(() => trailingRank(1)).toThrow('A distribution of "1" values is out of range.')
  })
})
