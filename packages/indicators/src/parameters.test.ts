import { describe, expect, it } from 'vitest'
import { Ema, Macd, Sma } from './index.js'

describe('options', () => {
  it.each([0, -1, 2.5, Number.NaN, Number.POSITIVE_INFINITY, 1_000_001])('refuse a period of %d', (period) => {
    expect(() => new Sma({ period })).toThrow(`Option "period" of sma is "${period}".`)
  })

  it('say what a number has to be', () => {
    expect(() => new Sma({ period: 0 })).toThrowErrorMatchingInlineSnapshot(`
      [ConfigError: Option "period" of sma is "0".
        It takes an integer from 1 to 1000000; the default is 20.]
    `)
  })

  it('say which values a choice has', () => {
    expect(() => new Ema({ seed: 'last' as 'first' })).toThrowErrorMatchingInlineSnapshot(`
      [ConfigError: Option "seed" of ema is "last".
        It takes one of 'sma', 'first'; the default is "sma".]
    `)
  })

  it('name the nearest option to one that is unknown', () => {
    expect(() => new Macd({ fats: 12 } as object)).toThrowErrorMatchingInlineSnapshot(`
      [ConfigError: Option "fats" of macd is unknown.
        Did you mean "fast"?
        macd takes fast, slow, signal, nan.]
    `)
    expect(() => new Sma({ 'k.3': 12 } as object)).toThrowErrorMatchingInlineSnapshot(`
      [ConfigError: Option "k.3" of sma is unknown.
        sma takes period.]
    `)
  })

  it('are an object', () => {
    expect(() => new Sma(20 as unknown as object)).toThrowErrorMatchingInlineSnapshot(`
      [ConfigError: Options of sma are "20", not an object.
        Write { period }, or leave them out.]
    `)
    expect(() => new Sma(null as unknown as object)).toThrow('Options of sma are "null", not an object.')
  })

  it('take the default where they are undefined', () => {
    expect(new Sma({ period: undefined }).name).toBe('sma(20)')
  })

  it('refuse null, which is no way to leave one out', () => {
    expect(() => new Sma({ period: null as unknown as number })).toThrow('Option "period" of sma is "null".')
    expect(() => new Ema({ seed: null as unknown as 'sma' })).toThrow('Option "seed" of ema is "null".')
  })

  it('carry codes', () => {
    const code = (create: () => unknown): unknown => {
      try {
        return create()
      } catch (error) {
        return (error as { readonly code?: string }).code
      }
    }
    expect(code(() => new Sma({ period: 0 }))).toBe('BAD_PARAMETER')
    expect(code(() => new Sma({ perod: 5 } as object))).toBe('UNKNOWN_OPTION')
    expect(code(() => new Sma(5 as unknown as object))).toBe('BAD_OPTIONS')
  })
})
