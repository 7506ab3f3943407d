import { type Bar, createRandom, type Duration, defineInstrument, pow, timestamp } from '@astertrade/core'

/** What a series has planted in it, in price units per bar. */
export type Plant =
  /** A random walk: nothing to find where the drift is 0. */
  | { readonly kind: 'walk'; readonly drift: number; readonly sigma: number }
  /** An Ornstein-Uhlenbeck process around the start price: half of a gap is gone after `halfLife` bars. */
  | { readonly kind: 'meanReverting'; readonly halfLife: number; readonly sigma: number }

/** What `plantedBars` takes. */
export interface PlantedBarsOptions {
  readonly plant: Plant
  readonly length: number
  readonly seed: number | string
  /** First price (default 10000). */
  readonly start?: number
  /** Length of a bar in milliseconds (default one hour). */
  readonly interval?: Duration
  /** Name of the instrument (default `PLANTED.sim`). */
  readonly instrument?: string
}

const stepsPerBar = 8

/**
 * Bars whose answer is known, to see whether a model finds what is there and nothing else.
 *
 * Each bar is a path of eight steps, so that highs and lows stand to the closes about as they do in a market. The same options
 * give the same bars on any machine.
 *
 * @example
 * const bars = plantedBars({ plant: { kind: 'walk', drift: 0, sigma: 10 }, length: 1000, seed: 1 })
 */
export function plantedBars(options: PlantedBarsOptions): Bar[] {
  const { plant, length, seed, start = 10_000, interval = 3_600_000, instrument = 'PLANTED.sim' } = options
  const random = createRandom(seed).stream('planted')
  const keep = plant.kind === 'walk' ? 1 : pow(0.5, 1 / (plant.halfLife * stepsPerBar))
  const drift = plant.kind === 'walk' ? plant.drift / stepsPerBar : 0
  const sigma = plant.sigma / Math.sqrt(stepsPerBar)
  const { id } = defineInstrument({ id: instrument, tick: '0.01', lot: '0.01' })
  const bars: Bar[] = []
  let price = start
  for (let index = 0; index < length; index++) {
    const open = price
    let [high, low] = [price, price]
    for (let step = 0; step < stepsPerBar; step++) {
      price = start + keep * (price - start) + drift + sigma * random.normal()
      high = Math.max(high, price)
      low = Math.min(low, price)
    }
    const time = timestamp((index + 1) * interval)
    bars.push({ kind: 'bar', instrument: id, time, open, high, low, close: price, volume: 1 })
  }
  return bars
}
