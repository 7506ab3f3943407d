import { ConfigError } from '@astertrade/core'
import type { Estimate } from './auc.js'
import { checkPairs } from './checkPairs.js'
import { ranks } from './ranks.js'

/** What `informationCoefficient` takes. */
export interface InformationCoefficientOptions {
  /** What was forecast, on any scale. */
  readonly forecasts: Float64Array
  /** What came. */
  readonly returns: Float64Array
  /** Rows that one return spans, such as 24 for returns over a day on hourly rows (default 1). */
  readonly overlap?: number
}

const defaults = { overlap: 1 } as const

/**
 * Rank correlation (Spearman) of forecasts with returns, from -1 to 1, with its standard error where there is no relation.
 *
 * Returns that overlap repeat each other: `n` rows count as `n / overlap`, and the error is `1 / sqrt(n / overlap - 1)`. On prices an
 * honest coefficient is a few hundredths; above about 0.1 look for a leak first. `NaN` where either side is constant.
 *
 * @throws ConfigError with code `NO_ROWS` if fewer than three rows count, with `BAD_ROWS`, or `BAD_PARAMETER` for an overlap below 1.
 * @example
 * const ic = informationCoefficient({ forecasts: Float64Array.of(1, 2, 3, 4), returns: Float64Array.of(1, 3, 2, 4) })
 * ic.value // => 0.8
 */
export function informationCoefficient(options: InformationCoefficientOptions): Estimate {
  const { forecasts, returns, overlap } = { ...defaults, ...options }
  if (!(overlap >= 1 && overlap < Number.POSITIVE_INFINITY)) {
    throw new ConfigError(`Overlap "${overlap}" is out of range.`, {
      code: 'BAD_PARAMETER',
      hints: ['Rows that one return spans, from 1.'],
    })
  }
  checkPairs(Math.ceil(3 * overlap), ['forecasts', forecasts], ['returns', returns])
  const [a, b] = [ranks(forecasts), ranks(returns)]
  const middle = (a.length + 1) / 2
  let [ab, aa, bb] = [0, 0, 0]
  for (let row = 0; row < a.length; row++) {
    const [x, y] = [a[row]! - middle, b[row]! - middle]
    ab += x * y
    aa += x * x
    bb += y * y
  }
  return { value: ab / Math.sqrt(aa * bb), standardError: 1 / Math.sqrt(a.length / overlap - 1) }
}
