import { describe, expect, it } from 'vitest'
import { Hma, hma, wma } from '../index.js'

const none = Number.NaN
const close = Float64Array.from({ length: 80 }, (_, index) => 100 + Math.sin(index / 4) * 7 + (index % 5))

describe('hma', () => {
  it('smooths twice the short average less the long one', () => {
    const short = wma(close, { period: 4 })
    const long = wma(close, { period: 9 })
    const raw = short.map((value, index) => 2 * value - long[index]!)
    expect(hma(close, { period: 9 })).toEqual(wma(raw, { period: 3 }))
  })

  it('follows a straight line without lag', () => {
    // WMA 2 less a third, WMA 4 less one, so 2·(x − 1/3) − (x − 1) = x + 1/3, and WMA 2 of that is x.
    const stream = new Hma({ period: 4 })
    const values = [10, 11, 12, 13, 14, 15].map((input) => stream.next(input))
    expect(values.map((value) => Math.round(value * 1e9) / 1e9)).toEqual([none, none, none, none, 14, 15])
  })

  it('cuts its lengths off, and rounds them as LEAN does on request', () => {
    expect(hma(close, { period: 16 })).toEqual(hma(close, { period: 16, rounding: 'round' }))
    expect(new Hma({ period: 14 }).warmup).toBe(16)
    expect(new Hma({ period: 14, rounding: 'round' })).toMatchObject({ name: 'hma(14,rounding=round)', warmup: 17 })
    // Half of 5 and half of 7: from the middle to the even number, 2 and 4.
    for (const [period, half, root] of [
      [5, 2, 2],
      [7, 4, 3],
      [13, 6, 4],
    ] as const) {
      const long = wma(close, { period })
      const raw = wma(close, { period: half }).map((value, index) => 2 * value - long[index]!)
      expect(hma(close, { period, rounding: 'round' })).toEqual(wma(raw, { period: root }))
    }
  })

  it('gives exactly the price of a series that does not move', () => {
    expect(hma(new Float64Array(40).fill(0.7)).at(-1)).toBe(0.7)
  })

  it('needs two inputs at least', () => {
    expect(() => new Hma({ period: 1 })).toThrowErrorMatchingInlineSnapshot(`
      [ConfigError: Option "period" of hma is "1".
        It takes an integer from 2 to 1000000; the default is 16.]
    `)
  })

  it('is named with its period', () => {
    expect(new Hma()).toMatchObject({ name: 'hma(16)', warmup: 19, stableAfter: 19 })
  })
})
