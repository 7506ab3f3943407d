import type { ExposureView, Instrument, OrderRequest } from '@astertrade/core'

/** Where the worst case of an instrument stands, in lot points: base units times `lot.scale`, which are whole. */
export interface WorstCase {
  /** The larger of what may become a long and what may become a short position, orders under way and unknown counted in full. */
  readonly worst: number
  /** The same on the order's own side. */
  readonly own: number
}

/** The worst case before an order, all of whose base units count from `own` on. */
export function worstCase(order: OrderRequest, exposure: ExposureView, { lot }: Instrument): WorstCase {
  const { quantity, pendingBuy, pendingSell, pendingExit } = exposure
  // An exit under way may fail to happen; on the other side it may happen beside everything else.
  const long = Math.round((quantity + pendingBuy + (quantity < 0 ? pendingExit : 0)) * lot.scale)
  const short = Math.round((-quantity + pendingSell + (quantity > 0 ? pendingExit : 0)) * lot.scale)
  return { worst: Math.max(Math.abs(long), Math.abs(short)), own: order.side === 'buy' ? long : short }
}

/** Lots of an order that only bring its side up to what the other side may reach already. */
export function freeLotsOf({ worst, own }: WorstCase, { lot }: Instrument): number {
  return Math.floor((worst - own) / lot.step)
}
