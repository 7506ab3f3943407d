import { ConfigError } from '@astertrade/core'
import { type Coefficient, leastSquares, type NoRegression } from '../regression/leastSquares.js'

/** Spans of a heterogeneous autoregression, in bars. */
export interface HarSpans {
  /** Middle span (default 5, a week of days). */
  readonly week?: number
  /** Long span (default 22, a month of days). */
  readonly month?: number
}

/** What a forecast by heterogeneous autoregression needs. */
export interface HarParameters {
  readonly week: number
  readonly month: number
  readonly intercept: number
  readonly daily: number
  readonly weekly: number
  readonly monthly: number
  /** Mean squared residual. */
  readonly noise: number
  /** Smallest and largest deviation it was fitted to: a forecast is held between the first and twice the second. */
  readonly least: number
  readonly most: number
}

/** A fitted heterogeneous autoregression of realised deviations. */
export interface HarFit extends HarParameters {
  readonly kind: 'har'
  readonly rows: number
  /** Each slope with its error. */
  readonly coefficients: Readonly<Record<'daily' | 'weekly' | 'monthly', Coefficient>>
  readonly r2: number
}

/** Spans in days, as Corsi has them. */
export const harSpans = { week: 5, month: 22 } as const

/**
 * Regresses the realised deviation of the next bar, the root of its variance, on that of the last bar and on the means over a
 * week and a month.
 *
 * Corsi, A Simple Approximate Long-Memory Model of Realized Volatility, Journal of Financial Econometrics 7(2) (2009), equation 8.
 * Standard errors are Newey and West's with `week` lags.
 *
 * @param realised - Realised variances in time order, such as those of `rangeVariance`.
 * @throws ConfigError `BAD_PARAMETER` unless `1 < week < month`, `BAD_VARIANCE` if a variance is below 0 or not finite.
 * @example
 * const fit = fitHar(realised)
 * if (fit.kind === 'har') harForecast(fit, realised) // => variance of the next bar
 */
export function fitHar(realised: Float64Array, spans: HarSpans = {}): HarFit | NoRegression {
  const { week, month } = { ...harSpans, ...spans }
  checkSpans(week, month)
  checkVariances(realised)
  const rows = realised.length - month
  if (rows <= 4) return { kind: 'unavailable', code: 'TOO_FEW_ROWS' }
  const column = (span: number): Float64Array =>
    Float64Array.from({ length: rows }, (_, row) => meanDeviation(realised, row + month, span))
  const columns = { daily: column(1), weekly: column(week), monthly: column(month) }
  const target = realised.slice(month).map(Math.sqrt)
  const fit = leastSquares({ columns, target, lags: week })
  if (fit.kind === 'unavailable') return fit
  const coefficients = fit.coefficients as HarFit['coefficients']
  const mean = meanDeviation(realised, realised.length, rows)
  const spread = target.reduce((sum, value) => sum + (value - mean) * (value - mean), 0) / rows
  return {
    kind: 'har',
    rows,
    week,
    month,
    coefficients,
    intercept: fit.intercept.value,
    daily: coefficients.daily.value,
    weekly: coefficients.weekly.value,
    monthly: coefficients.monthly.value,
    r2: fit.r2,
    noise: (1 - fit.r2) * spread,
    least: target.reduce((a, b) => Math.min(a, b)),
    most: target.reduce((a, b) => Math.max(a, b)),
  }
}

/**
 * Forecast of the next realised variance: the squared forecast of its deviation, plus what the deviation strays from it.
 *
 * A deviation below all that was fitted, or above twice the largest, is held there; a storm larger than any before is not unheard of.
 *
 * @param realised - At least `fit.month` variances, the last one the newest.
 * @throws ConfigError `BAD_VARIANCE` if there are fewer.
 * @example
 * harForecast(fit, realised) // => 0.00021, the variance of the next bar
 */
export function harForecast(fit: HarParameters, realised: Float64Array): number {
  const end = realised.length
  if (end < fit.month) {
    throw new ConfigError(`${end} realised variances are fewer than the ${fit.month} of a forecast.`, {
      code: 'BAD_VARIANCE',
    })
  }
  const linear =
    fit.intercept +
    fit.daily * Math.sqrt(realised[end - 1]!) +
    fit.weekly * meanDeviation(realised, end, fit.week) +
    fit.monthly * meanDeviation(realised, end, fit.month)
  const deviation = Math.min(Math.max(linear, fit.least), 2 * fit.most)
  return deviation * deviation + fit.noise
}

function meanDeviation(realised: Float64Array, end: number, span: number): number {
  let sum = 0
  for (let at = end - span; at < end; at++) sum += Math.sqrt(realised[at]!)
  return sum / span
}

function checkSpans(week: number, month: number): void {
  if (Number.isInteger(week) && Number.isInteger(month) && week > 1 && week < month) return
  throw new ConfigError(`Spans of "${week}" and "${month}" bars are out of range.`, {
    code: 'BAD_PARAMETER',
    hints: ['Whole numbers with 1 < week < month, such as 5 and 22.'],
  })
}

function checkVariances(realised: Float64Array): void {
  const bad = realised.findIndex((value) => !(value >= 0 && value < Number.POSITIVE_INFINITY))
  if (bad === -1) return
  throw new ConfigError(`Realised variance ${bad} is "${realised[bad]}", no number from 0.`, { code: 'BAD_VARIANCE' })
}
