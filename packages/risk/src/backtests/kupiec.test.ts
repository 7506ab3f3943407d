import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { christoffersen } from './christoffersen.js'
import { exceedanceTable as table } from './exceedanceTable.rig.js'
import { kupiec, kupiecAccepts } from './kupiec.js'
import { trafficLight, trafficLightBounds } from './trafficLight.js'

const runs = { numRuns: Number(process.env.FC_NUM_RUNS ?? 300) }

// Reference numbers of third parties; their place is known to this project's machines alone.
const data = process.env.ASTER_DATA

interface Cases {
  readonly kupiec_nonrejection_95: {
    readonly rows: readonly {
      readonly p: number
      readonly T: number
      readonly accept_min: number
      readonly accept_max: number
    }[]
  }
}

describe.skipIf(!data)('the regions of Kupiec’s test against his table', () => {
  it('agree on every bound', () => {
    const text = readFileSync(`${data}/reference/var_backtests/cases.json`, 'utf8')
    const { rows } = (JSON.parse(text) as Cases).kupiec_nonrejection_95
    expect(rows.length).toBeGreaterThan(0)
    for (const { p, T, accept_min: min, accept_max: max } of rows) {
      const count = { observations: T, confidencePerMille: Math.round(1_000 * (1 - p)) }
      expect(kupiecAccepts(count), `${T} at ${p}`).toEqual({ min, max })
      for (let exceedances = 0; exceedances <= max + 3; exceedances++) {
        expect(kupiec({ ...count, exceedances }).rejected).toBe(exceedances < min || exceedances > max)
      }
    }
  })
})

const counts = fc
  .tuple(fc.integer({ min: 1, max: 400 }), fc.nat(), fc.constantFrom(1, 500, 900, 950, 990, 999))
  .map(([observations, pick, confidencePerMille]) => {
    return { observations, exceedances: pick % (observations + 1), confidencePerMille }
  })

describe('Kupiec’s test', () => {
  it('has the regions of the design', () => {
    for (const [observations, confidencePerMille, , , min, max] of table) {
      expect(kupiecAccepts({ observations, confidencePerMille })).toEqual({ min, max })
    }
    expect(kupiecAccepts({ observations: 1, confidencePerMille: 500 })).toEqual({ min: 0, max: 1 })
  })

  it('agrees with its formula', () => {
    const { statistic, pValue, rejected } = kupiec({ observations: 250, exceedances: 7, confidencePerMille: 990 })
    const likelihood = (p: number): number => 243 * Math.log(1 - p) + 7 * Math.log(p)
    expect(statistic).toBeCloseTo(-2 * (likelihood(0.01) - likelihood(7 / 250)), 10)
    expect(pValue).toBeCloseTo(0.019049230890526, 12)
    expect(rejected).toBe(true)
  })

  it('is at least 0, finite without any and with nothing but exceedances, and 0 where the share is exact', () => {
    fc.assert(
      fc.property(counts, (count) => {
        for (const exceedances of [0, count.exceedances, count.observations]) {
          const { statistic, pValue } = kupiec({ ...count, exceedances })
          expect(statistic).toBeGreaterThanOrEqual(0)
          expect(Number.isFinite(statistic)).toBe(true)
          expect(pValue).toBeGreaterThanOrEqual(0)
          expect(pValue).toBeLessThanOrEqual(1)
        }
      }),
      runs,
    )
    expect(kupiec({ observations: 100, exceedances: 5, confidencePerMille: 950 }).statistic).toBe(0)
    expect(kupiec({ observations: 250, exceedances: 0, confidencePerMille: 990 }).statistic).toBeCloseTo(
      -500 * Math.log(0.99),
      10,
    )
  })

  it('grows away from the expected number on both sides', () => {
    fc.assert(
      fc.property(counts, (count) => {
        const { observations, exceedances, confidencePerMille } = count
        fc.pre(exceedances < observations)
        const expected = (observations * (1_000 - confidencePerMille)) / 1_000
        const [one, next] = [exceedances, exceedances + 1].map(
          (hits) => kupiec({ ...count, exceedances: hits }).statistic,
        )
        if (exceedances >= expected) expect(next).toBeGreaterThan(one!)
        if (exceedances + 1 <= expected) expect(next).toBeLessThan(one!)
      }),
      runs,
    )
  })
})

describe('counts that count nothing', () => {
  it('are refused by every test', () => {
    for (const count of [
      { observations: 0, exceedances: 0 },
      { observations: 10, exceedances: 11 },
      { observations: 10, exceedances: -1 },
      { observations: 10, exceedances: 1.5 },
      { observations: 1_000_001, exceedances: 1 },
      { observations: Number.NaN, exceedances: 0 },
    ]) {
      const refusal = expect.objectContaining({ code: 'BAD_COUNT' })
      expect(() => kupiec({ ...count, confidencePerMille: 990 })).toThrow(refusal)
      expect(() => trafficLight({ ...count, confidencePerMille: 990 })).toThrow(refusal)
    }
    expect(() => kupiec({ observations: 10, exceedances: 11, confidencePerMille: 990 })).toThrow(
      '"11" exceedances in "10" observations are no count.',
    )
    expect(() => christoffersen([], { confidencePerMille: 990 })).toThrow(
      expect.objectContaining({ code: 'BAD_COUNT' }),
    )
    expect(() => kupiecAccepts({ observations: 0, confidencePerMille: 990 })).toThrow(
      expect.objectContaining({ code: 'BAD_COUNT' }),
    )
    expect(() => trafficLightBounds({ observations: 10, confidencePerMille: 0 })).toThrow(
      expect.objectContaining({ code: 'BAD_CONFIDENCE' }),
    )
  })
})
