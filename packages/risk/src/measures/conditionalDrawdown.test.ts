import { maxDrawdown } from '@astertrade/core/stats'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { conditionalDrawdown } from './conditionalDrawdown.js'
import { confidences, returnsOf } from './tailArbitraries.rig.js'

const runs = { numRuns: Number(process.env.FC_NUM_RUNS ?? 200) }

describe('conditional drawdown', () => {
  it('lies between the mean and the deepest drawdown', () => {
    fc.assert(
      fc.property(returnsOf(2, 60), confidences, (returns, confidencePerMille) => {
        const found = conditionalDrawdown(returns, { confidencePerMille })
        if (found.kind === 'unavailable') return
        let [value, peak, sum] = [1, 1, 0]
        for (const change of returns) {
          value *= 1 + change
          peak = Math.max(peak, value)
          sum += 1 - value / peak
        }
        expect(found.conditionalDrawdown).toBeGreaterThanOrEqual(sum / returns.length - 1e-12)
        expect(found.conditionalDrawdown).toBeLessThanOrEqual(Math.abs(maxDrawdown(returns)) + 1e-12)
        expect(found.drawdownAtRisk).toBeLessThanOrEqual(found.conditionalDrawdown)
      }),
      runs,
    )
  })

  it('is the shortfall of the drawdowns of all periods', () => {
    // Drawdowns 0, 0.5, 0.4.
    const found = conditionalDrawdown([0.1, -0.5, 0.2], { confidencePerMille: 500 })
    expect(found).toMatchObject({ kind: 'drawdown' })
    if (found.kind === 'drawdown') {
      expect(found.conditionalDrawdown).toBeCloseTo((0.5 + 0.5 * 0.4) / 1.5, 14)
      expect(found.drawdownAtRisk).toBeCloseTo(0.4, 14)
    }
  })

  it('is unavailable for data that say nothing', () => {
    expect(conditionalDrawdown([])).toMatchObject({ code: 'NO_DATA' })
    expect(conditionalDrawdown([0.1])).toMatchObject({ code: 'TOO_SHORT' })
    expect(conditionalDrawdown([0, 0])).toMatchObject({ conditionalDrawdown: 0, drawdownAtRisk: 0 })
    expect(conditionalDrawdown([0.1, Number.NaN])).toMatchObject({ code: 'NOT_FINITE' })
    expect(conditionalDrawdown([1e300, 1e299])).toMatchObject({ code: 'NOT_FINITE' })
    expect(() => conditionalDrawdown([0.1, 0.2], { confidencePerMille: 1_000 })).toThrow('confidencePerMille 1000')
  })
})
