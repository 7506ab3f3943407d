import { describe, expect, it } from 'vitest'
import { Donchian, donchian } from '../index.js'

const bars = { high: Float64Array.of(12, 14, 13, 11), low: Float64Array.of(8, 10, 9, 7) }
const none = Number.NaN

describe('donchian', () => {
  it('spans the highest high and the lowest low, the current bar included', () => {
    const { upper, middle, lower } = donchian(bars, { period: 2 })
    expect(upper).toEqual(Float64Array.of(none, 14, 14, 13))
    expect(middle).toEqual(Float64Array.of(none, 11, 11.5, 10))
    expect(lower).toEqual(Float64Array.of(none, 8, 9, 7))
  })

  it('leaves the current bar out with a lag of 1', () => {
    expect(donchian(bars, { period: 2, lag: 1 }).upper).toEqual(Float64Array.of(none, none, 14, 14))
    expect(new Donchian({ period: 2, lag: 1 })).toMatchObject({ name: 'donchian(2,lag=1)', warmup: 3 })
  })

  it('is empty where the lag is longer than the series', () => {
    expect([...donchian(bars, { period: 2, lag: 9 }).lower]).toEqual([none, none, none, none])
  })

  it('equals the price on a series that does not move', () => {
    const still = new Float64Array(30).fill(0.7)
    const { upper, middle, lower } = donchian({ high: still, low: still })
    expect([upper, middle, lower].map((band) => band.at(-1))).toEqual([0.7, 0.7, 0.7])
  })
})
