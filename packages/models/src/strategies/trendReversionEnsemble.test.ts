import type { TargetIntent, View } from '@astertrade/core'
import { describe, expect, it } from 'vitest'
import { type Plant, plantedBars } from '../testing/plantedBars.js'
import { type EnsembleParams, trendReversionEnsemble } from './trendReversionEnsemble.js'

/** Price units earned by holding each wished exposure from its bar's close until its stop, without costs, and the wishes. */
function trade(plant: Plant, seed: number, params: Partial<EnsembleParams> = {}) {
  const strategy = trendReversionEnsemble.create({ ...trendReversionEnsemble.params, ...params })
  const bars = plantedBars({ plant, length: 2_000, seed, start: 50_000 })
  const wishes: TargetIntent[] = []
  let [exposure, stop, earned, previous, stopped] = [0, 0, 0, bars[0]!.close, 0]
  for (const bar of bars) {
    const touched = exposure > 0 ? bar.low <= stop : exposure < 0 && bar.high >= stop
    earned += exposure * ((touched ? stop : bar.close) - previous)
    previous = bar.close
    if (touched) {
      exposure = 0
      stopped++
    }
    const view = { position: () => ({ quantity: exposure, averagePrice: 0, reserved: 0 }) } as unknown as View
    const wish = strategy.onBar?.(bar, view) as TargetIntent | undefined
    if (!wish) continue
    wishes.push(wish)
    exposure = wish.exposure
    stop = wish.stop as number
    if (exposure !== 0) expect(Math.sign(bar.close - stop)).toBe(Math.sign(exposure))
  }
  return { earned, wishes, stopped }
}

const seeds = Array.from({ length: 10 }, (_, seed) => seed)
const total = (plant: Plant): number => seeds.reduce((sum, seed) => sum + trade(plant, seed).earned, 0)

describe('trendReversionEnsemble', () => {
  it('earns on planted drifts either way and on planted reversion', () => {
    expect(total({ kind: 'walk', drift: 1.5, sigma: 10 })).toBeGreaterThan(5_000)
    expect(total({ kind: 'walk', drift: -1.5, sigma: 10 })).toBeGreaterThan(5_000)
    expect(total({ kind: 'meanReverting', halfLife: 4, sigma: 10 })).toBeGreaterThan(2_000)
  })

  it('wishes seldom: far less than once in ten bars', () => {
    for (const seed of seeds) {
      const { wishes, stopped } = trade({ kind: 'walk', drift: 0, sigma: 10 }, seed)
      expect(stopped).toBeGreaterThan(0)
      expect(wishes.length).toBeGreaterThan(10)
      expect(wishes.length).toBeLessThan(200)
    }
  })

  it('stays long when told to', () => {
    const { wishes } = trade({ kind: 'walk', drift: 0, sigma: 10 }, 1, { side: 'long' })
    expect(wishes.some(({ exposure }) => exposure > 0)).toBe(true)
    expect(wishes.every(({ exposure }) => exposure >= 0)).toBe(true)
  })

  it('names every parameter with its default', () => {
    expect(trendReversionEnsemble).toMatchObject({
      name: 'trend-reversion',
      params: { side: 'both', exposure: 1, step: 0.1, stopRanges: 3, rangePeriod: 14, adx: 20, window: 120, sigmas: 2 },
    })
  })

  it('refuses parameters that a model cannot take when a run meets its first bar', () => {
    expect(() => trade({ kind: 'walk', drift: 0, sigma: 1 }, 1, { window: 3 })).toThrow('window "3" of meanReversion')
  })
})
