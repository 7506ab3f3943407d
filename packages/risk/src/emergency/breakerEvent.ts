import type { Timestamp } from '@astertrade/core'
import type { BreakerFact } from './breakerScope.js'
import type { Operators, Person } from './dualControl.js'

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

/** What a breaker inside the engine is told: a fact, or a reset, which is confirmed at its time. */
export type BreakerEvent =
  | BreakerFact
  | ({ readonly kind: 'reset'; readonly time: Timestamp } & Omit<BreakerReset, 'approvedAt' | 'operators'>)
