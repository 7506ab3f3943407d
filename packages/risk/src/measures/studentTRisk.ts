import { log } from '@astertrade/core'
import { checkConfidence, confidenceDefault } from './confidence.js'
import { gammaRatio } from './gammaRatio.js'
import { horizonRoot, type ParametricOptions } from './horizon.js'
import { lossesOf } from './lossesOf.js'
import { meanSquare } from './meanSquare.js'
import type { Tail } from './sampleTail.js'
import { studentTDensity, studentTQuantile } from './studentT.js'
import { sumOfLogs } from './sumOfLogs.js'
import { type TailEstimate, tailEstimate } from './tailEstimate.js'
import { type Unavailable, unavailable } from './unavailable.js'

const defaults = { confidencePerMille: confidenceDefault, horizonPeriods: 1 } as const
const needed = 120

/** The degrees of freedom that are tried: never 2 or fewer, where no variance exists. */
export const degreesGrid = { min: 3, max: 30 } as const

/** An estimate with the degrees of freedom of its tail. */
export interface StudentTEstimate extends TailEstimate {
  readonly degrees: number
}

/**
 * Value at risk and expected shortfall of Student's t distribution, the mean taken as 0, the scale `σ √((ν - 2)/ν)`
 * with σ as root mean square, and the degrees of freedom ν the most likely of 3 to 30.
 *
 * `ES = scale · t(q)/(1 - α) · (ν + q²)/(ν - 1)`; McNeil, Frey, Embrechts, Quantitative Risk Management (2015), example
 * 2.15. Unavailable below 120 returns, for returns that are all the same, and for one that is no finite number.
 *
 * @throws ConfigError for an option that is none: `BAD_CONFIDENCE`, `BAD_HORIZON`.
 * @example
 * const risk = studentTRisk(returns, { confidencePerMille: 990 })
 * if (risk.kind === 'estimate') risk.expectedShortfall // share of the value lost in the worst days
 */
export function studentTRisk(
  returns: ArrayLike<number>,
  options: ParametricOptions = {},
): StudentTEstimate | Unavailable {
  const { confidencePerMille, horizonPeriods } = { ...defaults, ...options }
  checkConfidence(confidencePerMille)
  const root = horizonRoot(horizonPeriods)
  const losses = lossesOf(returns, needed)
  if (!(losses instanceof Float64Array)) return losses
  const sigma = Math.sqrt(meanSquare(losses))
  const degrees = fitDegrees(losses, sigma, new Float64Array(losses.length))
  if (Number.isNaN(degrees)) return unavailable('NOT_FINITE', 'squares within the range of doubles', `sigma ${sigma}`)
  const tail = studentTTail(sigma * root, degrees, confidencePerMille)
  const estimate = tailEstimate({ method: 'studentT', tail, confidencePerMille, observations: losses.length })
  return estimate.kind === 'estimate' ? { ...estimate, degrees } : estimate
}

/** The tail of a Student-t distribution around 0 with standard deviation `sigma`. */
export function studentTTail(sigma: number, degrees: number, confidencePerMille: number): Tail {
  const scale = sigma * Math.sqrt((degrees - 2) / degrees)
  const q = studentTQuantile(confidencePerMille / 1_000, degrees)
  const beyond = (1_000 - confidencePerMille) / 1_000
  const shortfall = ((studentTDensity(q, degrees) / beyond) * (degrees + q * q)) / (degrees - 1)
  return { valueAtRisk: scale * q, expectedShortfall: scale * shortfall }
}

/**
 * The whole number of degrees of freedom, from 3 to 30, under which values of standard deviation `sigma` are most
 * likely; `NaN` where sigma is 0 or no finite number.
 *
 * @param squares - Scratch as long as `values`.
 */
export function fitDegrees(values: Float64Array, sigma: number, squares: Float64Array): number {
  const variance = sigma * sigma
  if (!(variance > 0 && variance < Number.POSITIVE_INFINITY)) return Number.NaN
  for (let i = 0; i < values.length; i++) squares[i] = (values[i]! * values[i]!) / variance
  return mostLikelyDegrees(squares, 1)
}

/**
 * The whole number of degrees of freedom, from 3 to 30, under which squared distances of `dimension` standardised
 * values are most likely as those of a multivariate Student-t distribution.
 */
export function mostLikelyDegrees(squares: Float64Array, dimension: number): number {
  let best: number = degreesGrid.min
  let highest = Number.NEGATIVE_INFINITY
  for (let degrees: number = degreesGrid.min; degrees <= degreesGrid.max; degrees++) {
    const spread = (0.5 * (degrees + dimension) * sumOfLogs(squares, degrees - 2)) / squares.length
    const likelihood = logFactor(degrees, dimension) - spread
    if (likelihood > highest) {
      highest = likelihood
      best = degrees
    }
  }
  return best
}

/** Logarithm of `Γ((ν + d)/2) / (Γ(ν/2) (ν - 2)^(d/2))`, what the density has in front and depends on ν. */
function logFactor(degrees: number, dimension: number): number {
  let sum = -0.5 * dimension * log(degrees - 2)
  for (let j = 0; j < dimension; j++) sum += log(gammaRatio((degrees + j) / 2))
  return sum
}
