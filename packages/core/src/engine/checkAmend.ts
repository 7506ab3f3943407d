import { nearest } from '../nearest.js'
import type { OrderType } from '../order.js'
import type { AmendIntent } from '../strategy.js'
import { badIntent } from './badIntent.js'
import { orderTypeFields } from './orderTypeFields.js'
import type { StrategyState } from './state.js'

const keys = Object.keys({
  kind: true,
  orderId: true,
  quantity: true,
  limit: true,
  trigger: true,
} satisfies Record<keyof AmendIntent, true>)

/**
 * Checks an amendment before anything is changed.
 *
 * @param type - That of the order; undefined where it has ended, and only the figures can be checked.
 * @throws ConfigError with code `BAD_INTENT` if a key is unknown, a figure is not finite, the quantity is negative, or the type
 * of the order does not use the field.
 */
export function checkAmend(state: StrategyState, changes: AmendIntent, type: OrderType | undefined): void {
  for (const key in changes) if (!keys.includes(key)) throw unknownKey(state, key)
  const { quantity } = changes
  if (quantity !== undefined && !(Number.isFinite(quantity) && quantity >= 0))
    throw badIntent(`Strategy "${state.name}" amended a quantity to "${quantity}".`)
  for (const field of ['limit', 'trigger'] as const) {
    const value = changes[field]
    if (value === undefined) continue
    if (!Number.isFinite(value)) throw badIntent(`Strategy "${state.name}" amended a ${field} to "${value}".`)
    if (type === undefined || orderTypeFields[type].includes(field)) continue
    throw badIntent(`Strategy "${state.name}" amended the ${field} of a ${type} order, which does not use it.`, [
      'Cancel the order and place one of the type that is meant.',
    ])
  }
}

function unknownKey(state: StrategyState, key: string): Error {
  const meant = nearest(key, keys)
  return badIntent(`An amendment of strategy "${state.name}" has the unknown key "${key}".`, [
    meant === undefined ? `Known are ${keys.join(', ')}.` : `Did you mean "${meant}"?`,
  ])
}
