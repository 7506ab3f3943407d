import { normalCdf, normalQuantile } from '@astertrade/core'
import { kurtosis, mean, quantile, skewness, standardDeviation } from '@astertrade/core/stats'
import { type ConfidenceOptions, checkConfidence, confidenceDefault } from './confidence.js'
import { cornishFisherQuantile } from './cornishFisher.js'
import { lossesOf } from './lossesOf.js'
import { normalDensity } from './normalRisk.js'
import type { Tail } from './sampleTail.js'
import type { Unavailable } from './unavailable.js'

/** A tail as the R package PerformanceAnalytics reports it: NEGATIVE returns. For comparison; it never decides. */
export interface NegativeTail extends Tail {
  readonly kind: 'negative'
}

const needed = 2

/**
 * Historical value at risk and expected shortfall as PerformanceAnalytics has them: the type-7 quantile of the returns,
 * and the mean of the returns at or below it. Negative where money is lost.
 *
 * Unavailable below two returns, for returns that are all the same, and for one that is no finite number.
 *
 * @throws ConfigError `BAD_CONFIDENCE` for a confidence that is none.
 * @example
 * performanceAnalyticsHistorical(returns, { confidencePerMille: 990 })
 */
export function performanceAnalyticsHistorical(
  returns: ArrayLike<number>,
  { confidencePerMille = confidenceDefault }: ConfidenceOptions = {},
): NegativeTail | Unavailable {
  checkConfidence(confidencePerMille)
  const losses = lossesOf(returns, needed)
  if (!(losses instanceof Float64Array)) return losses
  const valueAtRisk = quantile(returns, (1_000 - confidencePerMille) / 1_000)
  const expectedShortfall = mean(Array.from(returns).filter((value) => value <= valueAtRisk))
  return { kind: 'negative', valueAtRisk, expectedShortfall }
}

/**
 * Gaussian value at risk and expected shortfall as PerformanceAnalytics has them, with the mean and the deviation of a
 * whole population. Negative where money is lost.
 *
 * Unavailable below two returns, for returns that are all the same, and for one that is no finite number.
 *
 * @throws ConfigError `BAD_CONFIDENCE` for a confidence that is none.
 * @example
 * performanceAnalyticsGaussian(returns, { confidencePerMille: 990 })
 */
export function performanceAnalyticsGaussian(
  returns: ArrayLike<number>,
  { confidencePerMille = confidenceDefault }: ConfidenceOptions = {},
): NegativeTail | Unavailable {
  checkConfidence(confidencePerMille)
  const losses = lossesOf(returns, needed)
  if (!(losses instanceof Float64Array)) return losses
  const beyond = (1_000 - confidencePerMille) / 1_000
  const [centre, deviation] = [mean(returns), standardDeviation(returns, { ddof: 0 })]
  const z = normalQuantile(beyond)
  return {
    kind: 'negative',
    valueAtRisk: centre + z * deviation,
    expectedShortfall: centre - (deviation * normalDensity(z)) / beyond,
  }
}

/**
 * Modified (Cornish-Fisher) value at risk and expected shortfall as PerformanceAnalytics has them, without a check of
 * the domain. Negative where money is lost.
 *
 * Boudt, Peterson, Croux, Estimation and Decomposition of Downside Risk for Portfolios with Non-Normal Returns (2008),
 * with the package's "operational" floor: the shortfall is never milder than the quantile. Unavailable below two
 * returns, for returns that are all the same, and for one that is no finite number.
 *
 * @throws ConfigError `BAD_CONFIDENCE` for a confidence that is none.
 * @example
 * performanceAnalyticsModified(returns, { confidencePerMille: 990 })
 */
export function performanceAnalyticsModified(
  returns: ArrayLike<number>,
  { confidencePerMille = confidenceDefault }: ConfidenceOptions = {},
): NegativeTail | Unavailable {
  checkConfidence(confidencePerMille)
  const losses = lossesOf(returns, needed)
  if (!(losses instanceof Float64Array)) return losses
  const beyond = (1_000 - confidencePerMille) / 1_000
  const [centre, deviation] = [mean(returns), standardDeviation(returns, { ddof: 0 })]
  const [s, k] = [skewness(returns), kurtosis(returns)]
  const h = cornishFisherQuantile(normalQuantile(beyond), { skewness: s, excessKurtosis: k })
  const density = normalDensity(h)
  const tail =
    density +
    ((power(4, h) - 6 * power(2, h) + 3 * density) * k) / 24 +
    ((power(3, h) - 3 * power(1, h)) * s) / 6 +
    ((power(6, h) - 15 * power(4, h) + 45 * power(2, h) - 15 * density) * s * s) / 72
  return {
    kind: 'negative',
    valueAtRisk: centre + deviation * h,
    expectedShortfall: centre + deviation * Math.min(-tail / beyond, h),
  }
}

/**
 * The paper's `I^q`: the integral of `z^q φ(z)` below `h` for odd `q + 1`, by its recurrence `I^q = h^q φ(h) + q
 * I^(q-2)`.
 */
function power(q: number, h: number): number {
  let raised = q % 2 === 0 ? 1 : h
  let value = q % 2 === 0 ? normalDensity(h) : h * normalDensity(h) - normalCdf(h)
  for (let j = q % 2 === 0 ? 2 : 3; j <= q; j += 2) {
    raised *= h * h
    value = raised * normalDensity(h) + j * value
  }
  return value
}
