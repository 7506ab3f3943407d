import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import {
  performanceAnalyticsGaussian,
  performanceAnalyticsHistorical,
  performanceAnalyticsModified,
} from './performanceAnalytics.js'

// Reference numbers of third parties; their place is known to this project's machines alone.
const data = process.env.ASTER_DATA

const methods = {
  historical: performanceAnalyticsHistorical,
  gaussian: performanceAnalyticsGaussian,
  modified: performanceAnalyticsModified,
} as const

function rows(name: string): string[][] {
  const text = readFileSync(`${data}/reference/risk_edhec/${name}`, 'utf8')
  return text
    .trim()
    .split(/\r?\n/)
    .map((line) => line.split(','))
}

describe.skipIf(!data)('tails of hedge-fund indices against PerformanceAnalytics', () => {
  const [header = [], ...months] = data ? rows('edhec.csv') : []
  const expected = data ? rows('expected.csv').slice(1) : []
  for (const [metric = '', series = '', value] of expected) {
    const [, figure, method = '', confidence] = /^(VaR|ES)_(\w+)_(0\.\d+)$/.exec(metric) ?? []
    if (figure === undefined) continue
    it(`agrees on ${metric} of ${series}`, () => {
      const returns = months.map((row) => Number(row[header.indexOf(series)]))
      const confidencePerMille = Math.round(1_000 * Number(confidence))
      const tail = methods[method as keyof typeof methods](returns, { confidencePerMille })
      if (tail.kind === 'unavailable') throw new Error(tail.code)
      const got = figure === 'VaR' ? tail.valueAtRisk : tail.expectedShortfall
      expect(Math.abs(got / Number(value) - 1)).toBeLessThan(1e-9)
    })
  }
})

describe('the conventions of PerformanceAnalytics', () => {
  it('reports losses as negative returns', () => {
    const returns = [0.01, -0.02, -0.05, 0.03]
    for (const method of Object.values(methods)) {
      expect(method(returns)).toMatchObject({ kind: 'negative' })
      const tail = method(returns)
      expect(tail.kind === 'negative' && tail.valueAtRisk).toBeLessThan(0)
    }
    expect(performanceAnalyticsHistorical([-0.04, 0.01, 0.02], { confidencePerMille: 500 })).toEqual({
      kind: 'negative',
      valueAtRisk: 0.01,
      expectedShortfall: -0.015,
    })
  })

  it('is unavailable for data that say nothing', () => {
    for (const method of Object.values(methods)) {
      expect(method([])).toMatchObject({ code: 'NO_DATA' })
      expect(method([0.01])).toMatchObject({ code: 'TOO_SHORT' })
      expect(method([0.01, 0.01])).toMatchObject({ code: 'CONSTANT' })
      expect(method([0.01, Number.NaN])).toMatchObject({ code: 'NOT_FINITE' })
      expect(() => method([0.01, 0.02], { confidencePerMille: 0.95 })).toThrow(
        'confidencePerMille 0.95 is not an integer',
      )
    }
  })
})
