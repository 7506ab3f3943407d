import type { Instrument, RiskView } from '@astertrade/core'
import { worstCase } from './worstCase.js'

/**
 * Worst-case value of the positions in some instruments (default: all), exact and rounded up where a price is off its grid.
 *
 * Opposite positions of two strategies do not cancel out: each is closed on its own, and exits pass.
 */
export function grossExact(view: RiskView, instruments: readonly Instrument[] = view.instruments): bigint {
  let sum = 0n
  for (const instrument of instruments) {
    const points = grossPoints(view, instrument)
    if (points === 0) continue
    const mark = instrument.price(Math.abs(view.markPrice(instrument.id)), 'up')
    sum += instrument.notional(mark, instrument.quantity(points / instrument.lot.scale))
  }
  return sum
}

/** The same as a double, to tell whether it is a number: `NaN` where a position has no price. */
export function grossNear(view: RiskView, instruments: readonly Instrument[]): number {
  let sum = 0
  for (const instrument of instruments) {
    const points = grossPoints(view, instrument)
    if (points !== 0) sum += (points / instrument.lot.scale) * Math.abs(view.markPrice(instrument.id))
  }
  return sum
}

/** Lot points of the worst cases of all strategies. */
function grossPoints(view: RiskView, instrument: Instrument): number {
  let points = 0
  for (const strategy of view.strategies) points += worstCase(view.exposure(instrument.id, strategy), instrument).worst
  return points
}
