import { type Bars, barsOf, createRandom } from '@astertrade/core'
import { plantedBars } from '../testing/plantedBars.js'

/** What `realisticBars` takes. */
export interface RealisticBarsOptions {
  readonly length: number
  readonly seed: number
}

/** A random walk by the hour whose volumes vary too. */
export function realisticBars({ length, seed }: RealisticBarsOptions): Bars {
  const random = createRandom(seed).stream('volumes')
  const list = plantedBars({ plant: { kind: 'walk', drift: 0, sigma: 60 }, length, seed, start: 20_000 })
  return barsOf(
    list.map((bar) => ({ ...bar, volume: 50 + Math.floor(100 * random.uniform()) })),
    3_600_000,
  )
}
