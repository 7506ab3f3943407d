import type { ControlEvent, Timestamp } from '@astertrade/core'
import {
  type ControlRefusal,
  dualControl,
  forbidden,
  type Operators,
  type Person,
  refused,
  requestedBefore,
  thinReason,
} from './dualControl.js'

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

/** Confirmation of a request. */
export interface LatchConfirmation {
  readonly by: Person
  readonly time: Timestamp
  readonly operators: Operators
  /** Time of the trip as the journal has it: a request from before it is none. */
  readonly trippedAt: Timestamp
}

/** Asks for a latch to be lifted: a RISK_ADMIN with a reason; `BAD_TIME` for a time that is no number. */
export function requestLatchReset(request: Omit<LatchRequest, 'kind'>): LatchRequest | ControlRefusal {
  const lacking = forbidden(request.by, roles) ?? thinReason(request.reason)
  if (lacking) return lacking
  if (!Number.isFinite(request.time)) return refused('BAD_TIME', 'a time in milliseconds')
  return { kind: 'requested', ...request }
}

/**
 * Confirms the request a day later at the earliest: by a second RISK_ADMIN, or by the same where one person operates.
 *
 * A request that lies before the trip is `TOO_EARLY`: nobody asks in advance, and one request lifts one trip. The fact that comes back is journaled and stepped; it ends the trip and starts the drawdown anew from what equity is then.
 *
 * @example
 * confirmLatchReset(request, { by: bob, time: request.time + 86_400_000, operators: 2, trippedAt })
 * // => { kind: 'acknowledged', time: …, code: 'DRAWDOWN' }
 */
export function confirmLatchReset(
  request: LatchRequest,
  { by, time, operators, trippedAt }: LatchConfirmation,
): Extract<ControlEvent, { kind: 'acknowledged' }> | ControlRefusal {
  const lacking =
    requestedBefore(request.time, trippedAt) ??
    dualControl({
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
