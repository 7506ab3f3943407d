import { checkConfidence } from './confidence.js'
import { type FilteredOptions, filteredDefaults } from './filteredHistorical.js'
import { lossesOf } from './lossesOf.js'
import { tailInPlace } from './sampleTail.js'
import { shortSampleRisk } from './shortSample.js'
import { type TailEstimate, tailEstimate } from './tailEstimate.js'
import type { Unavailable } from './unavailable.js'

/** Fewest returns: 250, or enough for 5 beyond the confidence, which is 500 at 99 %. */
export function historicalNeeded(confidencePerMille: number): number {
  return Math.max(250, Math.ceil(5_000 / (1_000 - confidencePerMille)))
}

/**
 * Historical simulation: value at risk and expected shortfall of past returns, each as likely as any other; see
 * `sampleTail`.
 *
 * Below 250 returns, 500 at 99 %, the larger of filtered history and Student-t with a margin of 20 % stands in, with
 * the note `SHORT_SAMPLE`. Unavailable below 120 returns, for returns that are all the same, and for one that is no
 * finite number.
 *
 * @param options - `lambda` and `sigmaMin` apply to filtered history where that stands in.
 * @throws ConfigError for an option that is none: `BAD_CONFIDENCE`, `BAD_LAMBDA`, `BAD_SIGMA_MIN`.
 * @example
 * const risk = historicalRisk(returns, { confidencePerMille: 990 })
 * if (risk.kind === 'estimate') risk.expectedShortfall // share of the value lost in the worst days
 */
export function historicalRisk(returns: ArrayLike<number>, options: FilteredOptions = {}): TailEstimate | Unavailable {
  const { confidencePerMille } = { ...filteredDefaults, ...options }
  checkConfidence(confidencePerMille)
  const losses = lossesOf(returns, historicalNeeded(confidencePerMille))
  if (!(losses instanceof Float64Array)) {
    return losses.code === 'TOO_SHORT' ? shortSampleRisk(returns, options) : losses
  }
  const tail = tailInPlace(losses, confidencePerMille)
  return tailEstimate({ method: 'historical', tail, confidencePerMille, observations: losses.length })
}
