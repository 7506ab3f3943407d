import { ConfigError, exp, log } from '@astertrade/core'
import type { ExpertWeights } from './expertWeights.js'

/** What `adaHedge` takes. */
export interface AdaHedgeOptions {
  /** Number of experts, from 1. */
  readonly experts: number
}

/**
 * Weighs experts against the single best one, with a learning rate that tunes itself.
 *
 * Weights are `exp(-rate * L)` of the summed losses `L`, with `rate = ln n / D`, where `D` sums by how much the mean loss of a round
 * exceeded its mix loss. Over `T` rounds the mixture loses at most `sqrt(T ln n) + 16/3 ln n + 2` more than the best expert. A
 * sleeping expert is charged what the mixture lost. It does not come back from a change of the best expert as `fixedShare` does. De
 * Rooij, van Erven, Grünwald and Koolen (2014), figure 1 and theorem 8.
 *
 * @throws ConfigError with code `BAD_PARAMETER` if the number of experts is out of range.
 * @example
 * const weigher = adaHedge({ experts: 2 })
 * weigher.learn(Float64Array.of(0, 1))
 * weigher.weights[0] // => 0.8
 */
export function adaHedge({ experts }: AdaHedgeOptions): ExpertWeights {
  if (!Number.isInteger(experts) || experts < 1) {
    throw new ConfigError(`experts "${experts}" of adaHedge is out of range.`, {
      code: 'BAD_PARAMETER',
      hints: ['A whole number from 1.'],
    })
  }
  const weights = new Float64Array(experts).fill(1 / experts)
  const summed = new Float64Array(experts)
  const charged = new Float64Array(experts)
  const scale = log(experts)
  let excess = 0
  return {
    id: 'adaHedge()',
    weights,
    learn(losses) {
      const mean = meanLoss(weights, losses)
      if (Number.isNaN(mean)) return
      for (let index = 0; index < experts; index++) {
        charged[index] = Number.isNaN(losses[index]!) ? mean : losses[index]!
        summed[index] = summed[index]! + charged[index]!
      }
      excess += Math.max(0, mean - mixLoss(weights, charged, scale / excess))
      weigh(weights, summed, scale / excess)
    },
    snapshot: () => Float64Array.of(excess, ...summed),
    restore(state) {
      excess = state[0]!
      summed.set(state.subarray(1))
      weigh(weights, summed, scale / excess)
    },
  }
}

/** Mean loss of those awake; `NaN` where nobody is. */
function meanLoss(weights: Float64Array, losses: Float64Array): number {
  let [sum, total, plain, awake] = [0, 0, 0, 0]
  for (let index = 0; index < weights.length; index++) {
    const loss = losses[index]!
    if (Number.isNaN(loss)) continue
    sum += weights[index]! * loss
    total += weights[index]!
    plain += loss
    awake++
  }
  return total > 0 ? sum / total : plain / awake
}

/** `-1/rate ln(sum of w exp(-rate * loss))`; the smallest loss that has weight where the rate is infinite. */
function mixLoss(weights: Float64Array, losses: Float64Array, rate: number): number {
  let least = Number.POSITIVE_INFINITY
  for (let index = 0; index < weights.length; index++) {
    if (weights[index]! > 0) least = Math.min(least, losses[index]!)
  }
  if (rate === Number.POSITIVE_INFINITY) return least
  let sum = 0
  for (let index = 0; index < weights.length; index++) {
    if (weights[index]! > 0) sum += weights[index]! * exp(-rate * (losses[index]! - least))
  }
  return least - log(sum) / rate
}

/** Sets the weights for the summed losses; where the rate is infinite, those that lost least share all. */
function weigh(weights: Float64Array, summed: Float64Array, rate: number): void {
  let least = Number.POSITIVE_INFINITY
  for (let index = 0; index < summed.length; index++) least = Math.min(least, summed[index]!)
  let total = 0
  for (let index = 0; index < summed.length; index++) {
    const behind = summed[index]! - least
    weights[index] = behind === 0 ? 1 : exp(-rate * behind)
    total += weights[index]!
  }
  for (let index = 0; index < summed.length; index++) weights[index] = weights[index]! / total
}
