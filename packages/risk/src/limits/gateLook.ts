import { dayMs, type FirstLook } from '@astertrade/core'
import { orderRateDefaults } from './orderRate.js'

/** The gates that one look stands for. */
export interface GateLookOptions {
  /** Default any. */
  readonly dataAgeMs?: number
  readonly lookAlikeMs: number
  /** Entry orders on a day (default 200); within a second one is always allowed. */
  readonly perDay?: number
  /** Given, nobody is cleared who has canceled today. */
  readonly cancelsPerFill?: number
}

/**
 * One look for the gates of a policy: true for a market order on fresh data, with nothing under way and no entry a moment ago.
 *
 * Whoever is not cleared is asked by each gate.
 */
export function gateLook(options: GateLookOptions): FirstLook {
  const { dataAgeMs, lookAlikeMs, perDay = orderRateDefaults.perDay } = options
  const cancelsMost = options.cancelsPerFill === undefined ? Number.POSITIVE_INFINITY : 0
  const recentMs = Math.max(lookAlikeMs, 1000)
  return {
    clears(order, view) {
      if (order.reduceOnly) return order.limit === undefined
      if (order.limit !== undefined || view.openOrderCount > 0 || view.hasGap(order.instrument)) return false
      if (view.cancelsToday > cancelsMost) return false
      const { now } = view
      if (dataAgeMs !== undefined && !(view.markAgeMs(order.instrument) <= dataAgeMs)) return false
      if (!Number.isFinite(now) || view.ordersSince(now - recentMs) > 0) return false
      return view.ordersSince(Math.floor(now / dayMs) * dayMs) < perDay
    },
  }
}
