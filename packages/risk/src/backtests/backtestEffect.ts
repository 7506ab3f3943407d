import type { Mode } from '@astertrade/core'
import type { TailEstimate } from '../measures/tailEstimate.js'
import type { TrafficLight } from './trafficLight.js'

/** What a traffic light does to the limits. */
export interface BacktestEffect {
  /** What value at risk and expected shortfall are multiplied by before limits see them. */
  readonly multiplier: number
  readonly mode: Extract<Mode, 'normal' | 'reduceOnly'>
  /** Who ends it: nobody has to, or a risk administrator after a review. */
  readonly until: 'nextTest' | 'review'
}

const effects: Readonly<Record<TrafficLight, BacktestEffect>> = {
  green: { multiplier: 1, mode: 'normal', until: 'nextTest' },
  yellow: { multiplier: 1.2, mode: 'normal', until: 'nextTest' },
  red: { multiplier: 1.2, mode: 'reduceOnly', until: 'review' },
}

/**
 * The effect of a backtest on the limits: yellow multiplies value at risk and expected shortfall by 1.2, red stops new
 * risk until a risk administrator has reviewed the estimator.
 *
 * @example
 * backtestEffect('yellow').multiplier // => 1.2
 */
export function backtestEffect(light: TrafficLight): BacktestEffect {
  return effects[light]
}

/**
 * An estimate as the limits see it after a backtest, with the note `BACKTEST_YELLOW` where it was raised. A gain is not
 * raised.
 *
 * @example
 * raiseEstimate(estimate, backtestEffect('yellow'))
 */
export function raiseEstimate(estimate: TailEstimate, { multiplier }: BacktestEffect): TailEstimate {
  if (multiplier === 1) return estimate
  const raise = (figure: number): number => (figure > 0 ? figure * multiplier : figure)
  return {
    ...estimate,
    valueAtRisk: raise(estimate.valueAtRisk),
    expectedShortfall: raise(estimate.expectedShortfall),
    notes: [...estimate.notes, 'BACKTEST_YELLOW'],
  }
}
