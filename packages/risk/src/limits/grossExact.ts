import type { Instrument, RiskView } from '@astertrade/core'

/** Worst-case value of the positions in some instruments (default: all), exact and rounded up where a price is off its grid. */
export function grossExact(view: RiskView, instruments: readonly Instrument[] = view.instruments): bigint {
  let sum = 0n
  for (const instrument of instruments) {
    const { quantity, pendingBuy, pendingSell, pendingExit } = view.exposure(instrument.id)
    if (quantity === 0 && pendingBuy === 0 && pendingSell === 0) continue
    const long = quantity + pendingBuy + (quantity < 0 ? pendingExit : 0)
    const short = -quantity + pendingSell + (quantity > 0 ? pendingExit : 0)
    const mark = instrument.price(Math.abs(view.markPrice(instrument.id)), 'up')
    sum += instrument.notional(mark, instrument.quantity(Math.max(Math.abs(long), Math.abs(short))))
  }
  return sum
}
