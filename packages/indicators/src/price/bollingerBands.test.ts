import { describe, expect, it } from 'vitest'
import { BollingerBands, bollingerBands, stdDev } from '../index.js'

describe('bollingerBands', () => {
  it('lies k population deviations around the mean', () => {
    const stream = new BollingerBands({ period: 2, k: 2 })
    stream.next(10)
    expect(stream.next(14)).toBe(12)
    expect(stream.output('upper')).toBe(16)
    expect(stream.output('lower')).toBe(8)
    expect(bollingerBands(Float64Array.of(10, 14), { period: 2 }).upper).toEqual(Float64Array.of(Number.NaN, 16))
  })

  it('has three equal bands on a series that does not move', () => {
    const { upper, middle, lower } = bollingerBands(new Float64Array(50).fill(0.1), { period: 7 })
    for (const band of [upper, middle, lower]) expect([...new Set(band.subarray(6))]).toEqual([0.1])
  })

  it('closes exactly when a series stops moving', () => {
    const close = Float64Array.from({ length: 40 }, (_, index) => (index < 20 ? 0.1 * Math.sin(index) : 0.3))
    const { upper, lower } = bollingerBands(close, { period: 8 })
    expect([...upper.subarray(27)]).toEqual([...lower.subarray(27)])
  })

  it('is a multiple of the rolling deviation', () => {
    const close = Float64Array.of(3, 1, 4, 1, 5, 9, 2, 6)
    const { upper, middle } = bollingerBands(close, { period: 3, k: 1.5 })
    const deviation = stdDev(close, { period: 3 })
    expect(upper).toEqual(middle.map((mean, index) => mean + 1.5 * deviation[index]!))
  })

  it('is named with both parameters', () => {
    expect(new BollingerBands()).toMatchObject({ name: 'bollingerBands(20,2)', warmup: 20, stableAfter: 20 })
  })
})
