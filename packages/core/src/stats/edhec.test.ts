import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import {
  annualVolatility,
  cagr,
  calmar,
  downsideRisk,
  kelly,
  kurtosis,
  maxDrawdown,
  omega,
  painIndex,
  sharpe,
  skewness,
  sortino,
  ulcerIndex,
} from './index.js'

// Reference numbers of third parties; their place is known to this project's machines alone.
const data = process.env.ASTER_DATA

const year = { periodsPerYear: 12 }
const period = { periodsPerYear: 1 }

const metrics: Readonly<Record<string, (returns: readonly number[]) => number>> = {
  KellyRatio_full: (r) => kelly(r),
  KellyRatio_half: (r) => kelly(r) / 2,
  'Return.annualized_geometric': (r) => cagr(r, year),
  'StdDev.annualized': (r) => annualVolatility(r, year),
  'SharpeRatio.annualized_arithmetic_rf0': (r) => sharpe(r, year),
  SharpeRatio_StdDev_rf0: (r) => sharpe(r, period),
  SortinoRatio_MAR0: (r) => sortino(r, period),
  'SortinoRatio_MAR0.005': (r) => sortino(r, { ...period, requiredReturn: 0.005 }),
  DownsideDeviation_MAR0: (r) => downsideRisk(r, period),
  maxDrawdown: (r) => maxDrawdown(r),
  CalmarRatio: (r) => calmar(r, year),
  Omega_L0_simple: (r) => omega(r),
  UlcerIndex: (r) => ulcerIndex(r),
  PainIndex: (r) => painIndex(r),
  skewness_moment: (r) => skewness(r),
  kurtosis_excess: (r) => kurtosis(r),
}

// The package for risk has these estimators.
const elsewhere = /^(VaR|ES)_/

function rows(name: string): string[][] {
  const text = readFileSync(`${data}/reference/risk_edhec/${name}`, 'utf8')
  return text
    .trim()
    .split(/\r?\n/)
    .map((line) => line.split(','))
}

describe.skipIf(!data)('risk and return of hedge-fund indices against PerformanceAnalytics', () => {
  const [header = [], ...months] = data ? rows('edhec.csv') : []
  const expected = data ? rows('expected.csv').slice(1) : []
  for (const [metric = '', series = '', value] of expected) {
    if (elsewhere.test(metric)) continue
    it(`agrees on ${metric} of ${series}`, () => {
      const returns = months.map((row) => Number(row[header.indexOf(series)]))
      expect(metrics[metric], metric).toBeDefined()
      expect(metrics[metric]!(returns) / Number(value) - 1).toBeCloseTo(0, 9)
    })
  }
})
