import type { FeatureRow, Prediction } from '../model.js'
import { boundWeights, type WeightBounds } from './boundWeights.js'
import type { Diversity } from './diversity.js'
import type { ExpertRole } from './ensembleView.js'
import type { Expert } from './expert.js'
import { emptyPool, type Pool, poolInto } from './pool.js'
import { takesSide } from './scoring.js'

/** Experts around a table: what each says, how much it counts, and what they say together. */
export interface Panel {
  readonly predictions: readonly Prediction[]
  /** One per expert, then that of the control; together 1. */
  readonly weights: Float64Array
  /** What each expert adds to the log-odds of a rise. */
  readonly odds: Float64Array
  readonly pool: Pool
  /** Experts that speak with weight. */
  readonly speakers: number
  /** Asks everyone, and weighs and pools what they say. */
  ask(row: FeatureRow, learned: Learned): void
  roleOf(expert: number): ExpertRole
}

/** What is known of experts from their past. */
export interface Learned {
  /** One per expert, then that of the control. */
  readonly weights: Float64Array
  /** Factor by which the confidence of each is believed. */
  readonly trust: Float64Array
}

/** What `createPanel` takes. */
export interface PanelOptions {
  readonly experts: readonly Expert[]
  readonly diversity: Diversity
  readonly bounds: WeightBounds
}

/**
 * Makes a panel. Weights are those learned, with sleepers and shadows left out and brought back to a sum of 1, then spread over
 * experts that err differently, then bounded. The last weight is that of the control.
 */
export function createPanel({ experts, diversity, bounds }: PanelOptions): Panel {
  const count = experts.length
  const predictions: Prediction[] = []
  const weights = new Float64Array(count + 1)
  const ofExperts = weights.subarray(0, count)
  const odds = new Float64Array(count)
  const pool = emptyPool()
  let speakers = 0
  const roleOf = (index: number): ExpertRole => {
    const prediction = predictions[index]
    if (prediction === undefined || prediction.kind === 'abstain') return 'abstains'
    const { risk } = prediction
    if (!takesSide(prediction)) return risk === undefined ? 'abstains' : 'risk'
    return experts[index]!.stage === 'shadow' ? 'shadow' : 'speaks'
  }
  const weigh = (learned: Float64Array): void => {
    let sum = learned[count]!
    speakers = 0
    for (let index = 0; index < count; index++) {
      const speaks = roleOf(index) === 'speaks'
      weights[index] = speaks ? learned[index]! : 0
      sum += weights[index]!
      if (speaks) speakers++
    }
    weights[count] = learned[count]!
    for (let index = 0; index <= count; index++) weights[index] = weights[index]! / sum
    diversity.spread(ofExperts)
    boundWeights(weights, bounds)
  }
  return {
    predictions,
    weights,
    odds,
    pool,
    get speakers() {
      return speakers
    },
    ask(row, { weights: learned, trust }) {
      for (let index = 0; index < count; index++) predictions[index] = experts[index]!.model.predict(row)
      weigh(learned)
      poolInto(pool, { predictions, weights, trust, odds })
    },
    roleOf,
  }
}
