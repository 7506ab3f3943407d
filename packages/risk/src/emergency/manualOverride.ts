import type { OrderId, Timestamp } from '@astertrade/core'
import { type AuditLink, addToAudit } from './auditLink.js'
import {
  type ControlRefusal,
  dualControl,
  forbidden,
  isSamePerson,
  type Operators,
  refused,
  thinReason,
} from './dualControl.js'
import { isOverrideEvent, type OverrideEvent } from './overrideEvent.js'

/** One override. */
export interface Override {
  readonly request: Extract<OverrideEvent, { kind: 'requested' }>
  readonly approval?: Extract<OverrideEvent, { kind: 'approved' }>
  readonly isRevoked: boolean
  /** Orders that used it. */
  readonly orders: readonly OrderId[]
}

/** All overrides there ever were, with their chain of hashes. */
export interface OverrideState {
  readonly overrides: readonly Override[]
  readonly audit: readonly AuditLink<OverrideEvent>[]
}

/** What can be raised: the configured limit, and what it can never be raised above. */
export interface OverrideCeiling {
  readonly configured: number
  /** The seed figure. */
  readonly seed: number
}

/** What `manualOverride` needs to know of the installation. */
export interface OverrideRules {
  readonly operators: Operators
  /** By code of a check; a code that is missing here cannot be overridden. */
  readonly ceilings: Readonly<Record<string, OverrideCeiling>>
}

/** What an event came to. */
export type OverrideOutcome = { readonly kind: 'done'; readonly state: OverrideState } | ControlRefusal

const longestMs = 60 * 60_000
const delayMs = 24 * 60 * 60_000
const usesMax = 100
/** A limit may at most be doubled. */
export const timesMax = 2
const roles = ['RISK_ADMIN'] as const

/** Nothing was ever overridden. */
export const noOverrides: OverrideState = { overrides: [], audit: [] }

/**
 * Takes a fact about overrides: a pure state machine, so that a journal of these facts gives the same state again.
 *
 * Two different RISK_ADMINs, or one and 24 hours. A reason, one check, a value and a number of orders, an hour at most from the approval.
 * It raises a limit to at most twice the configured one and never above its seed figure; codes without a ceiling stay as they are. Used
 * once more than it may be, an override is refused with `USED_UP`, later with `EXPIRED`; the same two people do not renew it within a
 * day. A refusal changes nothing, and every accepted fact joins the chain of hashes.
 *
 * @example
 * const asked = manualOverride(noOverrides, { kind: 'requested', id: 'o1', by: ann, … }, rules)
 * if (asked.kind === 'done') manualOverride(asked.state, { kind: 'approved', id: 'o1', time, by: ann }, rules).kind // => 'refused'
 */
export function manualOverride(state: OverrideState, event: OverrideEvent, rules: OverrideRules): OverrideOutcome {
  if (!isOverrideEvent(event)) return refused('BAD_FACT', 'a fact about overrides with all its fields')
  const last = state.audit.at(-1)?.entry.time
  if (!Number.isFinite(event.time) || (last !== undefined && event.time < last)) {
    return refused('TIME_WENT_BACK', `a time of at least ${last ?? 'the first event'}`)
  }
  const known = state.overrides.find(({ request }) => request.id === event.id)
  if (event.kind === 'requested') {
    const flaw = known ? refused('ID_USED', 'a name of its own') : requestFlaw(event, rules)
    return flaw ?? accept(state, event, { request: event, isRevoked: false, orders: [] })
  }
  if (known === undefined) return refused('NOT_REQUESTED', 'an override that was requested')
  switch (event.kind) {
    case 'approved':
      return approvalFlaw(state, known, event, rules) ?? accept(state, event, { ...known, approval: event })
    case 'revoked': {
      const lacking = forbidden(event.by, ['OPERATOR', 'RISK_ADMIN'])
      return lacking ?? accept(state, event, { ...known, isRevoked: true })
    }
    case 'used':
      return idle(known, event.time) ?? accept(state, event, { ...known, orders: [...known.orders, event.orderId] })
    default:
      return event satisfies never
  }
}

function accept(state: OverrideState, event: OverrideEvent, changed: Override): OverrideOutcome {
  const others = state.overrides.filter(({ request }) => request.id !== event.id)
  return {
    kind: 'done',
    state: { overrides: [...others, changed], audit: addToAudit(state.audit, event) },
  }
}

function requestFlaw(
  event: Extract<OverrideEvent, { kind: 'requested' }>,
  { ceilings, operators }: OverrideRules,
): ControlRefusal | undefined {
  const { by, reason, scope, limit, expiresAt, uses, time } = event
  const lacking = forbidden(by, roles) ?? thinReason(reason)
  if (lacking) return lacking
  const ceiling = Object.hasOwn(ceilings, scope.code) ? ceilings[scope.code]! : undefined
  if (ceiling === undefined) return refused('NOT_OVERRIDABLE', `one of ${Object.keys(ceilings).join(', ')}`)
  const most = Math.min(timesMax * ceiling.configured, ceiling.seed)
  if (!(limit > ceiling.configured && limit <= most)) {
    return refused('ABOVE_CEILING', `a limit above ${ceiling.configured} and at most ${most}`)
  }
  if (!(scope.notionalMax > 0 && scope.notionalMax < Number.POSITIVE_INFINITY)) {
    return refused('BAD_SCOPE', 'a value above 0')
  }
  if (!(Number.isInteger(uses) && uses >= 1 && uses <= usesMax)) {
    return refused('BAD_SCOPE', `a whole number of orders from 1 to ${usesMax}`)
  }
  const latest = time + longestMs + (operators === 1 ? delayMs : 0)
  return expiresAt > time && expiresAt <= latest
    ? undefined
    : refused('BAD_EXPIRY', `an end after ${time} and by ${latest}`)
}

function approvalFlaw(
  state: OverrideState,
  { request, approval, isRevoked }: Override,
  event: Extract<OverrideEvent, { kind: 'approved' }>,
  { operators }: OverrideRules,
): ControlRefusal | undefined {
  if (approval || isRevoked) return refused('ALREADY_DECIDED', 'an override that waits for approval')
  if (!(event.time < request.expiresAt)) return refused('EXPIRED', `an approval before ${request.expiresAt}`)
  if (request.expiresAt > event.time + longestMs) {
    return refused('BAD_EXPIRY', `an end within ${longestMs} ms of the approval`)
  }
  const lacking = dualControl({
    operators,
    requester: request.by,
    requestedAt: request.time,
    approver: event.by,
    approvedAt: event.time,
    roles,
    delayMs,
  })
  if (lacking) return lacking
  const isRenewal = operators === 2 && state.overrides.some((other) => isSamePair(other, request, event))
  return isRenewal ? refused('RENEWAL', 'another pair of people than that of the last day') : undefined
}

/** True for an earlier override of the same check that the same two people stood behind within a day. */
function isSamePair(
  other: Override,
  request: Override['request'],
  event: Extract<OverrideEvent, { kind: 'approved' }>,
): boolean {
  const { approval } = other
  if (approval === undefined || other.request.id === request.id || other.request.scope.code !== request.scope.code) {
    return false
  }
  const [pair, old] = [
    [request.by.name, event.by.name],
    [other.request.by.name, approval.by.name],
  ]
  return event.time - approval.time < delayMs && pair.every((name) => old.some((other) => isSamePerson(name, other)))
}

/** Why an override cannot be used at a time: not approved, taken back, used up or over; undefined while it is in force. */
export function idle({ request, approval, isRevoked, orders }: Override, time: Timestamp): ControlRefusal | undefined {
  if (approval === undefined || !(time >= approval.time))
    return refused('NOT_APPROVED', 'an override that was approved')
  if (isRevoked) return refused('REVOKED', 'an override that nobody took back')
  if (orders.length >= request.uses) return refused('USED_UP', `at most ${request.uses} orders`)
  return time < request.expiresAt ? undefined : refused('EXPIRED', `a use before ${request.expiresAt}`)
}
