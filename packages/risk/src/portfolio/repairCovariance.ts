import { checkSymmetric, type SquareMatrix } from '../measures/squareMatrix.js'
import { symmetricEigen } from '../measures/symmetricEigen.js'

/** A covariance without negative eigenvalues. */
export interface RepairedCovariance {
  readonly covariance: SquareMatrix
  /** `COV_REPAIRED` where eigenvalues had to be clipped. */
  readonly notes: readonly 'COV_REPAIRED'[]
}

const tolerance = 1e-12

/**
 * Makes a covariance symmetric and positive semi-definite. Where the smallest eigenvalue is below -1e-12 times the
 * trace, negative ones are clipped to 0 and the result carries the note `COV_REPAIRED`; variances never fall.
 *
 * Higham, Computing a Nearest Symmetric Positive Semidefinite Matrix (1988): the nearest one in the Frobenius norm.
 *
 * @throws ConfigError `BAD_MATRIX` if the matrix is not square, symmetric up to rounding, and finite.
 * @example
 * repairCovariance(squareMatrix([[1, 2], [2, 1]])) // => matrix of 1.4999999999999998, notes ['COV_REPAIRED']
 */
export function repairCovariance(covariance: SquareMatrix): RepairedCovariance {
  const symmetric = symmetrise(checkSymmetric(covariance))
  const { size } = symmetric
  const { values, vectors } = symmetricEigen(symmetric)
  let trace = 0
  for (let i = 0; i < size; i++) trace += symmetric.values[i * size + i]!
  if (values[0]! >= -tolerance * Math.max(0, trace)) return { covariance: symmetric, notes: [] }
  return { covariance: compose(vectors, values), notes: ['COV_REPAIRED'] }
}

function symmetrise({ size, values }: SquareMatrix): SquareMatrix {
  const out = new Float64Array(size * size)
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      out[row * size + column] = (values[row * size + column]! + values[column * size + row]!) / 2
    }
  }
  return { size, values: out }
}

/** `V max(λ, 0) Vᵀ`. */
function compose({ size, values: v }: SquareMatrix, eigenvalues: Float64Array): SquareMatrix {
  const out = new Float64Array(size * size)
  for (let row = 0; row < size; row++) {
    for (let column = 0; column <= row; column++) {
      let sum = 0
      for (let k = 0; k < size; k++) {
        sum += Math.max(0, eigenvalues[k]!) * v[row * size + k]! * v[column * size + k]!
      }
      out[row * size + column] = sum
      out[column * size + row] = sum
    }
  }
  return { size, values: out }
}
