import type { Forecast, Prediction } from '../model.js'
import { adaHedge } from './adaHedge.js'
import { type Diversity, diversity } from './diversity.js'
import type { ExpertWeights } from './expertWeights.js'
import { fixedShare } from './fixedShare.js'
import { claimOf, type ForecastLoss, lossRule } from './forecastLoss.js'
import { pendingRounds } from './pendingRounds.js'
import { createTrust } from './trust.js'

/** How weights are learned. */
export type Weigher =
  | { readonly kind: 'fixedShare'; readonly share: number; readonly rate: number }
  | { readonly kind: 'adaHedge' }

/** What `createScoring` takes. */
export interface ScoringOptions {
  readonly experts: number
  readonly weigher: Weigher
  readonly loss: ForecastLoss
  /** Share of the weights of least variance. */
  readonly spread: number
}

/** Judges forecasts when their time has come, and learns weights from them. */
export interface Scoring {
  /** Names of its parts with their parameters. */
  readonly id: string
  /** Learned weights: one per expert, then that of the control. */
  readonly weights: Float64Array
  /** Factor by which the confidence of each expert is believed. */
  readonly trust: Float64Array
  readonly diversity: Diversity
  /** Loss of the control. */
  readonly silentLoss: number
  /** Rounds that wait to be judged. */
  readonly waiting: number
  /** Judges what is due at a close, and learns from the rounds that are complete thereby. */
  settle(time: number, price: number): void
  /** Begins a round of what was said at a close. */
  open(predictions: readonly Prediction[], time: number, price: number): void
  /** Its state in parts of fixed lengths. */
  parts(): Float64Array[]
  restoreParts(parts: readonly Float64Array[]): void
}

/** Mean loss less than the control's from which on weight is spread to a model: what hardly speaks varies least of all. */
const gainMin = 0.001

/** Rounds that may wait at once; longer horizons than as many bars are never judged. */
const roundsMax = 256

/** Starts with even weights. */
export function createScoring({ experts, weigher, loss, spread }: ScoringOptions): Scoring {
  const rule = lossRule(loss)
  const learner = weigherOf(weigher, experts + 1)
  const diverse = diversity({ experts, share: spread, lossMax: rule.silent - gainMin })
  const trust = createTrust(experts)
  const onJudged = rule.judges === 'confidence' ? { onJudged: trust.learn } : {}
  const waiting = pendingRounds({ experts, capacity: roundsMax, rule, ...onJudged })
  const round = new Float64Array(experts + 1).fill(rule.silent)
  const learn = (losses: Float64Array): void => {
    round.set(losses)
    learner.learn(round)
    diverse.push(losses)
  }
  return {
    id: `${learner.id}, ${rule.id}, ${spread}`,
    weights: learner.weights,
    trust: trust.factors,
    diversity: diverse,
    silentLoss: rule.silent,
    get waiting() {
      return waiting.count
    },
    settle: (time, price) => waiting.settle(time, price, learn),
    open(predictions, time, price) {
      let isOpen = false
      for (let index = 0; index < experts; index++) {
        const prediction = predictions[index]!
        if (!takesSide(prediction)) continue
        if (!isOpen) waiting.open(price, learn)
        isOpen = true
        const view = rule.viewOf(prediction, trust.factors[index]!)
        waiting.add(index, { view, claim: claimOf(prediction), due: time + prediction.horizon })
      }
    },
    parts: () => [learner.snapshot(), diverse.snapshot(), trust.snapshot(), waiting.snapshot()],
    restoreParts([weights, window, claims, rounds]) {
      learner.restore(weights!)
      diverse.restore(window!)
      trust.restore(claims!)
      waiting.restore(rounds!)
    },
  }
}

/** True for a forecast that says where the price goes, if only that it stays; one that only knows of risk does not. */
export function takesSide(prediction: Prediction): prediction is Forecast {
  if (prediction.kind === 'abstain' || !isSound(prediction)) return false
  return prediction.direction !== 0 || prediction.risk === undefined
}

/** One figure that is none would spoil the pool of all. */
function isSound({ direction, confidence, horizon }: Forecast): boolean {
  return Math.abs(direction) <= 1 && confidence >= 0 && confidence <= 1 && horizon > 0 && Number.isFinite(horizon)
}

function weigherOf(weigher: Weigher, experts: number): ExpertWeights {
  if (weigher.kind === 'adaHedge') return adaHedge({ experts })
  return fixedShare({ experts, share: weigher.share, rate: weigher.rate })
}
