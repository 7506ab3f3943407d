import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rsi, StochRsi, stochastic, stochRsi } from '../index.js'
import { barSeries, columnsOf } from '../testing/barSeries.js'

describe('stochRsi', () => {
  it('is the place of the RSI between its extremes', () => {
    // RSI 2 of these closes: 100, 50, 75, 37.5.
    const close = Float64Array.of(10, 11, 12, 11, 12, 11)
    const { k, d } = stochRsi(close, { rsi: 2, stoch: 3, smooth: 1, d: 2 })
    expect([...k.subarray(4)]).toEqual([50, 0])
    expect(d[5]).toBe(25)
  })

  it('is the slow stochastic of an RSI that moves with every input', () => {
    const close = Float64Array.from({ length: 80 }, (_, index) => 100 + Math.sin(index) * 5 + (index % 7))
    const strength = rsi(close, { period: 5 }).slice(5)
    const { k, d } = stochRsi(close, { rsi: 5, stoch: 6, smooth: 3, d: 2 })
    const parts = stochastic({ high: strength, low: strength, close: strength }, { period: 6, smooth: 3, d: 2 })
    expect(k.slice(5)).toEqual(parts.k)
    expect(d.slice(5)).toEqual(parts.d)
  })

  it('is 50 on a series that does not move, also after one that did', () => {
    const close = new Float64Array(200).fill(30)
    expect(stochRsi(close).k.at(-1)).toBe(50)
    for (let index = 0; index < 100; index++) close[index] = 30 + Math.sin(index)
    const { k, d } = stochRsi(close)
    expect([...k.subarray(120)].every((value) => value === 50)).toBe(true)
    expect(d.at(-1)).toBe(50)
  })

  it('would take the last bits of an RSI at rest for its full range', () => {
    const close = new Float64Array(200).fill(30)
    for (let index = 0; index < 100; index++) close[index] = index / 3 + Math.sin(index)
    const strength = rsi(close).slice(120)
    const { k } = stochastic({ high: strength, low: strength, close: strength }, { period: 14, smooth: 1, d: 1 })
    expect(Math.max(...k.slice(14))).toBe(100)
    expect([...stochRsi(close).k.subarray(120)].every((value) => value === 50)).toBe(true)
  })

  it('is 50 on a steady rise, where the RSI is 100 all along', () => {
    const close = Float64Array.from({ length: 60 }, (_, index) => index * 0.1)
    expect(stochRsi(close).k.at(-1)).toBe(50)
  })

  it('shows k two values before d', () => {
    const close = Float64Array.from({ length: 60 }, (_, index) => index % 7)
    const { k, d } = stochRsi(close)
    expect([k, d].map((column) => column.findIndex(Number.isFinite))).toEqual([29, 31])
    expect(new StochRsi()).toMatchObject({ name: 'stochRsi(14,14,3,3)', warmup: 32 })
    expect(new StochRsi().stableAfter).toBeGreaterThan(200)
  })

  it('never leaves 0 to 100', () => {
    fc.assert(
      fc.property(barSeries({ lengthMax: 100, holes: 'none' }), (bars) => {
        const { k, d } = stochRsi(columnsOf(bars).close, { rsi: 3, stoch: 4, smooth: 3, d: 3 })
        for (const value of [...k, ...d].filter(Number.isFinite)) {
          expect(value).toBeGreaterThanOrEqual(0)
          expect(value).toBeLessThanOrEqual(100)
        }
      }),
    )
  })

  it('needs an RSI of two changes at least', () => {
    expect(() => new StochRsi({ rsi: 1 })).toThrowErrorMatchingInlineSnapshot(`
      [ConfigError: Option "rsi" of stochRsi is "1".
        It takes an integer from 2 to 1000000; the default is 14.]
    `)
  })
})
