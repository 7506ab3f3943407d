import { normalCdf } from '@astertrade/core'
import { type Abstention, abstention, type Forecast } from '../model.js'
import type { RidgeLearner } from './ridgeLearner.js'

/** First word of the reasons. */
export const flowName = 'order flow'

const cold = abstention(flowName, 'cold', 'too few labels are known')
const noEdge = abstention(flowName, 'no-edge', 'its forecasts have not been better than none')
/** Labels before it may speak. */
export const flowLabelsMin = 200

/** Why the learner has nothing to say, if so. */
export function flowSilence(learner: RidgeLearner, evidenceMin: number): Abstention | undefined {
  if (learner.count < flowLabelsMin) return cold
  return learner.evidence() >= evidenceMin ? undefined : noEdge
}

/** What `flowForecast` takes. */
export interface FlowForecastOptions {
  readonly learner: RidgeLearner
  readonly features: Float64Array
  readonly horizon: number
  /** Factor of the confidence: 1 for real aggressors, a half where sides are guessed. */
  readonly trust: number
}

/** The learner's forecast: its size against the noise gives the confidence. */
export function flowForecast({ learner, features, horizon, trust }: FlowForecastOptions): Forecast {
  const expected = learner.weigh(features)
  const odds = 2 * normalCdf(Math.abs(expected) / learner.noise()) - 1
  const sign = expected > 0 ? '+' : ''
  const figures = `${sign}${expected.toFixed(2)} sd, evidence ${learner.evidence().toFixed(1)}`
  return {
    kind: 'forecast',
    direction: Math.max(-1, Math.min(1, expected)),
    confidence: Math.min(1, trust * odds),
    horizon,
    reason: `${flowName}: ${figures}`,
  }
}
