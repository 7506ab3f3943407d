import { describe, expect, it } from 'vitest'
import { adx, type BarColumns, macd, obv, registry, sma } from './index.js'

const close = Float64Array.of(1, 2, 3)

describe('columns', () => {
  it('are Float64Arrays or arrays of numbers', () => {
    const list = [1, 2, Number.NaN, 4, 8]
    expect(sma(list, { period: 2 })).toEqual(sma(Float64Array.from(list), { period: 2 }))
    expect(obv({ close: [1, 2], volume: Float64Array.of(3, 4) })).toEqual(Float64Array.of(3, 7))
    expect(sma([])).toEqual(new Float64Array(0))
    expect(list).toEqual([1, 2, Number.NaN, 4, 8])
    expect(() => sma([1, '2', 3] as never)).toThrowErrorMatchingInlineSnapshot(`
      [ConfigError: Column "close" of sma is an array whose item 1 is the string "2", not a Float64Array.
        Inputs are Float64Arrays or arrays of numbers, outputs Float64Arrays.]
    `)
    expect(() => sma([1, null] as never)).toThrow(
      'Column "close" of sma is an array whose item 1 is the object "null",',
    )
    expect(() => sma([1, 2, 3], {}, [0, 0, 0] as never)).toThrow('Column "out.sma" of sma is an array')
    expect(() => obv({ close } as never)).toThrow('Column "volume" of obv is undefined, not a Float64Array.')
    expect(() => obv(undefined as never)).toThrow('Column "close" of obv is undefined, not a Float64Array.')
    expect(() => sma(new Float32Array(3) as never)).toThrow('Column "close" of sma is Float32Array')
  })

  it('give the same bits as lists, to every indicator', () => {
    const walk = Array.from({ length: 40 }, (_, index) => 100 + 10 * Math.sin(index) + (index % 7))
    const lists = {
      high: walk.map((price) => price + 1),
      low: walk,
      close: walk.map((price) => price + 0.5),
      volume: walk,
    }
    const columns = Object.fromEntries(Object.entries(lists).map(([name, list]) => [name, Float64Array.from(list)]))
    for (const { batch } of registry.all()) expect(batch(lists)).toEqual(batch(columns as unknown as BarColumns))
  })

  it('are outputs only as arrays: null is no way to leave them out', () => {
    expect(() => sma(close, {}, null as never)).toThrow('Column "out.sma" of sma is null, not a Float64Array.')
    expect(() => macd(close, {}, null as never)).toThrow('Column "out.macd" of macd is null, not a Float64Array.')
    expect(() => macd(close, {}, 7 as never)).toThrow('Column "out.macd" of macd is 7, not a Float64Array.')
    expect(() => macd(close, {}, { macd: close } as never)).toThrow('Column "out.signal" of macd is undefined,')
    const bars = { high: close, low: close, close, volume: close }
    expect(() => registry.sma.batch(bars, {}, null as never)).toThrow('Column "out.sma" of sma is null,')
    expect(() => registry.sma.batch(bars, {}, {} as never)).toThrow('Column "out.sma" of sma is undefined,')
  })

  it('have one length', () => {
    expect(() => obv({ close, volume: new Float64Array(2) })).toThrowErrorMatchingInlineSnapshot(`
      [ConfigError: Column "volume" of obv has "2" values, "close" has "3".
        All columns of one call, outputs included, have the same length.]
    `)
    expect(() => sma(close, {}, new Float64Array(4))).toThrow('Column "out.sma" of sma has "4" values')
  })

  it('may be written over, but not by two outputs', () => {
    expect(sma(close, { period: 2 }, close)).toBe(close)
    expect(close).toEqual(Float64Array.of(Number.NaN, 1.5, 2.5))
    const both = new Float64Array(3)
    const out = { macd: both, signal: both, histogram: new Float64Array(3) }
    expect(() => macd(new Float64Array(3), {}, out)).toThrowErrorMatchingInlineSnapshot(`
      [ConfigError: Outputs "macd" and "signal" of macd share memory.
        Give each output an array of its own; it may be that of an input.]
    `)
  })

  it('may overlap in memory', () => {
    const memory = Float64Array.of(1, 2, 4, 8, 0)
    const expected = sma(memory.slice(0, 4), { period: 2 })
    sma(memory.subarray(0, 4), { period: 2 }, memory.subarray(1, 5))
    expect(memory.subarray(1, 5)).toEqual(expected)
  })

  it('may lie on shared memory', () => {
    const shared = new Float64Array(new SharedArrayBuffer(24))
    shared.set([1, 2, 4])
    expect(sma(shared, { period: 2 })).toEqual(Float64Array.of(Number.NaN, 1.5, 3))
  })

  it('are left alone where they are not outputs', () => {
    const bars = { high: Float64Array.of(2, 3), low: Float64Array.of(0, 1), close: Float64Array.of(1, 2) }
    const copy = structuredClone(bars)
    adx(bars, { period: 2 })
    expect(bars).toEqual(copy)
  })
})
