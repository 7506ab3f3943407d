import { describe, expect, it } from 'vitest'
import { Sma, sma } from '../index.js'

describe('sma', () => {
  it('is the mean of the last inputs', () => {
    const stream = new Sma({ period: 3 })
    const rows = [10, 11, 15, 13].map((close) => stream.next(close))
    expect(rows).toEqual([Number.NaN, Number.NaN, 12, 13])
    expect(sma(Float64Array.of(10, 11, 15, 13), { period: 3 })).toEqual(Float64Array.from(rows))
  })

  it('averages 20 inputs by default and says so in its name', () => {
    expect(new Sma()).toMatchObject({ name: 'sma(20)', warmup: 20, stableAfter: 20 })
  })

  it('replaces the forming bar and peeks at the next one', () => {
    const stream = new Sma({ period: 2 })
    stream.next(10)
    expect(stream.next(20)).toBe(15)
    expect(stream.peek(30)).toBe(25)
    expect(stream.replace(12)).toBe(11)
    expect(stream.next(14)).toBe(13)
    expect(stream.samples).toBe(3)
  })

  it('empties its window at an input that is not finite', () => {
    const close = Float64Array.of(1, 2, Number.NaN, 3, 5, Number.POSITIVE_INFINITY, 4, 8)
    const none = Number.NaN
    expect(sma(close, { period: 2 })).toEqual(Float64Array.of(none, 1.5, none, none, 4, none, none, 6))
  })

  it('starts its window with the first finite input, so it can follow another indicator', () => {
    const close = Float64Array.of(Number.NaN, Number.NaN, Number.NaN, 4, 6, 8)
    expect(sma(close, { period: 2 })).toEqual(Float64Array.of(Number.NaN, Number.NaN, Number.NaN, Number.NaN, 5, 7))
  })

  it('gives no value where the sum is beyond the largest double, and goes on after', () => {
    const close = Float64Array.of(1e308, 1e308, 1, 3, 5)
    expect(sma(close, { period: 2 })).toEqual(Float64Array.of(Number.NaN, Number.NaN, Number.NaN, 2, 4))
  })

  it('gives an empty result for an empty series', () => {
    expect(sma(new Float64Array(0))).toHaveLength(0)
  })
})
