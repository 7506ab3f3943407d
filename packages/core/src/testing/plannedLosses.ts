import type { Instrument } from '../instrument.js'
import type { OrderRequest } from '../order.js'
import type { RiskView, StopQuestion } from '../risk.js'

/** Positions, prices and orders of an account with one strategy. */
export interface PlannedLossesOptions {
  readonly instruments: readonly Instrument[]
  readonly positions: Readonly<Record<string, number>>
  readonly marks: Readonly<Record<string, number>>
  readonly stops: Readonly<Record<string, number>>
  /** Orders under way, unknown ones too. */
  readonly orders: readonly OrderRequest[]
}

/** One way to lose: base units times the way from `high` to `low`. */
interface Fall {
  readonly instrument: Instrument
  readonly quantity: number
  readonly high: number
  readonly low: number
}

/** What a view says of the losses to protective stops, from plain data; the engine counts for itself. */
export function plannedLosses(
  options: PlannedLossesOptions,
): Pick<RiskView, 'lossToStops' | 'lossToStopsExact' | 'plannedStop'> {
  const falls = (order: StopQuestion, scope: 'instrument' | 'account'): readonly Fall[] =>
    options.instruments
      .filter(({ id }) => scope === 'account' || id === order.instrument)
      .flatMap((instrument) => [...positionFall(options, instrument, order), ...orderFalls(options, instrument)])
  return {
    plannedStop: (order) => stopOf(options, order),
    lossToStops: (order, scope) =>
      falls(order, scope).reduce((sum, { quantity, high, low }) => sum + quantity * Math.max(0, high - low), 0),
    lossToStopsExact: (order, scope) =>
      falls(order, scope).reduce((sum, { instrument, quantity, high, low }) => {
        const steps = instrument.price(high, 'up') - instrument.price(low, 'down')
        if (!(steps > 0)) return sum
        return sum + instrument.notional(instrument.price(steps, 'nearest'), instrument.quantity(quantity))
      }, 0n),
  }
}

function positionFall(options: PlannedLossesOptions, instrument: Instrument, order: StopQuestion): readonly Fall[] {
  const { id } = instrument
  const position = options.positions[id] ?? 0
  if (position === 0) return []
  const side = position > 0 ? 'buy' : 'sell'
  const entries = [...options.orders, order].filter(
    (entry) => entry.instrument === id && entry.side === side && !entry.reduceOnly,
  )
  const given: readonly (number | 'none')[] = [
    options.stops[id] ?? 'none',
    ...entries.flatMap(({ protectiveStop }) => (protectiveStop === undefined ? [] : [protectiveStop])),
  ]
  const levels = given.filter((stop) => stop !== 'none')
  const farthest = side === 'buy' ? Math.min(...levels) : Math.max(...levels)
  const stop = levels.length < given.length ? 'none' : farthest
  return [fallOf(instrument, Math.abs(position), options.marks[id] ?? Number.NaN, { side, stop })]
}

function orderFalls(options: PlannedLossesOptions, instrument: Instrument): readonly Fall[] {
  return options.orders
    .filter((order) => order.instrument === instrument.id && !order.reduceOnly)
    .map((order) => {
      const { side, quantity, limit, trigger } = order
      const price = limit ?? trigger ?? options.marks[instrument.id] ?? Number.NaN
      return fallOf(instrument, quantity, price, { side, stop: stopOf(options, order) })
    })
}

function stopOf({ positions, stops }: PlannedLossesOptions, order: OrderRequest): number | 'none' {
  const { instrument, side, protectiveStop } = order
  const position = positions[instrument] ?? 0
  const stands = position !== 0 && position > 0 === (side === 'buy')
  return protectiveStop ?? (stands ? (stops[instrument] ?? 'none') : 'none')
}

function fallOf(
  instrument: Instrument,
  quantity: number,
  price: number,
  { side, stop }: { readonly side: 'buy' | 'sell'; readonly stop: number | 'none' },
): Fall {
  const end = stop === 'none' ? price + (side === 'buy' ? -Math.abs(price) : Math.abs(price)) : stop
  return side === 'buy'
    ? { instrument, quantity, high: price, low: end }
    : { instrument, quantity, high: end, low: price }
}
