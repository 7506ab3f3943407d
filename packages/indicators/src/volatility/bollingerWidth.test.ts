import { describe, expect, it } from 'vitest'
import { BollingerWidth, bollingerBands, bollingerWidth } from '../index.js'
import { twoPassMean, twoPassSquares } from '../testing/compensated.js'

const none = Number.NaN

/** A random walk whose steps are a share of its level. */
function walk(level: number, volatility: number): Float64Array {
  let state = 3
  let price = level
  return Float64Array.from({ length: 500 }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    price += level * volatility * (state / 2 ** 32 - 0.5)
    return price
  })
}

describe('bollingerWidth', () => {
  it('is the distance of the bands in percent of the mean', () => {
    const close = Float64Array.of(10, 14, 14, 2)
    const width = bollingerWidth(close, { period: 2, k: 2 })
    expect(width).toEqual(Float64Array.of(none, 400 * (2 / 12), 0, 300))
    const { upper, middle, lower } = bollingerBands(close, { period: 2, k: 2 })
    for (const index of [1, 2, 3]) {
      expect(width[index]).toBeCloseTo((100 * (upper[index]! - lower[index]!)) / middle[index]!, 10)
    }
    const stream = new BollingerWidth({ period: 2, k: 2 })
    expect([...close].map((input) => stream.next(input))).toEqual([...width])
  })

  it.each([
    ['prices of 1e-6 that move by 2e-3', 1e-6, 2e-3],
    ['prices of 6e4 that move by 1e-6', 6e4, 1e-6],
  ])('keeps 11 digits at %s, where a difference of the bands may lose them', (_, level, volatility) => {
    const close = walk(level, volatility)
    for (const [index, width] of bollingerWidth(close).entries()) {
      if (index < 19) continue
      const window = [...close.subarray(index - 19, index + 1)]
      const exact = (400 * Math.sqrt(twoPassSquares(window) / 20)) / twoPassMean(window)
      expect(Math.abs(width - exact)).toBeLessThan(1e-11 * exact)
    }
  })

  it('is exactly 0 where nothing moves and around a mean of 0', () => {
    expect(bollingerWidth(new Float64Array(40).fill(0.1)).at(-1)).toBe(0)
    expect(bollingerWidth(Float64Array.of(-1, 1), { period: 2 })).toEqual(Float64Array.of(none, 0))
  })

  it('gives no value beyond the largest double', () => {
    const close = Float64Array.of(1e-305, 1e-305, 1e-305, 1, -1)
    expect(bollingerWidth(close, { period: 3, k: 1000 })[4]).toBeNaN()
  })

  it('is named with both parameters', () => {
    expect(new BollingerWidth()).toMatchObject({ name: 'bollingerWidth(20,2)', warmup: 20, stableAfter: 20 })
  })
})
