import { type BinaryForecasts, checkBinary } from './binaryForecasts.js'
import { type ClassForecasts, meanOverRows } from './classForecasts.js'

/**
 * Mean squared distance of the probabilities from what happened, summed over classes and halved: 0 is perfect, and two classes
 * give the usual mean of `(p - y)^2`. Brier (1950).
 *
 * @throws ConfigError with code `NO_ROWS` or `BAD_ROWS`.
 * @example
 * brier({ probabilities: [0.5, 0.5, 0.2, 0.8], classes: Uint8Array.of(0, 1), classCount: 2 }) // => 0.145
 */
export function brier(forecasts: ClassForecasts): number {
  const { probabilities, classCount } = forecasts
  return meanOverRows(forecasts, (offset, truth) => {
    let sum = 0
    for (let index = 0; index < classCount; index++) {
      const gap = probabilities[offset + index]! - (index === truth ? 1 : 0)
      sum += gap * gap
    }
    return sum / 2
  })
}

/** What a Brier score is made of: `score = reliability - resolution + uncertainty`. */
export interface BrierParts {
  readonly score: number
  /** How far probabilities are from the frequencies that came with them; 0 is calibrated. */
  readonly reliability: number
  /** How far those frequencies are from the overall one; more is better. */
  readonly resolution: number
  /** Variance of what happened, which no forecast changes. */
  readonly uncertainty: number
}

/**
 * Takes a Brier score apart by Murphy (1973), with one group for each distinct probability, so that the parts add up exactly.
 *
 * With many distinct probabilities group them first; each part else describes single rows.
 *
 * @throws ConfigError with code `NO_ROWS` or `BAD_ROWS`.
 * @example
 * const { reliability, resolution } = brierParts({ probabilities, outcomes })
 */
export function brierParts(forecasts: BinaryForecasts): BrierParts {
  checkBinary(forecasts)
  const { probabilities, outcomes } = forecasts
  const rows = outcomes.length
  const groups = new Map<number, { count: number; happened: number }>()
  let [happened, squares] = [0, 0]
  for (let row = 0; row < rows; row++) {
    const [probability, outcome] = [probabilities[row]!, outcomes[row]!]
    const group = groups.get(probability) ?? { count: 0, happened: 0 }
    group.count++
    group.happened += outcome
    groups.set(probability, group)
    happened += outcome
    squares += (probability - outcome) * (probability - outcome)
  }
  const base = happened / rows
  let [reliability, resolution] = [0, 0]
  for (const [probability, group] of groups) {
    const share = group.happened / group.count
    reliability += (group.count * (probability - share) * (probability - share)) / rows
    resolution += (group.count * (share - base) * (share - base)) / rows
  }
  return { score: squares / rows, reliability, resolution, uncertainty: base * (1 - base) }
}
