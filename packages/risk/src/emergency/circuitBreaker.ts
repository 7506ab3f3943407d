import { approve, type RiskRule, type Timestamp } from '@astertrade/core'
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
import {
  type ControlRefusal,
  dualControl,
  type Operators,
  type Person,
  refused,
  requestedBefore,
  thinReason,
} from './dualControl.js'

/** What `createCircuitBreaker` takes. */
export interface CircuitBreakerOptions {
  /** Limits that differ from the defaults. */
  readonly limits?: Partial<BreakerLimits>
  /** Ids of instruments with a narrower band of 5 %. */
  readonly majors?: readonly string[]
  /** What an earlier breaker kept, to go on from there. */
  readonly scopes?: Readonly<Record<string, BreakerScope>>
}

/** A request to reset a latched scope, and its confirmation. */
export interface BreakerReset {
  readonly scope: string
  readonly operators: Operators
  readonly requester: Person
  readonly requestedAt: Timestamp
  readonly reason: string
  readonly approver: Person
  readonly approvedAt: Timestamp
}

/** A circuit breaker over all that is traded. */
export interface CircuitBreaker {
  /**
   * Takes a fact; answers the trip that it caused, to be journaled.
   *
   * @throws ConfigError `BAD_FACT` for a figure that is no number in its range, or a time before the last one.
   */
  hear(fact: BreakerFact): BreakerTrip | undefined
  /** What stops entries in an instrument at a time: a trip of itself, its venue, or a coin of its pair. */
  stops(instrument: string, time: Timestamp): BreakerTrip | undefined
  /** Lifts the latch of a scope, by two RISK_ADMINs or one and a day, asked for after the trip; undefined when done. */
  reset(reset: BreakerReset): ControlRefusal | undefined
  /** Refuses entries that the breaker stops. Exits pass. */
  readonly rule: RiskRule
  /** What it keeps, as plain data. */
  scopes(): Readonly<Record<string, BreakerScope>>
}

const majorBand = 0.05
const delayMs = 86_400_000

/**
 * A breaker that stops entries when a market is not itself: price bands, volatility, spread, depth, a broken peg, a venue's errors, refused
 * orders, slippage.
 *
 * A fold over facts: the same facts give the same trips, so a replay is stopped where the session was. A trip pauses its scope for five
 * minutes; the third within an hour latches it until two people reset it.
 *
 * @throws ConfigError `BAD_LIMIT` or `UNKNOWN_OPTION` for limits that are none.
 * @example
 * const breaker = createCircuitBreaker({ majors: ['BTC-USDT.binance'] })
 * breaker.hear({ kind: 'peg', coin: 'USDT', price: 0.97, time })?.reason.code // => 'DEPEG'
 * breaker.stops('ETH-USDT.binance', time)?.scope // => 'coin:USDT'
 */
export function createCircuitBreaker(options: CircuitBreakerOptions = {}): CircuitBreaker {
  const limits = breakerLimits(options.limits ?? {})
  const narrow = { ...limits, band: Math.min(limits.band, majorBand) }
  const majors = new Set(options.majors ?? [])
  const scopes = new Map(Object.entries(options.scopes ?? {}))
  const stops = (instrument: string, time: Timestamp): BreakerTrip | undefined => {
    for (const scope of scopesAround(instrument)) {
      const state = scopes.get(scope)
      if (state !== undefined && isStopped(state, time)) return state.trip
    }
    return undefined
  }
  return {
    hear(fact) {
      const scope = scopeOf(fact)
      const before = scopes.get(scope) ?? emptyScope
      const { state, trip } = nextScope(before, fact, majors.has(scope) ? narrow : limits)
      scopes.set(scope, state)
      return trip
    },
    stops,
    reset(reset) {
      const state = scopes.get(reset.scope)
      if (state?.trip?.until !== 'operator') return refused('NOT_LATCHED', 'a scope that is latched')
      const lacking =
        thinReason(reset.reason) ??
        requestedBefore(reset.requestedAt, state.trip.time) ??
        dualControl({ ...reset, roles: ['RISK_ADMIN'], delayMs })
      if (lacking) return lacking
      scopes.set(reset.scope, { ...state, trip: undefined, trips: [] })
      return undefined
    },
    rule: {
      name: breakerName,
      check(order, view) {
        if (order.reduceOnly || scopes.size === 0) return approve
        const trip = stops(order.instrument, view.now)
        return trip === undefined ? approve : { kind: 'refuse', reason: { ...trip.reason, rule: breakerName } }
      },
    },
    scopes: () => Object.fromEntries(scopes),
  }
}

/** The instrument, its venue, and the coins of a symbol such as `BTC-USDT.binance`. */
function scopesAround(instrument: string): readonly string[] {
  const dot = instrument.lastIndexOf('.')
  const coins = instrument.slice(0, dot).split(/[-/_:]/)
  return [instrument, `venue:${instrument.slice(dot + 1)}`, ...coins.map((coin) => `coin:${coin}`)]
}
