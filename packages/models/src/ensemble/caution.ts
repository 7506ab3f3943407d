import type { Prediction, RiskOutlook } from '../model.js'

/** How much confidence is taken back at most, each from 0 to 1. */
export interface CautionLimits {
  /** Where all that is said for a side is said against it too. */
  readonly disagreement: number
  /** At the highest toxicity of the order flow yet. */
  readonly toxicity: number
  /** At the highest forecast variance yet. */
  readonly variance: number
}

/** Takes the highest risks that any prediction reports. */
export function riskOf(predictions: readonly Prediction[]): RiskOutlook {
  let [toxicity, variancePercentile, variance] = [Number.NaN, Number.NaN, Number.NaN]
  let regime: RiskOutlook['regime']
  for (const prediction of predictions) {
    if (prediction.kind === 'abstain' || prediction.risk === undefined) continue
    const { risk } = prediction
    toxicity = larger(toxicity, risk.toxicity)
    variancePercentile = larger(variancePercentile, risk.variancePercentile)
    variance = larger(variance, risk.variance)
    regime = risk.regime ?? regime
  }
  return {
    ...(!Number.isNaN(toxicity) ? { toxicity } : {}),
    ...(!Number.isNaN(variancePercentile) ? { variancePercentile } : {}),
    ...(!Number.isNaN(variance) ? { variance } : {}),
    ...(regime === undefined ? {} : { regime }),
  }
}

function larger(known: number, next: number | undefined): number {
  return next === undefined || Number.isNaN(next) || next <= known ? known : next
}

/**
 * The factor from 0 to 1 on the confidence of all: each limit counts in proportion to how far a percentile lies above the median,
 * and disagreement in proportion to the weight on the other side.
 *
 * @param agreement - From 0, both sides weigh the same, to 1, there is one side only.
 */
export function caution(agreement: number, risk: RiskOutlook, limits: CautionLimits): number {
  const toxic = aboveMedian(risk.toxicity)
  const varying = aboveMedian(risk.variancePercentile)
  return (1 - limits.disagreement * (1 - agreement)) * (1 - limits.toxicity * toxic) * (1 - limits.variance * varying)
}

function aboveMedian(percentile: number | undefined): number {
  return percentile === undefined ? 0 : Math.min(1, Math.max(0, 2 * percentile - 1))
}
