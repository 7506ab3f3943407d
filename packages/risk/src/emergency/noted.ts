import { type ControlEvent, canonicalJson, type Timestamp } from '@astertrade/core'
import type { BacktestEvent } from '../backtests/backtestEvent.js'
import type { BreakerEvent } from './breakerEvent.js'
import type { OverrideEvent } from './overrideEvent.js'

/** The facts that rules of this package keep, by the name of their memory. */
export interface NotedFacts {
  readonly overrides: OverrideEvent
  readonly circuitBreaker: BreakerEvent
  readonly riskBacktest: BacktestEvent
}

/**
 * A fact for the memory of a rule as the event that is journaled and then stepped, so that a replay of the journal remembers the same.
 *
 * A fact that the rule would refuse changes nothing; ask first where somebody waits for the answer.
 *
 * @throws ConfigError `NOT_PLAIN_DATA` for a fact that holds something else than plain data.
 * @example
 * noted('circuitBreaker', { kind: 'peg', coin: 'USDT', price: 0.97, time })
 * // => { kind: 'noted', time, memory: 'circuitBreaker', fact: '{"coin":"USDT","kind":"peg","price":0.97}' }
 */
export function noted<Name extends keyof NotedFacts>(
  memory: Name,
  { time, ...fact }: NotedFacts[Name] & { readonly time: Timestamp },
): Extract<ControlEvent, { kind: 'noted' }> {
  return { kind: 'noted', time, memory, fact: canonicalJson(fact) }
}
