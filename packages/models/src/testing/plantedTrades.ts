import { createRandom, type Duration, defineInstrument, type Trade, timestamp } from '@astertrade/core'

/** What `plantedTrades` takes. */
export interface PlantedTradesOptions {
  readonly length: number
  readonly seed: number | string
  /** How much a trade's side repeats that of the last: 0 for independent sides (default), up to 1. */
  readonly persistence?: number
  /** How far the price drifts per trade towards the side of the last ten, in basis points (default 0). */
  readonly response?: number
  /** Standard deviation of the noise of the price per trade, in basis points (default 1). */
  readonly noise?: number
  /** Mean time between trades in milliseconds (default 250). */
  readonly spacing?: Duration
  /** Name of the instrument (default `PLANTED.sim`). */
  readonly instrument?: string
}

const flowSpan = 10

/**
 * Trades whose sides move the price afterwards by a known response, to see whether a model finds it and nothing else.
 *
 * Quantities are from 1 to 5, times between trades uniform around their mean, and the price starts at 100. The same options give the same trades on any
 * machine.
 *
 * @example
 * const trades = plantedTrades({ length: 5000, seed: 1, response: 0.5 })
 */
export function plantedTrades(options: PlantedTradesOptions): Trade[] {
  const { length, seed, persistence = 0, response = 0, noise = 1, spacing = 250 } = options
  const random = createRandom(seed).stream('trades')
  const { id } = defineInstrument({ id: options.instrument ?? 'PLANTED.sim', tick: '0.01', lot: '0.01' })
  const sides: number[] = []
  let [price, time] = [100, 0]
  return Array.from({ length }, () => {
    const flow = sides.reduce((sum, side) => sum + side, 0) / flowSpan
    price *= 1 + (response * flow + noise * random.normal()) / 10_000
    const repeats = random.uniform() < persistence
    const fresh = random.uniform() < 0.5 ? -1 : 1
    const side = repeats ? (sides.at(-1) ?? fresh) : fresh
    sides.push(side)
    if (sides.length > flowSpan) sides.shift()
    time += 1 + Math.floor(2 * spacing * random.uniform())
    const quantity = random.integer(1, 5)
    const aggressor = side > 0 ? 'buy' : 'sell'
    return { kind: 'trade', instrument: id, time: timestamp(time), aggressor, price, quantity }
  })
}
