import { approve, ConfigError, type OrderRequest, type RiskRule, type RiskView, type Verdict } from '@astertrade/core'
import { checkOptionNames } from './checkOptions.js'
import { percent, shareOf } from './limitRatio.js'
import { notFinite } from './notFinite.js'

/** What `priceCollar` takes. */
export interface PriceCollarOptions {
  /** How far an entry's limit may reach through the market, as a share of the price (default 0.02). */
  readonly limit?: number
  /** The same for exits (default 0.05). */
  readonly hard?: number
}

/** The collar of exits, and the widest that entries get without saying so. */
export const collarSeed = 0.05

const defaults = { limit: 0.02, hard: collarSeed } as const

/**
 * Refuses a limit that would trade far through the market: a buy well above the last price, a sale well below it.
 *
 * A limit on the patient side passes, however far away. The limit of a stop is held against its trigger. Exits get the wider collar, and pass where there is no price:
 * this rule stops slips of the finger, not new risk. The code is `PRICE_COLLAR`.
 *
 * @throws ConfigError `BAD_LIMIT` for a share outside (0, 1], or an exit's collar below that of entries; or an unknown option.
 * @example
 * priceCollar().name // => 'priceCollar(2%, exits 5%)'
 */
export function priceCollar(options: PriceCollarOptions = {}): RiskRule {
  checkOptionNames('priceCollar', options, Object.keys(defaults))
  const { limit, hard } = { ...defaults, ...options }
  const hint = 'A share of the price: 2 % is 0.02.'
  shareOf('priceCollar limit', limit, hint)
  shareOf('priceCollar hard', hard, hint)
  if (hard < limit) {
    throw new ConfigError(`priceCollar hard "${hard}" is below the limit "${limit}".`, {
      code: 'BAD_LIMIT',
      hints: ['Exits get at least the room of entries.'],
    })
  }
  const seed = hard > collarSeed ? `, seed ${percent(collarSeed)}` : ''
  const name = `priceCollar(${percent(limit)}, exits ${percent(hard)}${seed})`
  return {
    name,
    check(order, view) {
      if (order.limit === undefined) return approve
      return measure(order, view, order.limit, { name, share: order.reduceOnly ? hard : limit })
    },
  }
}

function measure(
  order: OrderRequest,
  view: RiskView,
  limit: number,
  { name, share }: { readonly name: string; readonly share: number },
): Verdict {
  const reference = order.trigger ?? view.markPrice(order.instrument)
  const reach = order.side === 'buy' ? limit - reference : reference - limit
  const most = Math.abs(reference) * share
  if (reach <= most && most < Number.POSITIVE_INFINITY) return approve
  if (!Number.isFinite(reference) || !Number.isFinite(limit)) {
    const isMissing = Number.isNaN(reference) && view.mark(order.instrument) === undefined
    const reason = notFinite(name, Number.isFinite(limit) ? reference : limit, 'price')
    // Without a price there is nothing to hold an exit against, and it may be wanted most.
    if (isMissing && order.reduceOnly && Number.isFinite(limit)) return approve
    if (!isMissing) return { kind: 'refuse', reason }
    return { kind: 'refuse', reason: { ...reason, code: 'NO_MARK', limit: 'a price', got: 'none' } }
  }
  const bound = order.side === 'buy' ? reference + most : reference - most
  const reason = { code: 'PRICE_COLLAR', rule: name, limit: String(bound), got: String(limit), unit: 'price' } as const
  return { kind: 'refuse', reason }
}
