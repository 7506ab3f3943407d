import { approve, type Instrument, type RiskRule, type RiskView } from '@astertrade/core'
import { type Ceilings, seedFigures } from '../seedFigures.js'
import { checkOptionNames } from './checkOptions.js'
import { firstLookMargin } from './firstLook.js'
import { limitRatio } from './limitRatio.js'
import { sumWithin } from './sumWithin.js'
import { worstPrice } from './worstPrice.js'

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
  const firstLook = limit.near * (1 - firstLookMargin)
  return {
    name,
    check(order, view) {
      if (order.reduceOnly) return approve
      const value = worstPrice(order, view) * order.quantity
      const room = view.equity * firstLook - view.grossExposure
      if (value > 0 && value < room && room < Number.POSITIVE_INFINITY) return approve
      return sumWithin(order, view, neighbours(order.instrument, view), {
        code: 'VENUE_CAP',
        rule: name,
        ppm: limit.ppm,
      })
    },
  }
}

function neighbours(id: string, view: RiskView): readonly Instrument[] {
  const venue = id.slice(id.lastIndexOf('.'))
  return view.instruments.filter((instrument) => instrument.id.endsWith(venue))
}
