import type { NanPolicy } from './parameters.js'

/** The finite values of a column; the column itself where all are. */
export function withoutHoles(column: Float64Array): Float64Array {
  const { length } = column
  let index = firstHole(column)
  if (index === length) return column
  const values = new Float64Array(length)
  values.set(column.subarray(0, index))
  let count = index
  for (; index < length; index++) {
    const value = column[index]!
    if (value - value === 0) values[count++] = value
  }
  return values.subarray(0, count)
}

/** Index of the first value that is not finite, or the length. */
function firstHole(column: Float64Array): number {
  const { length } = column
  let index = 0
  while (index < length && column[index]! - column[index]! === 0) index++
  return index
}

/** Spreads what was computed without holes over the column again, with `NaN` in them or from one after a value on. */
export function withHoles(results: Float64Array, column: Float64Array, nan: NanPolicy, out: Float64Array): void {
  let count = 0
  let poisoned = false
  for (let index = 0; index < column.length; index++) {
    const finite = column[index]! - column[index]! === 0
    if (!finite && nan === 'propagate' && count > 0) poisoned = true
    out[index] = finite && !poisoned ? results[count]! : Number.NaN
    if (finite) count++
  }
}
