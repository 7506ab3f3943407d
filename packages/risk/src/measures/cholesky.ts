import { checkSymmetric, type SquareMatrix } from './squareMatrix.js'
import { type Unavailable, unavailable } from './unavailable.js'

/** A lower triangular matrix `L`; what is above the diagonal is 0. */
export interface LowerTriangle extends SquareMatrix {
  readonly kind: 'lower'
}

/**
 * The Cholesky factor `L` of a symmetric positive definite matrix, `L Lᵀ = matrix`; only + - × ÷ √, so the same on
 * every engine.
 *
 * Unavailable with `SINGULAR` where a pivot is at or below 1e-14 of its diagonal. The lower half is read.
 *
 * @throws ConfigError `BAD_MATRIX` if the matrix is not square, symmetric and finite.
 * @example
 * cholesky(squareMatrix([[4, 2], [2, 5]])) // => lower triangle [[2, 0], [1, 2]]
 */
export function cholesky(matrix: SquareMatrix): LowerTriangle | Unavailable {
  const { size, values } = checkSymmetric(matrix)
  const factor = new Float64Array(size * size)
  for (let row = 0; row < size; row++) {
    const start = row * size
    for (let column = 0; column <= row; column++) {
      const other = column * size
      let rest = values[start + column]!
      for (let k = 0; k < column; k++) rest -= factor[start + k]! * factor[other + k]!
      if (column < row) {
        factor[start + column] = rest / factor[other + column]!
        continue
      }
      if (!(rest > 1e-14 * values[start + row]!)) {
        return unavailable('SINGULAR', 'a positive definite matrix', `pivot ${rest} in row ${row}`)
      }
      factor[start + row] = Math.sqrt(rest)
    }
  }
  return { kind: 'lower', size, values: factor }
}
