import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { christoffersen } from './christoffersen.js'

const runs = { numRuns: Number(process.env.FC_NUM_RUNS ?? 300) }

describe('Christoffersen’s tests', () => {
  const hits = fc.array(fc.boolean(), { minLength: 1, maxLength: 120 })

  it('are at least 0 and finite for any sequence', () => {
    const seen = { total: 0, dependent: 0 }
    const clustered = hits.map((list) => [...list].sort())
    fc.assert(
      fc.property(
        fc.oneof(
          hits,
          clustered,
          hits.map((list) => list.map(() => false)),
        ),
        (list) => {
          const { coverage, independence, conditional } = christoffersen(list, { confidencePerMille: 950 })
          for (const { statistic, pValue } of [coverage, independence, conditional]) {
            expect(statistic).toBeGreaterThanOrEqual(0)
            expect(Number.isFinite(statistic)).toBe(true)
            expect(Number.isFinite(pValue)).toBe(true)
          }
          expect(conditional.statistic).toBe(coverage.statistic + independence.statistic)
          seen.total++
          if (independence.rejected) seen.dependent++
        },
      ),
      runs,
    )
    expect(seen.dependent / seen.total).toBeGreaterThan(0.01)
  })

  it('agree with their formula on a chain of known transitions', () => {
    // 1 = hit: transitions 00 ×5, 01 ×2, 10 ×2, 11 ×1.
    const list = [0, 0, 0, 1, 1, 0, 0, 0, 0, 1, 0].map((hit) => hit === 1)
    const chain = (5 + 0) * Math.log(5 / 7) + 2 * Math.log(2 / 7) + 2 * Math.log(2 / 3) + 1 * Math.log(1 / 3)
    const pooled = 7 * Math.log(7 / 10) + 3 * Math.log(3 / 10)
    const { independence } = christoffersen(list, { confidencePerMille: 950 })
    expect(independence.statistic).toBeCloseTo(2 * (chain - pooled), 12)
  })

  it('reject exceedances that come together, where Kupiec’s test does not', () => {
    const clustered = Array.from({ length: 250 }, (_, day) => day >= 100 && day < 104)
    const apart = Array.from({ length: 250 }, (_, day) => day % 63 === 5)
    expect(christoffersen(clustered, { confidencePerMille: 990 })).toMatchObject({
      coverage: { rejected: false },
      independence: { rejected: true },
      conditional: { rejected: true },
    })
    expect(christoffersen(apart, { confidencePerMille: 990 })).toMatchObject({
      coverage: { rejected: false },
      independence: { rejected: false },
      conditional: { rejected: false },
    })
  })

  it('reject both together above 5.991', () => {
    for (let hitsWanted = 0; hitsWanted < 20; hitsWanted++) {
      const list = Array.from({ length: 250 }, (_, day) => day % 12 === 0 && day / 12 < hitsWanted)
      const { conditional } = christoffersen(list, { confidencePerMille: 990 })
      expect(conditional.rejected).toBe(conditional.statistic > 5.991464547107979)
    }
  })
})
