import { log } from '@astertrade/core'
import { type ClassForecasts, meanOverRows } from './classForecasts.js'

/** Probabilities are taken for at least this, so that one certain mistake does not make the mean infinite. */
const floor = 1e-15

/**
 * Mean of `-ln` of the probability given to what happened; 0 is perfect, `ln(classCount)` is a fair die.
 *
 * @throws ConfigError with code `NO_ROWS` or `BAD_ROWS`.
 * @example
 * logLoss({ probabilities: [0.5, 0.5, 0.2, 0.8], classes: Uint8Array.of(0, 1), classCount: 2 }) // => 0.4581
 */
export function logLoss(forecasts: ClassForecasts): number {
  const { probabilities } = forecasts
  return meanOverRows(forecasts, (offset, truth) => -log(Math.max(floor, probabilities[offset + truth]!)))
}
