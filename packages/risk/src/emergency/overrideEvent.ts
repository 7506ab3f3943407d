import type { OrderId, Timestamp } from '@astertrade/core'
import { isPerson, type Person } from './dualControl.js'

/** What an override is for: one limit, of one instrument or all, up to a value and a number of orders. */
export interface OverrideScope {
  /** Code of the check whose limit is raised, such as `CLIP`. */
  readonly code: string
  /** Absent: any instrument. */
  readonly instrument?: string
  /** Most that one order may be worth. */
  readonly notionalMax: number
}

/** A fact about overrides, in the past tense; it is journaled before it takes effect. */
export type OverrideEvent =
  | {
      readonly kind: 'requested'
      /** Name of the override, used once. */
      readonly id: string
      readonly time: Timestamp
      readonly by: Person
      readonly reason: string
      readonly scope: OverrideScope
      /** The limit instead of the configured one, in the unit of that limit. */
      readonly limit: number
      readonly expiresAt: Timestamp
      /** Orders that may use it. */
      readonly uses: number
    }
  | { readonly kind: 'approved'; readonly id: string; readonly time: Timestamp; readonly by: Person }
  | { readonly kind: 'revoked'; readonly id: string; readonly time: Timestamp; readonly by: Person }
  | { readonly kind: 'used'; readonly id: string; readonly time: Timestamp; readonly orderId: OrderId }

const isText = (value: unknown): boolean => typeof value === 'string'
const isNumber = (value: unknown): boolean => typeof value === 'number'
const isTextOrAbsent = (value: unknown): boolean => value === undefined || isText(value)

/** What each kind of fact holds beside its kind, its name and its time. */
const shapes: Readonly<Record<OverrideEvent['kind'], Readonly<Record<string, (value: unknown) => boolean>>>> = {
  requested: { by: isPerson, reason: isText, scope: isScope, limit: isNumber, expiresAt: isNumber, uses: isNumber },
  approved: { by: isPerson },
  revoked: { by: isPerson },
  used: { orderId: isNumber },
}

/** True for a fact about overrides that has all its fields, as one read back from text may not have. */
export function isOverrideEvent(value: unknown): value is OverrideEvent {
  if (!isRecord(value) || !isText(value.id) || !isNumber(value.time)) return false
  const shape = Object.hasOwn(shapes, String(value.kind)) ? shapes[value.kind as OverrideEvent['kind']] : undefined
  return shape !== undefined && Object.entries(shape).every(([field, holds]) => holds(value[field]))
}

function isScope(value: unknown): boolean {
  return isRecord(value) && isText(value.code) && isTextOrAbsent(value.instrument) && isNumber(value.notionalMax)
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}
