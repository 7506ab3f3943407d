import { log } from '@astertrade/core'

/** A process that is drawn to a level, as fitted to a series: `dx = slope * (x - mean) + noise` per step. */
export interface OrnsteinUhlenbeck {
  /** Change per step and unit of distance: below 0 it reverts, and 0 is a random walk. */
  readonly slope: number
  /** The level it is drawn to. */
  readonly mean: number
  /** Standard deviation of the noise of one step. */
  readonly noise: number
  /** Standard deviation around the mean in the long run; `NaN` where it does not revert. */
  readonly spread: number
  /** Steps until half of a gap is gone, `-ln 2 / ln(1 + slope)`; `NaN` where it does not revert, or overshoots each step. */
  readonly halfLife: number
  /** Dickey-Fuller statistic, the slope over its standard error: very negative rejects a random walk. */
  readonly dickeyFuller: number
}

/**
 * Fits an Ornstein-Uhlenbeck process by least squares of `x[t] - x[t-1]` on `x[t-1]` with an intercept.
 *
 * The estimate of the slope is biased away from 0 by about `(4 + 3 slope) / n` (Kendall 1954), so half-lives come out short in
 * short windows: a true 10 in a window of 120 reads about 7. A series of fewer than four values or without movement gives `NaN`.
 *
 * Dickey and Fuller, Distribution of the estimators for autoregressive time series with a unit root (1979), the case with a
 * constant and no lagged differences.
 *
 * @example
 * ornsteinUhlenbeck(Float64Array.of(0, 4, 2, 3, 2.5)).halfLife // => NaN (the slope is -1.5: it overshoots)
 */
export function ornsteinUhlenbeck(series: Float64Array): OrnsteinUhlenbeck {
  const pairs = series.length - 1
  let [level, change] = [0, 0]
  for (let index = 0; index < pairs; index++) {
    level += series[index]!
    change += series[index + 1]! - series[index]!
  }
  level /= pairs
  change /= pairs
  let [levels, products, changes] = [0, 0, 0]
  for (let index = 0; index < pairs; index++) {
    const x = series[index]! - level
    const y = series[index + 1]! - series[index]! - change
    levels += x * x
    products += x * y
    changes += y * y
  }
  const slope = products / levels
  const residuals = Math.max(0, changes - slope * products)
  const noise = pairs > 2 ? Math.sqrt(residuals / (pairs - 2)) : Number.NaN
  const keep = 1 + slope
  const reverts = slope < 0 && keep > -1
  return {
    slope,
    mean: level - change / slope,
    noise,
    spread: reverts ? noise / Math.sqrt(1 - keep * keep) : Number.NaN,
    halfLife: slope < 0 && keep > 0 ? -Math.LN2 / log(keep) : Number.NaN,
    dickeyFuller: slope / (noise / Math.sqrt(levels)),
  }
}

/**
 * The value below which the Dickey-Fuller statistic of `steps` changes rejects a random walk at 10 %.
 *
 * MacKinnon, Critical values for cointegration tests (2010), table 2, one variable with a constant.
 *
 * @example
 * dickeyFullerCritical(119) // => -2.58
 */
export function dickeyFullerCritical(steps: number): number {
  return -2.56677 - 1.5384 / steps - 2.809 / (steps * steps)
}
