import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ewmaVariance } from './ewma.js'
import { filteredScenarios } from './filteredScenarios.js'
import { marketScenarios } from './marketSamples.rig.js'
import { portfolioLosses } from './portfolioLosses.js'
import { type ReturnSeries, scenarioColumn, scenarioMatrix } from './scenarioMatrix.js'
import { ready } from './tailSamples.rig.js'

const runs = { numRuns: Number(process.env.FC_NUM_RUNS ?? 100) }
const btc: ReturnSeries = { instrument: 'BTC', times: [1, 2, 3], returns: [0.01, -0.02, 0.03] }
const eth: ReturnSeries = { instrument: 'ETH', times: [1, 2, 3], returns: [0.02, -0.04, 0.01] }

describe('the scenario matrix', () => {
  it('puts the returns of each instrument side by side', () => {
    const scenarios = ready(scenarioMatrix([btc, eth]))
    expect(scenarios).toMatchObject({ instruments: ['BTC', 'ETH'], rows: 3, asOf: 3, dropped: 0, notes: [] })
    expect([...scenarioColumn(scenarios, 1)]).toEqual([0.02, -0.04, 0.01])
  })

  it('refuses series that lack a period, or drops the period for all', () => {
    const gap: ReturnSeries = { instrument: 'ETH', times: [1, 3, 4], returns: [0.02, 0.01, 0.05] }
    expect(scenarioMatrix([btc, gap])).toEqual({
      kind: 'unavailable',
      code: 'MISALIGNED',
      needed: 'series with the same periods',
      got: '3 in BTC, 2 in all',
    })
    const dropped = ready(scenarioMatrix([btc, gap], { missing: 'drop' }))
    expect(dropped).toMatchObject({ rows: 2, dropped: 1, asOf: 3 })
    expect([...dropped.values]).toEqual([0.01, 0.03, 0.02, 0.01])
  })

  it('takes NaN as a missing period, and never an infinite return', () => {
    const hole = { ...eth, returns: [0.02, Number.NaN, 0.01] }
    expect(scenarioMatrix([btc, hole])).toMatchObject({ code: 'NOT_FINITE', got: '"NaN" at 1 of ETH' })
    expect([...ready(scenarioMatrix([btc, hole], { missing: 'drop' })).values]).toEqual([0.01, 0.03, 0.02, 0.01])
    const infinite = { ...eth, returns: [0.02, Number.POSITIVE_INFINITY, 0.01] }
    expect(scenarioMatrix([btc, infinite], { missing: 'drop' })).toMatchObject({ code: 'NOT_FINITE' })
  })

  it('refuses times that do not rise', () => {
    for (const times of [
      [1, 1, 2],
      [1, 3, 2],
      [1, Number.NaN, 2],
    ]) {
      expect(scenarioMatrix([{ ...btc, times }])).toMatchObject({
        kind: 'unavailable',
        code: 'MISALIGNED',
        needed: 'times that rise',
      })
    }
  })

  it('has nothing where no period is common', () => {
    expect(scenarioMatrix([])).toMatchObject({ code: 'NO_DATA' })
    expect(scenarioMatrix([{ instrument: 'A', times: [], returns: [] }])).toMatchObject({ code: 'NO_DATA' })
    const later = { ...eth, times: [7, 8, 9] }
    expect(scenarioMatrix([btc, later], { missing: 'drop' })).toMatchObject({ code: 'NO_DATA' })
  })

  it('lets an instrument without history follow another with a margin of half, and says so', () => {
    const proxies = [{ instrument: 'NEW', follows: 'BTC', beta: 2 }]
    const scenarios = ready(scenarioMatrix([btc], { proxies }))
    expect(scenarios).toMatchObject({ instruments: ['BTC', 'NEW'], notes: ['PROXIED'] })
    expect([...scenarioColumn(scenarios, 1)]).toEqual([0.03, -0.06, 0.09])
    expect(scenarioMatrix([btc], { proxies: [{ instrument: 'NEW', follows: 'ETH', beta: 1 }] })).toMatchObject({
      code: 'NO_HISTORY',
      needed: 'a series of ETH',
    })
    for (const beta of [0, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => scenarioMatrix([btc], { proxies: [{ instrument: 'NEW', follows: 'BTC', beta }] })).toThrow(
        `beta "${beta}" of NEW is not a finite number other than 0.`,
      )
    }
  })

  it('keeps exactly the periods that every series has', () => {
    const days = fc.uniqueArray(fc.integer({ min: 0, max: 12 }), { minLength: 1, maxLength: 12 })
    fc.assert(
      fc.property(fc.array(days, { minLength: 1, maxLength: 4 }), (lists) => {
        const series = lists.map((list, i) => {
          const times = [...list].sort((a, b) => a - b)
          return { instrument: `I${i}`, times, returns: times.map((time) => time / 100 + i) }
        })
        const common = series[0]!.times.filter((time) => series.every(({ times }) => times.includes(time)))
        const scenarios = scenarioMatrix(series, { missing: 'drop' })
        if (common.length === 0) {
          expect(scenarios).toMatchObject({ code: 'NO_DATA' })
          return
        }
        const expected = series.flatMap((_, i) => common.map((time) => time / 100 + i))
        expect([...ready(scenarios).values]).toEqual(expected)
      }),
      runs,
    )
  })

  it('refuses misuse', () => {
    const refusal = (code: string): unknown => expect.objectContaining({ code })
    expect(() => scenarioMatrix([btc, btc])).toThrow('Instrument BTC has two histories.')
    expect(() => scenarioMatrix([btc, btc])).toThrow(refusal('DUPLICATE_INSTRUMENT'))
    expect(() => scenarioMatrix([{ ...btc, returns: [1] }])).toThrow('BTC has 3 times and 1 returns.')
    expect(() => scenarioMatrix([btc], { missing: 'fill' as 'drop' })).toThrow(refusal('BAD_PARAMETER'))
    const many = Array.from({ length: 501 }, (_, i) => ({ ...btc, instrument: `I${i}` }))
    expect(() => scenarioMatrix(many)).toThrow('501 instruments are too many.')
    const long = new Float64Array(100_001)
    expect(() => scenarioMatrix([{ ...btc, times: long, returns: long }])).toThrow(refusal('TOO_MANY'))
  })
})

describe('the losses of a portfolio', () => {
  const scenarios = ready(scenarioMatrix([btc, eth]))

  it('revalue today’s positions over past returns', () => {
    const losses = portfolioLosses(scenarios, { BTC: 100, ETH: -50 })
    expect([...(losses as Float64Array)].map((loss) => Math.round(loss * 1e9) / 1e9)).toEqual([0, 0, -2.5])
    expect([...(portfolioLosses(scenarios, {}) as Float64Array)]).toEqual([0, 0, 0])
  })

  it('do not exist for an exposure that is no number or has no returns', () => {
    expect(portfolioLosses(scenarios, { BTC: Number.NaN })).toMatchObject({ code: 'NOT_FINITE', got: '"NaN" of BTC' })
    expect(portfolioLosses(scenarios, { SOL: 1 })).toMatchObject({ code: 'NO_HISTORY', needed: 'returns of SOL' })
    expect(portfolioLosses(scenarios, { SOL: 0 })).toBeInstanceOf(Float64Array)
  })
})

describe('filtered scenarios', () => {
  it('scale every instrument to its own volatility of now and keep days together', () => {
    const scenarios = marketScenarios(3, 200)
    const filtered = ready(filteredScenarios(scenarios))
    expect(filtered.rows).toBe(140)
    for (let i = 0; i < 3; i++) {
      const column = scenarioColumn(scenarios, i)
      const variance = ewmaVariance(column)
      for (const row of [60, 100, 199]) {
        const expected = column[row]! * Math.sqrt(variance[200]! / variance[row]!)
        expect(scenarioColumn(filtered, i)[row - 60]).toBe(expected)
      }
    }
  })

  it('leave out a day for all where the volatility of one says nothing', () => {
    const scenarios = marketScenarios(2, 300)
    const still = { ...scenarios, values: scenarios.values.map((value, i) => (i >= 100 && i < 200 ? 0 : value)) }
    const filtered = ready(filteredScenarios(still, { sigmaMin: { I0: 1e-3 } }))
    expect(filtered.rows).toBeLessThan(240)
    expect(filtered.dropped).toBe(300 - filtered.rows)
    expect(ready(filteredScenarios(still, { sigmaMin: { I1: 1e-9 } })).rows).toBe(240)
  })

  it('keep the returns of an instrument whose volatility now says nothing', () => {
    const scenarios = marketScenarios(2, 300)
    const filtered = ready(filteredScenarios(scenarios, { sigmaMin: { I0: 1 } }))
    expect([...scenarioColumn(filtered, 0)]).toEqual([...scenarioColumn(scenarios, 0).subarray(60)])
  })

  it('need more days than warm the volatility up', () => {
    expect(filteredScenarios(marketScenarios(2, 60))).toMatchObject({ kind: 'unavailable', code: 'TOO_SHORT' })
    expect(ready(filteredScenarios(marketScenarios(2, 61))).rows).toBe(1)
    const scenarios = marketScenarios(1, 70)
    expect(() => filteredScenarios(scenarios, { lambda: 1 })).toThrow(expect.objectContaining({ code: 'BAD_LAMBDA' }))
    expect(() => filteredScenarios(scenarios, { sigmaMin: { I0: -1 } })).toThrow(
      expect.objectContaining({ code: 'BAD_SIGMA_MIN' }),
    )
  })
})
