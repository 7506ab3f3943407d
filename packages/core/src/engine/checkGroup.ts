import { badIntent } from './badIntent.js'
import type { StrategyState } from './state.js'

/**
 * Checks the group of an order.
 *
 * @throws ConfigError with code `BAD_INTENT` if it is no group, or of an unknown kind.
 */
export function checkGroup(state: StrategyState, group: unknown): void {
  const { kind, name } = (group ?? {}) as { readonly kind?: unknown; readonly name?: unknown }
  if ((kind === 'oco' || kind === 'ouo') && typeof name === 'string' && name !== '') return
  throw badIntent(`Strategy "${state.name}" gave ${JSON.stringify(group)} as group.`, [
    "Such as group: { kind: 'oco', name: 'exits' }; kinds are 'oco' and 'ouo'.",
  ])
}
