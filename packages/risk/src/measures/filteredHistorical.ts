import { ConfigError } from '@astertrade/core'
import { type ConfidenceOptions, checkConfidence, confidenceDefault } from './confidence.js'
import { checkLambda, ewmaVariance } from './ewma.js'
import { lossesOf } from './lossesOf.js'
import { tailInPlace } from './sampleTail.js'
import { type TailEstimate, tailEstimate } from './tailEstimate.js'
import { type Unavailable, unavailable } from './unavailable.js'

/** What `filteredHistoricalRisk` takes. */
export interface FilteredOptions extends ConfidenceOptions {
  /** Weight of the past in the volatility, between 0 and 1 (default 0.94). */
  readonly lambda?: number
  /** Volatility at or below which a return says nothing, such as one tick over the price (default 0). */
  readonly sigmaMin?: number
}

export const filteredDefaults = { confidencePerMille: confidenceDefault, lambda: 0.94, sigmaMin: 0 } as const

/** Returns that only warm the volatility up. */
export const warmUp = 60

/** Fewest filtered returns: 250, or enough for 2.5 beyond the confidence. */
export function filteredNeeded(confidencePerMille: number): number {
  return Math.max(250, Math.ceil(2_500 / (1_000 - confidencePerMille)))
}

/**
 * Filtered historical simulation: each past return is scaled to the volatility of the next period, `r_i · σ_next /
 * σ_i`, and value at risk and expected shortfall are read from the sample. σ is the forecast of `ewmaVariance`.
 *
 * Returns whose volatility is at or below `sigmaMin` are left out. Unavailable below 60 + 250 returns (more above 99
 * %), for a volatility of the next period at or below `sigmaMin`, for returns that are all the same, and for one that
 * is no finite number. Barone-Adesi, Giannopoulos, Vosper, VaR without Correlations for Portfolios of Derivative
 * Securities (1999).
 *
 * @throws ConfigError for an option that is none: `BAD_CONFIDENCE`, `BAD_LAMBDA`, `BAD_SIGMA_MIN`.
 * @example
 * const risk = filteredHistoricalRisk(returns, { confidencePerMille: 990 })
 * if (risk.kind === 'estimate') risk.expectedShortfall // share of the value lost in the worst days
 */
export function filteredHistoricalRisk(
  returns: ArrayLike<number>,
  options: FilteredOptions = {},
): TailEstimate | Unavailable {
  const { confidencePerMille, lambda, sigmaMin } = { ...filteredDefaults, ...options }
  checkConfidence(confidencePerMille)
  checkLambda(lambda)
  checkSigmaMin(sigmaMin)
  const needed = filteredNeeded(confidencePerMille)
  const losses = lossesOf(returns, warmUp + needed)
  if (!(losses instanceof Float64Array)) return losses
  const scales = volatilityScales(losses, { lambda, sigmaMin })
  if (!(scales instanceof Float64Array)) return scales
  const kept = filtered(losses, scales)
  if (kept.length < needed) return unavailable('TOO_SHORT', `${needed} returns of some volatility`, kept.length)
  const tail = tailInPlace(kept, confidencePerMille)
  return tailEstimate({ method: 'filteredHistorical', tail, confidencePerMille, observations: kept.length })
}

/**
 * What each return is multiplied by, `σ_next / σ_i`: 0 in the warm-up and where the volatility says nothing. Or
 * unavailable, where that of the next period says nothing.
 */
export function volatilityScales(
  returns: ArrayLike<number>,
  { lambda, sigmaMin }: { readonly lambda: number; readonly sigmaMin: number },
): Float64Array | Unavailable {
  const variance = ewmaVariance(returns, { lambda })
  const next = variance[returns.length]!
  const floor = sigmaMin * sigmaMin
  if (!(next > floor)) return unavailable('SIGMA_TOO_SMALL', `a volatility above ${sigmaMin}`, Math.sqrt(next))
  const scales = new Float64Array(returns.length)
  for (let i = warmUp; i < scales.length; i++) {
    if (variance[i]! > floor) scales[i] = Math.sqrt(next / variance[i]!)
  }
  return scales
}

function filtered(losses: Float64Array, scales: Float64Array): Float64Array {
  const kept = new Float64Array(losses.length)
  let count = 0
  for (let i = 0; i < losses.length; i++) if (scales[i] !== 0) kept[count++] = losses[i]! * scales[i]!
  return kept.slice(0, count)
}

/**
 * Checks the volatility below which a return says nothing.
 *
 * @throws ConfigError `BAD_SIGMA_MIN` if it is not a finite number from 0 on.
 */
export function checkSigmaMin(sigmaMin: number): void {
  if (Number.isFinite(sigmaMin) && sigmaMin >= 0) return
  throw new ConfigError(`sigmaMin ${JSON.stringify(sigmaMin) ?? sigmaMin} is not a finite number from 0 on.`, {
    code: 'BAD_SIGMA_MIN',
    hints: ['Take one tick over the price, such as 0.01 / 65000.'],
  })
}
