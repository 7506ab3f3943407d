import { approve, type RiskRule } from '@astertrade/core'
import { type Ceilings, seedFigures } from '../seedFigures.js'
import { checkOptionChoice, checkOptionNames } from './checkOptions.js'
import { fallUse } from './fallUse.js'
import { clearLevel, clearlyAbove, fallReason, hasFallen } from './hasFallen.js'
import { limitRatio } from './limitRatio.js'
import { notFinite } from './notFinite.js'

/** What `maxDrawdown` takes. */
export interface MaxDrawdownOptions {
  /** Fall from the high-water mark, as a share of it, that halts the account (default 0.1). */
  readonly limit?: number
  /** What becomes of positions at the halt: `flatten` (default) closes them, `hold` leaves them to their stops. */
  readonly onTrip?: 'flatten' | 'hold'
  /** Default `seed`: a limit above the seed figure is refused. */
  readonly ceilings?: Ceilings
}

const defaults = { limit: seedFigures.maxDrawdown, onTrip: 'flatten', ceilings: 'seed' } as const

/**
 * Halts the account once equity has fallen a share below its high-water mark, until an operator lifts the latch.
 *
 * Speaks at the first touch, `10 E <= 9 H` for the default: it refuses entries with `DRAWDOWN` and trips `halted`. A recovery of
 * equity does not lift the latch. Exits pass. The comparison is exact.
 *
 * @throws ConfigError for a limit outside (0, 1] or above the seed figure, or an unknown option.
 * @example
 * maxDrawdown({ limit: 0.08, onTrip: 'hold' }).name // => 'maxDrawdown(8%, hold)'
 */
export function maxDrawdown(options: MaxDrawdownOptions = {}): RiskRule {
  checkOptionNames('maxDrawdown', options, Object.keys(defaults))
  const { limit: share, onTrip, ceilings } = { ...defaults, ...options }
  const limit = limitRatio('maxDrawdown', share, ceilings)
  checkOptionChoice('onTrip', onTrip, ['flatten', 'hold'])
  const name = `maxDrawdown(${limit.label}${onTrip === defaults.onTrip ? '' : `, ${onTrip}`})`
  return {
    name,
    check(order, view) {
      if (order.reduceOnly || clearlyAbove(view.equity, view.highWaterMarkNear, limit)) return approve
      if (!Number.isFinite(view.equity) || !Number.isFinite(view.highWaterMarkNear)) {
        return { kind: 'refuse', reason: notFinite(name, view.equity, 'quote') }
      }
      const { equityExact: equity, highWaterMark: peak } = view
      if (!hasFallen(equity, peak, limit)) return approve
      return { kind: 'refuse', reason: fallReason('DRAWDOWN', name, equity, peak, limit) }
    },
    watchBelow: (view) => clearLevel(view.highWaterMarkNear, limit),
    use: (view) => fallUse(view.equity, view.highWaterMarkNear, limit),
    watch(view) {
      if (clearlyAbove(view.equity, view.highWaterMarkNear, limit)) return undefined
      const { equityExact: equity, highWaterMark: peak } = view
      if (!hasFallen(equity, peak, limit)) return undefined
      const reason = fallReason('DRAWDOWN', name, equity, peak, limit)
      return { mode: 'halted', until: 'operator', flatten: onTrip === 'flatten', reason }
    },
  }
}
