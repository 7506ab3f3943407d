import { ConfigError } from '@astertrade/core'
import { firstFlaw } from './firstFlaw.js'

/** A square matrix in one piece of memory; element (row, column) is `values[row * size + column]`. */
export interface SquareMatrix {
  readonly size: number
  readonly values: Float64Array
}

/** Most rows of a matrix: what a Jacobi decomposition finishes in seconds. */
export const matrixSizeMax = 500

/**
 * Makes a square matrix out of rows.
 *
 * @throws ConfigError `BAD_MATRIX` if the rows are none, over 500, of another length than their number, or hold a value
 * that is no finite number.
 * @example
 * squareMatrix([[4, 1], [1, 3]]).values // => Float64Array [4, 1, 1, 3]
 */
export function squareMatrix(rows: readonly ArrayLike<number>[]): SquareMatrix {
  const size = rows.length
  const values = new Float64Array(size * size)
  for (const [index, row] of rows.entries()) {
    if (row.length !== size) throw badMatrix(`Row ${index} of a matrix of ${size} rows has ${row.length} values.`)
    for (let column = 0; column < size; column++) values[index * size + column] = row[column]!
  }
  return checkMatrix({ size, values })
}

/**
 * Checks the shape and the values of a matrix.
 *
 * @throws ConfigError `BAD_MATRIX`.
 */
export function checkMatrix(matrix: SquareMatrix): SquareMatrix {
  const { size, values } = matrix
  if (!(Number.isInteger(size) && size >= 1 && size <= matrixSizeMax)) {
    throw badMatrix(`A matrix of size ${size} is not between 1 and ${matrixSizeMax}.`)
  }
  if (values.length !== size * size) throw badMatrix(`A matrix of size ${size} has ${values.length} values.`)
  const flaw = firstFlaw(values)
  if (flaw < 0) return matrix
  throw badMatrix(`Element (${Math.floor(flaw / size)}, ${flaw % size}) of a matrix is "${values[flaw]}".`)
}

/**
 * Checks that a matrix equals its transpose up to rounding.
 *
 * @throws ConfigError `BAD_MATRIX` if it is no matrix, or not symmetric.
 */
export function checkSymmetric(matrix: SquareMatrix): SquareMatrix {
  const { size, values } = checkMatrix(matrix)
  for (let row = 1; row < size; row++) {
    for (let column = 0; column < row; column++) {
      const [below, above] = [values[row * size + column]!, values[column * size + row]!]
      if (Math.abs(below - above) <= 1e-9 * Math.max(Math.abs(below), Math.abs(above))) continue
      throw badMatrix(`Elements (${row}, ${column}) and (${column}, ${row}) are "${below}" and "${above}".`)
    }
  }
  return matrix
}

function badMatrix(message: string): ConfigError {
  return new ConfigError(message, {
    code: 'BAD_MATRIX',
    hints: ['A covariance is square, symmetric and finite, such as squareMatrix([[4, 1], [1, 3]]).'],
  })
}
