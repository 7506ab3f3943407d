import type { InstrumentId, RiskView, Sizer } from '@astertrade/core'
import { checkFigure } from './checkFigure.js'
import { type VolatilityForecasts, volatilityMultiple } from './volatilityMultiple.js'

/** What `volatilityTarget` takes. */
export interface VolatilityTargetOptions {
  /** Volatility a year as a ratio (default 0.2). */
  readonly target?: number
  /** Forecasts of an instrument as they are now. */
  readonly forecasts: (instrument: InstrumentId, view: RiskView) => VolatilityForecasts
}

/**
 * A sizer that brings each exposure down to a volatility, and never up; nothing while the forecasts are cold.
 *
 * @throws ConfigError `BAD_FIGURE` for a target that is not positive.
 * @example
 * volatilityTarget({ forecasts: () => ({ fast: 0.4, slow: 0.4, longRun: 0.4 }) }).size(btc, 1, 10_000, 50_000, view) // => 0.1
 */
export function volatilityTarget({ target = 0.2, forecasts }: VolatilityTargetOptions): Sizer {
  checkFigure('target', target, 'positive')
  return {
    name: `volatilityTarget(${target})`,
    size(instrument, exposure, budget, price, view) {
      const multiple = volatilityMultiple(target, forecasts(instrument.id, view))
      return Number.isNaN(multiple) ? 0 : (multiple * exposure * budget) / Math.abs(price)
    },
  }
}
