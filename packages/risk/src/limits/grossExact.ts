import type { Instrument, RiskView } from '@astertrade/core'

/**
 * Worst-case value of the positions in some instruments (default: all), exact and rounded up where a price is off its grid.
 *
 * Opposite positions of two strategies do not cancel out: each is closed on its own, and exits pass.
 */
export function grossExact(view: RiskView, instruments: readonly Instrument[] = view.instruments): bigint {
  let sum = 0n
  for (const instrument of instruments) {
    const points = view.worstPoints(instrument.id)
    if (points === 0) continue
    const mark = instrument.price(Math.abs(view.markPrice(instrument.id)), 'up')
    sum += instrument.notional(mark, instrument.quantity(points / instrument.lot.scale))
  }
  return sum
}

/** The same as a double, to tell whether it is a number: `NaN` where a position has no price. */
export function grossNear(view: RiskView, instruments: readonly Instrument[]): number {
  let sum = 0
  for (const instrument of instruments) sum += valueNear(view, instrument)
  return sum
}

/** Worst-case value of the position in one instrument as a double, 0 without a position and `NaN` without a price. */
export function valueNear(view: RiskView, { id, lot }: Instrument): number {
  const points = view.worstPoints(id)
  return points === 0 ? 0 : (points / lot.scale) * Math.abs(view.markPrice(id))
}
