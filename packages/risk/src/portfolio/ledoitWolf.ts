import { checkOptionChoice } from '../limits/checkOptions.js'
import type { SquareMatrix } from '../measures/squareMatrix.js'
import { constantCorrelation } from './constantCorrelation.js'
import { checkColumns, covariance, deviations, dot } from './covariance.js'
import { type ShrinkageTarget, shrinkageWeight } from './shrinkageTarget.js'

/** What `ledoitWolf` takes. */
export interface LedoitWolfOptions {
  /**
   * What the sample is drawn toward: `identity`, its mean variance on the diagonal (default), or `constantCorrelation`.
   */
  readonly target?: 'identity' | 'constantCorrelation'
}

/** A covariance between the sample's and a target. */
export interface ShrunkCovariance {
  readonly covariance: SquareMatrix
  /** Weight of the target, 0 to 1. */
  readonly intensity: number
}

/**
 * Covariance shrunk toward a structured target, with the weight that loses least on average. The trace is kept; the
 * sample's own covariance is that of a whole population (divided by the number of rows).
 *
 * `identity`: Ledoit and Wolf, A Well-Conditioned Estimator for Large-Dimensional Covariance Matrices (2004), section
 * 3. `constantCorrelation`: Ledoit and Wolf, Honey, I Shrunk the Sample Covariance Matrix (2004), appendix B.
 *
 * @param columns - One series of returns per asset, all of the same length.
 * @throws ConfigError `NO_DATA`, `TOO_MANY`, `LENGTH_MISMATCH` or `NOT_FINITE` for columns that are none.
 * @example
 * ledoitWolf([[0.01, -0.01, 0.02], [0.02, -0.02, 0.01]]).intensity // => 0.45662100456620996
 */
export function ledoitWolf(
  columns: readonly ArrayLike<number>[],
  { target = 'identity' }: LedoitWolfOptions = {},
): ShrunkCovariance {
  checkColumns(columns, 2)
  checkOptionChoice('target', target, ['identity', 'constantCorrelation'])
  const centred = columns.map((column) => deviations(column))
  const sample = covariance(centred, { ddof: 0 })
  const { goal, intensity } = target === 'identity' ? identity(centred, sample) : constantCorrelation(centred, sample)
  const values = sample.values.map((value, index) => intensity * goal[index]! + (1 - intensity) * value)
  return { covariance: { size: sample.size, values }, intensity }
}

function identity(centred: readonly Float64Array[], { size, values }: SquareMatrix): ShrinkageTarget {
  const rows = centred[0]!.length
  const goal = new Float64Array(values.length)
  let trace = 0
  for (let i = 0; i < size; i++) trace += values[i * size + i]!
  for (let i = 0; i < size; i++) goal[i * size + i] = trace / size
  let distance = 0
  for (let i = 0; i < values.length; i++) distance += (values[i]! - goal[i]!) * (values[i]! - goal[i]!)
  const error = fourthPowers(centred) / rows - dot(values, values)
  return { goal, intensity: shrinkageWeight(error / rows, distance) }
}

/** Sum over the rows of the fourth power of their length. */
function fourthPowers(centred: readonly Float64Array[]): number {
  const squares = new Float64Array(centred[0]!.length)
  for (const column of centred) {
    for (let row = 0; row < squares.length; row++) squares[row]! += column[row]! * column[row]!
  }
  return dot(squares, squares)
}
