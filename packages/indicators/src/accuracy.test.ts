import { describe, expect, it } from 'vitest'
import { atr, bollingerBands, ema, obv, sma, stdDev, vwap, wma } from './index.js'
import { compensatedSum, twoPassSquares } from './testing/compensated.js'

/** A random walk whose steps are a share of its level. */
function walk(level: number, volatility: number, length: number): Float64Array {
  let state = 99
  let price = level
  return Float64Array.from({ length }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    price += level * volatility * (state / 2 ** 32 - 0.5)
    return price
  })
}

const period = 20

/** The deviation of the window that ends at an index, in two passes. */
function deviationAt(close: Float64Array, index: number): number {
  return Math.sqrt(twoPassSquares([...close.subarray(index - period + 1, index + 1)]) / period)
}

/** The usual formula with running sums of x and x². */
function naiveDeviations(close: Float64Array): number[] {
  let sum = 0
  let square = 0
  return [...close].map((input, index) => {
    const old = index < period ? 0 : close[index - period]!
    sum += input - old
    square += input * input - old * old
    return Math.sqrt(Math.max(0, square / period - (sum / period) ** 2))
  })
}

function errorMax(close: Float64Array, deviations: ArrayLike<number>, from = period): number {
  let worst = 0
  for (let index = from; index < close.length; index++) {
    const exact = deviationAt(close, index)
    worst = Math.max(worst, Math.abs(deviations[index]! - exact) / exact)
  }
  return worst
}

describe('deviations and bands', () => {
  it.each([
    ['prices of 1.5e-5 that move by 2e-3', 1.5e-5, 2e-3],
    ['prices of 6e4 that move by 1e-6', 6e4, 1e-6],
    ['prices of 1e12 that move by 1e-9', 1e12, 1e-9],
  ])('keep 11 digits at %s', (_, level, volatility) => {
    const close = walk(level, volatility, 3000)
    expect(errorMax(close, stdDev(close))).toBeLessThan(1e-11)
    const { upper, lower } = bollingerBands(close)
    for (let index = period; index < close.length; index++) {
      const width = 4 * deviationAt(close, index)
      expect(Math.abs(upper[index]! - lower[index]! - width)).toBeLessThan(1e-11 * width + 4e-16 * upper[index]!)
    }
  })

  it('would lose them with running sums of x and x²', () => {
    const close = walk(6e4, 1e-6, 3000)
    expect(errorMax(close, naiveDeviations(close))).toBeGreaterThan(0.05)
  })

  it('are right on every bar after a price a billion times too high', () => {
    const close = walk(100, 1e-3, 2000)
    close[1005] = 1e11
    expect(errorMax(close, stdDev(close))).toBeLessThan(1e-11)
  })
})

describe('a mean after a thousand bars at a billion times the price', () => {
  const close = walk(100, 1e-3, 1_002_000)
  for (let index = 1000; index < 2000; index++) close[index]! *= 1e9
  const last = close.length - 1
  let exact = 0
  for (let index = last - period + 1; index <= last; index++) exact += close[index]!
  exact /= period

  it('is exact to the last bits a million bars later', () => {
    expect(Math.abs(sma(close)[last]! - exact) / exact).toBeLessThan(1e-14)
  })

  it('would carry the error of a plain running sum for ever', () => {
    let sum = 0
    for (const [index, input] of close.entries()) sum += input - (close[index - period] ?? 0)
    expect(Math.abs(sum / period - exact) / exact).toBeGreaterThan(1e-9)
  })
})

describe('the last value of a million bars', () => {
  const length = 1_000_000
  const close = walk(100, 1e-3, length)
  const high = close.map((price, index) => price + 0.013 * (index % 7))
  const low = close.map((price, index) => price - 0.017 * (index % 5))
  const volume = Float64Array.from({ length }, (_, index) => 0.1 * ((index * 7919) % 1009))
  const bars = { high, low, close, volume }
  const last = length - 1
  const distance = (actual: number, exact: number): number => Math.abs(actual - exact) / Math.abs(exact)
  /** A weighted mean of the last 3,000 items; older ones weigh less than a rounding. */
  const weighted = (items: Float64Array, alpha: number): number => {
    const recent = [...items.subarray(-3000)].reverse()
    return compensatedSum(recent.map((item, age) => alpha * (1 - alpha) ** age * item))
  }

  it('is exact for averages with weights', () => {
    expect(distance(ema(close)[last]!, weighted(close, 2 / 21))).toBeLessThan(1e-14)
    const recent = [...close.subarray(-20)]
    const exact = compensatedSum(recent.map((price, index) => (price * (index + 1)) / 210))
    expect(distance(wma(close)[last]!, exact)).toBeLessThan(1e-13)
  })

  it('is exact for the average true range', () => {
    const ranges = close.map((_, index) => {
      const before = index === 0 ? Number.NaN : close[index - 1]!
      return Math.max(high[index]!, before) - Math.min(low[index]!, before)
    })
    expect(distance(atr(bars)[last]!, weighted(ranges, 1 / 14))).toBeLessThan(1e-13)
  })

  it('is exact for the volume-weighted average of one session, and for on-balance volume', () => {
    const time = Float64Array.from({ length }, (_, index) => index + 1)
    const turnover = compensatedSum([...close].map((price, index) => price * volume[index]!))
    const anchored = vwap({ ...bars, time }, { anchor: 86_400_000, source: 'close' })
    expect(distance(anchored[last]!, turnover / compensatedSum([...volume]))).toBeLessThan(1e-14)
    const flows = [...volume].map((item, index) => {
      const sign = index === 0 ? 1 : Math.sign(close[index]! - close[index - 1]!)
      return sign * item
    })
    expect(distance(obv(bars)[last]!, compensatedSum(flows))).toBeLessThan(1e-14)
    const plain = flows.reduce((sum, flow) => sum + flow)
    expect(distance(plain, compensatedSum(flows))).toBeGreaterThan(1e-14)
  })
})
