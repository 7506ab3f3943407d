import { ConfigError } from '@astertrade/core'
import type { VarianceForecaster } from './varianceForecaster.js'

/** Bars of returns with an implied variance before the scale is believed. */
const scaleWarmup = 60

/**
 * Implied variance, scaled to the squared returns that followed it over the last `window` bars.
 *
 * The scale takes out the variance risk premium, which makes implied variance larger than what is realised on average; it is a
 * ratio of means, so a forecast is above 0 wherever the implied variance is.
 *
 * @throws ConfigError `BAD_PARAMETER` if the window is no whole number from 100 to 100000.
 */
export function impliedForecaster(window: number): VarianceForecaster {
  if (!(Number.isInteger(window) && window >= 100 && window <= 100_000)) {
    throw new ConfigError(`A window of "${window}" implied variances is out of range.`, {
      code: 'BAD_PARAMETER',
      hints: ['A whole number of bars from 100 to 100000, such as 1000.'],
    })
  }
  const squares = new Float64Array(window)
  const implied = new Float64Array(window)
  let [count, head, now] = [0, 0, Number.NaN]
  return {
    name: `implied(${window})`,
    source: 'implied',
    learn(observation) {
      now = observation.implied
      if (!(observation.impliedBefore > 0)) return
      squares[head] = observation.change * observation.change
      implied[head] = observation.impliedBefore
      head = head + 1 === window ? 0 : head + 1
      count = Math.min(count + 1, window)
    },
    forecast: () => (count < scaleWarmup ? Number.NaN : (now * sum(squares)) / sum(implied)),
    parts: () => [Float64Array.of(count, head, now), squares, implied],
    restoreParts([state, returns, levels]) {
      ;[count, head, now] = state as unknown as [number, number, number]
      squares.set(returns!)
      implied.set(levels!)
    },
  }
}

function sum(values: Float64Array): number {
  let total = 0
  for (const value of values) total += value
  return total
}
