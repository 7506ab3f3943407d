import type { InstrumentId, RiskView, Sizer } from '@astertrade/core'
import { checkFigure } from './checkFigure.js'

/** What `fixedFraction` takes. */
export interface FixedFractionOptions {
  readonly equity: number
  /** Share of equity that is lost at the stop, above 0 and at most 1. */
  readonly fraction: number
  readonly entry: number
  readonly stop: number
}

/**
 * Base units that lose a fixed fraction of equity between entry and stop: `fraction × equity / |entry − stop|`.
 *
 * @throws ConfigError `BAD_FIGURE` for a figure out of its range, or a stop at the entry.
 * @example
 * fixedFraction({ equity: 10_000, fraction: 0.01, entry: 100, stop: 95 }) // => 20
 */
export function fixedFraction({ equity, fraction, entry, stop }: FixedFractionOptions): number {
  checkFigure('equity', equity, 'notNegative')
  checkFigure('fraction', fraction, 'fraction')
  checkFigure('entry', entry, 'positive')
  checkFigure('stop', stop, 'notNegative')
  const distance = checkFigure('distance from entry to stop', Math.abs(entry - stop), 'positive')
  return (fraction * equity) / distance
}

/** What `fixedFractionSizer` takes. */
export interface FixedFractionSizerOptions {
  /** Share of the budget that a full exposure loses at its stop (default 0.01). */
  readonly fraction?: number
  /** Distance of the stop from the price, as a share of it. */
  readonly stop: number | ((instrument: InstrumentId, view: RiskView) => number)
}

/**
 * A sizer under which a full exposure loses a fixed fraction of its budget at the stop, never worth more than the budget; nothing while the
 * distance is unknown (`NaN`).
 *
 * @throws ConfigError `BAD_FIGURE` for a fraction or a distance outside (0, 1].
 * @example
 * fixedFractionSizer({ fraction: 0.01, stop: 0.05 }).size(btc, 1, 10_000, 50_000, view) // => 0.04
 */
export function fixedFractionSizer({ fraction = 0.01, stop }: FixedFractionSizerOptions): Sizer {
  checkFigure('fraction', fraction, 'fraction')
  if (typeof stop === 'number') checkFigure('stop', stop, 'fraction')
  return {
    name: `fixedFraction(${fraction})`,
    size(instrument, exposure, budget, price, view) {
      const distance = typeof stop === 'number' ? stop : stop(instrument.id, view)
      if (Number.isNaN(distance)) return 0
      const share = Math.min(1, fraction / checkFigure('stop', distance, 'fraction'))
      return (share * exposure * budget) / Math.abs(price)
    },
  }
}
