import { mean, variance } from '@astertrade/core/stats'
import { checkFigure } from './checkFigure.js'
import { kellyContinuous } from './kellyContinuous.js'
import type { OutOfSample } from './outOfSample.js'
import { shrinkEdge } from './shrinkEdge.js'

/** What `kelly` takes beside the sample. */
export interface KellyOptions {
  /** Share of the full fraction, above 0 and at most 1 (default 0.25). */
  readonly fraction?: number
  /** Return of a trade's time without risk (default 0). */
  readonly riskFree?: number
}

/** A share of the equity, or why there is none. */
export type KellyEstimate =
  | {
      readonly kind: 'share'
      /** What to invest, as a share of the equity. */
      readonly share: number
      /** Full Kelly on the raw estimate, for the eye. */
      readonly full: number
      readonly edge: number
      readonly standardError: number
    }
  | { readonly kind: 'none'; readonly code: 'NO_EDGE' | 'TOO_FEW'; readonly got: string; readonly needed: string }

const defaults = { fraction: 0.25, riskFree: 0 } as const
/** Trades below which an edge is not believed. */
const tradesMin = 30

/**
 * Fractional Kelly share from trades outside the fitted sample, shrunk by how badly the edge is known.
 *
 * Below 30 trades (`TOO_FEW`), or with an edge below its standard error (`NO_EDGE`), there is no share. Else the shrunk edge over the
 * variance, times `fraction`: growth is concave in the stake, so half of Kelly keeps three quarters of the growth.
 *
 * @throws ConfigError `BAD_FIGURE` for a fraction outside (0, 1] or a rate that is not finite.
 * @example
 * kelly(outOfSample({ returns: Array.from({ length: 40 }, (_, i) => (i % 2 ? 0.03 : -0.01)), from, fittedTo }))
 * // => { kind: 'share', share: 3.3…, full: 24.3…, edge: 0.01, standardError: 0.0032… }
 */
export function kelly(sample: OutOfSample, options: KellyOptions = {}): KellyEstimate {
  const { fraction, riskFree } = { ...defaults, ...options }
  checkFigure('fraction', fraction, 'fraction')
  checkFigure('riskFree', riskFree, 'finite')
  const { returns } = sample
  if (returns.length < tradesMin) {
    return { kind: 'none', code: 'TOO_FEW', got: String(returns.length), needed: `${tradesMin} trades` }
  }
  const edge = mean(returns) - riskFree
  const spread = variance(returns)
  const standardError = Math.sqrt(spread / returns.length)
  // Trades that are all the same measure no risk at all.
  if (!(spread > 0) || !(edge >= standardError)) {
    return { kind: 'none', code: 'NO_EDGE', got: String(edge), needed: `a standard error of ${standardError}` }
  }
  const full = kellyContinuous({ mean: edge, variance: spread })
  const share = fraction * kellyContinuous({ mean: shrinkEdge({ edge, standardError }), variance: spread })
  return { kind: 'share', share, full, edge, standardError }
}
