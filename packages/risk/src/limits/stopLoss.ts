import type { Instrument, OrderRequest, RiskReason, RiskView } from '@astertrade/core'
import type { TradeCosts } from './costsOf.js'
import { firstLookMargin } from './firstLook.js'
import { million } from './limitRatio.js'
import { entryPrice, stopDistance } from './stopDistance.js'

/** What one lot of an entry loses at its stop, in units of 1e-18 times a million. */
export interface StopLoss {
  readonly kind: 'loss'
  readonly perLot: bigint
}

/** Loss of an order at its stop, costs included, for a first look; `NaN` where the stop is not sound. */
export function nearLoss(order: OrderRequest, view: RiskView, { near }: TradeCosts): number {
  const entry = entryPrice(order, view)
  const stop = view.plannedStop(order)
  if (stop === 'none') return entry * order.quantity
  const distance = stopDistance(order.side, entry, stop)
  const perUnit = distance + Math.max(entry, stop) * near
  // A price off the grid is rounded in exact money; near the edge that decides.
  return distance > entry * firstLookMargin && perUnit < entry * (1 - firstLookMargin)
    ? perUnit * order.quantity
    : Number.NaN
}

/**
 * Loss of one lot of an order from its entry to its stop, costs included and rounded against us; never more than its value.
 *
 * A stop on the wrong side of the entry, at it, or so far away that more than the value would be lost gives the reason
 * `STOP_INVALID`. Without a stop the whole value counts.
 */
export function stopLoss(
  rule: string,
  order: OrderRequest,
  view: RiskView,
  { ppm }: TradeCosts,
): StopLoss | { readonly kind: 'invalid'; readonly reason: RiskReason } {
  const instrument = view.instrument(order.instrument)
  const entry = entryPrice(order, view)
  const stop = view.plannedStop(order)
  const value = lotAt(instrument, entry) * million
  if (stop === 'none') return { kind: 'loss', perLot: value }
  const distance = stopDistance(order.side, entry, stop)
  if (distance > 0) {
    // A short position is bought back at its stop, which is what it costs on top.
    const exit = lotAt(instrument, Math.max(entry, stop))
    const perLot = lotAt(instrument, distance) * million + exit * ppm
    if (perLot <= value) return { kind: 'loss', perLot }
  }
  const reason = { code: 'STOP_INVALID', rule, limit: String(entry), got: String(stop), unit: 'price' } as const
  return { kind: 'invalid', reason }
}

function lotAt(instrument: Instrument, price: number): bigint {
  return instrument.notional(instrument.price(price, 'up'), instrument.quantity(instrument.lot.size))
}
