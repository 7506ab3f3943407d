import type { Instrument, RiskRule } from '@astertrade/core'
import { type Ceilings, seedFigures } from '../seedFigures.js'
import { checkOptionNames } from './checkOptions.js'
import { instrumentGroups } from './instrumentGroups.js'
import { limitRatio } from './limitRatio.js'
import { sumRule } from './sumRule.js'
import { valueUse } from './valueUse.js'

/** What `venueCap` takes. */
export interface VenueCapOptions {
  /** Sum of the positions at one venue as a share of equity (default 0.5). */
  readonly limit?: number
  /** Default `seed`: a limit above the seed figure is refused. */
  readonly ceilings?: Ceilings
}

const defaults = { limit: seedFigures.venueExposure, ceilings: 'seed' } as const

/**
 * Limits the sum of the positions at one venue to a share of equity: what stands there is lost when the venue is.
 *
 * The venue is what follows the dot of an instrument's id. Orders under way and unknown ones count in full. The order shrinks to the
 * lots that fit, or is refused with `VENUE_CAP`. Exits pass. The comparison is exact.
 *
 * @throws ConfigError for a limit outside (0, 1] or above the seed figure, or an unknown option.
 * @example
 * venueCap({ limit: 0.3 }).name // => 'venueCap(30%)'
 */
export function venueCap(options: VenueCapOptions = {}): RiskRule {
  checkOptionNames('venueCap', options, Object.keys(defaults))
  const { limit: share, ceilings } = { ...defaults, ...options }
  const limit = limitRatio('venueExposure', share, ceilings)
  const name = `venueCap(${limit.label})`
  const groups = instrumentGroups(byVenue)
  return {
    ...sumRule({
      name,
      code: 'VENUE_CAP',
      limit,
      instruments: ({ instrument }, view) => atVenue(venueOf(instrument), view.instruments),
    }),
    use: (view) => valueUse(view, groups(view), limit.near),
  }
}

/** The instruments of each venue. */
function byVenue(instruments: readonly Instrument[]): readonly (readonly Instrument[])[] {
  const venues = new Set(instruments.map(({ id }) => venueOf(id)))
  return [...venues].map((venue) => atVenue(venue, instruments))
}

function venueOf(id: string): string {
  return id.slice(id.lastIndexOf('.'))
}

function atVenue(venue: string, instruments: readonly Instrument[]): readonly Instrument[] {
  return instruments.filter(({ id }) => id.endsWith(venue))
}
