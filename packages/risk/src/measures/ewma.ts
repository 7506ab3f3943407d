import { ConfigError } from '@astertrade/core'
import { checkOptionChoice } from '../limits/checkOptions.js'
import { checkConfidence, confidenceDefault } from './confidence.js'
import { firstFlaw } from './firstFlaw.js'
import { horizonRoot, type ParametricOptions } from './horizon.js'
import { lossesOf } from './lossesOf.js'
import { meanSquare } from './meanSquare.js'
import { normalTail } from './normalRisk.js'
import { type TailEstimate, tailEstimate } from './tailEstimate.js'
import type { Unavailable } from './unavailable.js'

/** What `ewmaVariance` takes. */
export interface EwmaOptions {
  /** Weight of the past, between 0 and 1 (default 0.94, RiskMetrics' choice for days). */
  readonly lambda?: number
  /**
   * First forecast: `mean`, the mean square of the first 30 returns (default), or `first`, the first square, as
   * RiskMetrics has it.
   */
  readonly start?: 'mean' | 'first'
}

const defaults = { lambda: 0.94, start: 'mean', confidencePerMille: confidenceDefault, horizonPeriods: 1 } as const
const startSpan = 30
const needed = 60

/**
 * Forecasts of the variance by an exponentially weighted moving average: `v[t+1] = λ v[t] + (1 - λ) r[t]²`, the mean
 * taken as 0.
 *
 * One longer than `returns`: element `t` is the forecast for return `t`, made from the returns before it, and the last
 * is the forecast for the next. With `start: 'mean'` the first 30 forecasts know the first 30 returns; skip them. J.P.
 * Morgan, RiskMetrics (1996), section 5.2.
 *
 * @throws ConfigError `BAD_LAMBDA` if λ is not between 0 and 1, `BAD_PARAMETER` for another start, `NO_DATA` or
 * `NOT_FINITE` for returns that are none.
 * @example
 * ewmaVariance([0.02, -0.01], { start: 'first' }) // => Float64Array [0.0004, 0.0004, 0.000382]
 */
export function ewmaVariance(
  returns: ArrayLike<number>,
  { lambda = defaults.lambda, start = defaults.start }: EwmaOptions = {},
): Float64Array {
  checkLambda(lambda)
  checkOptionChoice('start', start, ['mean', 'first'])
  const flaw = firstFlaw(returns)
  if (flaw >= 0) throw new ConfigError(`Return ${flaw} is "${returns[flaw]}".`, { code: 'NOT_FINITE' })
  if (returns.length === 0) throw new ConfigError('A variance needs at least one return.', { code: 'NO_DATA' })
  const variance = new Float64Array(returns.length + 1)
  variance[0] = meanSquare(returns, start === 'first' ? 1 : startSpan)
  ewmaInto(returns, lambda, variance)
  return variance
}

/** Fills `variance` from its first element on; it is one longer than `returns`. */
export function ewmaInto(returns: ArrayLike<number>, lambda: number, variance: Float64Array): void {
  let held = variance[0]!
  for (let i = 0; i < returns.length; i++) {
    // Stays between the two, also in the last bit.
    held += (1 - lambda) * (returns[i]! * returns[i]! - held)
    variance[i + 1] = held
  }
}

/** What `ewmaRisk` takes. */
export interface EwmaRiskOptions extends EwmaOptions, ParametricOptions {}

/**
 * Value at risk and expected shortfall of a normal distribution with the variance that `ewmaVariance` forecasts, the
 * mean taken as 0.
 *
 * Unavailable below 60 returns, for returns that are all the same, and for one that is no finite number.
 *
 * @throws ConfigError for an option that is none: `BAD_CONFIDENCE`, `BAD_HORIZON`, `BAD_LAMBDA`, `BAD_PARAMETER`.
 * @example
 * const risk = ewmaRisk(returns, { lambda: 0.97 })
 * if (risk.kind === 'estimate') risk.expectedShortfall // share of the value lost in the worst days
 */
export function ewmaRisk(returns: ArrayLike<number>, options: EwmaRiskOptions = {}): TailEstimate | Unavailable {
  const { confidencePerMille, horizonPeriods, lambda, start } = { ...defaults, ...options }
  checkConfidence(confidencePerMille)
  checkLambda(lambda)
  checkOptionChoice('start', start, ['mean', 'first'])
  const root = horizonRoot(horizonPeriods)
  const losses = lossesOf(returns, needed)
  if (!(losses instanceof Float64Array)) return losses
  const variance = ewmaVariance(losses, { lambda, start })
  const tail = normalTail(Math.sqrt(variance[losses.length]!) * root, confidencePerMille)
  return tailEstimate({ method: 'ewma', tail, confidencePerMille, observations: losses.length })
}

/**
 * Checks the weight of the past.
 *
 * @throws ConfigError `BAD_LAMBDA` if it is not between 0 and 1.
 */
export function checkLambda(lambda: number): void {
  if (typeof lambda === 'number' && lambda > 0 && lambda < 1) return
  throw new ConfigError(`lambda ${JSON.stringify(lambda) ?? lambda} is not between 0 and 1.`, {
    code: 'BAD_LAMBDA',
    hints: ['RiskMetrics takes 0.94 for days and 0.97 for months.'],
  })
}
