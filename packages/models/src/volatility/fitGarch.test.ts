import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fitGarch, type GarchFit } from './fitGarch.js'
import { garchLikelihood, garchWidth } from './garchLikelihood.js'
import { garchVector } from './garchTransform.js'
import type { FitGarchOptions } from './searchGarch.js'
import { simulateGarch } from './simulateGarch.rig.js'

const numRuns = Math.max(5, Math.round(Number(process.env.FC_NUM_RUNS ?? 20) / 4))
const daily = { mean: 0.0005, omega: 2e-6, alpha: 0.08, gamma: 0, beta: 0.9 }
const skewed = { mean: 0.0005, omega: 2e-6, alpha: 0.03, gamma: 0.12, beta: 0.88 }

function fitted(returns: Float64Array, options?: FitGarchOptions): GarchFit {
  const fit = fitGarch(returns, options)
  if (fit.kind === 'unavailable') throw new Error(fit.code)
  return fit
}

/** Share of simulated paths whose 95 % interval holds the true value, of each parameter. */
function coverage(paths: number, length: number): Record<'mean' | 'omega' | 'alpha' | 'beta', number> {
  const hits = { mean: 0, omega: 0, alpha: 0, beta: 0 }
  for (let path = 0; path < paths; path++) {
    const fit = fitted(simulateGarch(daily, length, `path ${path}`))
    for (const name of ['mean', 'omega', 'alpha', 'beta'] as const) {
      if (Math.abs(fit[name] - daily[name]) <= 1.96 * fit.standardErrors[name]!) hits[name] += 1 / paths
    }
  }
  return hits
}

describe('fitGarch', () => {
  it('reaches the optimum: the gradient is 0 and all searches end at the same likelihood', () => {
    const returns = simulateGarch(daily, 1_974, 1)
    const fit = fitted(returns)
    expect(fit.steepness).toBeLessThan(1e-8)
    for (const search of fit.searches) expect(Math.abs(search / fit.logLikelihood - 1)).toBeLessThan(1e-9)
    const scale = 100
    const gradient = new Float64Array(garchWidth)
    const percent = { ...fit, mean: fit.mean * scale, omega: fit.omega * scale * scale }
    garchLikelihood(
      returns.map((r) => r * scale),
      garchVector(percent),
      gradient,
    )
    const [mean, omega, up, down, beta] = gradient
    for (const slope of [mean!, omega!, up! + down!, beta!]) expect(Math.abs(slope)).toBeLessThan(1e-6)
  })

  it('finds no better likelihood anywhere near', () => {
    const returns = simulateGarch(daily, 1_500, 2)
    const fit = fitted(returns)
    const lossAt = (change: Partial<typeof daily>): number =>
      garchLikelihood(returns, garchVector({ ...fit, ...change }), new Float64Array(garchWidth)).loss
    const best = lossAt({})
    for (const step of [0.999, 1.001]) {
      expect(lossAt({ omega: fit.omega * step })).toBeGreaterThan(best)
      expect(lossAt({ alpha: fit.alpha * step })).toBeGreaterThan(best)
      expect(lossAt({ beta: fit.beta * step })).toBeGreaterThan(best)
      expect(lossAt({ mean: fit.mean * step })).toBeGreaterThan(best)
    }
  })

  it('recovers what was simulated within its standard errors', () => {
    const fit = fitted(simulateGarch(daily, 20_000, 3))
    for (const name of ['mean', 'omega', 'alpha', 'beta'] as const) {
      expect(Math.abs(fit[name] - daily[name]), name).toBeLessThan(3 * fit.standardErrors[name]!)
      expect(fit.robustErrors[name]! / fit.standardErrors[name]!, name).toBeGreaterThan(0.7)
      expect(fit.robustErrors[name]! / fit.standardErrors[name]!, name).toBeLessThan(1.4)
    }
    expect(fit.persistence).toBeCloseTo(fit.alpha + fit.beta, 12)
    expect(fit.longRunVariance).toBeCloseTo(fit.omega / (1 - fit.persistence), 12)
  })

  it('recovers the reaction to falls', () => {
    const returns = simulateGarch(skewed, 20_000, 4)
    const fit = fitted(returns, { kind: 'gjr' })
    for (const name of ['alpha', 'gamma', 'beta', 'omega'] as const) {
      expect(Math.abs(fit[name] - skewed[name]), name).toBeLessThan(3 * fit.standardErrors[name]!)
    }
    expect(fit.logLikelihood).toBeGreaterThan(fitted(returns).logLikelihood + 50)
  })

  it('covers the truth with its intervals about as often as they promise', () => {
    const hits = coverage(40, 3_000)
    for (const share of Object.values(hits)) expect(share).toBeGreaterThan(0.8)
  })

  it.runIf(process.env.ASTER_LONG === '1')(
    'covers the truth in 92 to 98 % of 500 paths of 5000 returns',
    () => {
      for (const [name, share] of Object.entries(coverage(500, 5_000))) {
        expect(share, name).toBeGreaterThanOrEqual(0.92)
        expect(share, name).toBeLessThanOrEqual(0.98)
      }
    },
    300_000,
  )

  it('does not depend on the unit of the returns', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000 }), fc.constantFrom(1, 100, 10_000), (seed, unit) => {
        const returns = simulateGarch(daily, 600, seed)
        const [fit, other] = [fitGarch(returns), fitGarch(returns.map((r) => r * unit))]
        expect(other.kind).toBe(fit.kind)
        if (fit.kind === 'unavailable' || other.kind === 'unavailable') return
        expect(other.beta).toBeCloseTo(fit.beta, 4)
        expect(other.alpha).toBeCloseTo(fit.alpha, 4)
        expect(other.omega / unit / unit / fit.omega).toBeCloseTo(1, 2)
      }),
      { numRuns },
    )
  })

  it('starts from an earlier fit to the same end', () => {
    const returns = simulateGarch(daily, 2_000, 5)
    const cold = fitted(returns)
    const warm = fitted(returns, { start: cold })
    expect(warm.beta).toBeCloseTo(cold.beta, 6)
    expect(warm.searches.length).toBeLessThan(cold.searches.length)
  })

  it('gives no model where there is none to give', () => {
    const noise = simulateGarch({ ...daily, alpha: 0, beta: 0 }, 5_000, 6)
    expect(fitGarch(noise.slice(0, 50))).toEqual({ kind: 'unavailable', code: 'TOO_FEW_RETURNS' })
    expect(fitGarch(new Float64Array(500))).toEqual({ kind: 'unavailable', code: 'CONSTANT' })
    const outlier = new Float64Array(500)
    outlier[250] = 0.3
    expect(fitGarch(outlier)).toEqual({ kind: 'unavailable', code: 'CONSTANT' })
    const codes = [1, 2, 3, 4, 5, 6].map((seed) => {
      const fit = fitGarch(simulateGarch({ ...daily, alpha: 0, beta: 0 }, 2_000, `noise ${seed}`))
      return fit.kind === 'unavailable' ? fit.code : fit.alpha < 0.05
    })
    expect(codes.every((code) => code === true || code === 'NO_CLUSTERING')).toBe(true)
    expect(codes).toContain('NO_CLUSTERING')
  })

  it('gives no number that is not finite, whatever the returns', () => {
    const returnsOf = fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 100, maxLength: 200 })
    fc.assert(
      fc.property(returnsOf, fc.constantFrom('garch' as const, 'gjr' as const), (values, kind) => {
        const fit = fitGarch(
          Float64Array.from(values, (value) => value / 1_000),
          { kind },
        )
        if (fit.kind === 'unavailable') return
        const { mean, omega, alpha, gamma, beta, nextVariance, longRunVariance, persistence } = fit
        for (const value of [mean, omega, alpha, gamma, beta, nextVariance, longRunVariance]) {
          expect(value).toSatisfy(Number.isFinite)
        }
        expect(omega).toBeGreaterThan(0)
        expect(nextVariance).toBeGreaterThan(0)
        expect(Math.min(alpha, alpha + gamma, beta)).toBeGreaterThanOrEqual(0)
        expect(persistence).toBeLessThanOrEqual(1)
      }),
      { numRuns },
    )
  })

  it('refuses a return that is no number', () => {
    const bad = Float64Array.of(0.01, Number.NaN)
    expect(() => fitGarch(bad)).toThrow('Return 1 is "NaN", no number.')
  })

  it.each([
    [{ kind: 'egarch' as 'gjr' }, 'No fit of kind "egarch" in "200" steps.'],
    [{ iterationsMax: 0 }, 'No fit of kind "garch" in "0" steps.'],
    [{ start: { ...daily, beta: 0.95 } }, 'A search cannot begin at {"mean":0.0005,"omega":0.000002,"alpha":0.08'],
  ] satisfies [FitGarchOptions, string][])('refuses %o', (options, message) => {
    const run = () => fitGarch(simulateGarch(daily, 200, 1), options)
    expect(run).toThrow(message)
    expect(run).toThrow(expect.objectContaining({ code: 'BAD_PARAMETER' }))
  })
})
