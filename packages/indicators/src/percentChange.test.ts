import { describe, expect, it } from 'vitest'
import { percentChange } from './percentChange.js'

describe('percentChange', () => {
  it('is exact where the change is', () => {
    expect(percentChange(12, 10)).toBe(20)
    expect(percentChange(7.5, 10)).toBe(-25)
    // The quotient less 1 would lose all but four digits.
    expect(percentChange(6e4 + 2 ** -30, 6e4)).toBeCloseTo((100 * 2 ** -30) / 6e4, 24)
  })

  it('is 0 from 0, and NaN where a value is not finite', () => {
    expect([percentChange(5, 0), percentChange(0, 0)]).toEqual([0, 0])
    const { POSITIVE_INFINITY: infinite, NaN: none } = Number
    for (const [input, past] of [
      [infinite, 10],
      [10, infinite],
      [infinite, infinite],
      [infinite, 0],
      [none, 0],
      [10, none],
      [1e308, 1e-308],
    ] as const) {
      expect(percentChange(input, past)).toBeNaN()
    }
  })
})
