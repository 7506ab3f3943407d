import { approve, type RiskRule } from '@astertrade/core'
import { type Ceilings, seedFigures } from '../seedFigures.js'
import { checkOptionNames } from './checkOptions.js'
import { firstLookMargin } from './firstLook.js'
import { limitRatio } from './limitRatio.js'
import { sumWithin } from './sumWithin.js'
import { worstPrice } from './worstPrice.js'

/** What `grossExposure` takes. */
export interface GrossExposureOptions {
  /** Sum of all positions as a share of equity (default 1: everything is paid for). */
  readonly limit?: number
  /** Default `seed`: a limit above the seed figure is refused. */
  readonly ceilings?: Ceilings
}

const defaults = { limit: seedFigures.grossExposure, ceilings: 'seed' } as const

/**
 * Limits the sum of all positions, long and short added, to a share of equity.
 *
 * Orders under way and unknown ones count in full, on the side where they are worst. The order shrinks to the lots that fit, or is
 * refused with `GROSS_EXPOSURE`. Exits pass. The comparison is exact.
 *
 * @throws ConfigError for a limit outside (0, 1], or an unknown option.
 * @example
 * grossExposure({ limit: 0.5 }).name // => 'grossExposure(50%)'
 */
export function grossExposure(options: GrossExposureOptions = {}): RiskRule {
  checkOptionNames('grossExposure', options, Object.keys(defaults))
  const { limit: share, ceilings } = { ...defaults, ...options }
  const limit = limitRatio('grossExposure', share, ceilings)
  const name = `grossExposure(${limit.label})`
  const firstLook = limit.near * (1 - firstLookMargin)
  return {
    name,
    check(order, view) {
      if (order.reduceOnly) return approve
      const value = worstPrice(order, view) * order.quantity
      const room = view.equity * firstLook - view.grossExposure
      if (value > 0 && value < room && room < Number.POSITIVE_INFINITY) return approve
      return sumWithin(order, view, view.instruments, { code: 'GROSS_EXPOSURE', rule: name, ppm: limit.ppm })
    },
  }
}
