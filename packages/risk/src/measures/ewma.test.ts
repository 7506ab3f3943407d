import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ewmaRisk, ewmaVariance } from './ewma.js'
import { returnsOf } from './tailArbitraries.rig.js'

const runs = { numRuns: Number(process.env.FC_NUM_RUNS ?? 200) }

// Reference numbers of third parties; their place is known to this project's machines alone.
const data = process.env.ASTER_DATA

interface Garch {
  readonly ewma_sp500ret: { readonly lam: number; readonly v: Readonly<Record<string, number>>; readonly next: number }
}

describe.skipIf(!data)('the variance of S&P 500 returns against RiskMetrics', () => {
  it('agrees with the reference', () => {
    const folder = `${data}/reference/garch`
    const { ewma_sp500ret: expected } = JSON.parse(readFileSync(`${folder}/expected.json`, 'utf8')) as Garch
    const rows = readFileSync(`${folder}/sp500ret.csv`, 'utf8').trim().split(/\r?\n/).slice(1)
    const returns = rows.map((row) => Number(row.split(',')[1]!.replaceAll('"', '')))
    const variance = ewmaVariance(returns, { lambda: expected.lam, start: 'first' })
    for (const [index, value] of Object.entries(expected.v)) {
      expect(Math.abs(variance[Number(index)]! / value - 1), index).toBeLessThan(1e-12)
    }
    expect(Math.abs(variance[returns.length]! / expected.next - 1)).toBeLessThan(1e-12)
  })
})

describe('the exponentially weighted variance', () => {
  it('starts with the mean square of the first 30 returns, or with the first square', () => {
    const returns = [0.02, -0.01]
    expect([...ewmaVariance(returns, { start: 'first' })]).toEqual([0.0004, 0.0004, 0.000382])
    expect(ewmaVariance(returns)[0]).toBeCloseTo(0.00025, 16)
    const long = Array.from({ length: 40 }, (_, i) => (i < 30 ? 0.01 : 0.05))
    expect(ewmaVariance(long)[0]).toBeCloseTo(0.0001, 16)
  })

  it('stays between the smallest and the largest square, to the last bit', () => {
    fc.assert(
      fc.property(returnsOf(1, 80), fc.integer({ min: 1, max: 999 }), (returns, perMille) => {
        const squares = returns.map((value) => value * value)
        const [low, high] = [Math.min(...squares), Math.max(...squares)]
        for (const start of ['first', 'mean'] as const) {
          const variance = ewmaVariance(returns, { lambda: perMille / 1_000, start })
          expect(variance).toHaveLength(returns.length + 1)
          // The mean of 30 squares rounds.
          const room = start === 'mean' ? 1e-15 * high : 0
          expect(Math.min(...variance)).toBeGreaterThanOrEqual(low - room)
          expect(Math.max(...variance)).toBeLessThanOrEqual(high + room)
        }
      }),
      runs,
    )
  })

  it('grows with the square of the returns', () => {
    fc.assert(
      fc.property(returnsOf(1, 80), fc.integer({ min: 1, max: 40 }), (returns, k) => {
        const before = ewmaVariance(returns)
        const after = ewmaVariance(returns.map((value) => k * value))
        const largest = Math.max(...before)
        for (const [i, value] of before.entries())
          expect(Math.abs(after[i]! / (k * k) - value)).toBeLessThanOrEqual(1e-14 * largest)
      }),
      runs,
    )
  })

  it('forgets at the rate of lambda', () => {
    const quiet = ewmaVariance([0.1, 0, 0], { start: 'first', lambda: 0.5 })
    expect(quiet[3]! / quiet[2]!).toBe(0.5)
  })

  it('refuses what is no return, no weight and no start', () => {
    expect(() => ewmaVariance([])).toThrow(expect.objectContaining({ code: 'NO_DATA' }))
    expect(() => ewmaVariance([0.01, Number.NaN])).toThrow('Return 1 is "NaN".')
    for (const lambda of [0, 1, -1, Number.NaN, '0.94' as unknown as number]) {
      expect(() => ewmaVariance([0.01], { lambda })).toThrow(expect.objectContaining({ code: 'BAD_LAMBDA' }))
    }
    expect(() => ewmaVariance([0.01], { lambda: 1 })).toThrow('lambda 1 is not between 0 and 1.')
    expect(() => ewmaVariance([0.01], { start: 'last' as 'first' })).toThrow(
      expect.objectContaining({ code: 'BAD_PARAMETER' }),
    )
    expect(() => ewmaRisk(Array(60).fill(0.01), { lambda: 2 })).toThrow(expect.objectContaining({ code: 'BAD_LAMBDA' }))
  })
})
