import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { portfolioCovariance } from '../portfolio/portfolioCovariance.js'
import { marketScenarios } from './marketSamples.rig.js'
import { normalContributions } from './normalContributions.js'
import { type Exposures, portfolioLosses } from './portfolioLosses.js'
import type { RiskContributions } from './riskContributions.js'
import { riskContributions } from './riskContributions.js'
import { sampleTail, type Tail } from './sampleTail.js'
import { squareMatrix } from './squareMatrix.js'
import { confidences } from './tailArbitraries.rig.js'
import { ready } from './tailSamples.rig.js'

const runs = { numRuns: Number(process.env.FC_NUM_RUNS ?? 60) }
const scenarios = marketScenarios(3, 300)
const { instruments } = scenarios
const { covariance } = ready(portfolioCovariance(scenarios))
const value = fc.integer({ min: -1_000, max: 1_000 })
const holdings = fc.tuple(value, value, value).map(([I0, I1, I2]) => ({ I0, I1, I2 }))
const figures = ['valueAtRisk', 'expectedShortfall'] as const

type Split = (exposures: Record<string, number>, confidencePerMille: number) => RiskContributions
const methods: Readonly<Record<string, Split>> = {
  scenarios: (exposures, confidencePerMille) => ready(riskContributions(scenarios, exposures, { confidencePerMille })),
  normal: (exposures, confidencePerMille) => {
    return ready(normalContributions({ instruments, covariance, exposures, confidencePerMille }))
  },
}

describe('the shares of risk', () => {
  for (const [name, split] of Object.entries(methods)) {
    it(`add up to the whole, by ${name}`, () => {
      fc.assert(
        fc.property(holdings, confidences, (exposures, confidencePerMille) => {
          const { total, positions } = split(exposures, confidencePerMille)
          for (const figure of figures) {
            const sum = positions.reduce((all, { component }) => all + component[figure], 0)
            expect(Math.abs(sum - total[figure])).toBeLessThan(1e-9 * (1 + Math.abs(total[figure])))
          }
          for (const { exposure, marginal, component } of positions) {
            for (const figure of figures) expect(component[figure]).toBeCloseTo(exposure * marginal[figure], 9)
          }
        }),
        runs,
      )
    })

    it(`lose exactly the increment when a position is closed, by ${name}`, () => {
      fc.assert(
        fc.property(holdings, fc.constantFrom(950, 990), (exposures, confidencePerMille) => {
          const { total, positions } = split(exposures, confidencePerMille)
          for (const { instrument, incremental } of positions) {
            const rest = split({ ...exposures, [instrument]: 0 }, confidencePerMille).total
            // The normal risk is a square root, which raises rounding near 0.
            for (const figure of figures)
              expect(Math.abs(incremental[figure] - (total[figure] - rest[figure]))).toBeLessThan(1e-6)
          }
        }),
        runs,
      )
    })
  }

  it('have the slope of the whole as margin', () => {
    const held = { I0: 400, I1: 300, I2: -100 }
    const tail = (exposures: Record<string, number>): Tail =>
      sampleTail(portfolioLosses(scenarios, exposures) as Float64Array)
    const cases = [
      [methods.scenarios!, tail],
      [methods.normal!, (exposures: Record<string, number>) => methods.normal!(exposures, 950).total],
    ] as const
    for (const [split, total] of cases) {
      for (const { instrument, marginal } of split(held, 950).positions) {
        const h = 1e-4
        const up = total({ ...held, [instrument]: held[instrument as 'I0'] + h })
        const down = total({ ...held, [instrument]: held[instrument as 'I0'] - h })
        for (const figure of figures) expect(marginal[figure]).toBeCloseTo((up[figure] - down[figure]) / (2 * h), 5)
      }
    }
  })

  it('read the boundary scenario and the tail beyond it', () => {
    const small = {
      ...scenarios,
      instruments: ['A', 'B'],
      rows: 4,
      values: Float64Array.of(-0.1, 0, 0.1, 0.2, -0.2, -0.1, 0, 0.3),
    }
    const { total, positions } = ready(riskContributions(small, { A: 100, B: 10 }, { confidencePerMille: 500 }))
    // Losses 12, 1, -10, -23: value at risk is the second smallest, -10, the tail 1 and 12.
    expect(total.valueAtRisk).toBeCloseTo(-10, 12)
    expect(total.expectedShortfall).toBeCloseTo(6.5, 12)
    expect(positions[0]!.component.valueAtRisk).toBeCloseTo(-10, 12)
    expect(positions[0]!.component.expectedShortfall).toBeCloseTo(5, 12)
    expect(positions[1]!.component.expectedShortfall).toBeCloseTo(1.5, 12)
    expect(positions[1]!.marginal.expectedShortfall).toBeCloseTo(0.15, 12)
  })

  it('read the earlier of two scenarios that lose the same', () => {
    // Losses 3 by A, 3 by B, 9: at 300 per mille the first scenario stands at the rank.
    const tied = { ...scenarios, instruments: ['A', 'B'], rows: 3, values: Float64Array.of(-0.3, 0, -0.9, 0, -0.3, 0) }
    const { positions } = ready(riskContributions(tied, { A: 10, B: 10 }, { confidencePerMille: 300 }))
    expect(positions.map(({ component }) => component.valueAtRisk)).toEqual([3, 0])
  })

  it('are all 0 without positions', () => {
    for (const split of Object.values(methods)) {
      const { total, positions } = split({}, 990)
      expect(total).toEqual({ valueAtRisk: 0, expectedShortfall: 0 })
      for (const { component, incremental } of positions) {
        expect(Math.abs(component.valueAtRisk)).toBe(0)
        expect(Math.abs(incremental.expectedShortfall)).toBe(0)
      }
    }
  })

  it('do not exist for exposures that cannot be valued', () => {
    for (const exposures of [{ SOL: 1 }, { I0: Number.NaN }] as Exposures[]) {
      expect(riskContributions(scenarios, exposures).kind).toBe('unavailable')
      expect(normalContributions({ instruments, covariance, exposures }).kind).toBe('unavailable')
    }
    expect(riskContributions({ ...scenarios, rows: 0, values: new Float64Array(0) }, { I0: 1 })).toMatchObject({
      code: 'NO_DATA',
    })
    const negative = squareMatrix([
      [1, 2],
      [2, 1],
    ])
    expect(
      normalContributions({ instruments: ['A', 'B'], covariance: negative, exposures: { A: 1, B: -1 } }),
    ).toMatchObject({
      kind: 'unavailable',
      code: 'SINGULAR',
    })
  })

  it('refuse misuse', () => {
    expect(() => riskContributions(scenarios, {}, { confidencePerMille: 0 })).toThrow(
      expect.objectContaining({ code: 'BAD_CONFIDENCE' }),
    )
    expect(() => normalContributions({ instruments, covariance, exposures: {}, confidencePerMille: 0 })).toThrow(
      expect.objectContaining({ code: 'BAD_CONFIDENCE' }),
    )
    expect(() => normalContributions({ instruments: ['A'], covariance, exposures: {} })).toThrow(
      'A covariance of size 3 does not fit 1 instruments.',
    )
  })
})
