import type { Instrument, Money, Price, Quantity, Side } from '@astertrade/core'
import { seedFigures } from '../seedFigures.js'
import { costsOf } from './costsOf.js'
import { million, shareOf } from './limitRatio.js'
import { stopDistance } from './stopDistance.js'

/** A position and its protective stop. */
export interface CushionPosition {
  readonly instrument: Instrument
  /** `buy` for a long position. */
  readonly side: Side
  readonly quantity: Quantity
  /** Last price, on the grid. */
  readonly mark: Price
  readonly stop: Price | 'none'
}

/** What `cushionStops` takes. */
export interface CushionOptions {
  readonly equity: Money
  readonly highWaterMark: Money
  readonly positions: readonly CushionPosition[]
  /** Fall from the high-water mark that must not be reached (default 0.1). */
  readonly maxDrawdown?: number
  /** Fees, slippage and a buffer for gaps on the way out, as a ratio of the value (default 0.003). */
  readonly costs?: number
}

/** A stop nearer to the price, and what is left of the position where no stop is near enough. */
export interface CushionMove {
  /** Index of the position. */
  readonly index: number
  readonly stop: Price
  /** Quantity to reduce to; undefined where the stop is enough. */
  readonly reduceTo: Quantity | undefined
}

/**
 * The cushion: stops that come nearer, pro rata, when all of them together would lose more than equity lies above the drawdown limit.
 *
 * As profits raise the high-water mark, a stop far below turns them into risk. Each position keeps the share of the cushion that its loss
 * has in the sum; a stop only ever comes nearer, and where a tick is still too far the position is reduced. If every loss stays within
 * its stop and costs, the drawdown limit is not passed by any sequence of prices. Exact, rounded against the position. Grossman and Zhou,
 * Optimal Investment Strategies for Controlling Drawdowns (1993).
 *
 * @throws ConfigError `BAD_LIMIT` or `BAD_COSTS` for shares that are none.
 * @example
 * // Bought at 100 with a stop at 92, now at 200: equity 12,500 of 12,500, 25 units could lose 2,700 and may lose 1,250.
 * cushionStops({ equity, highWaterMark, positions, costs: 0 }) // => [{ index: 0, stop: 150, reduceTo: undefined }]
 */
export function cushionStops(options: CushionOptions): readonly CushionMove[] {
  const { equity, highWaterMark, positions, maxDrawdown = seedFigures.maxDrawdown } = options
  const fall = shareOf('maxDrawdown', maxDrawdown, 'A share of the high-water mark: 10 % is 0.1.')
  const { ppm } = costsOf('cushionStops', options.costs ?? 0.003)
  const losses = positions.map((position) => lossOf(position, ppm))
  const all = losses.reduce((sum, loss) => sum + loss, 0n)
  const cushion = equity * million - highWaterMark * (million - fall.ppm)
  if (all <= cushion || all === 0n) return []
  const room = cushion > 0n ? cushion : 0n
  return positions.flatMap((position, index) => {
    const budget = (losses[index]! * room) / all
    return losses[index] === 0n ? [] : [{ index, ...moveWithin(position, budget, ppm) }]
  })
}

/** Loss at the stop with costs, in units of 1e-18 times a million. */
function lossOf({ instrument, side, quantity, mark, stop }: CushionPosition, ppm: bigint): bigint {
  const value = instrument.notional(mark, quantity)
  if (stop === 'none') return value * million
  const way = instrument.price(Math.max(0, stopDistance(side, mark, stop)), 'nearest')
  return instrument.notional(way, quantity) * wayFactor(side, ppm) + value * ppm
}

/** What a unit of the way costs, in parts per million: a short position is bought back that much higher, costs included. */
function wayFactor(side: Side, ppm: bigint): bigint {
  return side === 'sell' ? million + ppm : million
}

/** The farthest stop within a budget, or the largest position whose stop lies a tick away. */
function moveWithin(position: CushionPosition, budget: bigint, ppm: bigint): Omit<CushionMove, 'index'> {
  const { instrument, side, quantity, mark } = position
  const { tick, lot } = instrument
  const oneTick = instrument.price(tick.size, 'nearest')
  const forWay = budget - instrument.notional(mark, quantity) * ppm
  const ticks = forWay > 0n ? Number(forWay / (instrument.notional(oneTick, quantity) * wayFactor(side, ppm))) : 0
  const stopAt = (count: number): Price =>
    instrument.price(mark + (side === 'buy' ? -1 : 1) * count * tick.size, 'nearest')
  if (ticks >= 1) return { stop: stopAt(ticks), reduceTo: undefined }
  const oneLot = instrument.quantity(lot.size)
  const perLot = instrument.notional(oneTick, oneLot) * wayFactor(side, ppm) + instrument.notional(mark, oneLot) * ppm
  return { stop: stopAt(1), reduceTo: instrument.quantity((Number(budget / perLot) * lot.step) / lot.scale) }
}
