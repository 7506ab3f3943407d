/**
 * Factors a symmetric positive definite matrix as `L Lᵀ`; undefined for one that is not positive definite, or nearly singular.
 *
 * @param matrix - `size * size` numbers by row; the lower triangle is read.
 * @returns `L` by row, with zeros above its diagonal.
 */
export function choleskyFactor(matrix: Float64Array, size: number): Float64Array | undefined {
  const factor = new Float64Array(size * size)
  for (let row = 0; row < size; row++) {
    for (let column = 0; column <= row; column++) {
      let sum = matrix[row * size + column]!
      for (let k = 0; k < column; k++) sum -= factor[row * size + k]! * factor[column * size + k]!
      if (column < row) {
        factor[row * size + column] = sum / factor[column * size + column]!
        continue
      }
      // What cancels to a few units in the last place is a pivot of rounding errors.
      if (!(sum > singular * matrix[row * size + row]!)) return undefined
      factor[row * size + row] = Math.sqrt(sum)
    }
  }
  return factor
}

const singular = 1e-13

/** Solves `L Lᵀ x = b` and writes `x` to `out`, which may be `b`. */
export function choleskySolve(
  factor: Float64Array,
  b: Float64Array,
  out: Float64Array = new Float64Array(b.length),
): Float64Array {
  const size = b.length
  for (let row = 0; row < size; row++) {
    let sum = b[row]!
    for (let k = 0; k < row; k++) sum -= factor[row * size + k]! * out[k]!
    out[row] = sum / factor[row * size + row]!
  }
  for (let row = size - 1; row >= 0; row--) {
    let sum = out[row]!
    for (let k = row + 1; k < size; k++) sum -= factor[k * size + row]! * out[k]!
    out[row] = sum / factor[row * size + row]!
  }
  return out
}

/** The inverse of `L Lᵀ` by row. */
export function choleskyInverse(factor: Float64Array, size: number): Float64Array {
  const inverse = new Float64Array(size * size)
  const unit = new Float64Array(size)
  for (let column = 0; column < size; column++) {
    unit.fill(0)
    unit[column] = 1
    choleskySolve(factor, unit, unit)
    for (let row = 0; row < size; row++) inverse[row * size + column] = unit[row]!
  }
  return inverse
}
