import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Kama, kama } from '../index.js'

const none = Number.NaN

describe('kama', () => {
  it('moves to the price with full efficiency and by the slow weight squared with none', () => {
    const options = { period: 2, fast: 1, slow: 3 }
    // From 11: a path of 2 for a distance of 2, weight 1. Then 12 → 11 → 12 gets nowhere, weight ½² = ¼.
    expect(kama(Float64Array.of(10, 11, 12, 11, 12), options)).toEqual(Float64Array.of(none, none, 12, 11.75, 11.8125))
    const stream = new Kama(options)
    expect([10, 11, 12, 11, 12].map((close) => stream.next(close))).toEqual([none, none, 12, 11.75, 11.8125])
  })

  it('stands still where nothing moves', () => {
    expect([...new Set(kama(new Float64Array(40).fill(0.7)).subarray(10))]).toEqual([0.7])
    const close = Float64Array.of(10, 30, 10, 10, 10, 10, 10)
    const result = kama(close, { period: 2, fast: 2, slow: 30 })
    // The efficiency of a window without movement is 0, not 1: it creeps by the slow weight squared.
    expect((result[6]! - 10) / (result[5]! - 10)).toBeCloseTo(1 - (2 / 31) ** 2, 12)
  })

  it('is as accurate as before once a price a billion times too high has left the window', () => {
    const close = Float64Array.from({ length: 300 }, (_, index) => 100 + Math.sin(index / 3) + (index % 4))
    const spiked = close.map((price, index) => (index === 100 ? 1e11 : price))
    const [stream, other] = [new Kama(), new Kama()]
    for (const price of spiked.subarray(0, 112)) stream.next(price)
    for (const price of close.subarray(0, 112)) other.next(price)
    // Both go on from where they are; what moves them is the same efficiency.
    const weight = (indicator: Kama, price: number): number => {
      const from = indicator.value
      return (indicator.next(price) - from) / (price - from)
    }
    for (const price of close.subarray(112)) expect(weight(stream, price)).toBeCloseTo(weight(other, price), 9)
  })

  it('passes over an input that is not finite', () => {
    const options = { period: 2, fast: 1, slow: 3 }
    const holed = Float64Array.of(none, 10, 11, Number.POSITIVE_INFINITY, 12, none, 11)
    expect(kama(holed, options)).toEqual(Float64Array.of(none, none, none, none, 12, none, 11.75))
    const poisoned = kama(holed, { ...options, nan: 'propagate' })
    expect([...poisoned].every(Number.isNaN)).toBe(true)
  })

  it('gives the same bits in both forms where changes are beyond the largest double', () => {
    const huge = fc.constantFrom(1.7e308, -1.7e308, 1, 2, 1e300, Number.NaN)
    fc.assert(
      fc.property(fc.array(huge, { maxLength: 30 }), (list) => {
        const stream = new Kama({ period: 2 })
        const batch = kama(Float64Array.from(list), { period: 2 })
        expect(list.map((input) => stream.next(input))).toEqual([...batch])
        expect([...batch].some((value) => Math.abs(value) === Number.POSITIVE_INFINITY)).toBe(false)
      }),
    )
  })

  it('stays between the lowest and the highest price', () => {
    const prices = fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 5, maxLength: 60 })
    fc.assert(
      fc.property(prices, (list) => {
        for (const value of kama(Float64Array.from(list), { period: 3 }).subarray(3)) {
          expect(value).toBeGreaterThanOrEqual(Math.min(...list) - 1e-9)
          expect(value).toBeLessThanOrEqual(Math.max(...list) + 1e-9)
        }
      }),
    )
  })

  it('has forgotten its start to one part in a million when it says it is stable', () => {
    const options = { period: 3, fast: 2, slow: 5 }
    const [stream, other] = [new Kama(options), new Kama(options)]
    for (let index = 0; index < stream.stableAfter; index++) {
      stream.next(index < 3 ? 1 : index % 2)
      other.next(index < 3 ? 0 : index % 2)
    }
    expect(Math.abs(stream.value - other.value)).toBeLessThan(1e-6)
    expect(new Kama({ slow: 1_000_000 }).stableAfter).toBeGreaterThan(1e12)
  })

  it('is named with its three lengths', () => {
    expect(new Kama()).toMatchObject({ name: 'kama(10,2,30)', warmup: 11 })
  })
})
