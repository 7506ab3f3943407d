import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { UltimateOscillator, ultimateOscillator } from '../index.js'
import { barSeries, columnsOf } from '../testing/barSeries.js'

const one = { short: 1, medium: 1, long: 1 }

describe('ultimateOscillator', () => {
  it('is buying pressure over true range, weighted 4, 2, 1', () => {
    const bars = {
      high: Float64Array.of(11, 14, 13),
      low: Float64Array.of(9, 11, 9),
      close: Float64Array.of(10, 13, 10),
    }
    // Pressures 3 of 4 and 1 of 4.
    expect(ultimateOscillator(bars, one)).toEqual(Float64Array.of(Number.NaN, 75, 25))
    expect(ultimateOscillator(bars, { short: 1, medium: 2, long: 2 })[2]).toBeCloseTo((100 * (1 + 1 + 0.5)) / 7, 12)
  })

  it('takes the close before as the low where it lies below', () => {
    const bars = { high: Float64Array.of(10, 14), low: Float64Array.of(10, 12), close: Float64Array.of(10, 14) }
    expect(ultimateOscillator(bars, one)[1]).toBe(100)
  })

  it('is 50 on a series that does not move, also after one that did', () => {
    const close = new Float64Array(80).fill(0.1)
    for (let index = 0; index < 40; index++) close[index] = Math.sin(index) * 1e6
    const values = ultimateOscillator({ high: close, low: close, close })
    expect(values.at(-1)).toBe(50)
    expect(values[68]).toBe(50)
  })

  it('warms up with the longest window, whichever it is', () => {
    expect(new UltimateOscillator()).toMatchObject({ name: 'ultimateOscillator(7,14,28)', warmup: 29 })
    expect(new UltimateOscillator({ short: 9, medium: 5, long: 2 }).warmup).toBe(10)
  })

  it('never leaves 0 to 100', () => {
    fc.assert(
      fc.property(barSeries({ lengthMax: 60, holes: 'none' }), (bars) => {
        for (const value of ultimateOscillator(columnsOf(bars), { short: 2, medium: 3, long: 5 }).subarray(5)) {
          expect(value).toBeGreaterThanOrEqual(0)
          expect(value).toBeLessThanOrEqual(100)
        }
      }),
    )
  })
})
