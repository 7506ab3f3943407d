import { exp, normalQuantile } from '@astertrade/core'
import { checkConfidence, confidenceDefault } from './confidence.js'
import { horizonRoot, type ParametricOptions } from './horizon.js'
import { lossesOf } from './lossesOf.js'
import { meanSquare } from './meanSquare.js'
import type { Tail } from './sampleTail.js'
import { type TailEstimate, tailEstimate } from './tailEstimate.js'
import type { Unavailable } from './unavailable.js'

const defaults = { confidencePerMille: confidenceDefault, horizonPeriods: 1 } as const
const needed = 60
const inverseSqrt2Pi = 0.3989422804014327

/**
 * Value at risk `z σ` and expected shortfall `σ φ(z) / (1 - α)` of a normal distribution, the mean taken as 0 and σ as
 * root mean square. For comparison: real returns have heavier tails, so it never decides alone.
 *
 * Unavailable below 60 returns, for returns that are all the same, and for one that is no finite number.
 *
 * @throws ConfigError for an option that is none: `BAD_CONFIDENCE`, `BAD_HORIZON`.
 * @example
 * const risk = normalRisk(returns, { confidencePerMille: 990, horizonPeriods: 10 })
 * if (risk.kind === 'estimate') risk.expectedShortfall // share of the value lost in the worst days
 */
export function normalRisk(returns: ArrayLike<number>, options: ParametricOptions = {}): TailEstimate | Unavailable {
  const { confidencePerMille, horizonPeriods } = { ...defaults, ...options }
  checkConfidence(confidencePerMille)
  const root = horizonRoot(horizonPeriods)
  const losses = lossesOf(returns, needed)
  if (!(losses instanceof Float64Array)) return losses
  const tail = normalTail(Math.sqrt(meanSquare(losses)) * root, confidencePerMille)
  return tailEstimate({ method: 'normal', tail, confidencePerMille, observations: losses.length })
}

/** The tail of a normal distribution around 0 with standard deviation `sigma`. */
export function normalTail(sigma: number, confidencePerMille: number): Tail {
  const z = normalQuantile(confidencePerMille / 1_000)
  const beyond = (1_000 - confidencePerMille) / 1_000
  return { valueAtRisk: sigma * z, expectedShortfall: (sigma * normalDensity(z)) / beyond }
}

/** Density of the standard normal distribution. */
export function normalDensity(z: number): number {
  return inverseSqrt2Pi * exp(-0.5 * z * z)
}
