import type { RiskRule, Timestamp } from '@astertrade/core'
import type { BreakerReset } from './breakerEvent.js'
import { type BreakerFact, type BreakerTrip, breakerName } from './breakerScope.js'
import {
  type BreakerOptions,
  type BreakerScopes,
  breakerFold,
  breakerStop,
  breakerVerdict,
  resetScope,
} from './breakerScopes.js'
import type { ControlRefusal } from './dualControl.js'

/** What `createCircuitBreaker` takes. */
export interface CircuitBreakerOptions extends BreakerOptions {
  /** What an earlier breaker kept, to go on from there. */
  readonly scopes?: BreakerScopes
}

/** A circuit breaker over all that is traded, outside an engine. */
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
  scopes(): BreakerScopes
}

/**
 * A breaker that stops entries when a market is not itself: price bands, volatility, spread, depth, a broken peg, a venue's errors, refused
 * orders, slippage.
 *
 * A fold over facts: the same facts give the same trips. A trip pauses its scope for five minutes; the third within an hour latches it
 * until two people reset it. Its facts are kept by whoever feeds it; `circuitBreaker` is the rule whose facts the journal keeps.
 *
 * @throws ConfigError `BAD_LIMIT` or `UNKNOWN_OPTION` for limits that are none.
 * @example
 * const breaker = createCircuitBreaker({ majors: ['BTC-USDT.binance'] })
 * breaker.hear({ kind: 'peg', coin: 'USDT', price: 0.97, time })?.reason.code // => 'DEPEG'
 * breaker.stops('ETH-USDT.binance', time)?.scope // => 'coin:USDT'
 */
export function createCircuitBreaker(options: CircuitBreakerOptions = {}): CircuitBreaker {
  const fold = breakerFold(options)
  let scopes = options.scopes ?? {}
  return {
    hear(fact) {
      const { trip, ...after } = fold(scopes, fact)
      scopes = after.scopes
      return trip
    },
    stops: (instrument, time) => breakerStop(scopes, instrument, time),
    reset(reset) {
      const outcome = resetScope(scopes, reset)
      if (outcome.kind === 'refused') return outcome
      scopes = outcome.scopes
      return undefined
    },
    rule: { name: breakerName, check: (order, view) => breakerVerdict(scopes, order, view) },
    scopes: () => scopes,
  }
}
