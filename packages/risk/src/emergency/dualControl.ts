import type { Timestamp } from '@astertrade/core'

/** What a person may do. */
export type Role =
  | 'VIEWER'
  | 'ANALYST'
  | 'OPERATOR'
  | 'TRADER'
  | 'RISK_ADMIN'
  | 'SECURITY_ADMIN'
  | 'AUDITOR'
  | 'SERVICE'

/** Somebody who asks for something, as the login found them. */
export interface Person {
  readonly name: string
  readonly roles: readonly Role[]
}

/** True for somebody with a name and roles, as one read back from text may not have. */
export function isPerson(value: unknown): value is Person {
  const { name, roles } = (value ?? {}) as { name?: unknown; roles?: unknown }
  return typeof name === 'string' && Array.isArray(roles) && roles.every((role) => typeof role === 'string')
}

/** How many people an installation has to hold its controls: with one, time stands in for the second. */
export type Operators = 1 | 2

/** Something asked for by one person and confirmed by another, or later. */
export interface DualControlOptions {
  readonly operators: Operators
  readonly requester: Person
  readonly requestedAt: Timestamp
  readonly approver: Person
  readonly approvedAt: Timestamp
  /** One of these roles is needed, of both. */
  readonly roles: readonly Role[]
  /** Wait between the two where one person operates, in milliseconds. */
  readonly delayMs: number
  /** Wait between the two in any case, in milliseconds (default 0). */
  readonly coolOffMs?: number
}

/** Why something was not granted. Codes are stable. */
export interface ControlRefusal {
  readonly kind: 'refused'
  readonly code: string
  /** What would have been needed. */
  readonly needed: string
}

/** Makes a refusal. */
export function refused(code: string, needed: string): ControlRefusal {
  return { kind: 'refused', code, needed }
}

/** Fewest characters of a reason that somebody can be asked about later. */
export const reasonMin = 20

/** A refusal of a reason that says nothing. */
export function thinReason(reason: string): ControlRefusal | undefined {
  const isLong = typeof reason === 'string' && reason.trim().length >= reasonMin
  return isLong ? undefined : refused('REASON_TOO_SHORT', `a reason of at least ${reasonMin} characters`)
}

/** A refusal of a person without any of the roles. */
export function forbidden(person: Person, roles: readonly Role[]): ControlRefusal | undefined {
  const isNamed = person.name.trim().length > 0
  const has = roles.some((role) => person.roles.includes(role))
  return isNamed && has ? undefined : refused('FORBIDDEN', `a person with the role ${roles.join(' or ')}`)
}

/** True for two spellings of one login name: case, width and blanks around it make nobody a second person. */
export function isSamePerson(one: string, other: string): boolean {
  const plain = (name: string): string => name.normalize('NFKC').trim().toLowerCase()
  return plain(one) === plain(other)
}

/** A refusal of a request that lies before the trip it is about, or at no time. */
export function requestedBefore(requestedAt: Timestamp, trippedAt: Timestamp): ControlRefusal | undefined {
  return requestedAt >= trippedAt ? undefined : refused('TOO_EARLY', `a request after the trip at ${trippedAt}`)
}

/**
 * Whether two people, or one person and time, stand behind something; undefined when they do.
 *
 * `FORBIDDEN` without the role, `SECOND_PERSON` where one person confirms what they asked for and two operate, `TOO_EARLY` before the wait is
 * over, and for a confirmation that lies before its request.
 *
 * @example
 * dualControl({ operators: 2, requester: ann, approver: ann, … })?.code // => 'SECOND_PERSON'
 */
export function dualControl(options: DualControlOptions): ControlRefusal | undefined {
  const { operators, requester, requestedAt, approver, approvedAt, roles, delayMs, coolOffMs = 0 } = options
  const lacking = forbidden(requester, roles) ?? forbidden(approver, roles)
  if (lacking) return lacking
  if (operators === 2 && isSamePerson(requester.name, approver.name)) {
    return refused('SECOND_PERSON', `somebody other than ${requester.name}`)
  }
  const wait = Math.max(coolOffMs, operators === 1 ? delayMs : 0)
  const isLate = approvedAt >= requestedAt + wait && approvedAt < Number.POSITIVE_INFINITY
  return isLate ? undefined : refused('TOO_EARLY', `${wait} ms after the request`)
}
