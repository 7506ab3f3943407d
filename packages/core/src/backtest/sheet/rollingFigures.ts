import { annualVolatility } from '../../stats/annualVolatility.js'
import { rolling } from '../../stats/rolling.js'
import { sharpe } from '../../stats/sharpe.js'
import type { DailyReturns } from '../dailyReturns.js'
import { decimate, type Points } from './decimate.js'

/** Sharpe ratio and volatility of the last half year, day by day. */
export interface RollingFigures {
  /** Days in the window. */
  readonly window: number
  /** Arithmetic, annualised. */
  readonly sharpe: Points
  readonly volatility: Points
}

const columns = 400

/** Measures each half year that ends on a day; without points where the run is shorter. */
export function rollingFigures({ day, returns }: DailyReturns, periodsPerYear: number): RollingFigures {
  const window = Math.max(2, Math.round(periodsPerYear / 2))
  const ends = day.subarray(Math.min(window - 1, day.length))
  const over = (measure: (values: Float64Array) => number): Points =>
    decimate(
      ends,
      rolling([returns], { window }, ([values]) => finite(measure(values))),
      { columns },
    )
  return {
    window,
    sharpe: over((values) => sharpe(values, { periodsPerYear })),
    volatility: over((values) => annualVolatility(values, { periodsPerYear })),
  }
}

/** A ratio over no risk has no place in a picture. */
function finite(value: number): number {
  return Number.isFinite(value) ? value : Number.NaN
}
