import { ConfigError } from '@astertrade/core'
import { firstFlaw } from '../measures/firstFlaw.js'
import type { TailEstimate } from '../measures/tailEstimate.js'
import type { Unavailable } from '../measures/unavailable.js'

/** Forecasts and what came: element `t` of each list belongs to the same period. */
export interface RiskForecasts {
  /** What was lost; losses are positive. */
  readonly losses: ArrayLike<number>
  readonly valueAtRisk: ArrayLike<number>
  readonly expectedShortfall: ArrayLike<number>
}

/** Forecasts of an estimator over a history. */
export interface WalkForward extends RiskForecasts {
  /** Periods without a forecast, because the estimator had none. */
  readonly unavailable: number
}

/** What `walkForwardRisk` takes. */
export interface WalkForwardOptions {
  /** Simple returns in order. */
  readonly returns: ArrayLike<number>
  /** Returns before each period that the estimator sees, an integer of at least 1. */
  readonly window: number
  readonly estimate: (past: Float64Array) => TailEstimate | Unavailable
}

/**
 * Forecasts the risk of each period from the `window` returns before it, and sets what came beside it: the
 * out-of-sample record that the backtests judge.
 *
 * @throws ConfigError `BAD_WINDOW` for a window that is no integer of at least 1, `NOT_FINITE` for a return that is no
 * finite number.
 * @example
 * walkForwardRisk({ returns, window: 500, estimate: (past) => historicalRisk(past, { confidencePerMille: 990 }) })
 */
export function walkForwardRisk({ returns, window, estimate }: WalkForwardOptions): WalkForward {
  if (!(Number.isInteger(window) && window >= 1)) {
    throw new ConfigError(`window "${window}" is not an integer of at least 1.`, { code: 'BAD_WINDOW' })
  }
  const flaw = firstFlaw(returns)
  if (flaw >= 0) throw new ConfigError(`Return ${flaw} is "${returns[flaw]}".`, { code: 'NOT_FINITE' })
  const all = Float64Array.from(returns)
  const [losses, valueAtRisk, expectedShortfall]: [number[], number[], number[]] = [[], [], []]
  let missing = 0
  for (let t = window; t < all.length; t++) {
    const forecast = estimate(all.slice(t - window, t))
    if (forecast.kind === 'unavailable') {
      missing++
      continue
    }
    losses.push(0 - all[t]!)
    valueAtRisk.push(forecast.valueAtRisk)
    expectedShortfall.push(forecast.expectedShortfall)
  }
  return { losses, valueAtRisk, expectedShortfall, unavailable: missing }
}
