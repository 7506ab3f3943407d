import { InvariantError } from '@astertrade/core'
import { checkSymmetric, type SquareMatrix } from './squareMatrix.js'

/** Eigenvalues in rising order, and eigenvectors of length 1: vector `k` is column `k` of `vectors`. */
export interface SymmetricEigen {
  readonly values: Float64Array
  readonly vectors: SquareMatrix
}

const sweepsMax = 60

/**
 * Eigenvalues and eigenvectors of a symmetric matrix by cyclic Jacobi rotations; only + - × ÷ √, so the same on every
 * engine.
 *
 * Golub and Van Loan, Matrix Computations (2013), algorithm 8.5.3. Each vector's largest component is positive.
 *
 * @throws ConfigError `BAD_MATRIX` if the matrix is not square, symmetric and finite.
 * @example
 * symmetricEigen(squareMatrix([[2, 1], [1, 2]])).values // => Float64Array [1, 3]
 */
export function symmetricEigen(matrix: SquareMatrix): SymmetricEigen {
  const { size } = checkSymmetric(matrix)
  const a = matrix.values.slice()
  // Row k is eigenvector k while rotating, so that memory is walked in order.
  const v = new Float64Array(size * size)
  for (let i = 0; i < size; i++) v[i * size + i] = 1
  for (let row = 1; row < size; row++) {
    for (let column = 0; column < row; column++) a[column * size + row] = a[row * size + column]!
  }
  for (let sweep = 0; !isDiagonal(a, size); sweep++) {
    if (sweep === sweepsMax) throw new InvariantError(`Jacobi rotations of a matrix of size "${size}" did not end.`)
    for (let p = 0; p < size - 1; p++) {
      for (let q = p + 1; q < size; q++) rotate(a, v, size, p, q)
    }
  }
  return sorted(a, v, size)
}

/** True where rotations can change no diagonal element any more. */
function isDiagonal(a: Float64Array, size: number): boolean {
  let outside = 0
  let inside = 0
  for (let row = 0; row < size; row++) {
    inside = Math.max(inside, Math.abs(a[row * size + row]!))
    for (let column = 0; column < row; column++) outside = Math.max(outside, Math.abs(a[row * size + column]!))
  }
  return outside <= 1e-17 * inside || outside === 0
}

/** Makes element (p, q) zero. */
function rotate(a: Float64Array, v: Float64Array, size: number, p: number, q: number): void {
  const [rowP, rowQ] = [p * size, q * size]
  const apq = a[rowP + q]!
  if (apq === 0) return
  const theta = (a[rowQ + q]! - a[rowP + p]!) / (2 * apq)
  const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1))
  const c = 1 / Math.sqrt(t * t + 1)
  const s = t * c
  const [app, aqq] = [a[rowP + p]! - t * apq, a[rowQ + q]! + t * apq]
  for (let k = 0; k < size; k++) {
    const x = a[rowP + k]!
    const y = a[rowQ + k]!
    a[rowP + k] = c * x - s * y
    a[rowQ + k] = s * x + c * y
    const left = v[rowP + k]!
    const right = v[rowQ + k]!
    v[rowP + k] = c * left - s * right
    v[rowQ + k] = s * left + c * right
  }
  a[rowP + p] = app
  a[rowQ + q] = aqq
  a[rowP + q] = 0
  a[rowQ + p] = 0
  for (let k = 0; k < size; k++) {
    a[k * size + p] = a[rowP + k]!
    a[k * size + q] = a[rowQ + k]!
  }
}

function sorted(a: Float64Array, v: Float64Array, size: number): SymmetricEigen {
  const order = Array.from({ length: size }, (_, k) => k).sort((x, y) => a[x * size + x]! - a[y * size + y]! || x - y)
  const vectors = new Float64Array(size * size)
  order.forEach((k, column) => {
    const vector = v.subarray(k * size, (k + 1) * size)
    const largest = vector.reduce((best, value) => (Math.abs(value) > Math.abs(best) ? value : best), 0)
    for (let row = 0; row < size; row++) vectors[row * size + column] = largest < 0 ? -vector[row]! : vector[row]!
  })
  return { values: Float64Array.from(order, (k) => a[k * size + k]!), vectors: { size, values: vectors } }
}
