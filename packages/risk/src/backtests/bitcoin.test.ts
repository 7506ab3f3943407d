import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { ewmaRisk } from '../measures/ewma.js'
import { filteredHistoricalRisk } from '../measures/filteredHistorical.js'
import { historicalRisk } from '../measures/historicalRisk.js'
import { normalRisk } from '../measures/normalRisk.js'
import { studentTRisk } from '../measures/studentTRisk.js'
import { ready } from '../measures/tailSamples.rig.js'
import { backtestRisk, type RiskBacktest } from './backtestRisk.js'
import { walkForwardRisk } from './walkForward.js'

// Prices of third parties; their place is known to this project's machines alone.
const data = process.env.ASTER_DATA

const methods = { historicalRisk, filteredHistoricalRisk, studentTRisk, normalRisk, ewmaRisk } as const

function bitcoinReturns(): number[] {
  const file = gunzipSync(readFileSync(`${data}/market/btc-daily-2015-2026/BTC_close_1d.csv.gz`)).toString()
  const closes = file
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => Number(line.split(',')[1]))
  return closes.slice(1).map((close, day) => close / closes[day]! - 1)
}

describe.skipIf(!data)('the estimators on eleven years of bitcoin, each day forecast from the 500 before', () => {
  const returns = data ? bitcoinReturns() : []
  const judge = (method: keyof typeof methods, confidencePerMille: number): RiskBacktest => {
    const estimate = (past: Float64Array): ReturnType<typeof normalRisk> =>
      methods[method](past, { confidencePerMille })
    return ready(backtestRisk(walkForwardRisk({ returns, window: 500, estimate }), { confidencePerMille }))
  }

  it('show which of them hold at 99 %, where 35.6 exceedances are due, and which do not', () => {
    const found = (Object.keys(methods) as (keyof typeof methods)[]).map((method) => {
      const { exceedances, light, coverage } = judge(method, 990)
      return [method, exceedances, light, coverage.rejected]
    })
    expect(found).toEqual([
      ['historicalRisk', 43, 'green', false],
      ['filteredHistoricalRisk', 40, 'green', false],
      ['studentTRisk', 40, 'green', false],
      ['normalRisk', 59, 'yellow', true],
      ['ewmaRisk', 72, 'red', true],
    ])
  })

  it('show that only the filter keeps exceedances from clustering', () => {
    expect(judge('historicalRisk', 950)).toMatchObject({ exceedances: 199, independence: { rejected: true } })
    expect(judge('filteredHistoricalRisk', 950)).toMatchObject({ exceedances: 198, independence: { rejected: false } })
  })
})
