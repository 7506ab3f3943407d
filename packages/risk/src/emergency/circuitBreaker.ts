import type { RiskRule } from '@astertrade/core'
import { checkOptionNames } from '../limits/checkOptions.js'
import type { BreakerEvent } from './breakerEvent.js'
import { breakerName } from './breakerScope.js'
import { type BreakerOptions, type BreakerScopes, breakerFold, breakerVerdict, resetScope } from './breakerScopes.js'
import { isPerson, type Operators } from './dualControl.js'
import { factMemory } from './factMemory.js'

/** What `circuitBreaker` takes. */
export interface CircuitBreakerRuleOptions extends BreakerOptions {
  /** People without whom a latch stays; with 1, a day stands in for the second (default 2). */
  readonly operators?: Operators
}

const nothingHeard: BreakerScopes = {}

/**
 * The circuit breaker as a rule whose facts are journaled: entries that it stops are refused, exits pass.
 *
 * It hears `noted('circuitBreaker', …)` events and folds them as `createCircuitBreaker` does, inside the engine, so that a replay of the
 * journal is stopped where the session was. A reset that lacks its two people changes nothing.
 *
 * @throws ConfigError `BAD_LIMIT` or `UNKNOWN_OPTION` for limits that are none; the engine's `step` throws `BAD_FACT` for a fact that is
 * none or older than the last.
 * @example
 * const engine = createEngine({ …, rules: [circuitBreaker(), ...riskPolicy()] })
 * engine.step(noted('circuitBreaker', { kind: 'peg', coin: 'USDT', price: 0.97, time }))
 * // entries in BTC-USDT.binance are refused with DEPEG for five minutes
 */
export function circuitBreaker({ operators = 2, ...options }: CircuitBreakerRuleOptions = {}): RiskRule {
  checkOptionNames('circuitBreaker', options, ['limits', 'majors'])
  const fold = breakerFold(options)
  const memory = factMemory<BreakerScopes>(breakerName, nothingHeard, (scopes, fact) => {
    const event = fact as unknown as BreakerEvent
    if (event.kind !== 'reset') return fold(scopes, event).scopes
    if (!isPerson(event.requester) || !isPerson(event.approver)) return scopes
    const outcome = resetScope(scopes, { ...event, operators, approvedAt: event.time })
    return outcome.kind === 'done' ? outcome.scopes : scopes
  })
  return {
    name: breakerName,
    memory,
    check(order, view) {
      const scopes = view.memory(breakerName) as BreakerScopes | undefined
      return breakerVerdict(scopes ?? nothingHeard, order, view)
    },
  }
}
