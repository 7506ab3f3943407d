import { approve, type RiskReason, type RiskRule, type RiskView } from '@astertrade/core'
import { type BacktestEffect, backtestEffect } from '../backtests/backtestEffect.js'
import type { BacktestEvent } from '../backtests/backtestEvent.js'
import { type TrafficLight, trafficLight } from '../backtests/trafficLight.js'
import { forbidden, isPerson, thinReason } from '../emergency/dualControl.js'
import { factMemory } from '../emergency/factMemory.js'

/** What is known of the backtests. */
export interface BacktestState {
  /** The last light at each level, by per mille. */
  readonly lights: Readonly<Record<number, TrafficLight>>
  /** A light was red, and nobody has reviewed the estimator since. */
  readonly isLatched: boolean
}

const name = 'riskBacktest'
/** Who reviews an estimator that failed its test. */
export const reviewers = ['RISK_ADMIN'] as const
const untested: BacktestState = { lights: {}, isLatched: false }
const reason: RiskReason = { code: 'BACKTEST_RED', rule: name, limit: 'a review', got: 'red', unit: 'count' }

/**
 * The effect of the backtest of value at risk on the limits: a yellow light has `tailRisk` raise its figures by a fifth, a red one stops
 * new risk until a risk administrator has reviewed the estimator.
 *
 * It hears `noted('riskBacktest', …)` events: each test with its count, from which the traffic light follows, and the review. The worst of
 * the last lights at each level counts. A later green light does not lift what a red one latched. Red refuses entries with `BACKTEST_RED`
 * and trips `reduceOnly`; `reviewBacktest` makes the events that end it. Exits pass.
 *
 * @throws ConfigError from the engine's `step` for a count that is none, as `trafficLight` does.
 * @example
 * engine.step(noted('riskBacktest', { kind: 'tested', time, observations: 250, exceedances: 5, confidencePerMille: 990 }))
 * // => yellow: value at risk and expected shortfall count 1.2 times
 */
export function riskBacktest(): RiskRule {
  return {
    name,
    memory: factMemory<BacktestState>(name, untested, nextBacktest),
    check(order, view) {
      return order.reduceOnly || !stateOf(view).isLatched ? approve : { kind: 'refuse', reason }
    },
    watchBelow: (view) => (stateOf(view).isLatched ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY),
    watch(view) {
      return stateOf(view).isLatched ? { mode: 'reduceOnly', until: 'operator', flatten: false, reason } : undefined
    },
  }
}

/** What the backtests make of the limits now: that of the worst light. */
export function backtestInForce(view: RiskView): BacktestEffect {
  const lights = Object.values(stateOf(view).lights)
  return backtestEffect(lights.includes('red') ? 'red' : lights.includes('yellow') ? 'yellow' : 'green')
}

function stateOf(view: RiskView): BacktestState {
  return (view.memory(name) as BacktestState | undefined) ?? untested
}

function nextBacktest(state: BacktestState, fact: Readonly<Record<string, unknown>>): BacktestState {
  const event = fact as unknown as BacktestEvent
  if (event.kind === 'tested') {
    const light = trafficLight(event)
    const lights = { ...state.lights, [event.confidencePerMille]: light }
    return { lights, isLatched: state.isLatched || light === 'red' }
  }
  const isReview = event.kind === 'reviewed' && isPerson(event.by) && !forbidden(event.by, reviewers)
  return isReview && !thinReason(event.reason) ? { ...state, isLatched: false } : state
}
