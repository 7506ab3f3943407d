import { describe, expect, it } from 'vitest'
import { plantedBars } from './plantedBars.js'

const changes = (closes: readonly number[]): number[] => closes.slice(1).map((close, index) => close - closes[index]!)
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length
const deviation = (values: readonly number[]): number =>
  Math.sqrt(mean(values.map((value) => (value - mean(values)) ** 2)))

describe('plantedBars', () => {
  it('plants the drift and the deviation of a walk', () => {
    const bars = plantedBars({ plant: { kind: 'walk', drift: 1, sigma: 10 }, length: 20_000, seed: 1 })
    const moves = changes(bars.map(({ close }) => close))
    expect(mean(moves)).toBeCloseTo(1, 0)
    expect(deviation(moves)).toBeCloseTo(10, 0)
  })

  it('plants a level and a half-life', () => {
    const bars = plantedBars({ plant: { kind: 'meanReverting', halfLife: 5, sigma: 10 }, length: 50_000, seed: 1 })
    const gaps = bars.map(({ close }) => close - 10_000)
    const kept = mean(gaps.slice(5).map((gap, index) => gap * gaps[index]!)) / mean(gaps.map((gap) => gap * gap))
    expect(kept).toBeCloseTo(0.5, 1)
    expect(Math.abs(mean(gaps))).toBeLessThan(2)
  })

  it('makes sound bars, each opening where the last one closed, equal for an equal seed', () => {
    const options = { plant: { kind: 'walk', drift: 0, sigma: 10 }, length: 50, seed: 'a', interval: 60_000 } as const
    const bars = plantedBars(options)
    expect(bars).toEqual(plantedBars(options))
    expect(bars).not.toEqual(plantedBars({ ...options, seed: 'b' }))
    expect(bars.map(({ time }) => time)).toEqual(Array.from({ length: 50 }, (_, index) => (index + 1) * 60_000))
    for (const [index, { open, high, low, close }] of bars.entries()) {
      expect(low).toBeLessThanOrEqual(Math.min(open, close))
      expect(high).toBeGreaterThanOrEqual(Math.max(open, close))
      if (index > 0) expect(open).toBe(bars[index - 1]!.close)
    }
  })
})
