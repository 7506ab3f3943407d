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
import { heldTier, nearTier, type TierState, tierMemory } from '../tierMemory.js'
import { checkOptionNames } from './checkOptions.js'
import { firstLookMargin } from './firstLook.js'
import { fullSize, type SizeScale } from './gradedSize.js'
import { million } from './limitRatio.js'
import { noTier } from './noTier.js'
import { fitInto } from './sizeRoom.js'
import { unusable } from './unusable.js'
import { freeLotsOf, worstCase } from './worstCase.js'
import { worstPrice } from './worstPrice.js'

/** What `maxPosition` takes. */
export interface MaxPositionOptions {
  /** Tiers of capital (default 10, 15, 20 and 25 % from 100, 500, 2,000 and 5,000 on). */
  readonly tiers?: readonly CapitalTierOptions[]
  /** Factor on the room, such as `gradedSize()` (default 1). */
  readonly scale?: SizeScale
  /** Default `seed`: a tier above the seed tiers is refused. */
  readonly ceilings?: Ceilings
}

const defaults = { tiers: seedTiers, scale: fullSize, ceilings: 'seed' } as const

/**
 * Limits what may become of the position in one instrument to the share of equity of the capital tier.
 *
 * Counted are the position, orders under way and unknown ones, each in full, at the last price, and the order at its worst. The
 * order shrinks to the lots that fit, or is refused with `POSITION_CAP`; below the first tier with `TIER_NONE`. A position that
 * grew past the limit by price alone is kept, and takes no more. Exits pass. The comparison is exact.
 *
 * @throws ConfigError for tiers that are none or above the seed tiers, or an unknown option.
 * @example
 * maxPosition().name // => 'maxPosition(10/15/20/25%)'
 */
export function maxPosition(options: MaxPositionOptions = {}): RiskRule {
  checkOptionNames('maxPosition', options, Object.keys(defaults))
  const { tiers: given, scale, ceilings } = { ...defaults, ...options }
  const tiers = capitalTiers(given, ceilings)
  const name = `maxPosition(${tiersLabel(tiers, 'position')})`
  const memory = tierMemory(tiers)
  return {
    name,
    memory,
    check(order, view) {
      if (order.reduceOnly) return approve
      const price = worstPrice(order, view)
      const { equity } = view
      const share = nearTier(tiers, memory, view, equity)?.position.near ?? Number.NaN
      const room = (equity * share * (1 - firstLookMargin) - view.grossExposure) * scale.near(view)
      const value = price * order.quantity
      if (value > 0 && value < room && room < Number.POSITIVE_INFINITY) return approve
      return measure(order, view, price, { tiers, memory, scale, rule: name })
    },
  }
}

interface Parts {
  readonly tiers: CapitalTiers
  readonly memory: RiskMemory<TierState>
  readonly scale: SizeScale
  readonly rule: string
}

function measure(order: OrderRequest, view: RiskView, price: number, { tiers, memory, scale, rule }: Parts): Verdict {
  const exposure = view.exposure(order.instrument)
  const flaw = unusable(rule, order, view, price, [
    [view.equity, 'quote'],
    [scale.near(view), 'ratio'],
    [view.markPrice(order.instrument), 'price'],
    ...Object.values(exposure).map((value: number) => [value, 'base'] as const),
  ])
  if (flaw) return { kind: 'refuse', reason: flaw }
  const tier = heldTier(tiers, memory, view)
  if (tier === undefined) return noTier(rule, tiers, view)
  const instrument = view.instrument(order.instrument)
  const before = worstCase(order, exposure, instrument)
  const mark = instrument.price(Math.abs(view.markPrice(order.instrument)), 'up')
  const onGrid = instrument.price(price, 'up')
  const held = instrument.notional(mark, instrument.quantity(before.worst / instrument.lot.scale))
  const perLot = instrument.notional(onGrid, instrument.quantity(instrument.lot.size))
  const cap = view.equityExact * tier.position.ppm
  const freeLots = freeLotsOf(before, instrument)
  const added = Math.round(order.quantity * instrument.lot.scale) / instrument.lot.step - freeLots
  const got = held + (added > 0 ? BigInt(added) * perLot : 0n)
  return fitInto(
    { cap, held: held * million, scale: scale.ppm(view), perLot: perLot * million, freeLots },
    order,
    instrument,
    {
      code: 'POSITION_CAP',
      rule,
      limit: formatMoney(cap / million),
      got: formatMoney(got),
      unit: 'quote',
    },
  )
}
