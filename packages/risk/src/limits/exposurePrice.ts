import type { OrderRequest, RiskView } from '@astertrade/core'
import { worstPrice } from './worstPrice.js'

/**
 * The price at which an order counts among positions: its worst, and at least the last one, since once it is under way it is counted at
 * that. A buy limit below the market would else make a position that is above its cap at once.
 */
export function exposurePrice(order: OrderRequest, view: RiskView): number {
  const price = worstPrice(order, view)
  const mark = view.markPrice(order.instrument)
  if (mark > price) return mark
  return price
}
