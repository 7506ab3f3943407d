import { describe, expect, it } from 'vitest'
import { trendConfidence } from './trendConfidence.js'

describe('trendConfidence', () => {
  it('claims nothing at no strength and an ADX of 20, and 55 % at 0.8 and 30', () => {
    expect(trendConfidence(0, 20)).toBe(0)
    expect((1 + trendConfidence(0.8, 30)) / 2).toBeCloseTo(0.55, 2)
  })

  it('rises with both, and stays small', () => {
    expect(trendConfidence(0.9, 30)).toBeGreaterThan(trendConfidence(0.8, 30))
    expect(trendConfidence(0.8, 40)).toBeGreaterThan(trendConfidence(0.8, 30))
    expect(trendConfidence(1, 100)).toBe(trendConfidence(1, 60))
    expect(trendConfidence(1, 100)).toBeLessThan(0.2)
    expect(trendConfidence(0.5, 0)).toBe(trendConfidence(0.5, 20))
  })
})
