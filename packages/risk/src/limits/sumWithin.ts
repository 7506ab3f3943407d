import { formatMoney, type Instrument, type OrderRequest, type RiskView, type Verdict } from '@astertrade/core'
import { exposurePrice } from './exposurePrice.js'
import { grossExact, grossNear } from './grossExact.js'
import { million } from './limitRatio.js'
import { lotsOf } from './lotsOf.js'
import { fitInto } from './sizeRoom.js'
import { unusable } from './unusable.js'
import { freeLotsOf, worstCase } from './worstCase.js'

/** A limit on a sum of positions. */
export interface SumLimit {
  readonly code: string
  readonly rule: string
  /** Share of equity in whole parts per million. */
  readonly ppm: bigint
  /** Factor on the room in whole parts per million (default one). */
  readonly scale?: bigint
}

/** The verdict on an order by the sum of the positions in some instruments, one of which is its own, in exact money. */
export function sumWithin(
  order: OrderRequest,
  view: RiskView,
  instruments: readonly Instrument[],
  { code, rule, ppm, scale = million }: SumLimit,
): Verdict {
  const price = exposurePrice(order, view)
  const instrument = view.instrument(order.instrument)
  const flaw = unusable(rule, order, view, price, [
    [view.equity, 'quote'],
    [grossNear(view, instruments), 'quote'],
  ])
  if (flaw) return { kind: 'refuse', reason: flaw }
  const freeLots = freeLotsOf(order.side, ownCase(order, view, instrument), instrument)
  const perLot = instrument.notional(instrument.price(price, 'up'), instrument.quantity(instrument.lot.size))
  const held = grossExact(view, instruments)
  const added = lotsOf(order, instrument) - BigInt(freeLots)
  return fitInto(
    { cap: view.equityExact * ppm, held: held * million, scale, perLot: perLot * million, freeLots },
    order,
    instrument,
    { code, rule, got: formatMoney(held + added * perLot), unit: 'quote' },
  )
}

/** The worst case of the order's own strategy: what another one holds makes no room. */
function ownCase({ strategy }: OrderRequest, view: RiskView, instrument: Instrument) {
  return view.strategies.includes(strategy)
    ? worstCase(view.exposure(instrument.id, strategy), instrument)
    : { worst: 0, long: 0, short: 0 }
}
