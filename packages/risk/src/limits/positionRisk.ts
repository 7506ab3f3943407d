import {
  approve,
  formatMoney,
  type OrderRequest,
  type RiskMemory,
  type RiskRule,
  type RiskView,
  type Verdict,
} from '@astertrade/core'
import { type CapitalTierOptions, type CapitalTiers, capitalTiers, tiersLabel } from '../capitalTiers.js'
import { type Ceilings, seedTiers } from '../seedFigures.js'
import { heldTier, nearTier, type TierState, tierInForce, tierMemory } from '../tierMemory.js'
import { checkOptionNames } from './checkOptions.js'
import { costsNote, costsOf, costsSeed, type TradeCosts } from './costsOf.js'
import { firstLookMargin } from './firstLook.js'
import { fullSize, type SizeScale } from './gradedSize.js'
import { grossExact, grossNear } from './grossExact.js'
import { million } from './limitRatio.js'
import { lotsOf } from './lotsOf.js'
import { noTier } from './noTier.js'
import { fitInto } from './sizeRoom.js'
import { standingLoss } from './standingLoss.js'
import { entryPrice } from './stopDistance.js'
import { nearLoss, stopLoss } from './stopLoss.js'
import { unusable } from './unusable.js'

/** What `positionRisk` takes. */
export interface PositionRiskOptions {
  /** Tiers of capital (default 0.5, 1, 1.5 and 2 % from 100, 500, 2,000 and 5,000 on). */
  readonly tiers?: readonly CapitalTierOptions[]
  /** Fees, slippage and a buffer for gaps on the way out, as a ratio of the value (default 0.003). */
  readonly costs?: number
  /** Factor on the room, such as `gradedSize()` (default 1). */
  readonly scale?: SizeScale
  /** Default `seed`: a tier above the seed tiers is refused. */
  readonly ceilings?: Ceilings
}

const defaults = { tiers: seedTiers, costs: costsSeed, scale: fullSize, ceilings: 'seed' } as const

/**
 * Limits what the position in one instrument loses at its protective stop to the share of equity of the capital tier.
 *
 * Counted are the positions of all strategies and entries under way, each to its stop, with the costs of getting out, and the order. What has no stop
 * counts in full: name one in the wish, or give the engine a `defaultStop`. The order shrinks to the lots that fit, or is refused
 * with `POSITION_RISK`; `STOP_INVALID` for a stop on the wrong side. Exits pass. The comparison is exact.
 *
 * @throws ConfigError for tiers that are none or above the seed tiers, costs outside [0, 1), or an unknown option.
 * @example
 * positionRisk().name // => 'positionRisk(0.5/1/1.5/2%)'
 */
export function positionRisk(options: PositionRiskOptions = {}): RiskRule {
  checkOptionNames('positionRisk', options, Object.keys(defaults))
  const { tiers: given, costs, scale, ceilings } = { ...defaults, ...options }
  const tiers = capitalTiers(given, ceilings)
  const memory = tierMemory(tiers)
  const exit = costsOf('positionRisk', costs)
  const name = `positionRisk(${tiersLabel(tiers, 'risk')}${costsNote(exit)})`
  return {
    name,
    memory,
    check(order, view) {
      if (order.reduceOnly) return approve
      const { equity } = view
      const share = nearTier(tiers, memory, view, equity)?.risk.near ?? Number.NaN
      const loss = nearLoss(order, view, exit)
      const room = (equity * share * (1 - firstLookMargin) - nearHeld(order, view, exit)) * scale.near(view)
      if (loss > 0 && loss < room && room < Number.POSITIVE_INFINITY) return approve
      return measure(order, view, { tiers, memory, scale, exit, rule: name })
    },
    use(view) {
      const room = view.equity * (tierInForce(tiers, memory, view)?.risk.near ?? Number.NaN)
      let most = 0
      for (const instrument of view.instruments) most = Math.max(most, standingLoss(view, exit, instrument))
      return most / room
    },
  }
}

/** What positions and entries under way lose at their stops. */
function nearHeld(order: OrderRequest, view: RiskView, exit: TradeCosts): number {
  const gross = view.grossExposure
  return gross === 0 ? 0 : view.lossToStops(order, 'instrument') * (1 + exit.near) + gross * exit.near
}

interface Parts {
  readonly tiers: CapitalTiers
  readonly memory: RiskMemory<TierState>
  readonly scale: SizeScale
  readonly exit: TradeCosts
  readonly rule: string
}

function measure(order: OrderRequest, view: RiskView, parts: Parts): Verdict {
  const { tiers, memory, scale, exit, rule } = parts
  const instrument = view.instrument(order.instrument)
  const flaw = unusable(rule, order, view, entryPrice(order, view), [
    [view.equity, 'quote'],
    [scale.near(view), 'ratio'],
    [view.lossToStops(order, 'instrument'), 'quote'],
    [grossNear(view, [instrument]), 'quote'],
  ])
  if (flaw) return { kind: 'refuse', reason: flaw }
  const tier = heldTier(tiers, memory, view)
  if (tier === undefined) return noTier(rule, tiers, view)
  const loss = stopLoss(rule, order, view, exit)
  if (loss.kind === 'invalid') return { kind: 'refuse', reason: loss.reason }
  // The way to a stop costs too: a short position is bought back above its price.
  const atStops = view.lossToStopsExact(order, 'instrument') * (million + exit.ppm)
  const held = atStops + grossExact(view, [instrument]) * exit.ppm
  const cap = view.equityExact * tier.risk.ppm
  return fitInto({ cap, held, scale: scale.ppm(view), perLot: loss.perLot, freeLots: 0 }, order, instrument, {
    code: 'POSITION_RISK',
    rule,
    got: formatMoney((held + lotsOf(order, instrument) * loss.perLot) / million),
    unit: 'quote',
  })
}
