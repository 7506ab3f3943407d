import { formatMoney, type Instrument, type OrderRequest, type RiskView, type Verdict } from '@astertrade/core'
import { grossExact } from './grossExact.js'
import { million } from './limitRatio.js'
import { fitInto } from './sizeRoom.js'
import { unusable } from './unusable.js'
import { freeLotsOf, worstCase } from './worstCase.js'
import { worstPrice } from './worstPrice.js'

/** A limit on a sum of positions. */
export interface SumLimit {
  readonly code: string
  readonly rule: string
  /** Share of equity in whole parts per million. */
  readonly ppm: bigint
}

/** The verdict on an order by the sum of the positions in some instruments, one of which is its own, in exact money. */
export function sumWithin(
  order: OrderRequest,
  view: RiskView,
  instruments: readonly Instrument[],
  { code, rule, ppm }: SumLimit,
): Verdict {
  const price = worstPrice(order, view)
  const exposure = view.exposure(order.instrument)
  const flaw = unusable(rule, order, view, price, [
    [view.equity, 'quote'],
    ...Object.values(exposure).map((value: number) => [value, 'base'] as const),
    [sumNear(view, instruments), 'quote'],
  ])
  if (flaw) return { kind: 'refuse', reason: flaw }
  const instrument = view.instrument(order.instrument)
  const freeLots = freeLotsOf(worstCase(order, exposure, instrument), instrument)
  const perLot = instrument.notional(instrument.price(price, 'up'), instrument.quantity(instrument.lot.size))
  const held = grossExact(view, instruments)
  const cap = view.equityExact * ppm
  const added = Math.round(order.quantity * instrument.lot.scale) / instrument.lot.step - freeLots
  return fitInto({ cap, held: held * million, scale: million, perLot: perLot * million, freeLots }, order, instrument, {
    code,
    rule,
    limit: formatMoney(cap / million),
    got: formatMoney(held + (added > 0 ? BigInt(added) * perLot : 0n)),
    unit: 'quote',
  })
}

/** `NaN` where one of the positions has no price. */
function sumNear(view: RiskView, instruments: readonly Instrument[]): number {
  let sum = 0
  for (const { id } of instruments) {
    const { quantity, pendingBuy, pendingSell } = view.exposure(id)
    const units = Math.abs(quantity) + pendingBuy + pendingSell
    if (units !== 0) sum += units * view.markPrice(id)
  }
  return sum
}
