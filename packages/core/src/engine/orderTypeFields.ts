import type { OrderType } from '../order.js'

/** A field of an order that some types need. */
export type TypeField = 'limit' | 'trigger' | 'trail' | 'limitOffset' | 'displayQuantity'

/** What each type needs. */
export const orderTypeFields: Readonly<Record<OrderType, readonly TypeField[]>> = {
  market: [],
  limit: ['limit'],
  stop: ['trigger'],
  stopLimit: ['trigger', 'limit'],
  trailingStop: ['trail'],
  trailingStopLimit: ['trail', 'limitOffset'],
  marketIfTouched: ['trigger'],
  limitIfTouched: ['trigger', 'limit'],
  marketToLimit: [],
  iceberg: ['limit', 'displayQuantity'],
}

/** True for a type that waits for a trigger. */
export function hasTrigger(type: OrderType): boolean {
  const fields = orderTypeFields[type]
  return fields.includes('trigger') || fields.includes('trail')
}

/** True for a type that comes to rest in the book at a limit of its own. */
export function hasLimit(type: OrderType): boolean {
  const fields = orderTypeFields[type]
  return fields.includes('limit') || fields.includes('limitOffset')
}
