import type { FirstLook, RiskMemory } from '@astertrade/core'
import type { CapitalTiers } from '../capitalTiers.js'
import { nearTier, type TierState } from '../tierMemory.js'
import type { TradeCosts } from './costsOf.js'
import { exposurePrice } from './exposurePrice.js'
import { firstLookMargin } from './firstLook.js'
import { dayFactorNear } from './gradedSize.js'
import { nearLoss } from './stopLoss.js'

/** The limits that one look stands for, as shares of equity. */
export interface PolicyLookOptions {
  readonly clipSize: number
  readonly dailyLoss: number
  readonly maxDrawdown: number
  readonly portfolioRisk: number
  /** The smallest limit on a sum of positions. */
  readonly exposure: number
  readonly tiers: CapitalTiers
  readonly memory: RiskMemory<TierState>
  /** Times the position share of the tier, at most: 1, or less where the clip limits the position too. */
  readonly positionMost: number
  readonly costs: TradeCosts
  /** Sizes shrink with the day's loss, and by a step from this fall on; undefined where they do not. */
  readonly firstStep: number | undefined
}

/**
 * One look for the size limits of a policy: true where the order is far within all of them.
 *
 * Worst assumptions stand in for what the rules would measure: all positions are in the order's instrument, and all cash is needed
 * for what they are worth. Whoever is not cleared is asked by each rule.
 */
export function policyLook(options: PolicyLookOptions): FirstLook {
  const { clipSize, dailyLoss, maxDrawdown, portfolioRisk, exposure, tiers, memory, positionMost, costs } = options
  const dayLevel = (1 - dailyLoss) * (1 + firstLookMargin)
  const fallLevel = (1 - maxDrawdown) * (1 + firstLookMargin)
  const stepLevel = (1 - (options.firstStep ?? maxDrawdown)) * (1 + firstLookMargin)
  return {
    clears(order, view) {
      if (order.reduceOnly) return true
      const { equity } = view
      const { highWaterMarkNear: peak, dayStartNear: start } = view
      const isHigh = equity > peak * stepLevel && equity > start * dayLevel
      if (!(isHigh && equity < Number.POSITIVE_INFINITY)) return false
      const tier = nearTier(tiers, memory, view, equity)
      const price = exposurePrice(order, view)
      const value = price * order.quantity
      if (tier === undefined || !(value > 0)) return false
      const gross = view.grossExposure
      const held = gross === 0 ? 0 : view.lossToStops(order, 'account') * (1 + costs.near) + gross * costs.near
      const loss = nearLoss(order, view, costs)
      const margin = equity * firstLookMargin
      const forValue = Math.min(equity * clipSize, equity * Math.min(tier.position.near, positionMost) - gross) - margin
      const forLoss =
        Math.min(equity * Math.min(tier.risk.near, portfolioRisk), equity - peak * fallLevel) - held - margin
      const factor = options.firstStep === undefined ? 1 : dayFactorNear(view, dailyLoss)
      return (
        value < forValue * factor &&
        loss > 0 &&
        loss < forLoss * factor &&
        value < equity * exposure - gross - margin &&
        value * (1 + costs.near) + margin < view.freeCash &&
        view.freeCash < Number.POSITIVE_INFINITY
      )
    },
  }
}
