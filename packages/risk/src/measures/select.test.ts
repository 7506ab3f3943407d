import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { select } from './select.js'

const runs = { numRuns: Number(process.env.FC_NUM_RUNS ?? 300) }

/** Integers of a narrow and of a wide range, so that ties and none both come up. */
const values = fc.oneof(
  fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 1, maxLength: 60 }),
  fc.array(fc.integer({ min: -1_000_000, max: 1_000_000 }), { minLength: 1, maxLength: 60 }),
)

function checkSelected(list: readonly number[], index: number): void {
  const array = Float64Array.from(list)
  select(array, index)
  const sorted = Float64Array.from(list).sort()
  expect(array[index]).toBe(sorted[index])
  expect(Math.max(...array.subarray(0, index), Number.NEGATIVE_INFINITY)).toBeLessThanOrEqual(array[index]!)
  expect(Math.min(...array.subarray(index), Number.POSITIVE_INFINITY)).toBe(array[index])
  expect(array.slice().sort()).toEqual(sorted)
}

describe('selection', () => {
  it('puts the element of a rank in its place and keeps all others', () => {
    fc.assert(
      fc.property(values, fc.nat(), (list, seed) => checkSelected(list, seed % list.length)),
      runs,
    )
  })

  it('copes with orders that make bad pivots', () => {
    const n = 1_000
    const killer = Array.from({ length: n }, (_, i) => (i % 2 === 0 ? i : n - i))
    const rising = Array.from({ length: n }, (_, i) => i)
    const organ = Array.from({ length: n }, (_, i) => Math.min(i, n - i))
    for (const list of [killer, rising, [...rising].reverse(), organ, rising.map(() => 1)]) {
      for (const index of [0, 1, 499, 950, n - 1]) checkSelected(list, index)
    }
  })

  it('sorts outright where pivots keep failing', () => {
    const array = Float64Array.of(5, 1, 4, 2, 3)
    select(array, 2, 0)
    expect([...array]).toEqual([1, 2, 3, 4, 5])
  })
})
