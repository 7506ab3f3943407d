import { approve, dayMs, floorTo, type RiskRule, type Timestamp, timestamp } from '@astertrade/core'
import { type Ceilings, seedFigures } from '../seedFigures.js'
import { checkOptionChoice, checkOptionNames } from './checkOptions.js'
import { fallUse } from './fallUse.js'
import { clearLevel, clearlyAbove, fallReason, hasFallen } from './hasFallen.js'
import { limitRatio } from './limitRatio.js'
import { notFinite } from './notFinite.js'

/** What `dailyLoss` takes. */
export interface DailyLossOptions {
  /** Share of the equity at 00:00 UTC that a day may lose (default 0.03). */
  readonly limit?: number
  /** What ends the day's stop: the next UTC day and an operator (default), or the day alone, where nobody can acknowledge. */
  readonly acknowledge?: 'nextDay' | 'operator'
  /** Default `seed`: a limit above the seed figure is refused. */
  readonly ceilings?: Ceilings
}

const defaults = { limit: seedFigures.dailyLoss, acknowledge: 'operator', ceilings: 'seed' } as const

/**
 * Stops new risk once the day has lost a share of its opening equity: realised, unrealised and fees since 00:00 UTC.
 *
 * Speaks at the first touch: a loss of exactly the limit refuses entries with `DAILY_LOSS` and trips `reduceOnly` until the next
 * UTC midnight and an `acknowledged` event, in either order; with `acknowledge: 'nextDay'`, as in a backtest, until midnight alone. Exits
 * pass, positions are kept. The comparison is exact.
 *
 * @throws ConfigError for a limit outside (0, 1] or above the seed figure, or an unknown option.
 * @example
 * dailyLoss({ limit: 0.02 }).name // => 'dailyLoss(2%)'
 */
export function dailyLoss(options: DailyLossOptions = {}): RiskRule {
  checkOptionNames('dailyLoss', options, Object.keys(defaults))
  const { limit: share, acknowledge, ceilings } = { ...defaults, ...options }
  const limit = limitRatio('dailyLoss', share, ceilings)
  checkOptionChoice('acknowledge', acknowledge, ['nextDay', 'operator'])
  const name = `dailyLoss(${limit.label}${acknowledge === defaults.acknowledge ? '' : `, ${acknowledge}`})`
  return {
    name,
    check(order, view) {
      if (order.reduceOnly || clearlyAbove(view.equity, view.dayStartNear, limit)) return approve
      if (!Number.isFinite(view.equity) || !Number.isFinite(view.dayStartNear)) {
        return { kind: 'refuse', reason: notFinite(name, view.equity, 'quote') }
      }
      const { equityExact: equity, dayStart } = view
      if (!hasFallen(equity, dayStart, limit)) return approve
      return { kind: 'refuse', reason: fallReason('DAILY_LOSS', name, equity, dayStart, limit) }
    },
    watchBelow: (view) => clearLevel(view.dayStartNear, limit),
    use: (view) => fallUse(view.equity, view.dayStartNear, limit),
    watch(view) {
      if (clearlyAbove(view.equity, view.dayStartNear, limit)) return undefined
      const { equityExact: equity, dayStart } = view
      if (!hasFallen(equity, dayStart, limit)) return undefined
      const midnight = nextMidnight(view.now)
      const reason = fallReason('DAILY_LOSS', name, equity, dayStart, limit)
      if (acknowledge === 'nextDay') return { mode: 'reduceOnly', until: midnight, flatten: false, reason }
      return { mode: 'reduceOnly', until: 'operator', notBefore: midnight, flatten: false, reason }
    },
  }
}

function nextMidnight(now: Timestamp): Timestamp {
  return timestamp(floorTo(now, dayMs) + dayMs)
}
