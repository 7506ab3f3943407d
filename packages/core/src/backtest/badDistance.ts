import { ConfigError } from '../errors.js'
import type { SlippageModel } from './slippage.js'

/** The error for a slippage model that makes a price better, or no price. */
export function badDistance({ name }: SlippageModel, distance: number): ConfigError {
  return new ConfigError(`Slippage "${name}" answered a distance of "${distance}".`, {
    code: 'BAD_SLIPPAGE',
    hints: ['A number ≥ 0 in price units; its direction is always against the order.'],
  })
}
