import { ConfigError } from '@astertrade/core'
import { checkOptionChoice, checkOptionNames } from '../limits/checkOptions.js'
import { cholesky } from '../measures/cholesky.js'
import { choleskySolve } from '../measures/choleskySolve.js'
import type { SquareMatrix } from '../measures/squareMatrix.js'
import type { Unavailable } from '../measures/unavailable.js'
import { equalRisk } from '../portfolio/equalRisk.js'
import { checkFigure } from './checkFigure.js'
import { growthOptimum } from './growthOptimum.js'

/** What `kellyMulti` takes. */
export interface KellyMultiOptions {
  readonly instruments: readonly string[]
  /** Mean return of a period above the rate without risk, costs taken off, by instrument. */
  readonly excess: ArrayLike<number>
  /** Covariance of the returns of a period. */
  readonly covariance: SquareMatrix
  /** `longOnly` (default) keeps shares from 0 to `each` and their sum within `total`; `none` allows anything. */
  readonly constraints?: 'longOnly' | 'none'
  /** Most of one instrument (default 1). */
  readonly each?: number
  /** Most of all together (default 1). */
  readonly total?: number
}

/** Shares of the equity by instrument. */
export interface KellyFractions {
  readonly kind: 'fractions'
  readonly fractions: Float64Array
  /** `EQUAL_RISK` where the search did not settle and equal risk contributions stand in. */
  readonly notes: readonly 'EQUAL_RISK'[]
}

const known = ['instruments', 'excess', 'covariance', 'constraints', 'each', 'total'] as const

/**
 * Shares of the equity that maximise growth over several instruments: `max μᵀf − ½ fᵀΣf`.
 *
 * Without constraints that is `Σ⁻¹μ`. With them, f ≥ 0 and Σf ≤ total, it is found by coordinate descent on the multiplier of the sum.
 * Unavailable with `SINGULAR` for a covariance that is not positive definite: shrink it first (`ledoitWolf`). Full Kelly: take a
 * fraction of it. Thorp, The Kelly Criterion in Blackjack, Sports Betting and the Stock Market (2006), section 8.
 *
 * @throws ConfigError `LENGTH_MISMATCH` where lengths differ, `BAD_FIGURE` for a bound or an excess that is none, `BAD_MATRIX` for a
 * covariance that is no symmetric matrix, `BAD_PARAMETER` or `UNKNOWN_OPTION` for constraints or an option that does not exist.
 * @example
 * kellyMulti({ instruments: ['A', 'B'], excess: [0.01, 0.01], covariance: squareMatrix([[0.04, 0], [0, 0.04]]) })
 * // => fractions [0.25, 0.25]
 */
export function kellyMulti(options: KellyMultiOptions): KellyFractions | Unavailable {
  checkOptionNames('kellyMulti', options, known)
  const { instruments, excess, covariance, constraints = 'longOnly', each = 1, total = 1 } = options
  checkOptionChoice('constraints', constraints, ['longOnly', 'none'])
  if (excess.length !== instruments.length || covariance.size !== instruments.length) {
    throw new ConfigError(
      `${instruments.length} instruments have ${excess.length} means and a covariance of size ${covariance.size}.`,
      { code: 'LENGTH_MISMATCH' },
    )
  }
  for (const [index, id] of instruments.entries()) checkFigure(`excess of ${id}`, excess[index]!, 'finite')
  checkFigure('each', each, 'positive')
  checkFigure('total', total, 'positive')
  const factor = cholesky(covariance)
  if (factor.kind === 'unavailable') return factor
  if (constraints === 'none') return { kind: 'fractions', fractions: choleskySolve(factor, excess), notes: [] }
  const fractions = growthOptimum({ excess, covariance, each, total })
  if (fractions) return { kind: 'fractions', fractions, notes: [] }
  const even = equalRisk({ instruments, covariance })
  if (even.kind === 'unavailable') return even
  return { kind: 'fractions', fractions: alongRay(options, even.weights, each, total), notes: ['EQUAL_RISK'] }
}

/** The best multiple of given weights, those without an edge left out. */
function alongRay(
  { excess, covariance }: KellyMultiOptions,
  weights: ArrayLike<number>,
  each: number,
  total: number,
): Float64Array {
  const { size, values } = covariance
  const ray = Float64Array.from({ length: size }, (_, i) => (excess[i]! > 0 ? weights[i]! : 0))
  let [edge, variance, sum, largest] = [0, 0, 0, 0]
  for (let i = 0; i < size; i++) {
    edge += excess[i]! * ray[i]!
    sum += ray[i]!
    largest = Math.max(largest, ray[i]!)
    for (let j = 0; j < size; j++) variance += ray[i]! * values[i * size + j]! * ray[j]!
  }
  if (!(edge > 0)) return ray.fill(0)
  const multiple = Math.min(edge / variance, total / sum, each / largest)
  return ray.map((weight) => weight * multiple)
}
