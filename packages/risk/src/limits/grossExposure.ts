import type { RiskRule } from '@astertrade/core'
import { type Ceilings, seedFigures } from '../seedFigures.js'
import { checkOptionNames } from './checkOptions.js'
import { limitRatio } from './limitRatio.js'
import { sumRule } from './sumRule.js'

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
 * Orders under way and unknown ones count in full, on the side where they are worst; opposite positions of two strategies both count,
 * since each is closed on its own. The order shrinks to the lots that fit, or is refused with `GROSS_EXPOSURE`. Exits pass. The
 * comparison is exact.
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
  return {
    ...sumRule({ name, code: 'GROSS_EXPOSURE', limit, instruments: (_, view) => view.instruments }),
    use: ({ equity, grossExposure: gross }) => (equity > 0 ? gross / (equity * limit.near) : Number.NaN),
  }
}
