import { ConfigError } from '@astertrade/core'
import { checkPairs } from './checkPairs.js'

/** One, and what float32 may round up to. */
const probabilityMax = 1 + 1e-6

/** Forecasts of which of some classes it will be, and which it was. */
export interface ClassForecasts {
  /** By row: `probabilities[row * classCount + class]`, from 0 to 1. */
  readonly probabilities: ArrayLike<number>
  readonly classes: Uint8Array
  readonly classCount: number
  /** Weight of each row, from 0 (default 1). */
  readonly weights?: Float64Array
}

/**
 * The weighted mean of a score of each row.
 *
 * @throws ConfigError with code `BAD_ROWS` or `NO_ROWS`.
 */
export function meanOverRows(forecasts: ClassForecasts, score: (offset: number, truth: number) => number): number {
  const { classes, classCount, weights } = forecasts
  checkClasses(forecasts)
  let [sum, total] = [0, 0]
  for (let row = 0; row < classes.length; row++) {
    const weight = weights?.[row] ?? 1
    if (weight === 0) continue
    sum += weight * score(row * classCount, classes[row]!)
    total += weight
  }
  if (total > 0) return sum / total
  throw new ConfigError('No row has a positive weight.', { code: 'NO_ROWS' })
}

function checkClasses({ probabilities, classes, classCount, weights }: ClassForecasts): void {
  checkPairs(1, ['classes', classes], ...(weights ? [['weights', weights] as const] : []))
  checkPairs(1, ['probabilities', probabilities])
  for (let at = 0; at < probabilities.length; at++) {
    if (probabilities[at]! >= 0 && probabilities[at]! <= probabilityMax) continue
    throw new ConfigError(`Row ${Math.floor(at / classCount)} has the probability "${probabilities[at]}".`, {
      code: 'BAD_ROWS',
      hints: ['Probabilities from 0 to 1, not logits or percent.'],
    })
  }
  if (probabilities.length !== classes.length * classCount) {
    throw new ConfigError(
      `${probabilities.length} probabilities are not ${classCount} for each of ${classes.length} rows.`,
      {
        code: 'BAD_ROWS',
      },
    )
  }
  for (let row = 0; row < classes.length; row++) {
    if (classes[row]! < classCount && (weights?.[row] ?? 0) >= 0) continue
    throw new ConfigError(
      `Row ${row} with class "${classes[row]}" and weight "${weights?.[row] ?? 1}" is no forecast.`,
      {
        code: 'BAD_ROWS',
        hints: [`Classes from 0 to ${classCount - 1}, weights from 0.`],
      },
    )
  }
}
