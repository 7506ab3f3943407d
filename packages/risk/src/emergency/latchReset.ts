import type { ControlEvent, Timestamp } from '@astertrade/core'
import { type ControlRefusal, dualControl, forbidden, type Operators, type Person, thinReason } from './dualControl.js'

/** A request to lift the latch of a rule. */
export interface LatchRequest {
  readonly kind: 'requested'
  /** Code of the trip, such as `DRAWDOWN`. */
  readonly code: string
  readonly by: Person
  readonly time: Timestamp
  readonly reason: string
}

const dayLong = 86_400_000
const roles = ['RISK_ADMIN'] as const

/** Asks for a latch to be lifted: a RISK_ADMIN with a reason. */
export function requestLatchReset(request: Omit<LatchRequest, 'kind'>): LatchRequest | ControlRefusal {
  return forbidden(request.by, roles) ?? thinReason(request.reason) ?? { kind: 'requested', ...request }
}

/**
 * Confirms the request a day later at the earliest: by a second RISK_ADMIN, or by the same where one person operates.
 *
 * The fact that comes back is journaled and stepped; it ends the trip and starts the drawdown anew from what equity is then.
 *
 * @example
 * confirmLatchReset(request, { by: bob, time: request.time + 86_400_000, operators: 2 })
 * // => { kind: 'acknowledged', time: …, code: 'DRAWDOWN' }
 */
export function confirmLatchReset(
  request: LatchRequest,
  { by, time, operators }: { readonly by: Person; readonly time: Timestamp; readonly operators: Operators },
): Extract<ControlEvent, { kind: 'acknowledged' }> | ControlRefusal {
  const lacking = dualControl({
    operators,
    requester: request.by,
    requestedAt: request.time,
    approver: by,
    approvedAt: time,
    roles,
    delayMs: dayLong,
    coolOffMs: dayLong,
  })
  return lacking ?? { kind: 'acknowledged', time, code: request.code }
}
