import { ConfigError, log } from '@astertrade/core'

/**
 * Losses of variance forecasts, `ln h + v / h`, one for each; smaller is better and the best `h` is the mean of `v`.
 *
 * It is the quasi-likelihood loss less a term that no forecast changes, so a realised variance of 0 does no harm. A noisy but
 * unbiased `realised`, such as a squared return, ranks forecasts as the true variance would. Patton, Volatility forecast
 * comparison using imperfect volatility proxies, Journal of Econometrics 160 (2011).
 *
 * @throws ConfigError `BAD_FORECAST` if lengths differ, a forecast is not above 0, or a realised variance is below 0.
 * @example
 * qlike(Float64Array.of(1, 4), Float64Array.of(1, 1)) // => [1, 4]
 */
export function qlike(realised: Float64Array, forecasts: Float64Array): Float64Array {
  if (realised.length !== forecasts.length) {
    throw new ConfigError(`${forecasts.length} forecasts do not belong to ${realised.length} realised variances.`, {
      code: 'BAD_FORECAST',
    })
  }
  return forecasts.map((forecast, at) => {
    const value = realised[at]!
    if (forecast > 0 && forecast < Number.POSITIVE_INFINITY && value >= 0 && value < Number.POSITIVE_INFINITY) {
      return log(forecast) + value / forecast
    }
    throw new ConfigError(`Forecast ${at} of "${forecast}" for a realised variance of "${value}" has no loss.`, {
      code: 'BAD_FORECAST',
      hints: ['Forecasts are above 0 and realised variances at least 0.'],
    })
  })
}
