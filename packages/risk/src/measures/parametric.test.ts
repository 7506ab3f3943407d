import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cornishFisherRisk } from './cornishFisher.js'
import { ewmaRisk } from './ewma.js'
import { normalRisk, normalTail } from './normalRisk.js'
import { fitDegrees, studentTRisk, studentTTail } from './studentTRisk.js'
import { confidences, returnsOf } from './tailArbitraries.rig.js'
import type { TailEstimate } from './tailEstimate.js'
import { ready, studentTSample } from './tailSamples.rig.js'

const runs = { numRuns: Number(process.env.FC_NUM_RUNS ?? 100) }

const parametric = { normalRisk, studentTRisk, ewmaRisk } as const
const returns = returnsOf(120, 140)

describe('parametric tails', () => {
  it('grow with volatility and with the square root of the horizon', () => {
    fc.assert(
      fc.property(
        returns,
        confidences,
        fc.integer({ min: 1, max: 10 }),
        fc.integer({ min: 2, max: 9 }),
        (sample, confidencePerMille, horizonPeriods, k) => {
          for (const estimate of Object.values(parametric)) {
            const one = estimate(sample, { confidencePerMille })
            if (one.kind === 'unavailable') continue
            const longer = ready(estimate(sample, { confidencePerMille, horizonPeriods }))
            const larger = ready(
              estimate(
                sample.map((value) => k * value),
                { confidencePerMille },
              ),
            )
            for (const figure of ['valueAtRisk', 'expectedShortfall'] as const) {
              const size = Math.abs(one[figure]) + 1e-300
              expect(Math.abs(longer[figure] - Math.sqrt(horizonPeriods) * one[figure])).toBeLessThanOrEqual(
                1e-13 * 10 * size,
              )
              expect(Math.abs(larger[figure] - k * one[figure])).toBeLessThanOrEqual(1e-13 * k * size)
            }
          }
        },
      ),
      runs,
    )
  })

  it('rise with confidence, and a shortfall is above its value at risk', () => {
    fc.assert(
      fc.property(returns, fc.integer({ min: 1, max: 998 }), (sample, confidencePerMille) => {
        for (const estimate of Object.values(parametric)) {
          const mild = estimate(sample, { confidencePerMille })
          if (mild.kind === 'unavailable') continue
          const harsh = ready(estimate(sample, { confidencePerMille: confidencePerMille + 1 }))
          expect(harsh.valueAtRisk).toBeGreaterThan(mild.valueAtRisk)
          expect(harsh.expectedShortfall).toBeGreaterThan(mild.expectedShortfall)
          expect(mild.expectedShortfall).toBeGreaterThan(mild.valueAtRisk)
        }
      }),
      runs,
    )
  })

  it('take the mean as 0 and sigma as root mean square', () => {
    const sample = Array.from({ length: 60 }, (_, i) => (i % 2 === 0 ? 0.03 : 0.01))
    const sigma = Math.sqrt(0.0005)
    expect(ready(normalRisk(sample)).valueAtRisk).toBeCloseTo(1.6448536269514722 * sigma, 14)
    expect(ready(normalRisk(sample)).expectedShortfall).toBeCloseTo(2.0627128075074257 * sigma, 14)
    expect(ready(normalRisk(sample, { confidencePerMille: 990 })).expectedShortfall).toBeCloseTo(
      2.665214220345806 * sigma,
      14,
    )
  })

  it('have the tails of the Student-t distribution that tables print', () => {
    // ν = 4, σ = √2, so that the scale is 1.
    const { valueAtRisk, expectedShortfall } = studentTTail(Math.sqrt(2), 4, 990)
    expect(valueAtRisk).toBeCloseTo(3.746947387979197, 12)
    expect(expectedShortfall).toBeCloseTo(5.220584194492224, 12)
    expect(studentTTail(1, 30, 990).expectedShortfall / studentTTail(1, 30, 950).valueAtRisk).toBeLessThan(1.75)
  })

  it('reproduce the ratio of shortfall at 99 % to value at risk at 95 % that ties 8 % to 3 %', () => {
    const ratio = (degrees: number): number =>
      studentTTail(1, degrees, 990).expectedShortfall / studentTTail(1, degrees, 950).valueAtRisk
    expect(ratio(3)).toBeCloseTo(2.98, 2)
    expect(ratio(3.5)).toBeCloseTo(2.65, 2)
    expect(ratio(4)).toBeCloseTo(2.45, 2)
    expect(normalTail(1, 990).expectedShortfall / normalTail(1, 950).valueAtRisk).toBeCloseTo(1.62, 2)
  })

  it('find the degrees of freedom of a sample that was drawn with them', () => {
    const fitted = (degrees: number): number => ready(studentTRisk(studentTSample(degrees, 5_000))).degrees
    expect(fitted(3)).toBeLessThanOrEqual(4)
    expect(Math.abs(fitted(5) - 5)).toBeLessThanOrEqual(1)
    expect(Math.abs(fitted(10) - 10)).toBeLessThanOrEqual(3)
    expect(fitted(1_000)).toBeGreaterThanOrEqual(25)
  })

  it('choose the most likely degrees of freedom of the grid', () => {
    fc.assert(
      fc.property(returnsOf(20, 60), (sample) => {
        const values = Float64Array.from(sample)
        const sigma = Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length)
        fc.pre(sigma > 0)
        const likelihood = (degrees: number): number => {
          const scale = sigma * Math.sqrt((degrees - 2) / degrees)
          return values.reduce((sum, value) => sum + Math.log(slowDensity(value / scale, degrees) / scale), 0)
        }
        const best = fitDegrees(values, sigma, new Float64Array(values.length))
        for (let degrees = 3; degrees <= 30; degrees++) {
          expect(likelihood(best)).toBeGreaterThanOrEqual(likelihood(degrees) - 1e-9)
        }
      }),
      runs,
    )
  })
})

/** The density out of textbook pieces. */
function slowDensity(x: number, degrees: number): number {
  const gamma = (a: number): number =>
    a > 1.4 ? (a - 1) * gamma(a - 1) : a === 1 ? 1 : a === 0.5 ? Math.sqrt(Math.PI) : Number.NaN
  const factor = gamma((degrees + 1) / 2) / gamma(degrees / 2) / Math.sqrt(degrees * Math.PI)
  return factor * (1 + (x * x) / degrees) ** (-(degrees + 1) / 2)
}

const mild = studentTSample(20, 400).map((value) => value / 100)

describe('parametric tails of bad data', () => {
  const needs: readonly (readonly [
    (sample: readonly number[]) => TailEstimate | { readonly kind: 'unavailable' },
    number,
  ])[] = [
    [normalRisk, 60],
    [ewmaRisk, 60],
    [studentTRisk, 120],
    [cornishFisherRisk, 250],
  ]

  it('need so many returns and not one less', () => {
    for (const [estimate, count] of needs) {
      expect(estimate(mild.slice(0, count - 1)), estimate.name).toMatchObject({
        code: 'TOO_SHORT',
        needed: `${count} returns`,
        got: `${count - 1}`,
      })
      expect(estimate(mild.slice(0, count)).kind, estimate.name).toBe('estimate')
    }
  })

  it('are unavailable without data, for returns that are no numbers or all the same, and for huge ones', () => {
    for (const [estimate] of needs) {
      expect(estimate([])).toMatchObject({ kind: 'unavailable', code: 'NO_DATA' })
      expect(estimate(Array(400).fill(0.01))).toMatchObject({ kind: 'unavailable', code: 'CONSTANT' })
      for (const bad of [Number.NaN, Number.POSITIVE_INFINITY, '1' as unknown as number]) {
        expect(estimate([...mild.slice(1), bad])).toMatchObject({ kind: 'unavailable', code: 'NOT_FINITE' })
      }
      expect(estimate(mild.map((value) => value * 1e200)), estimate.name).toMatchObject({ kind: 'unavailable' })
    }
  })

  it('refuse options that are none', () => {
    for (const estimate of [normalRisk, ewmaRisk, studentTRisk, cornishFisherRisk]) {
      for (const horizonPeriods of [0, 11, 1.5, Number.NaN]) {
        expect(() => estimate(mild, { horizonPeriods })).toThrow(expect.objectContaining({ code: 'BAD_HORIZON' }))
      }
      expect(() => estimate(mild, { horizonPeriods: 11 })).toThrow('horizonPeriods 11 is not an integer from 1 to 10.')
      expect(() => estimate(mild, { confidencePerMille: 95.5 })).toThrow(
        expect.objectContaining({ code: 'BAD_CONFIDENCE' }),
      )
      for (const list of [null, undefined, 'abc', 5] as unknown as number[][]) {
        expect(() => estimate(list)).toThrow(expect.objectContaining({ code: 'BAD_RETURNS' }))
      }
      expect(() => estimate(new Float64Array(100_001))).toThrow('A series of 100001 returns is longer than 100000.')
    }
    expect(() => normalRisk(null as unknown as number[])).toThrow('returns is of type null and not a list of numbers.')
  })
})
