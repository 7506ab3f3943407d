import { ConfigError } from './errors.js'
import type { OrderIntent } from './strategy.js'

/** An entry with its two ends. */
export interface BracketOptions {
  readonly entry: OrderIntent
  /** Limit price at which the profit is taken. */
  readonly takeProfit: number
  /** Trigger price at which the loss is cut. */
  readonly stopLoss: number
}

/**
 * An entry that brings its take-profit and its stop to life when it fills; whichever end fills first takes the other back.
 *
 * @throws ConfigError if the two ends do not lie on either side of each other as the entry's side demands.
 * @example
 * bracket({ entry: buy(btc.id, 0.1), takeProfit: 70_000, stopLoss: 60_000 }).afterFill?.length // => 2
 */
export function bracket({ entry, takeProfit, stopLoss }: BracketOptions): OrderIntent {
  const side = entry.side === 'buy' ? 'sell' : 'buy'
  const ordered = entry.side === 'buy' ? takeProfit > stopLoss : takeProfit < stopLoss
  if (!ordered) {
    throw new ConfigError(`A ${entry.side} bracket takes profit at "${takeProfit}" and stops at "${stopLoss}".`, {
      code: 'BAD_PARAMETER',
      hints: ['The profit of a buy lies above its stop, that of a sell below.'],
    })
  }
  const exit = {
    kind: 'order',
    instrument: entry.instrument,
    side,
    quantity: entry.quantity,
    reduceOnly: true,
    group: { kind: 'oco', name: 'bracket' },
  } as const
  return {
    ...entry,
    afterFill: [
      { ...exit, type: 'limit', limit: takeProfit },
      { ...exit, type: 'stop', trigger: stopLoss },
    ],
  }
}
