import type { Instrument, RiskView, StopQuestion } from '@astertrade/core'
import type { TradeCosts } from './costsOf.js'
import { valueNear } from './grossExact.js'

/** What some positions lose at their stops, costs included, as they stand: all of the account, or those in one instrument. */
export function standingLoss(view: RiskView, costs: TradeCosts, only?: Instrument): number {
  const value = only === undefined ? view.grossExposure : valueNear(view, only)
  if (value === 0) return 0
  const loss = view.lossToStops(asItStands(only ?? view.instruments[0]!), only ? 'instrument' : 'account')
  return loss * (1 + costs.near) + value * costs.near
}

function asItStands({ id }: Instrument): StopQuestion {
  return { instrument: id, strategy: '', side: 'sell', reduceOnly: true, protectiveStop: undefined }
}
