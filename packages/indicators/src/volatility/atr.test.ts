import { describe, expect, it } from 'vitest'
import { Atr, atr } from '../index.js'

const bars = {
  high: Float64Array.of(11, 12, 15, 13),
  low: Float64Array.of(9, 10, 12, 11),
  close: Float64Array.of(10, 11, 14, 12),
}

describe('atr', () => {
  it('averages true ranges, which reach back to the previous close', () => {
    // True ranges: none, 2, 4 (15 − 11), 3 (14 − 11).
    expect(atr(bars, { period: 2 })).toEqual(Float64Array.of(Number.NaN, Number.NaN, 3, 3))
  })

  it('counts the range of the first bar on request', () => {
    expect(atr(bars, { period: 2, firstTrueRange: 'range' })).toEqual(Float64Array.of(Number.NaN, 2, 3, 3))
    expect(new Atr({ firstTrueRange: 'range' })).toMatchObject({ name: 'atr(14,firstTrueRange=range)', warmup: 14 })
  })

  it('takes the simple mean on request', () => {
    expect(atr(bars, { period: 2, average: 'sma' })).toEqual(Float64Array.of(Number.NaN, Number.NaN, 3, 3.5))
    expect(new Atr({ average: 'sma' })).toMatchObject({ name: 'atr(14,average=sma)', warmup: 15, stableAfter: 15 })
  })

  it('measures from the last finite bar across one that is not', () => {
    const stream = new Atr({ period: 1 })
    stream.next({ high: 11, low: 9, close: 10 })
    expect(stream.next({ high: 90, low: 80, close: Number.NaN })).toBeNaN()
    expect(stream.next({ high: 15, low: 13, close: 14 })).toBe(5)
  })

  it('is 0 on a series that does not move', () => {
    const still = new Float64Array(20).fill(0.7)
    expect(atr({ high: still, low: still, close: still }).at(-1)).toBe(0)
  })
})
