import type { Unavailable } from '../measures/unavailable.js'
import { acerbiSzekely, type ShortfallTest } from './acerbiSzekely.js'
import { type BacktestEffect, backtestEffect } from './backtestEffect.js'
import { type ChristoffersenTests, christoffersen } from './christoffersen.js'
import { type TrafficLight, trafficLight } from './trafficLight.js'
import type { RiskForecasts } from './walkForward.js'

/** All tests of one estimator over one record. */
export interface RiskBacktest extends ChristoffersenTests {
  readonly kind: 'backtest'
  readonly observations: number
  readonly exceedances: number
  readonly light: TrafficLight
  readonly shortfall: ShortfallTest | Unavailable
  readonly effect: BacktestEffect
}

/**
 * Judges the forecasts of one estimator: Kupiec, Christoffersen, traffic light and Acerbi-Szekely, and what follows for
 * the limits.
 *
 * Unavailable with `NO_DATA` for no forecast, and with `NOT_FINITE` for a figure that is no finite number.
 *
 * @throws ConfigError `LENGTH_MISMATCH` for lists of different lengths, `BAD_CONFIDENCE` for a confidence that is none.
 * @example
 * const record = walkForwardRisk({ returns, window: 500, estimate: (past) => historicalRisk(past) })
 * const verdict = backtestRisk(record, { confidencePerMille: 950 })
 * if (verdict.kind === 'backtest') verdict.effect.mode // 'reduceOnly' when the light is red
 */
export function backtestRisk(
  forecasts: RiskForecasts,
  { confidencePerMille }: { readonly confidencePerMille: number },
): RiskBacktest | Unavailable {
  const shortfall = acerbiSzekely(forecasts, { confidencePerMille })
  if (shortfall.kind === 'unavailable' && shortfall.code !== 'NOT_POSITIVE') return shortfall
  const { losses, valueAtRisk } = forecasts
  const exceeded = Array.from(losses, (loss, t) => loss > valueAtRisk[t]!)
  const exceedances = exceeded.filter(Boolean).length
  const observations = exceeded.length
  const light = trafficLight({ observations, exceedances, confidencePerMille })
  return {
    kind: 'backtest',
    observations,
    exceedances,
    ...christoffersen(exceeded, { confidencePerMille }),
    light,
    shortfall,
    effect: backtestEffect(light),
  }
}
