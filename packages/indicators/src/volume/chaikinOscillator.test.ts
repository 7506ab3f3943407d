import { describe, expect, it } from 'vitest'
import { adLine, ChaikinOscillator, chaikinOscillator, ema } from '../index.js'

const close = Float64Array.from({ length: 60 }, (_, index) => 100 + Math.sin(index) * 5)
const bars = {
  high: close.map((value) => value + 1),
  low: close.map((value, index) => value - 1 - (index % 5) / 4),
  close,
  volume: close.map((_, index) => 50 + ((index * 7) % 13)),
}

describe('chaikinOscillator', () => {
  it.each(['sma', 'first'] as const)(
    'is the difference of two averages of the line, bit for bit, with seed %s',
    (seed) => {
      const line = adLine(bars)
      const fast = ema(line, { period: 3, seed })
      const slow = ema(line, { period: 10, seed })
      const expected = fast.map((value, index) => value - slow[index]!)
      expect(chaikinOscillator(bars, { seed })).toEqual(expected)
    },
  )

  it('is 0 on a series that does not move', () => {
    const still = new Float64Array(30).fill(0.1)
    const volume = new Float64Array(30).fill(3)
    expect(chaikinOscillator({ high: still, low: still, close: still, volume }).at(-1)).toBe(0)
  })

  it('refuses a fast average that is not the faster one', () => {
    expect(() => new ChaikinOscillator({ fast: 10, slow: 10 })).toThrowErrorMatchingInlineSnapshot(`
      [ConfigError: Option "fast" of chaikinOscillator is "10", not below slow "10".
        The fast average has the smaller period, as in { fast: 3, slow: 10 }.]
    `)
    expect(() => chaikinOscillator(bars, { fast: 11 })).toThrow(
      'Option "fast" of chaikinOscillator is "11", not below slow',
    )
  })

  it('warms up with the slow average, or at once', () => {
    expect(new ChaikinOscillator()).toMatchObject({ name: 'chaikinOscillator(3,10)', warmup: 10 })
    expect(new ChaikinOscillator({ seed: 'first' })).toMatchObject({
      name: 'chaikinOscillator(3,10,seed=first)',
      warmup: 1,
    })
  })
})
