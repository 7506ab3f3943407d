import { createRandom } from '@astertrade/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dickeyFullerCritical, ornsteinUhlenbeck } from './ornsteinUhlenbeck.js'

const numRuns = Number(process.env.FC_NUM_RUNS ?? 200)

/** An autoregressive series, and how often half of a gap is gone. */
function series(keep: number, length: number, seed: string): Float64Array {
  const random = createRandom(seed).stream('series')
  const values = new Float64Array(length)
  for (let index = 1; index < length; index++) values[index] = keep * values[index - 1]! + random.normal()
  return values
}

describe('ornsteinUhlenbeck', () => {
  it('equals a fit by hand', () => {
    // Levels 0 1 3 2 (mean 1.5), changes 1 2 -1 0 (mean 0.5): slope -4 / 5, intercept 1.7, squared residuals 5 - 0.8 * 4.
    const fit = ornsteinUhlenbeck(Float64Array.of(0, 1, 3, 2, 2))
    expect(fit.slope).toBeCloseTo(-0.8, 14)
    expect(fit.mean).toBeCloseTo(2.125, 14)
    expect(fit.noise).toBeCloseTo(Math.sqrt(1.8 / 2), 14)
    expect(fit.spread).toBeCloseTo(Math.sqrt(0.9 / (1 - 0.04)), 14)
    expect(fit.halfLife).toBeCloseTo(-Math.log(2) / Math.log(0.2), 14)
    expect(fit.dickeyFuller).toBeCloseTo(-0.8 / Math.sqrt(0.9 / 5), 14)
  })

  it('recovers a planted process from a long series', () => {
    for (const halfLife of [2, 10, 40]) {
      const keep = 0.5 ** (1 / halfLife)
      const fit = ornsteinUhlenbeck(series(keep, 100_000, `long ${halfLife}`))
      expect(fit.halfLife / halfLife).toBeGreaterThan(0.93)
      expect(fit.halfLife / halfLife).toBeLessThan(1.07)
      expect(fit.noise).toBeCloseTo(1, 1)
      expect(fit.spread).toBeCloseTo(1 / Math.sqrt(1 - keep * keep), 0)
    }
  })

  it('is biased in a short window by as much as it says', () => {
    const slope = 0.5 ** (1 / 10) - 1
    const paths = 400
    let sum = 0
    for (let path = 0; path < paths; path++) {
      sum += ornsteinUhlenbeck(series(1 + slope, 320, `short ${path}`).slice(200)).slope
    }
    expect(sum / paths - slope).toBeCloseTo(-(4 + 3 * slope) / 120, 2)
  })

  it('rejects a random walk about one time in ten', () => {
    const paths = 2_000
    let rejected = 0
    for (let path = 0; path < paths; path++) {
      const fit = ornsteinUhlenbeck(series(1, 120, `walk ${path}`))
      if (fit.dickeyFuller <= dickeyFullerCritical(119)) rejected++
    }
    expect(rejected / paths).toBeGreaterThan(0.08)
    expect(rejected / paths).toBeLessThan(0.12)
  })

  it('gives NaN for what does not revert, overshoots, stands still, or is too short', () => {
    expect(ornsteinUhlenbeck(Float64Array.of(1, 2, 4, 8, 17))).toMatchObject({
      halfLife: Number.NaN,
      spread: Number.NaN,
    })
    const overshoots = ornsteinUhlenbeck(Float64Array.of(0, 4, 2, 3, 2.5))
    expect(overshoots.slope).toBeLessThan(-1)
    expect(overshoots.halfLife).toBeNaN()
    for (const values of [[], [1], [1, 2], [5, 5, 5, 5, 5]]) {
      const fit = ornsteinUhlenbeck(Float64Array.from(values))
      expect(fit.halfLife).toBeNaN()
      expect(fit.dickeyFuller).toBeNaN()
    }
    expect(ornsteinUhlenbeck(Float64Array.of(1, Number.NaN, 2, 3, 4)).slope).toBeNaN()
  })

  it('does not depend on the unit or the zero of the price', () => {
    const arbitrary = fc.record({
      values: fc.array(fc.integer({ min: -1_000, max: 1_000 }), { minLength: 8, maxLength: 60 }),
      scale: fc.constantFrom(0.25, 1, 1_024),
      shift: fc.constantFrom(-4_096, 0, 65_536),
    })
    fc.assert(
      fc.property(arbitrary, ({ values, scale, shift }) => {
        const fit = ornsteinUhlenbeck(Float64Array.from(values))
        fc.pre(Number.isFinite(fit.dickeyFuller))
        const moved = ornsteinUhlenbeck(Float64Array.from(values, (value) => value * scale + shift))
        expect(moved.slope).toBeCloseTo(fit.slope, 8)
        expect(moved.noise / scale).toBeCloseTo(fit.noise, 5)
      }),
      { numRuns },
    )
  })
})

describe('dickeyFullerCritical', () => {
  it('gives the published values', () => {
    expect(dickeyFullerCritical(Number.POSITIVE_INFINITY)).toBeCloseTo(-2.567, 3)
    expect(dickeyFullerCritical(100)).toBeCloseTo(-2.58, 2)
    expect(dickeyFullerCritical(25)).toBeCloseTo(-2.63, 2)
  })
})
