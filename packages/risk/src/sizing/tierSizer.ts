import { type InstrumentId, moneyToNumber, type RiskView, type Sizer } from '@astertrade/core'
import { type CapitalTierOptions, capitalTiers, tiersLabel } from '../capitalTiers.js'
import { checkOptionNames } from '../limits/checkOptions.js'
import { type Ceilings, seedTiers } from '../seedFigures.js'
import { heldTier, tierMemory } from '../tierMemory.js'
import { checkFigure } from './checkFigure.js'

/** What `tierSizer` takes. */
export interface TierSizerOptions {
  /** Tiers of capital (default the seed tiers). */
  readonly tiers?: readonly CapitalTierOptions[]
  /** Distance of the stop from the price, as a share of it, costs included (default 1: none). */
  readonly stop?: number | ((instrument: InstrumentId, view: RiskView) => number)
  /** Default `seed`: tiers looser than the seed tiers are refused. */
  readonly ceilings?: Ceilings
}

/**
 * A sizer under which a full exposure is worth what the tier of capital allows one position, and loses at its stop what the tier allows; no
 * more than its budget, and nothing below the first tier or while the distance is unknown (`NaN`).
 *
 * The tier is the one that the account holds where a rule remembers it, as those of `riskPolicy` do, else that of its equity. The allowance
 * is that of the account, so that two strategies in one instrument share it through their rules, not here.
 *
 * @throws ConfigError `BAD_FIGURE` for a distance outside (0, 1], as `capitalTiers` does for tiers, `UNKNOWN_OPTION` for another option.
 * @example
 * tierSizer({ stop: 0.05 }).size(btc, 1, 10_000, 50_000, view) // => 0.05, a quarter of 10,000
 */
export function tierSizer(options: TierSizerOptions = {}): Sizer {
  checkOptionNames('tierSizer', options, ['tiers', 'stop', 'ceilings'])
  const { tiers: given = seedTiers, stop = 1, ceilings = 'seed' } = options
  const tiers = capitalTiers(given, ceilings)
  const memory = tierMemory(tiers)
  if (typeof stop === 'number') checkFigure('stop', stop, 'fraction')
  return {
    name: `tiers(${tiersLabel(tiers, 'position')} and ${tiersLabel(tiers, 'risk')} at the stop)`,
    size(instrument, exposure, budget, price, view) {
      const distance = typeof stop === 'number' ? stop : stop(instrument.id, view)
      const tier = heldTier(tiers, memory, view)
      if (tier === undefined || Number.isNaN(distance)) return 0
      checkFigure('stop', distance, 'fraction')
      const equity = moneyToNumber(view.equityExact)
      const most = equity * Math.min(tier.position.near, tier.risk.near / distance)
      return (exposure * Math.min(budget, most)) / Math.abs(price)
    },
  }
}
