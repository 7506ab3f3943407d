import type { RiskRule, Timestamp, Verdict } from '@astertrade/core'
import { approve } from '@astertrade/core'
import type { BreakerReset } from './breakerEvent.js'
import { type BreakerLimits, breakerLimits } from './breakerLimits.js'
import {
  type BreakerFact,
  type BreakerScope,
  type BreakerTrip,
  breakerName,
  emptyScope,
  isStopped,
  nextScope,
  scopeOf,
} from './breakerScope.js'
import { type ControlRefusal, dualControl, refused, requestedBefore, thinReason } from './dualControl.js'

/** What a breaker keeps, by scope: plain data. */
export type BreakerScopes = Readonly<Record<string, BreakerScope>>

/** What a breaker is set to. */
export interface BreakerOptions {
  /** Limits that differ from the defaults. */
  readonly limits?: Partial<BreakerLimits>
  /** Ids of instruments with a narrower band of 5 %. */
  readonly majors?: readonly string[]
}

const majorBand = 0.05
const delayMs = 86_400_000

/**
 * The fold over facts for one set of limits: the scopes after a fact, and the trip that it caused.
 *
 * @throws ConfigError `BAD_LIMIT` or `UNKNOWN_OPTION` for limits that are none; the fold throws `BAD_FACT`.
 */
export function breakerFold(
  options: BreakerOptions,
): (
  scopes: BreakerScopes,
  fact: BreakerFact,
) => { readonly scopes: BreakerScopes; readonly trip: BreakerTrip | undefined } {
  const limits = breakerLimits(options.limits ?? {})
  const narrow = { ...limits, band: Math.min(limits.band, majorBand) }
  const majors = new Set(options.majors ?? [])
  return (scopes, fact) => {
    const scope = scopeOf(fact)
    const before = Object.hasOwn(scopes, scope) ? scopes[scope]! : emptyScope
    const { state, trip } = nextScope(before, fact, majors.has(scope) ? narrow : limits)
    return { scopes: { ...scopes, [scope]: state }, trip }
  }
}

/** What stops entries in an instrument at a time: a trip of itself, its venue, or a coin of its pair. */
export function breakerStop(scopes: BreakerScopes, instrument: string, time: Timestamp): BreakerTrip | undefined {
  for (const scope of scopesAround(instrument)) {
    const state = Object.hasOwn(scopes, scope) ? scopes[scope]! : emptyScope
    if (isStopped(state, time)) return state.trip
  }
  return undefined
}

/** The scopes without the latch of one, lifted by two RISK_ADMINs, or one and a day, asked for after the trip. */
export function resetScope(
  scopes: BreakerScopes,
  reset: BreakerReset,
): { readonly kind: 'done'; readonly scopes: BreakerScopes } | ControlRefusal {
  const state = Object.hasOwn(scopes, reset.scope) ? scopes[reset.scope]! : emptyScope
  if (state.trip?.until !== 'operator') return refused('NOT_LATCHED', 'a scope that is latched')
  const lacking =
    thinReason(reset.reason) ??
    requestedBefore(reset.requestedAt, state.trip.time) ??
    dualControl({ ...reset, roles: ['RISK_ADMIN'], delayMs })
  return lacking ?? { kind: 'done', scopes: { ...scopes, [reset.scope]: { ...state, trip: undefined, trips: [] } } }
}

/** The verdict on an order while the scopes are as given: exits pass. */
export function breakerVerdict(scopes: BreakerScopes, ...[order, view]: Parameters<RiskRule['check']>): Verdict {
  if (order.reduceOnly) return approve
  const trip = breakerStop(scopes, order.instrument, view.now)
  return trip === undefined ? approve : { kind: 'refuse', reason: { ...trip.reason, rule: breakerName } }
}

/** The instrument, its venue, and the coins of a symbol such as `BTC-USDT.binance`. */
function scopesAround(instrument: string): readonly string[] {
  const dot = instrument.lastIndexOf('.')
  const coins = instrument.slice(0, dot).split(/[-/_:]/)
  return [instrument, `venue:${instrument.slice(dot + 1)}`, ...coins.map((coin) => `coin:${coin}`)]
}
