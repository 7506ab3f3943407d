import type { Instrument } from '../instrument.js'
import { type OrderRequest, orderId } from '../order.js'

/** What `orderRequestOf` takes: every key of an order may be given, numbers in place of on-grid values. */
export interface OrderRequestOptions
  extends Partial<
    Omit<OrderRequest, 'id' | 'instrument' | 'quantity' | 'limit' | 'trigger' | 'displayQuantity' | 'protectiveStop'>
  > {
  readonly instrument: Instrument
  /** Number of the order within epoch 1 (default 1). */
  readonly number?: number
  /** Base units; goes down to the lot grid (default 1). */
  readonly quantity?: number
  readonly limit?: number | undefined
  readonly trigger?: number | undefined
  readonly displayQuantity?: number | undefined
  readonly protectiveStop?: number | 'none' | undefined
}

/**
 * Builds a complete order from the few keys a test cares about; the rest is a market order to buy that lives until canceled.
 *
 * @throws InvariantError if a number does not fit the grid of the instrument.
 * @example
 * orderRequestOf({ instrument: btc, side: 'sell', quantity: 0.5, limit: 65000, type: 'limit' })
 */
export function orderRequestOf(options: OrderRequestOptions): OrderRequest {
  const { instrument, number = 1, quantity = 1, limit, trigger, displayQuantity, protectiveStop, ...rest } = options
  const price = (value: number) => instrument.price(value, 'nearest')
  return {
    strategy: 'test',
    side: 'buy',
    type: 'market',
    triggerSource: 'last',
    trail: undefined,
    limitOffset: undefined,
    timeInForce: 'gtc',
    expiresAt: undefined,
    postOnly: false,
    reduceOnly: false,
    closePosition: false,
    group: undefined,
    ...rest,
    id: orderId(1, number),
    instrument: instrument.id,
    quantity: instrument.quantity(quantity),
    limit: limit === undefined ? undefined : price(limit),
    trigger: trigger === undefined ? undefined : price(trigger),
    displayQuantity: displayQuantity === undefined ? undefined : instrument.quantity(displayQuantity),
    protectiveStop: typeof protectiveStop === 'number' ? price(protectiveStop) : protectiveStop,
  }
}
