import { ConfigError } from '@astertrade/core'
import type { LowerTriangle } from './cholesky.js'

/**
 * Solves `L x = b` for a lower triangle by substitution.
 *
 * @param out - Where `x` goes; it may be `b` (default a new array).
 * @throws ConfigError `LENGTH_MISMATCH` if `b` or `out` has another length than `L` has rows.
 * @example
 * const factor = cholesky(squareMatrix([[4, 2], [2, 5]]))
 * if (factor.kind === 'lower') solveLower(factor, [4, 6]) // => Float64Array [2, 2]
 */
export function solveLower(
  { size, values }: LowerTriangle,
  b: ArrayLike<number>,
  out: Float64Array = new Float64Array(size),
): Float64Array {
  checkLength(size, b.length)
  checkLength(size, out.length)
  for (let row = 0; row < size; row++) {
    let rest = b[row]!
    for (let k = 0; k < row; k++) rest -= values[row * size + k]! * out[k]!
    out[row] = rest / values[row * size + row]!
  }
  return out
}

/**
 * Solves `L Lᵀ x = b`: a system whose matrix has the Cholesky factor `L`.
 *
 * @throws ConfigError `LENGTH_MISMATCH` if `b` has another length than `L` has rows.
 * @example
 * const factor = cholesky(squareMatrix([[4, 2], [2, 5]]))
 * if (factor.kind === 'lower') choleskySolve(factor, [8, 12]) // => Float64Array [1, 2]
 */
export function choleskySolve(factor: LowerTriangle, b: ArrayLike<number>): Float64Array {
  const { size, values } = factor
  const x = solveLower(factor, b)
  for (let row = size - 1; row >= 0; row--) {
    let rest = x[row]!
    for (let k = row + 1; k < size; k++) rest -= values[k * size + row]! * x[k]!
    x[row] = rest / values[row * size + row]!
  }
  return x
}

function checkLength(size: number, length: number): void {
  if (size === length) return
  throw new ConfigError(`A system of ${size} equations has a side of length ${length}.`, { code: 'LENGTH_MISMATCH' })
}
