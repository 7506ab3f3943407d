import { describe, expect, it } from 'vitest'
import { ema, Macd, macd } from '../index.js'

const close = Float64Array.from({ length: 80 }, (_, index) => 100 + Math.sin(index / 5) * 7 + index / 10)

describe('macd', () => {
  it('is the difference of two averages, its average, and their difference', () => {
    const stream = new Macd({ fast: 1, slow: 2, signal: 2 })
    for (const input of [10, 12, 15]) stream.next(input)
    expect(stream.output('macd')).toBeCloseTo(4 / 3, 12)
    expect(stream.output('signal')).toBeCloseTo(7 / 6, 12)
    expect(stream.output('histogram')).toBeCloseTo(1 / 6, 12)
  })

  it('equals its parts bit for bit', () => {
    const { macd: line, signal } = macd(close)
    const [fast, slow] = [ema(close, { period: 12 }), ema(close, { period: 26 })]
    expect(line).toEqual(fast.map((value, index) => value - slow[index]!))
    expect(signal).toEqual(ema(line, { period: 9 }))
  })

  it('shows its line before the signal is ready', () => {
    const { macd: line, signal, histogram } = macd(close)
    expect([line, signal, histogram].map((column) => column.findIndex(Number.isFinite))).toEqual([25, 33, 33])
    expect(new Macd()).toMatchObject({ name: 'macd(12,26,9)', warmup: 34 })
  })

  it('refuses a fast average that is not faster', () => {
    expect(() => new Macd({ fast: 26, slow: 12 })).toThrowErrorMatchingInlineSnapshot(`
      [ConfigError: Option "fast" of macd is "26", not below slow "12".
        The fast average has the smaller period, as in { fast: 12, slow: 26 }.]
    `)
    expect(() => macd(close, { fast: 12, slow: 12 })).toThrow('not below slow "12"')
  })
})
