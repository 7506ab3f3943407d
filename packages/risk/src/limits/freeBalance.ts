import { approve, type OrderRequest, type RiskRule, type RiskView, type Verdict } from '@astertrade/core'
import { checkOptionNames } from './checkOptions.js'
import { costsOf, costsSeed } from './costsOf.js'
import { firstLookMargin } from './firstLook.js'
import { percent } from './limitRatio.js'
import { lotsOf } from './lotsOf.js'
import { unusable } from './unusable.js'
import { worstPrice } from './worstPrice.js'

/** What `freeBalance` takes. */
export interface FreeBalanceOptions {
  /** Fees and slippage as a ratio of the value (default 0.003). */
  readonly costs?: number
}

const defaults = { costs: costsSeed } as const

/**
 * Limits a buy to the cash that is left when every buy under way has been paid for, costs included; for accounts without credit.
 *
 * The order shrinks to the lots that can be paid, or is refused with `FREE_BALANCE`. Sales pass here: what a short position needs is
 * a matter of `buyingPower`. Exits pass. Cash is compared as a double rounded against the order by one part in a billion.
 *
 * @throws ConfigError `BAD_COSTS` for costs outside [0, 1), or an unknown option.
 * @example
 * freeBalance().name // => 'freeBalance(costs 0.3%)'
 */
export function freeBalance(options: FreeBalanceOptions = {}): RiskRule {
  checkOptionNames('freeBalance', options, Object.keys(defaults))
  const exit = costsOf('freeBalance', { ...defaults, ...options }.costs)
  const name = `freeBalance(costs ${percent(exit.near)})`
  const each = (1 + exit.near) * (1 + firstLookMargin)
  return {
    name,
    check(order, view) {
      if (order.reduceOnly || order.side === 'sell') return approve
      const price = worstPrice(order, view)
      const cost = price * order.quantity * each
      const { freeCash } = view
      if (cost > 0 && cost <= freeCash && freeCash < Number.POSITIVE_INFINITY) return approve
      return measure(order, view, price * each, name)
    },
    use: ({ equity, freeCash }) => (equity > 0 ? Math.max(0, 1 - freeCash / equity) : Number.NaN),
  }
}

function measure(order: OrderRequest, view: RiskView, each: number, rule: string): Verdict {
  const { freeCash } = view
  const flaw = unusable(rule, order, view, each, [[freeCash, 'quote']])
  if (flaw) return { kind: 'refuse', reason: flaw }
  const instrument = view.instrument(order.instrument)
  const { lot } = instrument
  // The whole order costs too much, however the division is rounded.
  const lots = Math.min(Math.floor(freeCash / (each * lot.size)), Number(lotsOf(order, instrument)) - 1)
  const got = String(each * order.quantity)
  const reason = { code: 'FREE_BALANCE', rule, limit: String(freeCash), got, unit: 'quote' } as const
  if (!(lots > 0)) return { kind: 'refuse', reason }
  return { kind: 'shrink', quantity: instrument.quantity((lots * lot.step) / lot.scale), reason }
}
