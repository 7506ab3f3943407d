import { log } from '@astertrade/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ChoppinessIndex, choppinessIndex } from '../index.js'
import { barSeries, columnsOf } from '../testing/barSeries.js'

const none = Number.NaN

describe('choppinessIndex', () => {
  it('compares the path with the range', () => {
    // Bars of height 2 at one price: the path of n bars is n ranges.
    const still = (length: number) => ({
      high: new Float64Array(length).fill(12),
      low: new Float64Array(length).fill(10),
      close: new Float64Array(length).fill(11),
    })
    expect(choppinessIndex(still(4), { period: 2 })).toEqual(Float64Array.of(none, none, 100, 100))
    for (const period of [3, 8, 14, 100]) {
      expect(choppinessIndex(still(period + 1), { period })[period]).toBeCloseTo(100, 12)
    }
    const stream = new ChoppinessIndex({ period: 2 })
    stream.next({ high: 11, low: 9, close: 10 })
    stream.next({ high: 12, low: 10, close: 11 })
    // True ranges 2 and 4 over a range of 5.
    expect(stream.next({ high: 15, low: 12, close: 14 })).toBe(100 * (log(6 / 5) / log(2)))
  })

  it('is 0 in a trend that never steps back', () => {
    const close = Float64Array.from({ length: 30 }, (_, index) => 10 + index)
    const bars = { high: close, low: close.map((price) => price - 1), close }
    expect(choppinessIndex(bars)[29]).toBe(0)
  })

  it('exceeds 100 where a gap lies before the window', () => {
    const bars = {
      high: Float64Array.of(1, 11, 11),
      low: Float64Array.of(0, 10, 10),
      close: Float64Array.of(0, 10, 10),
    }
    expect(choppinessIndex(bars, { period: 2 })[2]).toBeGreaterThan(100)
  })

  it('is 100 where the window has no width, after a gap as well', () => {
    const close = Float64Array.from({ length: 40 }, (_, index) => (index < 20 ? 0.1 : 0.3))
    const result = choppinessIndex({ high: close, low: close, close })
    // Fourteen bars have a width of 0, but only thirteen true ranges.
    expect([result[13], result[14], result[33], result[39]]).toEqual([none, 100, 100, 100])
  })

  it('counts the range of the first bar on request', () => {
    const bars = { high: Float64Array.of(11, 12), low: Float64Array.of(9, 10), close: Float64Array.of(10, 11) }
    expect(choppinessIndex(bars, { period: 2, firstTrueRange: 'range' })[1]).toBeCloseTo(100 * Math.log2(4 / 3), 12)
    expect(new ChoppinessIndex({ firstTrueRange: 'range' }).warmup).toBe(14)
  })

  it('is never below 0 for bars whose close lies within them', () => {
    fc.assert(
      fc.property(barSeries({ lengthMax: 80, holes: 'none' }), (bars) => {
        for (const value of choppinessIndex(columnsOf(bars), { period: 4 }).subarray(4)) {
          expect(value).toBeGreaterThanOrEqual(-1e-12)
        }
      }),
    )
  })

  it('needs two bars at least', () => {
    expect(() => new ChoppinessIndex({ period: 1 })).toThrowErrorMatchingInlineSnapshot(`
      [ConfigError: Option "period" of choppinessIndex is "1".
        It takes an integer from 2 to 1000000; the default is 14.]
    `)
  })

  it('is named with its period', () => {
    expect(new ChoppinessIndex()).toMatchObject({ name: 'choppinessIndex(14)', warmup: 15, stableAfter: 15 })
  })
})
