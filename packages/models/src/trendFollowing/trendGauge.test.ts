import { Adx, Atr, Ema } from '@astertrade/indicators'
import { describe, expect, it } from 'vitest'
import { plantedBars } from '../testing/plantedBars.js'
import { spreadSigma } from './spreadSigma.js'
import { trendGauge } from './trendGauge.js'

describe('trendGauge', () => {
  const options = {
    speeds: [
      { fast: 3, slow: 8 },
      { fast: 5, slow: 20 },
    ],
    lookbacks: [1, 10],
    rangePeriod: 14,
  }
  const bars = plantedBars({ plant: { kind: 'walk', drift: 0, sigma: 10 }, length: 60, seed: 1 })

  it('measures spreads and changes in standard deviations of a walk with the same range', () => {
    const gauge = trendGauge(options)
    const [fast, slow, quick, calm] = [3, 8, 5, 20].map((period) => new Ema({ period })) as [Ema, Ema, Ema, Ema]
    const [range, adx] = [new Atr({ period: 14 }), new Adx({ period: 14 })]
    for (const [index, bar] of bars.entries()) {
      gauge.next(bar)
      for (const average of [fast, slow, quick, calm]) average.next(bar.close)
      range.next(bar)
      adx.next(bar)
      if (index + 1 < gauge.warmup) continue
      const sigma = range.value / Math.sqrt(8 / Math.PI)
      const walks = options.speeds.map(spreadSigma) as [number, number]
      const spreads = [(fast.value - slow.value) / walks[0], (quick.value - calm.value) / walks[1]]
      const changes = [1, 10].map((span) => (bar.close - bars[index - span]!.close) / Math.sqrt(span))
      const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + Math.tanh(value / sigma), 0) / 2
      expect(gauge.spread()).toBeCloseTo(mean(spreads), 12)
      expect(gauge.change()).toBeCloseTo(mean(changes), 12)
      expect(gauge.spreadInRanges()).toBe((quick.value - calm.value) / range.value)
      expect(gauge.adx()).toBe(adx.value)
    }
  })

  it('is warm when its slowest part is', () => {
    expect(trendGauge(options).warmup).toBe(28)
    expect(trendGauge({ ...options, lookbacks: [40] }).warmup).toBe(41)
    expect(trendGauge({ ...options, speeds: [{ fast: 2, slow: 50 }] }).warmup).toBe(50)
    const gauge = trendGauge(options)
    for (const bar of bars.slice(0, 28)) gauge.next(bar)
    expect([gauge.spread(), gauge.change(), gauge.adx()].every(Number.isFinite)).toBe(true)
  })
})
