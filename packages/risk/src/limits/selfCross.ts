import { approve, type OrderRequest, type RiskRule } from '@astertrade/core'

const name = 'selfCross'

/**
 * Refuses an entry that would trade with an order of the account's own that rests on the other side.
 *
 * A market order reaches the last price, a limit order its limit; resting are limit orders and icebergs, exits among them. The code
 * is `SELF_CROSS`. Exits pass: the way out is more important than the fee.
 *
 * @example
 * selfCross().name // => 'selfCross'
 */
export function selfCross(): RiskRule {
  return {
    name,
    check(order, view) {
      if (order.reduceOnly || view.openOrderCount === 0) return approve
      const reach = order.limit ?? (order.trigger === undefined ? view.markPrice(order.instrument) : undefined)
      // A stop is judged by no price of today; the venue's own prevention looks at it when it wakes.
      if (reach === undefined) return approve
      for (const other of view.openOrders(order.instrument)) {
        if (!rests(other) || other.side === order.side || other.id === order.id) continue
        const crosses = order.side === 'buy' ? !(reach < other.limit!) : !(reach > other.limit!)
        if (!crosses) continue
        const reason = {
          code: 'SELF_CROSS',
          rule: name,
          limit: String(other.limit),
          got: String(reach),
          unit: 'price',
        } as const
        return { kind: 'refuse', reason }
      }
      return approve
    },
  }
}

function rests({ type, limit }: OrderRequest): boolean {
  return (type === 'limit' || type === 'iceberg') && limit !== undefined
}
