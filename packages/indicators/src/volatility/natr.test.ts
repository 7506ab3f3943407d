import { describe, expect, it } from 'vitest'
import { atr, Natr, natr } from '../index.js'

const none = Number.NaN
const bars = {
  high: Float64Array.of(11, 12, 15, 13),
  low: Float64Array.of(9, 10, 12, 11),
  close: Float64Array.of(10, 11, 12, 12),
}

describe('natr', () => {
  it('is the average true range in percent of the close', () => {
    // True ranges 2, 4 and 2.
    expect(natr(bars, { period: 2 })).toEqual(Float64Array.of(none, none, 25, 100 * (2.5 / 12)))
    const stream = new Natr({ period: 2 })
    const values = [...bars.close].map((close, at) => stream.next({ high: bars.high[at]!, low: bars.low[at]!, close }))
    expect(values).toEqual([none, none, 25, 100 * (2.5 / 12)])
  })

  it('equals its parts bit for bit', () => {
    const options = { period: 2, firstTrueRange: 'range' } as const
    const range = atr(bars, options)
    expect(natr(bars, options)).toEqual(range.map((value, index) => 100 * (value / bars.close[index]!)))
  })

  it('is 0 on a series that does not move and at a close of 0', () => {
    const still = new Float64Array(20).fill(0.7)
    expect(natr({ high: still, low: still, close: still }).at(-1)).toBe(0)
    const free = { high: Float64Array.of(1, 1), low: Float64Array.of(0, 0), close: Float64Array.of(0, 0) }
    expect(natr(free, { period: 1 })).toEqual(Float64Array.of(none, 0))
  })

  it('gives no value beyond the largest double', () => {
    const tiny = { high: Float64Array.of(1, 1e300), low: Float64Array.of(0, 0), close: Float64Array.of(1, 1e-300) }
    expect(natr(tiny, { period: 1 })[1]).toBeNaN()
  })

  it('is named with its period', () => {
    expect(new Natr()).toMatchObject({ name: 'natr(14)', warmup: 15 })
  })
})
