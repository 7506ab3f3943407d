import { describe, expect, it } from 'vitest'
import { Aroon, aroon } from '../index.js'

const none = Number.NaN
const bars = {
  high: Float64Array.of(11, 14, 13, 12, 13, 12, 14),
  low: Float64Array.of(9, 10, 9, 10, 8, 9, 9),
}

describe('aroon', () => {
  it('is 100 for an extreme of this bar and 0 for one a period ago', () => {
    const { up, down, oscillator } = aroon(bars, { period: 4 })
    expect(up).toEqual(Float64Array.of(none, none, none, none, 25, 0, 100))
    expect(down).toEqual(Float64Array.of(none, none, none, none, 100, 75, 50))
    expect(oscillator).toEqual(Float64Array.of(none, none, none, none, -75, -75, 50))
  })

  it('counts the newest of equal extremes', () => {
    const high = Float64Array.of(5, 7, 7, 6)
    expect(aroon({ high, low: high }, { period: 3 }).up[3]).toBeCloseTo(200 / 3, 12)
  })

  it('is 100, 100, 0 on a series that does not move', () => {
    const still = new Float64Array(40).fill(0.1)
    const { up, down, oscillator } = aroon({ high: still, low: still })
    expect([up, down, oscillator].map((column) => column.at(-1))).toEqual([100, 100, 0])
  })

  it('looks at one bar more than its period', () => {
    expect(new Aroon()).toMatchObject({ name: 'aroon(25)', warmup: 26, stableAfter: 26 })
  })

  it('starts again after a bar of which one side is missing', () => {
    const holed = { ...bars, low: Float64Array.of(9, none, 9, 10, 8, 9, 9) }
    expect([...aroon(holed, { period: 2 }).up].map(Number.isNaN)).toEqual([1, 1, 1, 1, 0, 0, 0].map(Boolean))
  })
})
