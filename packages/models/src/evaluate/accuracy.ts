import { type ClassForecasts, meanOverRows } from './classForecasts.js'

/**
 * Share of rows whose likeliest class is the true one; the first of equals counts as the likeliest.
 *
 * @throws ConfigError with code `NO_ROWS` or `BAD_ROWS`.
 * @example
 * accuracy({ probabilities: [0.6, 0.4, 0.7, 0.3], classes: Uint8Array.of(0, 1), classCount: 2 }) // => 0.5
 */
export function accuracy(forecasts: ClassForecasts): number {
  const { probabilities, classCount } = forecasts
  return meanOverRows(forecasts, (offset, truth) => {
    let best = 0
    for (let index = 1; index < classCount; index++) {
      if (probabilities[offset + index]! > probabilities[offset + best]!) best = index
    }
    return best === truth ? 1 : 0
  })
}
