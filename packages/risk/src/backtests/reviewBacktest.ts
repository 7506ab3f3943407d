import type { ControlEvent } from '@astertrade/core'
import { type ControlRefusal, forbidden, thinReason } from '../emergency/dualControl.js'
import { noted } from '../emergency/noted.js'
import { reviewers } from '../limits/riskBacktest.js'
import type { BacktestEvent } from './backtestEvent.js'

/**
 * The events that end the stop after a red backtest, to be journaled and stepped in their order: a RISK_ADMIN has reviewed the estimator
 * and says what became of it.
 *
 * The light stays red until the next test, so that figures are raised by a fifth until then.
 *
 * @example
 * reviewBacktest({ time, by: ann, reason: 'refitted on the year to the end of May' })
 * // => [{ kind: 'noted', memory: 'riskBacktest', … }, { kind: 'acknowledged', time, code: 'BACKTEST_RED' }]
 */
export function reviewBacktest(
  review: Omit<Extract<BacktestEvent, { kind: 'reviewed' }>, 'kind'>,
): readonly ControlEvent[] | ControlRefusal {
  const lacking = forbidden(review.by, reviewers) ?? thinReason(review.reason)
  if (lacking) return lacking
  const { time } = review
  return [noted('riskBacktest', { kind: 'reviewed', ...review }), { kind: 'acknowledged', time, code: 'BACKTEST_RED' }]
}
