import { describe, expect, it } from 'vitest'
import { Wma, wma } from '../index.js'

const none = Number.NaN

describe('wma', () => {
  it('weighs the newest input most', () => {
    const stream = new Wma({ period: 3 })
    expect([10, 11, 15, 9].map((close) => stream.next(close))).toEqual([none, none, 77 / 6, 68 / 6])
    expect(wma(Float64Array.of(10, 11, 15, 9), { period: 3 })).toEqual(Float64Array.of(none, none, 77 / 6, 68 / 6))
  })

  it('lies a third of its length behind a straight line', () => {
    const close = Float64Array.from({ length: 60 }, (_, index) => 5 * index)
    for (const [index, value] of wma(close, { period: 7 }).entries()) {
      if (index >= 6) expect(value).toBeCloseTo(5 * (index - 2), 10)
    }
  })

  it('gives exactly the price of a series that does not move, also after it moved', () => {
    const close = Float64Array.from({ length: 60 }, (_, index) => (index < 30 ? Math.sin(index) * 1e9 : 0.1))
    expect([...new Set(wma(close, { period: 8 }).subarray(37))]).toEqual([0.1])
  })

  it('loses nothing to a price a billion times too high once that has left the window', () => {
    const close = Float64Array.from({ length: 200 }, (_, index) => 100 + Math.sin(index))
    const clean = wma(close)
    for (const at of [39, 40, 57, 58, 59]) {
      const spiked = wma(close.map((price, index) => (index === at ? price * 1e9 : price)))
      for (let index = at + 20; index < 200; index++) {
        expect(Math.abs(spiked[index]! - clean[index]!)).toBeLessThan(1e-13)
      }
    }
  })

  it('empties its window at an input that is not finite', () => {
    const close = Float64Array.of(1, 4, none, 1, 4, Number.POSITIVE_INFINITY, 7, 10, 10)
    expect(wma(close, { period: 2 })).toEqual(Float64Array.of(none, 3, none, none, 3, none, none, 9, 10))
  })

  it('gives no value where a sum is beyond the largest double, and goes on after', () => {
    const close = Float64Array.of(1.7e308, -1.7e308, 1, 1, 4)
    const result = wma(close, { period: 2 })
    const stream = new Wma({ period: 2 })
    expect([...close].map((input) => stream.next(input))).toEqual([...result])
    expect(result.at(-1)).toBe(3)
    expect([...result].some((value) => Math.abs(value) === Number.POSITIVE_INFINITY)).toBe(false)
  })

  it('is named with its period', () => {
    expect(new Wma()).toMatchObject({ name: 'wma(20)', warmup: 20, stableAfter: 20 })
  })
})
