import { describe, expect, it } from 'vitest'
import { stochastic, WilliamsR, williamsR } from '../index.js'

const none = Number.NaN

describe('williamsR', () => {
  it('is 0 at the highest high, -100 at the lowest low and in between in proportion', () => {
    const bars = {
      high: Float64Array.of(12, 14, 13, 15, 12),
      low: Float64Array.of(8, 10, 11, 12, 9),
      close: Float64Array.of(10, 11, 14, 15, 9),
    }
    expect(williamsR(bars, { period: 2 })).toEqual(Float64Array.of(none, -50, 0, 0, -100))
  })

  it('is the fast stochastic less 100', () => {
    const close = Float64Array.from({ length: 60 }, (_, index) => 50 + Math.sin(index) * 9)
    const bars = { high: close.map((value) => value + 1), low: close.map((value) => value - 1), close }
    const { k } = stochastic(bars, { period: 9, smooth: 1, d: 1 })
    for (const [index, value] of williamsR(bars, { period: 9 }).subarray(8).entries()) {
      expect(value).toBeCloseTo(k[index + 8]! - 100, 11)
    }
  })

  it('is -50 on a series that does not move', () => {
    const still = new Float64Array(30).fill(0.1)
    expect(williamsR({ high: still, low: still, close: still }).at(-1)).toBe(-50)
  })

  it('passes over a close that is missing, since the range is known', () => {
    const stream = new WilliamsR({ period: 2 })
    stream.next({ high: 12, low: 8, close: 10 })
    expect(stream.next({ high: 14, low: 10, close: none })).toBeNaN()
    expect(stream.isReady).toBe(true)
    expect(stream.next({ high: 14, low: 10, close: 11 })).toBe(-75)
  })

  it('is named with its period', () => {
    expect(new WilliamsR()).toMatchObject({ name: 'williamsR(14)', warmup: 14, stableAfter: 14 })
  })
})
