import type { OrderRequest, RiskView } from '@astertrade/core'

/** The price an entry is expected at when its way to the stop is measured: its limit, else its trigger, else the last price. */
export function entryPrice(order: OrderRequest, view: RiskView): number {
  return order.limit ?? order.trigger ?? view.markPrice(order.instrument)
}

/** The way from an entry to its stop: `stop < entry` for a buy, above it for a sale; negative when the stop is on the wrong side. */
export function stopDistance(side: OrderRequest['side'], entry: number, stop: number | 'none'): number {
  if (stop === 'none') return entry
  return side === 'buy' ? entry - stop : stop - entry
}
