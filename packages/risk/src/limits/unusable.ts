import type { OrderRequest, RiskReason, RiskView } from '@astertrade/core'
import { notFinite } from './notFinite.js'

/** What else must be a number before an order is judged in exact money: figures of the account by unit. */
export type Needed = readonly (readonly [value: number, unit: RiskReason['unit']])[]

/**
 * The reason to refuse an order whose figures are no usable numbers; undefined when all of them are.
 *
 * `NO_MARK` where the instrument has no price yet, else `NOT_FINITE`.
 */
export function unusable(
  rule: string,
  order: OrderRequest,
  view: RiskView,
  price: number,
  needed: Needed = [[view.equity, 'quote']],
): RiskReason | undefined {
  const { tick, lot } = view.instrument(order.instrument)
  if (!fits(price, tick.scale)) {
    const isMissing = Number.isNaN(price) && view.mark(order.instrument) === undefined
    return isMissing
      ? { code: 'NO_MARK', rule, limit: 'a price', got: 'none', unit: 'price' }
      : notFinite(rule, price, 'price')
  }
  if (!fits(order.quantity, lot.scale)) return notFinite(rule, order.quantity, 'base')
  const bad = needed.find(([value]) => !Number.isFinite(value))
  return bad && notFinite(rule, bad[0], bad[1])
}

/** True for a positive number within the 1e15 points that a grid holds. */
function fits(value: number, scale: number): boolean {
  return value > 0 && value * scale < 1e15
}
