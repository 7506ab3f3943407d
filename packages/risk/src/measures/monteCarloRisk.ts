import { type ConfidenceOptions, checkConfidence, confidenceDefault } from './confidence.js'
import { type DrawOptions, drawSet } from './drawSet.js'
import { lossesOf } from './lossesOf.js'
import { type Exposures, portfolioLosses } from './portfolioLosses.js'
import { fitReturns } from './returnModel.js'
import { type Tail, tailInPlace } from './sampleTail.js'
import { type SimulatedReturns, simulateReturns } from './simulateReturns.js'
import { type TailEstimate, tailEstimate } from './tailEstimate.js'
import type { Unavailable } from './unavailable.js'

/** An estimate with how far another seed might put it. */
export interface MonteCarloEstimate extends TailEstimate {
  /** Standard error of each figure, from 20 batches of the draws. */
  readonly standardError: Tail
}

/** What `monteCarloRisk` takes. */
export interface MonteCarloOptions extends ConfidenceOptions, Omit<DrawOptions, 'assets'> {}

const batches = 20
const needed = 120

/**
 * Value at risk and expected shortfall of one series by simulation from a fitted Student-t distribution; see
 * `fitReturns`.
 *
 * The random numbers are those of the stream `valueAtRisk` of the seed. Unavailable below 120 returns, for returns that
 * are all the same, and for one that is no finite number.
 *
 * @throws ConfigError for an option that is none: `BAD_CONFIDENCE`, `BAD_DRAWS`, `BAD_SEED`.
 * @example
 * const risk = monteCarloRisk(returns, { seed: 1, confidencePerMille: 990 })
 * if (risk.kind === 'estimate') risk.standardError.valueAtRisk // what another seed might change
 */
export function monteCarloRisk(
  returns: ArrayLike<number>,
  { confidencePerMille = confidenceDefault, ...draws }: MonteCarloOptions,
): MonteCarloEstimate | Unavailable {
  checkConfidence(confidencePerMille)
  const random = drawSet({ ...draws, assets: 1 })
  const losses = lossesOf(returns, needed)
  if (!(losses instanceof Float64Array)) return losses
  const model = fitReturns({
    kind: 'scenarios',
    instruments: ['series'],
    rows: losses.length,
    values: losses.map((loss) => 0 - loss),
    asOf: Number.NaN,
    dropped: 0,
    notes: [],
  })
  if (model.kind === 'unavailable') return model
  return portfolioMonteCarlo(simulateReturns(model, random), { series: 1 }, { confidencePerMille })
}

/**
 * Value at risk and expected shortfall of a portfolio over simulated returns, in the currency of the exposures.
 *
 * Unavailable for an exposure that is no finite number or has no returns.
 *
 * @throws ConfigError `BAD_CONFIDENCE` for a confidence that is none.
 * @example
 * portfolioMonteCarlo(simulated, { 'BTC-USDT.binance': 500, 'ETH-USDT.binance': -200 })
 */
export function portfolioMonteCarlo(
  simulated: SimulatedReturns,
  exposures: Exposures,
  { confidencePerMille = confidenceDefault }: ConfidenceOptions = {},
): MonteCarloEstimate | Unavailable {
  checkConfidence(confidencePerMille)
  const losses = portfolioLosses(simulated, exposures)
  if (!(losses instanceof Float64Array)) return losses
  const { observations, notes } = simulated
  const standardError = batchError(losses.slice(), confidencePerMille)
  const tail = tailInPlace(losses, confidencePerMille)
  const estimate = tailEstimate({ method: 'monteCarlo', tail, confidencePerMille, observations, notes })
  return estimate.kind === 'estimate' ? { ...estimate, standardError } : estimate
}

/** Standard error of the mean of the figures of equal batches. */
function batchError(losses: Float64Array, confidencePerMille: number): Tail {
  const size = losses.length / batches
  const tails = Array.from({ length: batches }, (_, batch) => {
    return tailInPlace(losses.subarray(batch * size, (batch + 1) * size), confidencePerMille)
  })
  const error = (pick: (tail: Tail) => number): number => {
    const mean = tails.reduce((sum, tail) => sum + pick(tail), 0) / batches
    const squares = tails.reduce((sum, tail) => sum + (pick(tail) - mean) * (pick(tail) - mean), 0)
    return Math.sqrt(squares / (batches - 1) / batches)
  }
  return { valueAtRisk: error((tail) => tail.valueAtRisk), expectedShortfall: error((tail) => tail.expectedShortfall) }
}
