import { exp, log } from '@astertrade/core'
import type { Prediction } from '../model.js'
import { chanceOfRise } from './forecastLoss.js'

/** Probabilities are taken for at least this far from 0 and 1, so that nobody's certainty drowns the others. */
const edge = 0.01

/** What weighted forecasts say together. */
export interface Pool {
  /** Probability of a rise. */
  chance: number
  /** Mean direction, weighted by how much each adds to the odds. */
  direction: number
  /** From 0, both sides weigh the same, to 1, there is one side only. */
  agreement: number
  /** Mean horizon by weight, ms. */
  horizon: number
}

/** What is pooled, one entry per expert. */
export interface Voices {
  readonly predictions: readonly Prediction[]
  readonly weights: Float64Array
  /** Factor by which each confidence is believed. */
  readonly trust: Float64Array
  /** Takes what each adds to the log-odds. */
  readonly odds: Float64Array
}

/** An empty pool, to be filled by `poolInto`. */
export function emptyPool(): Pool {
  return { chance: 0.5, direction: 0, agreement: 1, horizon: 0 }
}

/**
 * Pools forecasts by their weighted log-odds, `chance = 1 / (1 + exp(-sum of w ln(p / (1 - p))))`; allocates nothing.
 *
 * The pool of independent experts who do not know of each other would add log-odds up; weights that sum to 1 take them for one
 * opinion, which is the cautious end. Genest and Zidek (1986).
 *
 * What has a weight of 0, abstains or takes no side adds nothing.
 */
export function poolInto(pool: Pool, { predictions, weights, trust, odds }: Voices): void {
  let [sum, size, directed, waited, weighed] = [0, 0, 0, 0, 0]
  for (let index = 0; index < predictions.length; index++) {
    const prediction = predictions[index]!
    const weight = weights[index]!
    odds[index] = 0
    if (prediction.kind === 'abstain' || weight === 0) continue
    const chance = Math.min(1 - edge, Math.max(edge, chanceOfRise(prediction, trust[index]!)))
    const added = weight * log(chance / (1 - chance))
    odds[index] = added
    sum += added
    size += Math.abs(added)
    directed += Math.abs(added) * prediction.direction
    waited += weight * prediction.horizon
    weighed += weight
  }
  pool.chance = 1 / (1 + exp(-sum))
  pool.agreement = size > 0 ? Math.abs(sum) / size : 1
  pool.horizon = weighed > 0 ? Math.round(waited / weighed) : 0
  const direction = size > 0 ? directed / size : 0
  // Where small moves are likely on one side and large ones possible on the other, there is no side to take.
  pool.direction = direction * sum > 0 ? direction : 0
}
