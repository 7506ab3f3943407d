import type { OrderRequest, RiskView } from '@astertrade/core'

/**
 * The price at which an order is worth most: the limit of a buy, else the highest of mark, trigger and limit.
 *
 * A sell limit is no bound from above, since it fills at the market when that is higher; so a short entry counts at the mark at
 * least. A trailing stop, whose trigger moves, counts at the mark. `NaN` when a mark is needed and there is none.
 */
export function worstPrice(order: OrderRequest, view: RiskView): number {
  if (order.side === 'buy' && order.limit !== undefined) return order.limit
  return Math.max(view.markPrice(order.instrument), order.trigger ?? 0, order.limit ?? 0)
}
