import type { OrderId, OrderRequest } from './order.js'
import type { Approved } from './review.js'

/** What the engine asks of a venue. A `place` takes only an order that a review approved. */
export type Command =
  | { readonly kind: 'place'; readonly approved: Approved<OrderRequest> }
  /** The open order with the same id becomes this one. */
  | { readonly kind: 'amend'; readonly approved: Approved<OrderRequest> }
  | { readonly kind: 'cancel'; readonly orderId: OrderId }
