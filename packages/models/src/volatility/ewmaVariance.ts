import { ConfigError } from '@astertrade/core'

/** What `ewmaVariance` takes besides the returns. */
export interface EwmaVarianceOptions {
  /** Share of the variance that is kept per step, between 0 and 1 (default 0.94, RiskMetrics for days). */
  readonly lambda?: number
}

/** An exponentially weighted variance. */
export interface EwmaVariance {
  /** One for each return, with that return's past; the first is its own square. */
  readonly variances: Float64Array
  /** Forecast for the return after the last. */
  readonly next: number
}

/** Weight of the past in RiskMetrics for days. */
export const ewmaLambda = 0.94

/**
 * Exponentially weighted variance around 0: `v[0] = r[0]²`, `v[t+1] = lambda v[t] + (1 - lambda) r[t]²`.
 *
 * J.P. Morgan and Reuters, RiskMetrics Technical Document (1996), section 5.2.
 *
 * @throws ConfigError `BAD_PARAMETER` if `lambda` is not between 0 and 1, `BAD_RETURNS` if there is no return or one is not finite.
 * @example
 * ewmaVariance(Float64Array.of(0.01, 0.02), { lambda: 0.5 }).next // => 0.00025
 */
export function ewmaVariance(returns: Float64Array, options: EwmaVarianceOptions = {}): EwmaVariance {
  const { lambda = ewmaLambda } = options
  checkLambda(lambda)
  if (returns.length === 0 || !returns.every(Number.isFinite)) {
    throw new ConfigError(`No variance of ${returns.length} returns, all of which must be finite.`, {
      code: 'BAD_RETURNS',
    })
  }
  const variances = new Float64Array(returns.length)
  let variance = returns[0]! * returns[0]!
  for (let at = 0; at < returns.length; at++) {
    variances[at] = variance
    variance = lambda * variance + (1 - lambda) * returns[at]! * returns[at]!
  }
  return { variances, next: variance }
}

/** @throws ConfigError `BAD_PARAMETER` if the weight is not between 0 and 1. */
export function checkLambda(lambda: number): void {
  if (lambda > 0 && lambda < 1) return
  throw new ConfigError(`lambda "${lambda}" is not between 0 and 1.`, {
    code: 'BAD_PARAMETER',
    hints: ['0.94 is usual for days.'],
  })
}
