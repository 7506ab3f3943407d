import { readFileSync } from 'node:fs'
import { log } from '@astertrade/core'
import { describe, expect, it } from 'vitest'
import { ewmaVariance } from './ewmaVariance.js'
import { fitGarch } from './fitGarch.js'
import { impliedVariance } from './impliedVariance.js'
import { rangeVariance } from './rangeVariance.js'
import { type RealBars, realPrices } from './realPrices.rig.js'
import { selectVolatility } from './selectVolatility.js'

const folder = process.env.ASTER_DATA

/** Returns and variances of the index on days on which both it and its implied volatility are known. */
function indexWithImplied(): Record<'returns' | 'realised' | 'implied', Float64Array> {
  const index = realPrices('SPX_1d_62y.csv.gz')
  const levels = realPrices('VIX_1d.csv.gz')
  const levelOn = new Map(Array.from(levels.time, (time, row) => [time, levels.close[row]!]))
  const days = Array.from(index.time.keys()).filter((row) => row > 0 && levelOn.has(index.time[row]!))
  const barAt = (row: number, { open, high, low, close }: RealBars) => ({
    open: open[row]!,
    high: high[row]!,
    low: low[row]!,
    close: close[row]!,
  })
  return {
    returns: Float64Array.from(days, (row) => log(index.close[row]! / index.close[row - 1]!)),
    realised: Float64Array.from(days, (row) => rangeVariance(barAt(row, index), index.close[row - 1]!)),
    implied: Float64Array.from(days, (row) => impliedVariance(levelOn.get(index.time[row]!)!)),
  }
}

describe.skipIf(!folder)('volatility of real prices (needs ASTER_DATA)', () => {
  it('averages as RiskMetrics does', () => {
    const text = readFileSync(`${folder}/reference/garch/sp500ret.csv`, 'utf8').trim().split('\n').slice(1)
    const returns = Float64Array.from(text, (line) => Number(line.split(',')[1]!.replaceAll('"', '')))
    const { ewma_sp500ret: expected } = JSON.parse(readFileSync(`${folder}/reference/garch/expected.json`, 'utf8'))
    const { variances, next } = ewmaVariance(returns, { lambda: expected.lam })
    for (const [at, value] of Object.entries<number>(expected.v)) {
      expect(variances[Number(at)]! / value).toBeCloseTo(1, 12)
    }
    expect(next / expected.next).toBeCloseTo(1, 12)
  })

  it('finds the usual persistence in the index, and a stronger reaction to falls', () => {
    const { returns } = indexWithImplied()
    const fit = fitGarch(returns, { kind: 'gjr' })
    if (fit.kind === 'unavailable') throw new Error(fit.code)
    expect(fit.persistence).toBeGreaterThan(0.97)
    expect(fit.persistence).toBeLessThan(1)
    expect(fit.gamma / fit.robustErrors.gamma!).toBeGreaterThan(3)
    for (const search of fit.searches) expect(Math.abs(search / fit.logLikelihood - 1)).toBeLessThan(1e-8)
  })

  it('forecasts the index best by implied volatility, and proves nothing else better than an average', () => {
    const { implied, ...prices } = indexWithImplied()
    const all = selectVolatility({ ...prices, implied })
    expect(all.rows).toBeGreaterThan(5_000)
    expect(all.candidates[0]!.method).toBe('implied')
    expect(all.candidates[0]!.pValue).toBeLessThan(0.001)
    expect(all.chosen).toBe('implied')
    const { candidates, chosen } = selectVolatility(prices)
    expect(candidates.map(({ method }) => method)).toEqual(['gjr', 'har', 'ewma', 'garch'])
    expect(Math.min(...candidates.map(({ pValue }) => pValue))).toBeGreaterThan(0.1)
    expect(chosen).toBe('ewma')
  })
})
