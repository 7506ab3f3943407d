import { ConfigError } from '@astertrade/core'

/** A non-decreasing map from scores to probabilities, as plain data with its function. */
export interface Isotonic {
  /** Where the map bends, strictly ascending. */
  readonly scores: Float64Array
  /** Its values there, from 0 to 1 and never falling; straight between, constant outside. */
  readonly values: Float64Array
  /** The probability at a score; `NaN` for one that is no number. */
  apply(score: number): number
}

/**
 * Fits probabilities to scores so that a higher score never means a lower one, by pooling adjacent violators.
 *
 * Equal scores count as one. Least squares, exact. Values are kept `1 / (n + 2)` away from 0 and 1, so that a run of equal outcomes
 * is never called certain. Fit it on rows that the model was not trained on. Barlow et al. (1972); Zadrozny and Elkan (2002).
 *
 * @param scores - Any finite numbers, such as probabilities.
 * @param outcomes - 1 where it happened, else 0.
 * @param weights - Weight of each row, 0 or more (default 1).
 * @throws ConfigError with code `NO_ROWS` if there is no row of positive weight, and with `BAD_ROWS` if lengths differ, a score is
 * not finite, an outcome is not 0 or 1 or a weight is negative or not finite.
 * @example
 * const map = fitIsotonic(Float64Array.of(0.1, 0.4, 0.4, 0.9), Uint8Array.of(0, 1, 0, 1))
 * map.apply(0.4) // => 0.5
 */
export function fitIsotonic(scores: Float64Array, outcomes: Uint8Array, weights?: Float64Array): Isotonic {
  const counted = checkRows(scores, outcomes, weights)
  const order = counted.sort((a, b) => scores[a]! - scores[b]! || a - b)
  const pools = pooled(order, { scores, outcomes, weights })
  const edge = 1 / (order.length + 2)
  const [bends, values]: [number[], number[]] = [[], []]
  for (const { first, last, sum, weight } of pools) {
    const value = Math.min(1 - edge, Math.max(edge, sum / weight))
    bends.push(first)
    values.push(value)
    if (last === first) continue
    bends.push(last)
    values.push(value)
  }
  return isotonic(Float64Array.from(bends), Float64Array.from(values))
}

/**
 * The map of a fit that was kept, such as in an artifact.
 *
 * @throws ConfigError with code `BAD_ROWS` if the scores do not ascend, the values fall or leave 0 to 1, or lengths differ.
 * @example
 * isotonic(Float64Array.of(0, 1), Float64Array.of(0.4, 0.6)).apply(0.25) // => 0.45
 */
export function isotonic(scores: Float64Array, values: Float64Array): Isotonic {
  const count = scores.length
  let sound = count > 0 && values.length === count && values[0]! >= 0 && values[count - 1]! <= 1
  for (let index = 0; index < count && sound; index++) {
    sound = Number.isFinite(scores[index]!) && (index === 0 || isStep(scores, values, index))
  }
  if (!sound) {
    throw new ConfigError(`${count} scores with ${values.length} values are no isotonic map.`, {
      code: 'BAD_ROWS',
      hints: ['Ascending finite scores, and as many values from 0 to 1 that never fall.'],
    })
  }
  return { scores, values, apply: (score) => interpolate(scores, values, score) }
}

function isStep(scores: Float64Array, values: Float64Array, index: number): boolean {
  return scores[index]! > scores[index - 1]! && values[index]! >= values[index - 1]!
}

interface Pool {
  readonly first: number
  last: number
  sum: number
  weight: number
}

interface Rows {
  readonly scores: Float64Array
  readonly outcomes: Uint8Array
  readonly weights: Float64Array | undefined
}

function pooled(order: readonly number[], { scores, outcomes, weights }: Rows): Pool[] {
  const pools: Pool[] = []
  for (const row of order) {
    const [score, weight] = [scores[row]!, weights?.[row] ?? 1]
    const top = pools.at(-1)
    if (top?.last === score) {
      top.sum += weight * outcomes[row]!
      top.weight += weight
      continue
    }
    settle(pools)
    pools.push({ first: score, last: score, sum: weight * outcomes[row]!, weight })
  }
  settle(pools)
  return pools
}

/** Joins the last pool with those before it that are not below it. */
function settle(pools: Pool[]): void {
  for (let top = pools.at(-1), below = pools.at(-2); top && below; below = pools.at(-2)) {
    if (below.sum * top.weight < top.sum * below.weight) return
    below.last = top.last
    below.sum += top.sum
    below.weight += top.weight
    pools.pop()
    top = below
  }
}

function interpolate(scores: Float64Array, values: Float64Array, score: number): number {
  if (Number.isNaN(score)) return score
  let [low, high] = [0, scores.length - 1]
  if (score <= scores[low]!) return values[low]!
  if (score >= scores[high]!) return values[high]!
  while (high - low > 1) {
    const middle = (low + high) >>> 1
    if (scores[middle]! <= score) low = middle
    else high = middle
  }
  const share = (score - scores[low]!) / (scores[high]! - scores[low]!)
  return values[low]! + share * (values[high]! - values[low]!)
}

/** The rows that count. */
function checkRows(scores: Float64Array, outcomes: Uint8Array, weights: Float64Array | undefined): number[] {
  const counted: number[] = []
  const fits = outcomes.length === scores.length && (weights === undefined || weights.length === scores.length)
  for (let row = 0; row < scores.length && fits; row++) {
    const [score, outcome, weight] = [scores[row]!, outcomes[row]!, weights?.[row] ?? 1]
    if (!Number.isFinite(score) || outcome > 1 || !(weight >= 0 && weight < Number.POSITIVE_INFINITY)) {
      throw new ConfigError(
        `Row ${row} with score "${score}", outcome "${outcome}", weight "${weight}" cannot be fitted.`,
        {
          code: 'BAD_ROWS',
          hints: ['Finite scores, outcomes 0 or 1, weights from 0.'],
        },
      )
    }
    if (weight > 0) counted.push(row)
  }
  if (!fits) {
    throw new ConfigError(
      `${scores.length} scores have ${outcomes.length} outcomes and ${weights?.length ?? 'no'} weights.`,
      {
        code: 'BAD_ROWS',
        hints: ['One of each per row.'],
      },
    )
  }
  if (counted.length > 0) return counted
  throw new ConfigError('There is no row to calibrate on.', {
    code: 'NO_ROWS',
    hints: ['At least one row of positive weight.'],
  })
}
