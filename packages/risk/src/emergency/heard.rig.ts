import { btc } from '../limits/account.rig.js'
import type { BreakerFact } from './breakerScope.js'
import { type CircuitBreakerOptions, createCircuitBreaker } from './createCircuitBreaker.js'
import { at } from './people.rig.js'

/** Milliseconds. */
export const second = 1000
type Distribute<T> = T extends unknown ? Omit<T, 'time'> : never
/** A fact whose time is told apart. */
export type Said = Distribute<BreakerFact>

/** A breaker that hears facts at milliseconds; answers the codes of its trips. */
export function heard(facts: readonly (readonly [ms: number, fact: Said])[], options: CircuitBreakerOptions = {}) {
  const breaker = createCircuitBreaker(options)
  const trips = facts.flatMap(([ms, fact]) => {
    const trip = breaker.hear({ ...fact, time: at(ms) } as BreakerFact)
    return trip ? [trip] : []
  })
  return { breaker, trips, codes: trips.map((trip) => trip.reason.code) }
}

/** A fact about a price. */
export const price = (value: number, instrument: string = btc.id): Said => ({ kind: 'price', instrument, price: value })
/** A price that stays where it is. */
export const steady = (count: number, value = 100, stepMs = 10 * second): (readonly [number, Said])[] =>
  Array.from({ length: count }, (_, n) => [n * stepMs, price(value)] as const)
