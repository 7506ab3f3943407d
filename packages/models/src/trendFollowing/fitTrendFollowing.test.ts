import { type Bars, barsOf } from '@astertrade/core'
import { describe, expect, it } from 'vitest'
import { plantedBars } from '../testing/plantedBars.js'
import { fitTrendFollowing } from './fitTrendFollowing.js'

function walk(drift: number, seed: number, length = 2_400): Bars {
  const plant = { kind: 'walk', drift, sigma: 10 } as const
  return barsOf(plantedBars({ plant, length, seed, start: 50_000 }), 3_600_000)
}

describe('fitTrendFollowing', () => {
  it('is proven right out of sample where a drift is planted', () => {
    const fit = fitTrendFollowing(walk(2, 1))
    expect(fit.score).toBeGreaterThan(0.3)
    expect(fit.pValue).toBeLessThan(0.01)
    expect(fit.rows).toBeGreaterThan(1_600)
  })

  it('takes the usual options on random walks, and proves nothing there', () => {
    const fits = [1, 2, 3, 4, 5, 6].map((seed) => fitTrendFollowing(walk(0, seed)))
    expect(fits.filter(({ pValue, score }) => pValue < 0.05 && score > 0).length).toBeLessThanOrEqual(1)
    expect(fits.filter(({ options }) => options.enter === undefined).length).toBeGreaterThanOrEqual(5)
  })

  it('forecasts a part with what was known when it began, whatever comes later', () => {
    const [bars, other] = [walk(0.5, 7), walk(0.5, 7)]
    const { picks, rows, score } = fitTrendFollowing(bars)
    const lastPart = 200 + rows
    for (let at = lastPart; at < bars.length; at++) {
      for (const column of ['open', 'high', 'low', 'close'] as const) other[column][at]! *= at % 60 < 30 ? 1.5 : 1
    }
    const changed = fitTrendFollowing(other)
    expect(changed.picks).toEqual(picks)
    expect(changed.score).not.toBe(score)
  })

  it('gives the same for the same bars', () => {
    expect(fitTrendFollowing(walk(1, 3))).toEqual(fitTrendFollowing(walk(1, 3)))
  })

  it('refuses too few bars and options out of range', () => {
    expect(() => fitTrendFollowing(walk(0, 1, 300))).toThrow('300 bars are too few for 4 parts of forecasts.')
    expect(() => fitTrendFollowing(walk(0, 1), { folds: 0 })).toThrow('folds "0" of fitTrendFollowing is out of range.')
    expect(() => fitTrendFollowing(walk(0, 1), { enters: [] })).toThrow('0 settings of trendFollowing are not from 1')
    expect(() => fitTrendFollowing(walk(0, 1), { enters: [2] })).toThrow('leave/enter "0.5/2" of trendFollowing')
  })
})
