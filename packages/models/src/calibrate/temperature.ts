import { ConfigError, exp } from '@astertrade/core'
import { checkPairs } from '../evaluate/checkPairs.js'

/** What `fitTemperature` takes. */
export interface TemperatureOptions {
  /** By row: `logits[row * classCount + class]`. */
  readonly logits: ArrayLike<number>
  readonly classes: Uint8Array
  readonly classCount: number
}

/** Where the inverse is looked for. */
const inverseMin = 1 / 100
const inverseMax = 100

/**
 * The temperature by which to divide logits so that their softmax has the smallest log loss: above 1 it takes confidence back.
 *
 * The order of the classes never changes. The loss is convex in the inverse temperature, whose derivative is brought to 0 by
 * bisection between 1/100 and 100. Fit it on rows that the model was not trained on. Guo et al. (2017), section 4.2.
 *
 * @throws ConfigError with code `NO_ROWS` without rows, or `BAD_ROWS` if lengths do not fit or a value is not finite.
 * @example
 * fitTemperature({ logits: [2, 0, 2, 0, 2, 0, 0, 2], classes: Uint8Array.of(0, 0, 1, 1), classCount: 2 }) // => 1.82
 */
export function fitTemperature(options: TemperatureOptions): number {
  const { logits, classes, classCount } = options
  checkPairs(1, ['classes', classes])
  checkPairs(1, ['logits', logits])
  const isClass = (value: number): boolean => value < classCount
  if (logits.length !== classes.length * classCount || !classes.every(isClass)) {
    throw new ConfigError(`${logits.length} logits do not fit ${classes.length} rows of ${classCount} classes.`, {
      code: 'BAD_ROWS',
      hints: ['As many logits per row as there are classes, and classes counted from 0.'],
    })
  }
  let [low, high] = [inverseMin, inverseMax]
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2
    if (slope(options, middle) > 0) high = middle
    else low = middle
  }
  return 2 / (low + high)
}

/** Derivative of the summed log loss by the inverse temperature: expected minus true logit. */
function slope({ logits, classes, classCount }: TemperatureOptions, inverse: number): number {
  let sum = 0
  for (let row = 0; row < classes.length; row++) {
    const offset = row * classCount
    let largest = Number.NEGATIVE_INFINITY
    for (let index = 0; index < classCount; index++) largest = Math.max(largest, logits[offset + index]!)
    let [total, expected] = [0, 0]
    for (let index = 0; index < classCount; index++) {
      const share = exp(inverse * (logits[offset + index]! - largest))
      total += share
      expected += share * logits[offset + index]!
    }
    sum += expected / total - logits[offset + classes[row]!]!
  }
  return sum
}
