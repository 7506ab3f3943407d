import type { Forecast, Prediction } from '../model.js'

/** What `coordinate` takes besides the predictions. */
export interface CoordinateOptions {
  /** The exposure that is wished for now. */
  readonly held: number
  /** Smallest change of exposure worth an order (default 0.1). */
  readonly step?: number
  /** Confidence from which a direction counts in full; below it the exposure is smaller in proportion (default 0: always in full). */
  readonly confidenceFull?: number
}

/** A new exposure and why. */
export interface Decision {
  /** From -1 to 1. */
  readonly exposure: number
  /** One line for people: side and size, then the forecasts by weight. */
  readonly reason: string
}

const defaults = { step: 0.1, confidenceFull: 0 } as const
const reasonsMax = 3

/**
 * Combines predictions into one exposure: the mean of the directions, weighted by confidence. All models count equally.
 *
 * Models that abstain drop out; when all do, the exposure is 0 at once. Otherwise it changes only by `step` or more, so that small
 * changes of mind do not turn into orders. Undefined means: keep what is held.
 *
 * @example
 * coordinate([forecast({ direction: 1, confidence: 0.3 }), forecast({ direction: -0.5, confidence: 0.1 })], { held: 0 })
 * // => { exposure: 0.625, reason: 'long 0.63: …' }
 */
export function coordinate(predictions: readonly Prediction[], options: CoordinateOptions): Decision | undefined {
  const { held, step, confidenceFull } = { ...defaults, ...options }
  let [weighted, weights, squares] = [0, 0, 0]
  for (const prediction of predictions) {
    if (prediction.kind === 'abstain') continue
    weighted += prediction.direction * prediction.confidence
    weights += prediction.confidence
    squares += prediction.confidence * prediction.confidence
  }
  if (weights === 0) return held === 0 ? undefined : { exposure: 0, reason: `flat: ${reasonsOf(predictions)}` }
  const share = confidenceFull === 0 ? 1 : Math.min(1, squares / weights / confidenceFull)
  const exposure = share * (weighted / weights)
  if (!(Math.abs(exposure - held) >= step)) return undefined
  const side = exposure > 0 ? 'long' : exposure < 0 ? 'short' : 'flat'
  const forecasts = predictions.filter((prediction) => prediction.kind === 'forecast')
  const heaviest = forecasts.sort((a, b) => weightOf(b) - weightOf(a)).slice(0, reasonsMax)
  return { exposure, reason: `${side} ${Math.abs(exposure).toFixed(2)}: ${reasonsOf(heaviest)}` }
}

function weightOf({ direction, confidence }: Forecast): number {
  return Math.abs(direction * confidence)
}

function reasonsOf(predictions: readonly Prediction[]): string {
  return predictions.map((prediction) => prediction.reason).join('; ')
}
