import {
  approve,
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
import { exposurePrice } from './exposurePrice.js'
import { firstLookMargin } from './firstLook.js'
import { fullSize, type SizeScale } from './gradedSize.js'
import { grossNear } from './grossExact.js'
import { instrumentGroups } from './instrumentGroups.js'
import { noTier } from './noTier.js'
import { sumWithin } from './sumWithin.js'
import { unusable } from './unusable.js'
import { valueUse } from './valueUse.js'

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
 * Counted are the position, orders under way and unknown ones, each in full, at the last price, and the order at its worst; opposite
 * positions of two strategies both count, since each is closed on its own. The order shrinks to the lots that fit, or is refused with
 * `POSITION_CAP`; below the first tier with `TIER_NONE`. A position that grew past the limit by price alone is kept, and takes no
 * more. Exits pass. The comparison is exact.
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
  const groups = instrumentGroups((instruments) => instruments.map((instrument) => [instrument]))
  return {
    name,
    memory,
    check(order, view) {
      if (order.reduceOnly) return approve
      const price = exposurePrice(order, view)
      const { equity } = view
      const share = nearTier(tiers, memory, view, equity)?.position.near ?? Number.NaN
      const room = (equity * share * (1 - firstLookMargin) - view.grossExposure) * scale.near(view)
      const value = price * order.quantity
      if (value > 0 && value < room && room < Number.POSITIVE_INFINITY) return approve
      return measure(order, view, { tiers, memory, scale, rule: name })
    },
    use(view) {
      const share = tierInForce(tiers, memory, view)?.position.near ?? Number.NaN
      return valueUse(view, groups(view), share)
    },
  }
}

interface Parts {
  readonly tiers: CapitalTiers
  readonly memory: RiskMemory<TierState>
  readonly scale: SizeScale
  readonly rule: string
}

function measure(order: OrderRequest, view: RiskView, { tiers, memory, scale, rule }: Parts): Verdict {
  const instrument = view.instrument(order.instrument)
  const flaw = unusable(rule, order, view, exposurePrice(order, view), [
    [view.equity, 'quote'],
    [scale.near(view), 'ratio'],
    [grossNear(view, [instrument]), 'quote'],
  ])
  if (flaw) return { kind: 'refuse', reason: flaw }
  const tier = heldTier(tiers, memory, view)
  if (tier === undefined) return noTier(rule, tiers, view)
  const limit = { code: 'POSITION_CAP', rule, ppm: tier.position.ppm, scale: scale.ppm(view) }
  return sumWithin(order, view, [instrument], limit)
}
