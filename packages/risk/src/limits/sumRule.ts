import { approve, type Instrument, type OrderRequest, type RiskRule, type RiskView } from '@astertrade/core'
import { exposurePrice } from './exposurePrice.js'
import { firstLookMargin } from './firstLook.js'
import type { LimitRatio } from './limitRatio.js'
import { sumWithin } from './sumWithin.js'

/** What `sumRule` takes. */
export interface SumRuleOptions {
  readonly name: string
  readonly code: string
  readonly limit: LimitRatio
  /** What the sum is over, the order's own instrument among them. */
  readonly instruments: (order: OrderRequest, view: RiskView) => readonly Instrument[]
}

/** A limit on a sum of positions as a share of equity. The first look takes all positions for those of the sum. */
export function sumRule({ name, code, limit, instruments }: SumRuleOptions): RiskRule {
  const firstLook = limit.near * (1 - firstLookMargin)
  return {
    name,
    check(order, view) {
      if (order.reduceOnly) return approve
      const value = exposurePrice(order, view) * order.quantity
      const room = view.equity * firstLook - view.grossExposure
      if (value > 0 && value < room && room < Number.POSITIVE_INFINITY) return approve
      return sumWithin(order, view, instruments(order, view), { code, rule: name, ppm: limit.ppm })
    },
  }
}
