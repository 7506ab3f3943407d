import { ConfigError } from '@astertrade/core'
import { checkPairs } from './checkPairs.js'
import { studentTwoSided } from './studentTwoSided.js'

/** What `dieboldMariano` takes. */
export interface DieboldMarianoOptions {
  /** Losses of two forecasters on the same rows, in time order. */
  readonly first: Float64Array
  readonly second: Float64Array
  /** Rows until a forecast is judged: losses closer than that are correlated (default 1). */
  readonly horizon?: number
}

/** What comparing two forecasters gives. */
export interface LossTest {
  /** Mean of the first losses minus the second; negative where the first is better. */
  readonly difference: number
  /** Student's t with `rows - 1` degrees of freedom, where they are equally good. */
  readonly statistic: number
  /** Probability of a difference this large either way by chance. */
  readonly pValue: number
  readonly rows: number
}

const defaults = { horizon: 1 } as const

/**
 * Tests whether one forecaster's losses are smaller than another's, with the small-sample correction of Harvey, Leybourne and
 * Newbold.
 *
 * The variance of the mean is the sum of autocovariances up to `horizon - 1`; where that sum is not positive, they are weighted by
 * Bartlett's triangle. Diebold and Mariano (1995); Harvey, Leybourne and Newbold (1997), equations 8 and 9. Equal losses give a
 * statistic of 0.
 *
 * @throws ConfigError with code `NO_ROWS` for fewer than `2 * horizon + 2` rows, with `BAD_ROWS`, or `BAD_PARAMETER` for a horizon that is no
 * whole number from 1.
 * @example
 * dieboldMariano({ first: Float64Array.of(1, 2, 1, 3), second: Float64Array.of(2, 2, 3, 3) }).statistic // => -1.567
 */
export function dieboldMariano(options: DieboldMarianoOptions): LossTest {
  const { first, second, horizon } = { ...defaults, ...options }
  if (!Number.isInteger(horizon) || horizon < 1) {
    throw new ConfigError(`Horizon "${horizon}" is out of range.`, {
      code: 'BAD_PARAMETER',
      hints: ['Rows until a forecast is judged, a whole number from 1.'],
    })
  }
  checkPairs(2 * horizon + 2, ['first losses', first], ['second losses', second])
  const rows = first.length
  const gaps = first.map((loss, row) => loss - second[row]!)
  const difference = gaps.reduce((sum, gap) => sum + gap, 0) / rows
  const variance = varianceOfMean(gaps, difference, horizon)
  const correction = (rows + 1 - 2 * horizon + (horizon * (horizon - 1)) / rows) / rows
  const statistic = difference === 0 ? 0 : (difference / Math.sqrt(variance)) * Math.sqrt(correction)
  return { difference, statistic, pValue: studentTwoSided(statistic, rows - 1), rows }
}

function varianceOfMean(gaps: Float64Array, mean: number, horizon: number): number {
  const covariance = (lag: number): number => {
    let sum = 0
    for (let row = lag; row < gaps.length; row++) sum += (gaps[row]! - mean) * (gaps[row - lag]! - mean)
    return sum / gaps.length
  }
  let [flat, falling] = [covariance(0), covariance(0)]
  for (let lag = 1; lag < horizon; lag++) {
    const twice = 2 * covariance(lag)
    flat += twice
    falling += (1 - lag / horizon) * twice
  }
  return Math.max(0, flat > 0 ? flat : falling) / gaps.length
}
