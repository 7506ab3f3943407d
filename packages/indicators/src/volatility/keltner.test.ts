import { describe, expect, it } from 'vitest'
import { atr, ema, Keltner, keltner, sma } from '../index.js'

const none = Number.NaN
const bars = {
  high: Float64Array.of(11, 13, 15, 14),
  low: Float64Array.of(9, 11, 12, 12),
  close: Float64Array.of(10, 12, 12, 13),
}

describe('keltner', () => {
  it('lies k average ranges around the average', () => {
    const result = keltner(bars, { period: 2, atr: 1, k: 2 })
    // Averages none, 11, 35/3, 113/9; true ranges none, 3, 3, 2.
    expect(result.middle[1]).toBe(11)
    expect(result.upper).toEqual(result.middle.map((middle, index) => middle + 2 * [none, 3, 3, 2][index]!))
    expect(result.lower).toEqual(result.middle.map((middle, index) => middle - 2 * [none, 3, 3, 2][index]!))
    const stream = new Keltner({ period: 2, atr: 1, k: 2 })
    const middle = [...bars.close].map((close, at) => stream.next({ high: bars.high[at]!, low: bars.low[at]!, close }))
    expect(middle).toEqual([...result.middle])
    expect([stream.output('upper'), stream.output('lower')]).toEqual([result.upper[3], result.lower[3]])
  })

  it('equals its parts bit for bit', () => {
    const { upper, middle } = keltner(bars, { period: 3, atr: 2, k: 1.5 })
    const range = atr(bars, { period: 2 })
    expect(middle).toEqual(ema(bars.close, { period: 3 }))
    expect(upper).toEqual(middle.map((value, index) => value + 1.5 * range[index]!))
  })

  it("is Keltner's own on request", () => {
    const options = { period: 2, atr: 2, k: 1, average: 'sma', source: 'hlc3', atrAverage: 'sma' } as const
    const typical = bars.close.map((close, index) => (bars.high[index]! + bars.low[index]! + close) / 3)
    const { upper, middle } = keltner(bars, options)
    expect(middle).toEqual(sma(typical, { period: 2 }))
    const range = atr(bars, { period: 2, average: 'sma' })
    expect(upper).toEqual(middle.map((value, index) => value + range[index]!))
    expect(new Keltner(options)).toMatchObject({
      name: 'keltner(2,2,1,average=sma,source=hlc3,atrAverage=sma)',
      warmup: 3,
      stableAfter: 3,
    })
  })

  it('passes over a bar of which one price is not finite, in all its parts', () => {
    const stream = new Keltner({ period: 1, atr: 1 })
    stream.next({ high: 11, low: 9, close: 10 })
    expect(stream.next({ high: Number.POSITIVE_INFINITY, low: 9, close: 90 })).toBeNaN()
    expect(stream.output('upper')).toBeNaN()
    expect(stream.next({ high: 13, low: 11, close: 12 })).toBe(12)
    expect(stream.output('upper')).toBe(18)
  })

  it('has its middle before its bands where the ranges take longer', () => {
    const { upper, middle } = keltner(bars, { period: 1, atr: 2 })
    expect([middle, upper].map((band) => band.findIndex(Number.isFinite))).toEqual([0, 2])
    expect(new Keltner({ period: 1, atr: 2 }).warmup).toBe(3)
  })

  it('has three equal bands on a series that does not move', () => {
    const still = new Float64Array(30).fill(0.5)
    const { upper, middle, lower } = keltner({ high: still, low: still, close: still })
    expect([upper, middle, lower].map((band) => band.at(-1))).toEqual([0.5, 0.5, 0.5])
  })

  it('has no band beyond the largest double', () => {
    const huge = { high: Float64Array.of(0, 8e307), low: Float64Array.of(0, 0), close: Float64Array.of(0, 8e307) }
    const { upper, lower } = keltner(huge, { period: 1, atr: 1, k: 2 })
    expect([upper[1], lower[1]]).toEqual([none, -8e307])
  })

  it('is named with its sizes', () => {
    expect(new Keltner()).toMatchObject({ name: 'keltner(20,10,2)', warmup: 20 })
  })
})
