import { ewmaVariance } from '../measures/ewma.js'
import { meanSquare } from '../measures/meanSquare.js'
import { checkFigure } from './checkFigure.js'
import type { VolatilityForecasts } from './volatilityMultiple.js'

/** What `volatilityForecasts` takes beside the returns. */
export interface VolatilityForecastsOptions {
  /** Periods in a year (default 365, days of a market that never closes). */
  readonly periodsPerYear?: number
}

const [quick, calm] = [0.94, 0.99]
/** Returns below which an estimator is cold. */
const needed = 60

/**
 * Forecasts of the volatility a year for `volatilityMultiple`: exponential averages with λ = 0.94 and 0.99, and the root mean square of all.
 *
 * `NaN` below 60 returns: a cold estimator sizes nothing.
 *
 * @throws ConfigError `BAD_FIGURE` for periods that are not positive, `NOT_FINITE` for a return that is no finite number.
 * @example
 * volatilityForecasts(Array.from({ length: 60 }, (_, i) => (i % 2 ? 0.01 : -0.01))).fast // => 0.191…, 1 % a day
 */
export function volatilityForecasts(
  returns: ArrayLike<number>,
  { periodsPerYear = 365 }: VolatilityForecastsOptions = {},
): VolatilityForecasts {
  checkFigure('periodsPerYear', periodsPerYear, 'positive')
  if (returns.length < needed) return { fast: Number.NaN, slow: Number.NaN, longRun: Number.NaN }
  const forecast = (lambda: number): number => ewmaVariance(returns, { lambda })[returns.length]!
  const yearly = (variance: number): number => Math.sqrt(variance * periodsPerYear)
  return {
    fast: yearly(forecast(quick)),
    slow: yearly(forecast(calm)),
    longRun: yearly(meanSquare(returns, returns.length)),
  }
}
