import { describe, expect, it } from 'vitest'
import { atr, Supertrend, supertrend } from '../index.js'

const none = Number.NaN
const options = { period: 1, k: 1 }

/** Bars of height 2 around the closes. */
function around(closes: readonly number[]) {
  const close = Float64Array.from(closes)
  return { high: close.map((price) => price + 1), low: close.map((price) => price - 1), close }
}

describe('supertrend', () => {
  it('tightens until a close crosses it', () => {
    // True ranges 3, 2, 5, 2. Lower bands 9 and 11; 8 closes below 11: the upper band is 8 + 5 = 13, then 8 + 2 = 10.
    const bars = around([10, 12, 12.5, 8, 8])
    const { line, direction } = supertrend(bars, options)
    expect(atr(bars, { period: 1 })).toEqual(Float64Array.of(none, 3, 2, 5.5, 2))
    expect(line).toEqual(Float64Array.of(none, 9, 10.5, 13.5, 10))
    expect(direction).toEqual(Float64Array.of(none, 1, 1, -1, -1))
    const stream = new Supertrend(options)
    const values = [...bars.close].map((close, index) =>
      stream.next({ high: bars.high[index]!, low: bars.low[index]!, close }),
    )
    expect(values).toEqual([...line])
    expect(stream.output('direction')).toBe(-1)
  })

  it('does not turn at a close on its line', () => {
    const { line, direction } = supertrend(around([10, 12, 9]), options)
    expect([line[2], direction[2]]).toEqual([9, 1])
  })

  it('starts down if the first close with a range is below the middle of its bar', () => {
    const bars = { high: Float64Array.of(11, 14), low: Float64Array.of(9, 10), close: Float64Array.of(10, 11.5) }
    expect(supertrend(bars, options).direction[1]).toBe(-1)
    expect(supertrend({ ...bars, close: Float64Array.of(10, 12) }, options).direction[1]).toBe(1)
  })

  it('counts the range of the first bar on request', () => {
    expect(supertrend(around([10]), { ...options, firstTrueRange: 'range' }).line[0]).toBe(8)
    expect(new Supertrend({ firstTrueRange: 'range' })).toMatchObject({
      name: 'supertrend(10,3,firstTrueRange=range)',
      warmup: 10,
    })
  })

  it('passes over a bar that is not finite', () => {
    const bars = around([10, 12, 12.5, 8, 8])
    const holed = around([10, 12, none, 12.5, 8, 8])
    const without = supertrend(holed, options).line.filter((_, index) => index !== 2)
    expect(without).toEqual(supertrend(bars, options).line)
  })

  it('lies at the price and points up on a series that does not move', () => {
    const still = new Float64Array(30).fill(0.7)
    const { line, direction } = supertrend({ high: still, low: still, close: still })
    expect([line.at(-1), direction.at(-1)]).toEqual([0.7, 1])
  })

  it('gives no value where a band is beyond the largest double', () => {
    const huge = {
      high: Float64Array.of(1, 1.7e308),
      low: Float64Array.of(0, 1.6e308),
      close: Float64Array.of(1, 1.7e308),
    }
    expect(supertrend(huge, { period: 1, k: 1000 }).line[1]).toBeNaN()
  })

  it('is named with its period and distance', () => {
    expect(new Supertrend()).toMatchObject({ name: 'supertrend(10,3)', warmup: 11 })
  })
})
