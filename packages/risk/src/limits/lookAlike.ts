import { approve, type OrderRequest, type RiskRule } from '@astertrade/core'
import { checkCount } from './checkCount.js'
import { checkOptionNames } from './checkOptions.js'
import { notFinite } from './notFinite.js'

/** What `lookAlike` takes. */
export interface LookAlikeOptions {
  /** How long an order is remembered, in milliseconds (default 1000). */
  readonly withinMs?: number
}

const defaults = { withinMs: 1000 } as const
const longestMs = 86_400_000

/**
 * Refuses an entry that looks like one its strategy placed a moment ago: same instrument, side, type, quantity and prices.
 *
 * Two wishes that are the same in all of this within a second are one wish told twice. The code is `LOOKALIKE`. A change of an order
 * is no second order. Exits pass.
 *
 * @throws ConfigError `BAD_LIMIT` for a time that is no whole number of milliseconds up to a day, or an unknown option.
 * @example
 * lookAlike().name // => 'lookAlike(1000 ms)'
 */
export function lookAlike(options: LookAlikeOptions = {}): RiskRule {
  checkOptionNames('lookAlike', options, Object.keys(defaults))
  const { withinMs } = { ...defaults, ...options }
  checkCount('withinMs', withinMs, longestMs)
  const name = `lookAlike(${withinMs} ms)`
  return {
    name,
    check(order, view) {
      if (order.reduceOnly) return approve
      const { now } = view
      if (!Number.isFinite(now)) return { kind: 'refuse', reason: notFinite(name, now, 'ms') }
      const since = now - withinMs + 1
      if (view.ordersSince(since) === 0) return approve
      const twin = view.placedSince(since).find((other) => looksLike(order, other))
      if (twin === undefined) return approve
      const reason = {
        code: 'LOOKALIKE',
        rule: name,
        limit: 'one such order',
        got: String(twin.id),
        unit: 'count',
      } as const
      return { kind: 'refuse', reason }
    },
  }
}

function looksLike(order: OrderRequest, other: OrderRequest): boolean {
  return (
    order.id !== other.id &&
    order.strategy === other.strategy &&
    order.instrument === other.instrument &&
    order.side === other.side &&
    order.type === other.type &&
    order.quantity === other.quantity &&
    order.limit === other.limit &&
    order.trigger === other.trigger
  )
}
