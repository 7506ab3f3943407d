import { approve, dayMs, floorTo, type RiskRule, type Verdict } from '@astertrade/core'
import { checkCount } from './checkCount.js'
import { checkOptionNames } from './checkOptions.js'
import { notFinite } from './notFinite.js'

/** What `orderRate` takes. */
export interface OrderRateOptions {
  /** Entry orders of one strategy within any second (default 5). */
  readonly strategyPerSecond?: number
  /** Entry orders of the account within any second (default 10). */
  readonly accountPerSecond?: number
  /** Entry orders of the account on one UTC day (default 200). */
  readonly perDay?: number
  /** Cancels per fill on one UTC day, asked from the tenth cancel on (default none). */
  readonly cancelsPerFill?: number
}

/** Figures of `orderRate` where none are given. */
export const orderRateDefaults = {
  strategyPerSecond: 5,
  accountPerSecond: 10,
  perDay: 200,
  cancelsPerFill: undefined,
} as const

/** Entries that an engine keeps in mind; a limit above that could never be seen to be reached. */
const most = 1000
const windowMs = 1000
const cancelsIgnored = 9

/**
 * Limits how many entry orders are placed: by a strategy and by the account within a second, and by the account on a UTC day.
 *
 * Refuses with `RATE_STRATEGY`, `RATE_ACCOUNT`, `RATE_DAY` or `CANCEL_RATIO`. Any window of `w` seconds admits at most one burst plus
 * `w` times the rate. Exits pass and are not counted, and cancels are never asked about.
 *
 * @throws ConfigError `BAD_LIMIT` for a limit that is no whole number from 1 to 1,000, or an unknown option.
 * @example
 * orderRate({ perDay: 50 }).name // => 'orderRate(5/s, account 10/s, 50/day)'
 */
export function orderRate(options: OrderRateOptions = {}): RiskRule {
  checkOptionNames('orderRate', options, Object.keys(orderRateDefaults))
  const { strategyPerSecond, accountPerSecond, perDay, cancelsPerFill } = { ...orderRateDefaults, ...options }
  checkCount('strategyPerSecond', strategyPerSecond, most)
  checkCount('accountPerSecond', accountPerSecond, most)
  checkCount('perDay', perDay, most)
  if (cancelsPerFill !== undefined) checkCount('cancelsPerFill', cancelsPerFill, most)
  const ratio = cancelsPerFill === undefined ? '' : `, ${cancelsPerFill} cancels/fill`
  const isLoose =
    strategyPerSecond > orderRateDefaults.strategyPerSecond ||
    accountPerSecond > orderRateDefaults.accountPerSecond ||
    perDay > orderRateDefaults.perDay
  const seed = isLoose ? ', above seed' : ''
  const name = `orderRate(${strategyPerSecond}/s, account ${accountPerSecond}/s, ${perDay}/day${ratio}${seed})`
  const refuse = (code: string, limit: number, got: number): Verdict => ({
    kind: 'refuse',
    reason: { code, rule: name, limit: String(limit), got: String(got), unit: 'count' },
  })
  return {
    name,
    check(order, view) {
      if (order.reduceOnly) return approve
      const { now } = view
      if (!Number.isFinite(now)) return { kind: 'refuse', reason: notFinite(name, now, 'ms') }
      const today = view.ordersSince(floorTo(now, dayMs))
      if (today >= perDay) return refuse('RATE_DAY', perDay, today + 1)
      // A window of a second is open at its start: what lies a whole second back is out of it.
      const recent = view.ordersSince(now - windowMs + 1)
      if (recent >= accountPerSecond) return refuse('RATE_ACCOUNT', accountPerSecond, recent + 1)
      if (recent >= strategyPerSecond) {
        const own = view.ordersSince(now - windowMs + 1, order.strategy)
        if (own >= strategyPerSecond) return refuse('RATE_STRATEGY', strategyPerSecond, own + 1)
      }
      if (cancelsPerFill === undefined) return approve
      const { cancelsToday, fillsToday } = view
      const tooMany = cancelsToday > cancelsIgnored && cancelsToday > cancelsPerFill * fillsToday
      return tooMany ? refuse('CANCEL_RATIO', cancelsPerFill * fillsToday, cancelsToday) : approve
    },
    use(view) {
      const { now } = view
      const day = view.ordersSince(floorTo(now, dayMs)) / perDay
      return Math.max(day, view.ordersSince(now - windowMs + 1) / accountPerSecond)
    },
  }
}
