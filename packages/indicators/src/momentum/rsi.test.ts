import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Rsi, rsi } from '../index.js'

describe('rsi', () => {
  it("is Wilder's: the mean of the first changes, then a smoothed one", () => {
    const stream = new Rsi({ period: 3 })
    const values = [10, 11, 12, 11, 13].map((close) => stream.next(close))
    expect(values.slice(0, 3)).toEqual([Number.NaN, Number.NaN, Number.NaN])
    expect(values[3]).toBeCloseTo(200 / 3, 12)
    expect(values[4]).toBeCloseTo(250 / 3, 12)
  })

  it('is 50 on a series that does not move: 0 and 100 would claim a direction', () => {
    expect(rsi(new Float64Array(20).fill(0.1)).at(-1)).toBe(50)
  })

  it('comes back to 50 when a moving series has been at rest for as long as doubles can tell', () => {
    const close = new Float64Array(30_000).fill(30)
    for (let index = 0; index < 30; index++) close[index] = index
    const values = rsi(close)
    expect(values[5000]).toBe(100)
    expect(values.at(-1)).toBe(50)
  })

  it('is 100 on a rise without a fall and 0 on a fall without a rise', () => {
    const rise = Float64Array.from({ length: 30 }, (_, index) => index * 0.1)
    expect(rsi(rise).at(-1)).toBe(100)
    expect(rsi(rise.toReversed()).at(-1)).toBe(0)
  })

  it('never leaves 0 to 100', () => {
    const prices = fc.array(fc.double({ min: 1e-9, max: 1e9, noNaN: true }), { minLength: 3, maxLength: 60 })
    fc.assert(
      fc.property(prices, (list) => {
        for (const value of rsi(Float64Array.from(list), { period: 2 }).subarray(2)) {
          expect(value).toBeGreaterThanOrEqual(0)
          expect(value).toBeLessThanOrEqual(100)
        }
      }),
    )
  })

  it('needs two changes at least', () => {
    expect(() => new Rsi({ period: 1 })).toThrowErrorMatchingInlineSnapshot(`
      [ConfigError: Option "period" of rsi is "1".
        It takes an integer from 2 to 1000000; the default is 14.]
    `)
  })

  it('is named with its period', () => {
    expect(new Rsi()).toMatchObject({ name: 'rsi(14)', warmup: 15 })
  })
})
