import { describe, expect, it } from 'vitest'
import { Ema, ema, sma } from '../index.js'

const close = Float64Array.of(10, 11, 15, 16, 8)

describe('ema', () => {
  it('starts with the mean of the first inputs, then weighs the newest by 2/(period + 1)', () => {
    expect(ema(close, { period: 3 })).toEqual(Float64Array.of(Number.NaN, Number.NaN, 12, 14, 11))
    expect(ema(close, { period: 3 })[2]).toBe(sma(close, { period: 3 })[2])
  })

  it('starts with the first input on request', () => {
    expect(ema(close, { period: 3, seed: 'first' })).toEqual(Float64Array.of(10, 10.5, 12.75, 14.375, 11.1875))
    expect(new Ema({ period: 3, seed: 'first' })).toMatchObject({ name: 'ema(3,seed=first)', warmup: 1 })
  })

  it('holds its state over an input that is not finite', () => {
    const holed = Float64Array.of(10, Number.NaN, 11, 15, Number.NEGATIVE_INFINITY, 16)
    const none = Number.NaN
    expect(ema(holed, { period: 3 })).toEqual(Float64Array.of(none, none, none, 12, none, 14))
  })

  it('stays without a value after one on request, until reset', () => {
    const stream = new Ema({ period: 1, nan: 'propagate' })
    expect([Number.NaN, 3, Number.NaN, 4].map((input) => stream.next(input))).toEqual([
      Number.NaN,
      3,
      Number.NaN,
      Number.NaN,
    ])
    stream.reset()
    expect(stream.next(4)).toBe(4)
    expect(stream.name).toBe('ema(1,nan=propagate)')
  })

  it('forgets its seed to one part in a million when it says it is stable', () => {
    const stream = new Ema({ period: 10 })
    const other = new Ema({ period: 10 })
    for (let index = 0; index < stream.stableAfter; index++) {
      stream.next(index < 10 ? 1 : 0)
      other.next(0)
    }
    expect(stream.value - other.value).toBeLessThan(1e-6)
    expect(stream.value / (9 / 11)).toBeGreaterThan(1e-6)
  })

  it('seeds itself anew where the seed is beyond the largest double', () => {
    const huge = Float64Array.of(1e308, 1e308, 2, 4, 6)
    expect(ema(huge, { period: 2 })).toEqual(Float64Array.of(Number.NaN, Number.NaN, Number.NaN, 3, 5))
  })
})
