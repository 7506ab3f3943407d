import { ConfigError } from './errors.js'
import { approve, type RiskRule } from './risk.js'

/** Options of `buyingPower`. */
export interface BuyingPowerOptions {
  /** Largest gross exposure over equity; 1 means that everything is paid for (default 1). */
  readonly leverage?: number
  /** Cost of a trade as a ratio of its value, kept aside for each entry (default 0). */
  readonly costs?: number
}

/**
 * Shrinks an entry so that positions, orders under way and the entry together stay within equity times leverage.
 *
 * With costs c, gross exposure G, equity E and leverage L, and p·q the value by which the entry raises the worst case of its
 * strategy in its instrument: `G + p·q ≤ L·(E − c·p·q)`. An entry behind an exit of the other side raises it by what exceeds the old position
 * only. Exits pass.
 *
 * @throws ConfigError if leverage is not positive or costs are negative.
 */
export function buyingPower(options: BuyingPowerOptions = {}): RiskRule {
  const { leverage = 1, costs = 0 } = options
  if (!(leverage > 0 && leverage < Number.POSITIVE_INFINITY)) {
    throw new ConfigError(`Leverage "${leverage}" is not positive.`, {
      code: 'BAD_PARAMETER',
      hints: ['1 for a cash account.'],
    })
  }
  if (!(costs >= 0 && costs < 1)) {
    throw new ConfigError(`Costs "${costs}" are not a ratio from 0 to 1.`, {
      code: 'BAD_PARAMETER',
      hints: ['0.001 for 0.1 %.'],
    })
  }
  const name = `buyingPower(${leverage})`
  return {
    name,
    check(order, view) {
      if (order.reduceOnly) return approve
      const price = Math.abs(order.limit ?? view.markPrice(order.instrument))
      const each = price * (1 + leverage * costs)
      const { quantity, pendingBuy, pendingSell, pendingExit } = view.exposure(order.instrument, order.strategy)
      const long = quantity + pendingBuy + (quantity < 0 ? pendingExit : 0)
      const short = -quantity + pendingSell + (quantity > 0 ? pendingExit : 0)
      const worst = Math.max(Math.abs(long), Math.abs(short))
      const room = leverage * view.equity - view.grossExposure
      const reached = (order.side === 'buy' ? long : short) + order.quantity
      if ((reached - worst) * each <= room) return approve
      const got = String(view.grossExposure + (reached - worst) * price)
      const reason = {
        code: 'FREE_BALANCE',
        rule: name,
        limit: String(leverage * view.equity),
        got,
        unit: 'quote',
      } as const
      const affordable = worst + room / each - (reached - order.quantity)
      if (!(affordable > 0)) return { kind: 'refuse', reason }
      const left = view.instrument(order.instrument).quantity(Math.min(affordable, order.quantity))
      return left > 0 ? { kind: 'shrink', quantity: left, reason } : { kind: 'refuse', reason }
    },
    use: ({ equity, grossExposure }) => (equity > 0 ? grossExposure / (leverage * equity) : Number.NaN),
  }
}
