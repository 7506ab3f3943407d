import type { ExposureView, Instrument, OrderRequest } from '@astertrade/core'

/** Where the worst cases of a position stand, in lot points: base units times `lot.scale`, which are whole. */
export interface WorstCase {
  /** The larger of what may become a long and what may become a short position, orders under way and unknown counted in full. */
  readonly worst: number
  /** What may become a long position, negative where it stays a short one. */
  readonly long: number
  /** What may become a short position, negative where it stays a long one. */
  readonly short: number
}

/** The worst cases of one strategy's position in an instrument. */
export function worstCase(
  { quantity, pendingBuy, pendingSell, pendingExit }: ExposureView,
  { lot }: Instrument,
): WorstCase {
  // An exit under way may fail to happen; on the other side it may happen beside everything else.
  const long = Math.round((quantity + pendingBuy + (quantity < 0 ? pendingExit : 0)) * lot.scale)
  const short = Math.round((-quantity + pendingSell + (quantity > 0 ? pendingExit : 0)) * lot.scale)
  return { worst: Math.max(Math.abs(long), Math.abs(short)), long, short }
}

/** Lots of an order that only bring its side up to what the other side may reach already. */
export function freeLotsOf(side: OrderRequest['side'], { worst, long, short }: WorstCase, { lot }: Instrument): number {
  return Math.floor((worst - (side === 'buy' ? long : short)) / lot.step)
}
