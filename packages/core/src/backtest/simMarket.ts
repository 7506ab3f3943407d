import type { Bar } from '../bar.js'
import type { Instrument } from '../instrument.js'
import type { FillPolicy } from './fillPolicy.js'
import type { SimOrder } from './simOrder.js'

/** One instrument at the venue. */
export interface SimMarket {
  readonly slot: number
  readonly instrument: Instrument
  /** Market orders, and those for the open or close. */
  waiting: SimOrder[]
  /** Room for the next list of them: those that are met leave one list while others join the other. */
  spare: SimOrder[]
  /** Orders with a level. */
  resting: SimOrder[]
  /** Price while the market trades inside a bar, `NaN` between bars. */
  live: number
  /** Last price seen. */
  last: number
  /** Close of the bar whose figures follow. */
  barTime: number
  /** Lot points of that bar already taken, and those that may be taken in all. */
  used: number
  available: number
  volume: number
  range: number
  /** Nearest levels above and below: a bar inside them touches nothing. */
  upper: number
  lower: number
  /** Set when orders came or went, so that the nearest levels are found anew. */
  stale: boolean
  /** Some order's level follows the price, so every bar has to be walked. */
  trailing: boolean
  /** Some order ends with time. */
  expiring: boolean
  /** Net position by strategy, for reduce-only orders. */
  readonly positions: Map<string, number>
}

/** A market without orders, before its first bar. */
export function createSimMarket(instrument: Instrument, slot: number): SimMarket {
  return {
    slot,
    instrument,
    waiting: [],
    spare: [],
    resting: [],
    live: Number.NaN,
    last: Number.NaN,
    barTime: Number.NaN,
    used: 0,
    available: Number.POSITIVE_INFINITY,
    volume: 0,
    range: 0,
    upper: Number.POSITIVE_INFINITY,
    lower: Number.NEGATIVE_INFINITY,
    stale: false,
    trailing: false,
    expiring: false,
    positions: new Map(),
  }
}

/** Sets the figures of a market to those of a bar, once. */
export function beginBar(market: SimMarket, bar: Bar, policy: FillPolicy): void {
  if (market.barTime === bar.time) return
  market.barTime = bar.time
  market.used = 0
  market.volume = bar.volume
  market.range = bar.high - bar.low
  const { maxVolumeShare } = policy
  market.available =
    maxVolumeShare === Number.POSITIVE_INFINITY
      ? Number.POSITIVE_INFINITY
      : Math.floor(bar.volume * maxVolumeShare * market.instrument.lot.scale)
}
