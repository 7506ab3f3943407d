import { dayMs } from '../time.js'
import { createEquityTracker } from './equityTracker.js'
import type { EquityCurve } from './report.js'

/** Returns of the UTC days of an equity curve. */
export interface DailyReturns {
  /** Start of each day, milliseconds UTC. */
  readonly day: Float64Array
  /** Equity at its last row. */
  readonly equity: Float64Array
  /** Simple return of each day; `NaN` after a day that ended at or below 0. */
  readonly returns: Float64Array
}

/** Where an equity curve starts. */
export interface DailyReturnsOptions {
  /** Equity before the first row (default: the first row). */
  readonly equityStart?: number
}

/**
 * Simple returns from the last equity row of each UTC day to that of the next. Days without a row have none.
 *
 * A row at midnight closes the day before, since the time of a bar is its close. The first day counts from the start, and
 * is left out where its one row equals the start: nothing can have happened.
 *
 * @example
 * dailyReturns({ length: 2, time: Float64Array.of(day1, day2), equity: Float64Array.of(100, 110) }).returns // => Float64Array [0.1]
 */
export function dailyReturns(curve: EquityCurve, { equityStart }: DailyReturnsOptions = {}): DailyReturns {
  const tracker = createEquityTracker(equityStart)
  tracker.add(curve)
  return tracker.figures().daily
}

/** Start of the UTC day that a close at this time belongs to. */
export function dayOf(time: number): number {
  return (Math.ceil(time / dayMs) - 1) * dayMs
}
