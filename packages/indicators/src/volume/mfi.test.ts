import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Mfi, mfi } from '../index.js'
import { barSeries, columnsOf } from '../testing/barSeries.js'

const still = (price: number, volume: number) => ({ high: price, low: price, close: price, volume })

describe('mfi', () => {
  it('is the money of the rises over that of rises and falls', () => {
    const stream = new Mfi({ period: 2 })
    stream.next(still(10, 5))
    stream.next(still(12, 5))
    expect(stream.next(still(10, 2))).toBe(75)
    // The same price counts for neither.
    expect(stream.next(still(10, 100))).toBe(0)
  })

  it('is 50 where nothing moves and where nothing is traded, also after a busy stretch', () => {
    const stream = new Mfi({ period: 3 })
    for (let count = 0; count < 10; count++) stream.next(still(1 + (count % 3) * 0.1, 7.7))
    for (let count = 0; count < 4; count++) stream.next(still(2, 3))
    expect(stream.value).toBe(50)
    for (let count = 0; count < 10; count++) stream.next(still(1 + (count % 3) * 0.1, 7.7))
    for (let count = 0; count < 3; count++) stream.next(still(1 + count, 0))
    expect(stream.value).toBe(50)
  })

  it('works where the turnover is below 1, which TA-Lib takes for none', () => {
    const stream = new Mfi({ period: 2 })
    for (const price of [1e-8, 2e-8, 3e-8]) stream.next(still(price, 1e-3))
    expect(stream.value).toBe(100)
  })

  it('compares with the last finite bar across a hole', () => {
    const stream = new Mfi({ period: 1 })
    stream.next(still(10, 5))
    expect(stream.next(still(12, Number.NaN))).toBeNaN()
    expect(stream.next(still(11, 5))).toBe(100)
  })

  it('never leaves 0 to 100', () => {
    fc.assert(
      fc.property(barSeries({ lengthMax: 60, holes: 'none' }), (bars) => {
        for (const value of mfi(columnsOf(bars), { period: 4 }).subarray(4)) {
          expect(value).toBeGreaterThanOrEqual(0)
          expect(value).toBeLessThanOrEqual(100)
        }
      }),
    )
  })

  it('is named with its period', () => {
    expect(new Mfi()).toMatchObject({ name: 'mfi(14)', warmup: 15, stableAfter: 15 })
  })
})
