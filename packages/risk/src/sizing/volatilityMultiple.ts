import { checkFigure } from './checkFigure.js'

/** Forecasts of the volatility a year, as ratios; `NaN` while one is cold. */
export interface VolatilityForecasts {
  /** Quick estimate, such as an exponential average with λ = 0.94 on days. */
  readonly fast: number
  /** Slow estimate, such as λ = 0.99. */
  readonly slow: number
  /** Over all the history there is. */
  readonly longRun: number
}

/**
 * Factor from 0 to 1 that brings a position down to a volatility: `min(1, target / max(fast, slow, longRun / 2))`.
 *
 * The floor of half the long run keeps a quiet week from arming a large position; it never scales up. `NaN` while a forecast is
 * cold or where all are 0, which sizes nothing.
 *
 * @param target - Volatility a year as a ratio (0.2 is 20 %).
 * @throws ConfigError `BAD_FIGURE` for a target that is not positive, or a negative or infinite forecast.
 * @example
 * volatilityMultiple(0.2, { fast: 0.5, slow: 0.4, longRun: 0.6 }) // => 0.4
 */
export function volatilityMultiple(target: number, forecasts: VolatilityForecasts): number {
  checkFigure('target', target, 'positive')
  const { fast, slow, longRun } = forecasts
  for (const [name, value] of Object.entries({ fast, slow, longRun })) {
    if (!Number.isNaN(value)) checkFigure(name, value, 'notNegative')
  }
  const expected = Math.max(fast, slow, longRun / 2)
  // Prices that never moved are no market but a feed that stands still.
  if (!(expected > 0)) return Number.NaN
  return expected <= target ? 1 : target / expected
}
