import { normalQuantile } from '@astertrade/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cornishFisherApplies, cornishFisherQuantile, cornishFisherRisk } from './cornishFisher.js'
import { filteredHistoricalRisk } from './filteredHistorical.js'
import { normalDensity } from './normalRisk.js'
import { ready, studentTSample } from './tailSamples.rig.js'

const runs = { numRuns: Number(process.env.FC_NUM_RUNS ?? 100) }
const control = { numRuns: 20_000 }

/** Skewness and excess kurtosis on a grid of hundredths. */
const shapes = fc.record({
  skewness: fc.integer({ min: -300, max: 300 }).map((parts) => parts / 100),
  excessKurtosis: fc.integer({ min: -200, max: 1_000 }).map((parts) => parts / 100),
})

const rises = (shape: { skewness: number; excessKurtosis: number }, z: number): boolean => {
  return cornishFisherQuantile(z + 0.01, shape) >= cornishFisherQuantile(z, shape) - 1e-12
}
const points = fc.integer({ min: -800, max: 800 }).map((parts) => parts / 100)

describe('the Cornish-Fisher expansion', () => {
  it('is the normal quantile without skewness and kurtosis', () => {
    fc.assert(
      fc.property(points, (z) => {
        expect(cornishFisherQuantile(z, { skewness: 0, excessKurtosis: 0 })).toBe(z)
      }),
      runs,
    )
    expect(cornishFisherApplies({ skewness: 0, excessKurtosis: 0 })).toBe(true)
  })

  it('rises everywhere inside its domain', () => {
    const seen = { total: 0, inside: 0 }
    fc.assert(
      fc.property(shapes, points, (shape, z) => {
        seen.total++
        if (!cornishFisherApplies(shape)) return
        seen.inside++
        expect(rises(shape, z)).toBe(true)
      }),
      { numRuns: Math.max(500, runs.numRuns) },
    )
    expect(seen.inside / seen.total).toBeGreaterThan(0.05)
    expect(seen.inside / seen.total).toBeLessThan(0.95)
  })

  it('falls somewhere outside its domain, which a negative control finds', () => {
    const found = fc.check(
      fc.property(shapes, points, (shape, z) => cornishFisherApplies(shape) || rises(shape, z)),
      control,
    )
    expect(found.failed).toBe(true)
  })

  it('has a domain as wide as the slope allows', () => {
    fc.assert(
      fc.property(shapes, (shape) => {
        const { skewness: s, excessKurtosis: k } = shape
        const slope = (z: number): number => {
          return 1 + (z * s) / 3 + ((z * z - 1) * k) / 8 - ((6 * z * z - 5) * s * s) / 36
        }
        const near = Array.from({ length: 4_001 }, (_, i) => (i - 2_000) / 50)
        const far = Array.from({ length: 500 }, (_, i) => 10 ** (i / 100))
        const least = Math.min(...[...near, ...far, ...far.map((z) => -z)].map((z) => slope(z) / (1 + z * z)))
        if (cornishFisherApplies(shape)) expect(least).toBeGreaterThanOrEqual(-1e-12)
        // Between the points of the grid the slope may fall a little deeper.
        else expect(least).toBeLessThan(1e-4)
      }),
      runs,
    )
  })

  it('knows the edge of its domain', () => {
    expect(cornishFisherApplies({ skewness: 0, excessKurtosis: 8 })).toBe(true)
    expect(cornishFisherApplies({ skewness: 0, excessKurtosis: 8.000001 })).toBe(false)
    expect(cornishFisherApplies({ skewness: 0, excessKurtosis: -0.000001 })).toBe(false)
    expect(cornishFisherApplies({ skewness: 0.5, excessKurtosis: 0 })).toBe(false)
    // 4 (K/8 - 0.06)(1.05 - K/8) is 0.04 at K = 0.56165.
    expect(cornishFisherApplies({ skewness: 0.6, excessKurtosis: 0.5616 })).toBe(false)
    expect(cornishFisherApplies({ skewness: 0.6, excessKurtosis: 0.5617 })).toBe(true)
    expect(cornishFisherApplies({ skewness: -0.6, excessKurtosis: 0.5617 })).toBe(true)
  })

  it('has the mean of its quantile over the tail as shortfall', () => {
    const sample = mild
    const estimate = ready(cornishFisherRisk(sample, { confidencePerMille: 975 }))
    expect(estimate.method).toBe('cornishFisher')
    const sigma = Math.sqrt(mean(sample.map((value) => value * value)))
    const shape = {
      skewness: -mean(sample.map((value) => (value / sigma) ** 3)),
      excessKurtosis: mean(sample.map((value) => (value / sigma) ** 4)) - 3,
    }
    const z = normalQuantile(0.975)
    expect(estimate.valueAtRisk).toBeCloseTo(sigma * cornishFisherQuantile(z, shape), 14)
    const steps = 20_000
    const width = (12 - z) / steps
    const integral = Array.from({ length: steps }, (_, i) => z + (i + 0.5) * width)
      .map((x) => cornishFisherQuantile(x, shape) * normalDensity(x) * width)
      .reduce((sum, value) => sum + value, 0)
    expect(estimate.expectedShortfall).toBeCloseTo((sigma * integral) / 0.025, 8)
  })

  it('gives way to filtered history outside its domain, and says so', () => {
    const wild = mild.map((value, i) => (i % 40 === 0 ? 12 * value : value))
    const estimate = ready(cornishFisherRisk(wild, { horizonPeriods: 4 }))
    const filtered = ready(filteredHistoricalRisk(wild))
    expect(estimate).toMatchObject({ method: 'filteredHistorical', notes: ['OUTSIDE_DOMAIN'] })
    expect(estimate.valueAtRisk).toBeCloseTo(2 * filtered.valueAtRisk, 14)
    expect(estimate.expectedShortfall).toBeCloseTo(2 * filtered.expectedShortfall, 14)
    expect(cornishFisherRisk(wild.slice(0, 300))).toMatchObject({ kind: 'unavailable', code: 'TOO_SHORT' })
  })
})

const mild = studentTSample(20, 400).map((value) => value / 100)

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
