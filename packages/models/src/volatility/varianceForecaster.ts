/** What one bar tells a forecaster of variances. */
export interface VarianceObservation {
  /** Log return of the bar. */
  readonly change: number
  /** Realised variance of the bar, at least 0: of its range, or the squared return. */
  readonly realised: number
  /** Implied variance per bar as it was known before the bar; `NaN` where there is none. */
  readonly impliedBefore: number
  /** The same as it is known now. */
  readonly implied: number
}

/** Forecasts the variance of the next return from those before; constant memory. */
export interface VarianceForecaster {
  /** Such as `garch(1000/250)`. */
  readonly name: string
  /** Which model stands behind the forecast, such as `GARCH`, or `EWMA` where a fit is not to be had. */
  readonly source: string
  learn(observation: VarianceObservation): void
  /** Variance of the next return; `NaN` before it can be known. */
  forecast(): number
  /** Its state in parts of fixed lengths. */
  parts(): Float64Array[]
  restoreParts(parts: readonly Float64Array[]): void
}
