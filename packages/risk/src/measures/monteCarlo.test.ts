import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { drawSet } from './drawSet.js'
import { marketScenarios, simulatedFrom } from './marketSamples.rig.js'
import { monteCarloRisk, portfolioMonteCarlo } from './monteCarloRisk.js'
import { fitReturns } from './returnModel.js'
import { scenarioColumn } from './scenarioMatrix.js'
import { simulateReturns } from './simulateReturns.js'
import { studentTCdf, studentTTailQuantile } from './studentT.js'
import { studentTTail } from './studentTRisk.js'
import { tailMap } from './tailMap.js'
import { ready, studentTSample } from './tailSamples.rig.js'

const runs = { numRuns: Number(process.env.FC_NUM_RUNS ?? 200) }

describe('the map between two Student-t distributions', () => {
  it('keeps the probability', () => {
    const seen = { total: 0, far: 0 }
    fc.assert(
      fc.property(
        fc.integer({ min: 3, max: 30 }),
        fc.integer({ min: 3, max: 30 }),
        fc.oneof(fc.integer({ min: 0, max: 8_000 }), fc.integer({ min: 8_000, max: 63_999 })),
        (from, to, parts) => {
          const x = parts / 1_000
          const mapped = tailMap(from, to)(x)
          const exact = from === to ? x : studentTTailQuantile(studentTCdf(-x, from), to)
          expect(Math.abs(mapped - exact)).toBeLessThanOrEqual((x < 8 ? 1e-7 : 2e-5) * Math.max(1e-3, exact))
          seen.total++
          if (x >= 8) seen.far++
        },
      ),
      { numRuns: Math.min(100, runs.numRuns) },
    )
    expect(seen.far / seen.total).toBeGreaterThan(0.1)
  })

  it('is odd, rises, and is exact beyond its table', () => {
    const map = tailMap(4, 7)
    expect(map(0)).toBe(0)
    for (const x of [0.01, 1, 5.5, 9.9, 63.99, 64, 1_000]) expect(map(-x)).toBe(-map(x))
    expect(map(64)).toBe(studentTTailQuantile(studentTCdf(-64, 4), 7))
    let before = Number.NEGATIVE_INFINITY
    for (let x = -70; x <= 70; x += 0.0137) {
      expect(map(x)).toBeGreaterThan(before)
      before = map(x)
    }
    expect(tailMap(5, 5)(1.25)).toBe(1.25)
  })
})

describe('the draws of a simulation', () => {
  it('are those of the stream valueAtRisk, and more assets change none of the first', () => {
    const [few, many] = [drawSet({ seed: 7, assets: 2, draws: 1_000 }), drawSet({ seed: 7, assets: 3, draws: 1_000 })]
    expect(many.normals.subarray(0, 2_000)).toEqual(few.normals)
    expect(few.mixing(5)).toEqual(many.mixing(5))
    expect(drawSet({ seed: 8, assets: 1, draws: 1_000 }).normals[0]).not.toBe(few.normals[0])
  })

  it('mix with a chi-square variable of the right mean and variance', () => {
    const draws = drawSet({ seed: 1, assets: 1 })
    for (const degrees of [3, 4, 11, 30]) {
      const chiSquares = [...draws.mixing(degrees)].map((value) => degrees / (value * value))
      const mean = chiSquares.reduce((sum, value) => sum + value, 0) / chiSquares.length
      const variance = chiSquares.reduce((sum, value) => sum + (value - mean) ** 2, 0) / chiSquares.length
      expect(Math.abs(mean / degrees - 1), String(degrees)).toBeLessThan(0.03)
      expect(Math.abs(variance / (2 * degrees) - 1), String(degrees)).toBeLessThan(0.1)
    }
    expect(draws.mixing(4)).toBe(draws.mixing(4))
    expect(draws.carry(4, 5)).toBe(draws.carry(4, 5))
  })

  it('are refused in numbers that make no simulation', () => {
    for (const options of [
      { assets: 0 },
      { assets: 1.5 },
      { assets: 501 },
      { assets: 1, draws: 980 },
      { assets: 1, draws: 1_010 },
      { assets: 1, draws: 1_000_020 },
      { assets: 500, draws: 100_000 },
      { assets: Number.NaN },
    ]) {
      expect(() => drawSet({ seed: 1, ...options })).toThrow(expect.objectContaining({ code: 'BAD_DRAWS' }))
    }
    expect(() => drawSet({ seed: 1, assets: 1, draws: 10 })).toThrow('No simulation of "10" draws of "1" assets.')
    expect(() => drawSet({ seed: Number.NaN, assets: 1 })).toThrow(expect.objectContaining({ code: 'BAD_SEED' }))
  })
})

describe('the model of returns', () => {
  it('finds heavy margins, correlation and extremes that come together', () => {
    const scenarios = marketScenarios(4, 1_500)
    const model = ready(fitReturns(scenarios))
    for (const degrees of model.degrees) expect(Math.abs(degrees - 4)).toBeLessThanOrEqual(2)
    expect(Math.abs(model.copulaDegrees - 4)).toBeLessThanOrEqual(1)
    // Correlation is 0.36 by construction; shrinkage takes a little off.
    expect(model.factor.values[4]).toBeGreaterThan(0.25)
    expect(model.factor.values[4]).toBeLessThan(0.42)
    expect(model.sigmas[3]! / model.sigmas[0]!).toBeCloseTo(1.75, 0)
  })

  it('finds the same dependence whatever the volatility of an instrument', () => {
    const scenarios = marketScenarios(3, 400)
    const calm = { ...scenarios, values: scenarios.values.map((value, i) => (i < 400 ? value / 1_000 : value)) }
    const [before, after] = [scenarios, calm].map((from) => ready(fitReturns(from)))
    expect(after!.copulaDegrees).toBe(before!.copulaDegrees)
    for (const [i, value] of before!.factor.values.entries()) expect(after!.factor.values[i]).toBeCloseTo(value, 10)
    expect(after!.sigmas[0]! / before!.sigmas[0]!).toBeCloseTo(0.001, 12)
  })

  it('gives an instrument that never moves no return', () => {
    const scenarios = marketScenarios(2, 200)
    const still = { ...scenarios, values: scenarios.values.map((value, i) => (i < 200 ? 0 : value)) }
    const simulated = simulatedFrom(still)
    expect(scenarioColumn(simulated, 0).every((value) => value === 0)).toBe(true)
    expect(scenarioColumn(simulated, 1).some((value) => value !== 0)).toBe(true)
  })

  it('is unavailable for too few days, no movement, and squares beyond doubles', () => {
    const scenarios = marketScenarios(2, 120)
    expect(ready(fitReturns(scenarios)).kind).toBe('model')
    expect(fitReturns(marketScenarios(2, 119))).toMatchObject({ code: 'TOO_SHORT', needed: '120 periods' })
    expect(fitReturns({ ...scenarios, values: scenarios.values.map(() => 0) })).toMatchObject({ code: 'CONSTANT' })
    expect(fitReturns({ ...scenarios, values: scenarios.values.map((value) => value * 1e200) })).toMatchObject({
      code: 'NOT_FINITE',
    })
  })
})

describe('Monte Carlo value at risk', () => {
  it('of one series is that of the fitted distribution, within its standard error', () => {
    const returns = studentTSample(4, 800).map((value) => value / 40)
    const sigma = Math.sqrt(returns.reduce((sum, value) => sum + value * value, 0) / returns.length)
    for (const confidencePerMille of [950, 990]) {
      const estimate = ready(monteCarloRisk(returns, { seed: 1, confidencePerMille, draws: 100_000 }))
      const { degrees } = ready(
        fitReturns({ ...marketScenarios(1, 800), values: Float64Array.from(returns) }),
      ) as unknown as { degrees: Float64Array }
      const exact = studentTTail(sigma, degrees[0]!, confidencePerMille)
      const { standardError } = estimate
      expect(standardError.valueAtRisk).toBeGreaterThan(0)
      expect(Math.abs(estimate.valueAtRisk - exact.valueAtRisk)).toBeLessThan(4 * standardError.valueAtRisk)
      expect(Math.abs(estimate.expectedShortfall - exact.expectedShortfall)).toBeLessThan(
        4 * standardError.expectedShortfall,
      )
      expect(estimate).toMatchObject({ method: 'monteCarlo', observations: 800 })
    }
  })

  it('is the same to the last bit for the same seed, and near for another', () => {
    const returns = studentTSample(5, 300)
    const [one, again, other] = [1, 1, 2].map((seed) => ready(monteCarloRisk(returns, { seed })))
    expect(again).toEqual(one)
    expect(other!.valueAtRisk).not.toBe(one!.valueAtRisk)
    expect(Math.abs(other!.valueAtRisk - one!.valueAtRisk)).toBeLessThan(6 * one!.standardError.valueAtRisk)
  })

  it('has a standard error that tells how far seeds lie apart', () => {
    const returns = studentTSample(5, 300)
    const estimates = Array.from({ length: 30 }, (_, seed) => ready(monteCarloRisk(returns, { seed, draws: 2_000 })))
    const values = estimates.map(({ valueAtRisk }) => valueAtRisk)
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length
    const spread = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1))
    const shown = estimates.reduce((sum, { standardError }) => sum + standardError.valueAtRisk, 0) / estimates.length
    expect(shown / spread).toBeGreaterThan(0.5)
    expect(shown / spread).toBeLessThan(2)
  })

  it('of a portfolio is below the sum of its parts, above that of a hedge, and scales', () => {
    const simulated = simulatedFrom(marketScenarios(3, 600), 10_000)
    const risk = (exposures: Record<string, number>): number => {
      return ready(portfolioMonteCarlo(simulated, exposures, { confidencePerMille: 990 })).expectedShortfall
    }
    const [a, b] = [risk({ I0: 100 }), risk({ I1: 100 })]
    expect(risk({ I0: 100, I1: 100 })).toBeLessThan(a + b)
    expect(risk({ I0: 100, I1: -100 })).toBeLessThan(risk({ I0: 100, I1: 100 }))
    expect(risk({ I0: 200, I1: 200 })).toBeCloseTo(2 * risk({ I0: 100, I1: 100 }), 10)
    expect(risk({})).toBe(0)
    expect(portfolioMonteCarlo(simulated, { SOL: 1 })).toMatchObject({ kind: 'unavailable', code: 'NO_HISTORY' })
  })

  it('shows what a wrong correlation would hide: simulated returns move together as the past did', () => {
    const scenarios = marketScenarios(2, 1_500)
    const simulated = simulatedFrom(scenarios, 20_000)
    const correlation = (source: typeof scenarios): number => {
      const [x, y] = [scenarioColumn(source, 0), scenarioColumn(source, 1)]
      const sum = (f: (i: number) => number): number => x.reduce((total, _, i) => total + f(i), 0)
      return sum((i) => x[i]! * y[i]!) / Math.sqrt(sum((i) => x[i]! ** 2) * sum((i) => y[i]! ** 2))
    }
    expect(Math.abs(correlation(simulated) - correlation(scenarios))).toBeLessThan(0.06)
  })

  it('is unavailable for data that say nothing, and refuses misuse', () => {
    expect(monteCarloRisk([], { seed: 1 })).toMatchObject({ code: 'NO_DATA' })
    expect(monteCarloRisk(studentTSample(5, 119), { seed: 1 })).toMatchObject({ code: 'TOO_SHORT' })
    expect(monteCarloRisk(Array(200).fill(1), { seed: 1 })).toMatchObject({ code: 'CONSTANT' })
    expect(monteCarloRisk([...studentTSample(5, 200), Number.NaN], { seed: 1 })).toMatchObject({ code: 'NOT_FINITE' })
    expect(
      monteCarloRisk(
        studentTSample(5, 200).map((value) => value * 1e200),
        { seed: 1 },
      ),
    ).toMatchObject({ code: 'NOT_FINITE' })
    expect(() => monteCarloRisk([], { seed: 1, draws: 5 })).toThrow(expect.objectContaining({ code: 'BAD_DRAWS' }))
    expect(() => monteCarloRisk([], { seed: 1, confidencePerMille: 5_000 })).toThrow(
      expect.objectContaining({ code: 'BAD_CONFIDENCE' }),
    )
    const model = ready(fitReturns(marketScenarios(2, 200)))
    expect(() => simulateReturns(model, drawSet({ seed: 1, assets: 1, draws: 1_000 }))).toThrow(
      'Draws for 1 assets are too few for 2 instruments.',
    )
  })
})
