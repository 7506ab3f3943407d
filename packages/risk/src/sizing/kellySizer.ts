import type { InstrumentId, RiskView, Sizer } from '@astertrade/core'
import { checkFigure } from './checkFigure.js'

/** What `kellySizer` takes. */
export interface KellySizerOptions {
  /** Kelly's share of the equity, already fractional and shrunk; 0 or undefined where there is no edge. */
  readonly share: number | ((instrument: InstrumentId, view: RiskView) => number | undefined)
}

/**
 * A sizer that gives a full exposure Kelly's share of its budget, at most all of it.
 *
 * @throws ConfigError `BAD_FIGURE` for a negative share or one that is no number.
 * @example
 * kellySizer({ share: 0.08 }).size(btc, 1, 10_000, 50_000, view) // => 0.016
 */
export function kellySizer({ share }: KellySizerOptions): Sizer {
  if (typeof share === 'number') checkFigure('share', share, 'notNegative')
  return {
    name: typeof share === 'number' ? `kelly(${share})` : 'kelly',
    size(instrument, exposure, budget, price, view) {
      const part = typeof share === 'number' ? share : (share(instrument.id, view) ?? 0)
      return (Math.min(1, checkFigure('share', part, 'notNegative')) * exposure * budget) / Math.abs(price)
    },
  }
}
