import { normalQuantile } from '@astertrade/core'
import { checkConfidence } from './confidence.js'
import { type FilteredOptions, filteredDefaults, filteredHistoricalRisk } from './filteredHistorical.js'
import { horizonRoot, type ParametricOptions } from './horizon.js'
import { lossesOf } from './lossesOf.js'
import { meanSquare } from './meanSquare.js'
import { normalDensity } from './normalRisk.js'
import { type TailEstimate, tailEstimate } from './tailEstimate.js'
import type { Unavailable } from './unavailable.js'

/** The shape of a distribution of losses beyond its spread. */
export interface DistributionShape {
  readonly skewness: number
  /** Kurtosis over that of the normal distribution, which has 0. */
  readonly excessKurtosis: number
}

/** What `cornishFisherRisk` takes; the options of filtered history apply where that stands in. */
export interface CornishFisherOptions extends FilteredOptions, ParametricOptions {}

const defaults = { ...filteredDefaults, horizonPeriods: 1 } as const
const needed = 250

/**
 * The Cornish-Fisher quantile: the normal quantile `z` bent by skewness and kurtosis.
 *
 * `z + (z² - 1)S/6 + (z³ - 3z)K/24 - (2z³ - 5z)S²/36`. Cornish and Fisher (1938). A quantile function only where
 * `cornishFisherApplies`.
 *
 * @example
 * cornishFisherQuantile(1.6448536269514722, { skewness: 0, excessKurtosis: 0 }) // => 1.6448536269514722
 */
export function cornishFisherQuantile(z: number, { skewness: s, excessKurtosis: k }: DistributionShape): number {
  const square = z * z
  return z + ((square - 1) * s) / 6 + (z * (square - 3) * k) / 24 - (z * (2 * square - 5) * s * s) / 36
}

/**
 * True where the Cornish-Fisher quantile rises for every `z`; elsewhere value at risk could fall as confidence rises.
 *
 * With `A = K/8 - S²/6`, `B = S/3`, `C = 1 - K/8 + 5S²/36` the slope `A z² + B z + C` is nowhere negative. Maillard, A
 * User's Guide to the Cornish Fisher Expansion (2012).
 *
 * @example
 * cornishFisherApplies({ skewness: 0.5, excessKurtosis: 2 }) // => true
 * cornishFisherApplies({ skewness: 0, excessKurtosis: 9 }) // => false
 */
export function cornishFisherApplies({ skewness: s, excessKurtosis: k }: DistributionShape): boolean {
  const a = k / 8 - (s * s) / 6
  const b = s / 3
  const c = 1 - k / 8 + (5 * s * s) / 36
  return a >= 0 && b * b <= 4 * a * c
}

/**
 * Value at risk and expected shortfall by the Cornish-Fisher expansion, moments taken about 0. Outside its domain
 * filtered history stands in, with the note `OUTSIDE_DOMAIN`.
 *
 * Expected shortfall is the mean of the quantile over the tail in closed form, `σ φ(z)/(1 - α) · (1 + zS/6 + (z² -
 * 1)K/24 - (2z² - 1)S²/36)`. Unavailable below 250 returns, for returns that are all the same, and for one that is no
 * finite number.
 *
 * @throws ConfigError for an option that is none: `BAD_CONFIDENCE`, `BAD_HORIZON`, `BAD_LAMBDA`, `BAD_SIGMA_MIN`.
 * @example
 * const risk = cornishFisherRisk(returns, { confidencePerMille: 990 })
 * if (risk.kind === 'estimate') risk.expectedShortfall // share of the value lost in the worst days
 */
export function cornishFisherRisk(
  returns: ArrayLike<number>,
  options: CornishFisherOptions = {},
): TailEstimate | Unavailable {
  const { confidencePerMille, horizonPeriods } = { ...defaults, ...options }
  checkConfidence(confidencePerMille)
  const root = horizonRoot(horizonPeriods)
  const losses = lossesOf(returns, needed)
  if (!(losses instanceof Float64Array)) return losses
  const sigma = Math.sqrt(meanSquare(losses))
  const shape = shapeAboutZero(losses, sigma)
  if (!cornishFisherApplies(shape)) {
    const filtered = filteredHistoricalRisk(returns, options)
    return filtered.kind === 'estimate' ? widen(filtered, root) : filtered
  }
  const z = normalQuantile(confidencePerMille / 1_000)
  const tail = {
    valueAtRisk: sigma * root * cornishFisherQuantile(z, shape),
    expectedShortfall: sigma * root * tailMean(z, shape, (1_000 - confidencePerMille) / 1_000),
  }
  return tailEstimate({ method: 'cornishFisher', tail, confidencePerMille, observations: losses.length })
}

/** Mean of the Cornish-Fisher quantile over the normal values above `z`, which have probability `beyond`. */
function tailMean(z: number, { skewness: s, excessKurtosis: k }: DistributionShape, beyond: number): number {
  const square = z * z
  const bend = (z * s) / 6 + ((square - 1) * k) / 24 - ((2 * square - 1) * s * s) / 36
  return (normalDensity(z) / beyond) * (1 + bend)
}

function widen(estimate: TailEstimate, root: number): TailEstimate {
  const { valueAtRisk, expectedShortfall, notes } = estimate
  return {
    ...estimate,
    valueAtRisk: valueAtRisk * root,
    expectedShortfall: expectedShortfall * root,
    notes: [...notes, 'OUTSIDE_DOMAIN'],
  }
}

function shapeAboutZero(losses: Float64Array, sigma: number): DistributionShape {
  let cubes = 0
  let fourths = 0
  for (let i = 0; i < losses.length; i++) {
    const z = losses[i]! / sigma
    cubes += z * z * z
    fourths += z * z * z * z
  }
  return { skewness: cubes / losses.length, excessKurtosis: fourths / losses.length - 3 }
}
