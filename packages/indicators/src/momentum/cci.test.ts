import { describe, expect, it } from 'vitest'
import { Cci, cci } from '../index.js'

const still = (price: number): { high: number; low: number; close: number } => ({
  high: price,
  low: price,
  close: price,
})
const flat = (close: Float64Array): Float64Array => cci({ high: close, low: close, close }, { period: 5 })

describe('cci', () => {
  it('is the distance from the mean over 0.015 mean deviations', () => {
    const stream = new Cci({ period: 3 })
    stream.next(still(10))
    stream.next(still(11))
    // Mean 12, mean deviation (2 + 1 + 3)/3 = 2.
    expect(stream.next(still(15))).toBeCloseTo(100, 12)
    // Of 11, 15, 10: mean 12, mean deviation 2.
    expect(stream.next(still(10))).toBeCloseTo(-2 / 0.03, 12)
  })

  it('takes the mean of high, low and close', () => {
    const bars = { high: Float64Array.of(12, 14), low: Float64Array.of(9, 10), close: Float64Array.of(9, 12) }
    // 10 and 12.
    expect(cci(bars, { period: 2 })[1]).toBeCloseTo(1 / 0.015, 12)
  })

  it('is exactly 0 on a series that does not move, also after one that did', () => {
    const close = new Float64Array(60).fill(0.1)
    expect(flat(close).at(-1)).toBe(0)
    for (let index = 0; index < 30; index++) close[index] = 1e9 * Math.sin(index)
    expect([...flat(close).subarray(34)].every((value) => value === 0)).toBe(true)
  })

  it.each([2 ** -26, 2 ** 16, 2 ** 40])('loses nothing at prices around %d that move in their last digits', (level) => {
    const steps = Float64Array.from({ length: 40 }, (_, index) => (index * index) % 11)
    const close = steps.map((step) => level * (1 + step * 2 ** -45))
    expect(flat(close)).toEqual(flat(steps))
  })

  it('is the same whatever a spike left behind', () => {
    const close = Float64Array.from({ length: 40 }, (_, index) => 10 + ((index * index) % 11))
    const spiked = close.slice()
    spiked[20] = 1e15
    expect(flat(spiked).slice(25)).toEqual(flat(close).slice(25))
  })

  it('has no value while a hole is in the window', () => {
    const close = Float64Array.of(1, 2, 4, 3, 5, Number.POSITIVE_INFINITY, 6, 7, 8, 6, 5)
    expect([...flat(close)].map(Number.isFinite)).toEqual([0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1].map(Boolean))
  })

  it('needs two bars at least', () => {
    expect(() => new Cci({ period: 1 })).toThrow('Option "period" of cci is "1".')
    expect(new Cci()).toMatchObject({ name: 'cci(20)', warmup: 20 })
  })
})
