import { log } from '@astertrade/core'
import { chiSquareCritical, chiSquareTail } from '../measures/chiSquare.js'
import { checkExceedanceCount, type ExceedanceCount, type LikelihoodTest } from './exceedanceCount.js'

const significance = 0.05

/**
 * Kupiec's proportion-of-failures test: is value at risk exceeded as often as it should be?
 *
 * `LR = -2 ln[(1-p)^(T-x) p^x / ((1-x/T)^(T-x) (x/T)^x)]`, chi-square with 1 degree of freedom, `0 · ln 0 = 0`. Kupiec,
 * Techniques for Verifying the Accuracy of Risk Measurement Models (1995).
 *
 * @throws ConfigError `BAD_COUNT` for numbers that count nothing, `BAD_CONFIDENCE` for a confidence that is none.
 * @example
 * kupiec({ observations: 250, exceedances: 7, confidencePerMille: 990 }).rejected // => true
 */
export function kupiec(count: ExceedanceCount): LikelihoodTest {
  const p = checkExceedanceCount(count)
  const { observations, exceedances } = count
  const rest = observations - exceedances
  const gain = timesLog(exceedances, exceedances / observations / p) + timesLog(rest, rest / observations / (1 - p))
  return likelihoodTest(2 * gain, 1)
}

/** The numbers of exceedances that a test does not reject. */
export interface AcceptedCounts {
  readonly min: number
  readonly max: number
}

/**
 * The smallest and the largest number of exceedances that Kupiec's test accepts at 5 %.
 *
 * @throws ConfigError `BAD_COUNT` for a number of observations that is none, `BAD_CONFIDENCE` for a confidence that is
 * none.
 * @example
 * kupiecAccepts({ observations: 250, confidencePerMille: 990 }) // => { min: 1, max: 6 }
 */
export function kupiecAccepts({
  observations,
  confidencePerMille,
}: Omit<ExceedanceCount, 'exceedances'>): AcceptedCounts {
  const p = checkExceedanceCount({ observations, exceedances: 0, confidencePerMille })
  const accepted = (exceedances: number): boolean => {
    return !kupiec({ observations, exceedances, confidencePerMille }).rejected
  }
  const expected = Math.round(p * observations)
  let [min, max] = [expected, expected]
  while (min > 0 && accepted(min - 1)) min--
  while (max < observations && accepted(max + 1)) max++
  return { min, max }
}

/** A test out of its statistic; rounding below 0 is 0. */
export function likelihoodTest(ratio: number, degrees: 1 | 2): LikelihoodTest {
  const statistic = Math.max(0, ratio)
  const rejected = statistic > chiSquareCritical(significance, degrees)
  return { statistic, pValue: chiSquareTail(statistic, degrees), rejected }
}

/** `factor · ln(value)`, 0 where the factor is. */
export function timesLog(factor: number, value: number): number {
  return factor === 0 ? 0 : factor * log(value)
}
