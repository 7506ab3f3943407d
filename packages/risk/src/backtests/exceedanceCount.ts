import { ConfigError } from '@astertrade/core'
import { checkConfidence } from '../measures/confidence.js'

/** How often losses were larger than value at risk. */
export interface ExceedanceCount {
  /** Periods for which value at risk had been forecast, an integer of at least 1. */
  readonly observations: number
  /** Periods among them with a larger loss. */
  readonly exceedances: number
  /** Confidence of the forecasts, in per mille. */
  readonly confidencePerMille: number
}

/** The result of a likelihood-ratio test at a significance of 5 %. */
export interface LikelihoodTest {
  /** Likelihood ratio, at least 0. */
  readonly statistic: number
  /** Probability of as large a ratio if the forecasts are right. */
  readonly pValue: number
  readonly rejected: boolean
}

const observationsMax = 1_000_000

/**
 * Checks a count; returns the probability of an exceedance.
 *
 * @throws ConfigError `BAD_COUNT` for numbers that count nothing, `BAD_CONFIDENCE` for a confidence that is none.
 */
export function checkExceedanceCount({ observations, exceedances, confidencePerMille }: ExceedanceCount): number {
  checkConfidence(confidencePerMille)
  const counts = Number.isInteger(observations) && observations >= 1 && observations <= observationsMax
  if (counts && Number.isInteger(exceedances) && exceedances >= 0 && exceedances <= observations) {
    return (1_000 - confidencePerMille) / 1_000
  }
  throw new ConfigError(`"${exceedances}" exceedances in "${observations}" observations are no count.`, {
    code: 'BAD_COUNT',
    hints: [`Observations are an integer from 1 to ${observationsMax}, exceedances one from 0 to as many.`],
  })
}
