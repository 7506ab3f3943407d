import { approve, ConfigError, type RiskRule } from '@astertrade/core'
import { checkOptionNames } from './checkOptions.js'

/** What `allowList` takes. */
export interface AllowListOptions {
  /** Ids of the instruments in which new positions may be opened. */
  readonly instruments: readonly string[]
}

/**
 * Refuses entries in instruments that are not on a list.
 *
 * A limit of security too: stolen trading keys lose money by buying what nobody else buys. The code is `NOT_ALLOWED`. Exits pass, so
 * that what leaves the list can still be sold.
 *
 * @throws ConfigError `BAD_PARAMETER` for an empty list or none, or an unknown option.
 * @example
 * allowList({ instruments: ['BTC-USDT.binance', 'ETH-USDT.binance'] }).name // => 'allowList(2 instruments)'
 */
export function allowList(options: AllowListOptions): RiskRule {
  checkOptionNames('allowList', options, ['instruments'])
  const { instruments } = options
  if (!Array.isArray(instruments) || instruments.some((id) => typeof id !== 'string')) {
    throw new ConfigError(`instruments ${JSON.stringify(instruments)} is not a list of ids.`, {
      code: 'BAD_PARAMETER',
      hints: ["Such as ['BTC-USDT.binance']."],
    })
  }
  const allowed = new Set<string>(instruments)
  if (allowed.size === 0) {
    throw new ConfigError('An allow list without instruments allows nothing.', {
      code: 'BAD_PARAMETER',
      hints: ["Such as allowList({ instruments: ['BTC-USDT.binance'] })."],
    })
  }
  const name = `allowList(${allowed.size} instruments)`
  return {
    name,
    check(order) {
      if (order.reduceOnly || allowed.has(order.instrument)) return approve
      const reason = {
        code: 'NOT_ALLOWED',
        rule: name,
        limit: `${allowed.size} instruments`,
        got: order.instrument,
        unit: 'count',
      } as const
      return { kind: 'refuse', reason }
    },
  }
}
