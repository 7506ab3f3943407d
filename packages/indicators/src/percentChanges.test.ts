import { describe, expect, it } from 'vitest'
import { percentChange } from './percentChange.js'
import { percentChanges } from './percentChanges.js'

function changesOf(values: readonly number[], period: number): number[] {
  const out = new Float64Array(values.length)
  percentChanges(Float64Array.from(values), period, out)
  return [...out]
}

describe('percentChanges', () => {
  it('has no value before there is a past one', () => {
    expect(changesOf([10, 11, 12.5], 2)).toEqual([Number.NaN, Number.NaN, 25])
    expect(changesOf([10], 2)).toEqual([Number.NaN])
    expect(changesOf([], 2)).toEqual([])
  })

  it('goes on after a hole and after a past of 0, each value as if it were alone', () => {
    const { NaN: none, POSITIVE_INFINITY: infinite } = Number
    const values = [4, 5, none, 6, 0, 3, 0, infinite, 7, 8, 1e308, 1e-308, 1e308, 2, 3]
    for (const period of [1, 2, 3]) {
      const single = values.map((value, index) =>
        index < period ? none : percentChange(value, values[index - period]!),
      )
      expect(changesOf(values, period)).toEqual(single)
    }
  })
})
