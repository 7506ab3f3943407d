import { checkLambda } from './ewmaVariance.js'
import type { VarianceForecaster } from './varianceForecaster.js'

/** Returns before the exponential average is believed. */
const ewmaWarmup = 20

/**
 * The variance of `ewmaVariance`, one return at a time.
 *
 * @throws ConfigError `BAD_PARAMETER` if `lambda` is not between 0 and 1.
 */
export function ewmaForecaster(lambda: number): VarianceForecaster {
  checkLambda(lambda)
  let [variance, count] = [Number.NaN, 0]
  return {
    name: `ewma(${lambda})`,
    source: 'EWMA',
    learn({ change }) {
      const square = change * change
      variance = count === 0 ? square : lambda * variance + (1 - lambda) * square
      count++
    },
    forecast: () => (count < ewmaWarmup ? Number.NaN : variance),
    parts: () => [Float64Array.of(variance, count)],
    restoreParts([state]) {
      variance = state![0]!
      count = state![1]!
    },
  }
}
