import { ConfigError } from './errors.js'
import type { Instrument, InstrumentId, Quantity } from './instrument.js'
import type { Side } from './order.js'

/** What one venue offers for the same thing at one moment. */
export interface RouteQuote {
  /** The venue's instrument, such as `BTC-USDT.kraken`. */
  readonly instrument: Instrument
  readonly bid: number
  readonly ask: number
  /** Base units at the bid and the ask. */
  readonly bidSize: number
  readonly askSize: number
  /** Fee of a crossing order as a ratio. */
  readonly takerFee: number
  /** Age of the quote in milliseconds. */
  readonly ageMs: number
}

/** A part of an order for one venue. */
export interface RouteSlice {
  readonly instrument: InstrumentId
  readonly quantity: Quantity
  /** Price after fees, quote per base. */
  readonly cost: number
}

/** Where an order goes, and what found no place. */
export interface Route {
  readonly slices: readonly RouteSlice[]
  /** Base units that no fresh quote can take. */
  readonly unrouted: number
}

/** What to route. */
export interface RouteOptions {
  readonly side: Side
  /** Base units. */
  readonly quantity: number
  readonly quotes: readonly RouteQuote[]
  /** Quotes older than this are passed over, in milliseconds (default 1000). */
  readonly ageMsMax?: number
}

/**
 * Splits an order over venues, the best price after fees first, each slice no larger than what its venue shows.
 *
 * A pure choice: the same quotes give the same slices; equal prices go in the order of the quotes. A slice below its venue's
 * minimum is left out, never rounded up.
 *
 * @throws ConfigError if the quantity or a fee is not a finite number, or a quote is crossed or not positive.
 * @example
 * routeOrder({ side: 'buy', quantity: 1, quotes: [a, b] }).slices.length // => 2
 */
export function routeOrder(options: RouteOptions): Route {
  const { side, quantity, quotes, ageMsMax = 1_000 } = options
  if (!(quantity >= 0 && quantity < Number.POSITIVE_INFINITY)) {
    throw new ConfigError(`A quantity of "${quantity}" cannot be routed.`, { code: 'BAD_PARAMETER' })
  }
  for (const quote of quotes) checkQuote(quote)
  const direction = side === 'buy' ? 1 : -1
  const offers = quotes
    .filter((quote) => quote.ageMs <= ageMsMax)
    .map((quote) => ({
      instrument: quote.instrument,
      cost: side === 'buy' ? quote.ask * (1 + quote.takerFee) : quote.bid * (1 - quote.takerFee),
      price: side === 'buy' ? quote.ask : quote.bid,
      size: side === 'buy' ? quote.askSize : quote.bidSize,
    }))
    .sort((a, b) => direction * (a.cost - b.cost))
  const slices: RouteSlice[] = []
  let left = quantity
  for (const { instrument, cost, price, size } of offers) {
    const part = instrument.quantity(Math.min(left, size))
    if (part === 0 || part < instrument.minQuantity || part * price < instrument.minNotional) continue
    slices.push({ instrument: instrument.id, quantity: part, cost })
    left = Math.max(0, left - part)
  }
  return { slices, unrouted: left }
}

function checkQuote({ instrument, bid, ask, bidSize, askSize, takerFee }: RouteQuote): void {
  const sound =
    bid > 0 && ask >= bid && ask < Number.POSITIVE_INFINITY && bidSize >= 0 && askSize >= 0 && Math.abs(takerFee) < 1
  if (sound) return
  throw new ConfigError(
    `The quote of ${instrument.id} is not sound: bid "${bid}" × "${bidSize}", ask "${ask}" × "${askSize}".`,
    {
      code: 'BAD_QUOTE',
    },
  )
}
