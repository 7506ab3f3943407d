import { ConfigError } from '@astertrade/core'
import { firstFlaw } from '../measures/firstFlaw.js'
import { matrixSizeMax, type SquareMatrix } from '../measures/squareMatrix.js'

/** What is subtracted from the count in the denominator: 1 for a sample (default), 0 for a whole population. */
export interface CovarianceOptions {
  readonly ddof?: 0 | 1
}

/**
 * Sample covariance of aligned series of returns, one column per asset. Exactly 0 for a series that is constant.
 *
 * @param columns - One series per asset, all of the same length.
 * @throws ConfigError `NO_DATA` for no columns or too few rows, `TOO_MANY` for over 500 columns, `LENGTH_MISMATCH` for
 * columns of different lengths, `NOT_FINITE` for a value that is no finite number.
 * @example
 * covariance([[1, 2, 3], [2, 4, 6]]) // => matrix [[1, 2], [2, 4]]
 */
export function covariance(columns: readonly ArrayLike<number>[], { ddof = 1 }: CovarianceOptions = {}): SquareMatrix {
  const rows = checkColumns(columns, ddof + 1)
  const centred = columns.map((column) => deviations(column))
  const size = columns.length
  const values = new Float64Array(size * size)
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      const element = dot(centred[i]!, centred[j]!) / (rows - ddof)
      values[i * size + j] = element
      values[j * size + i] = element
    }
  }
  return { size, values }
}

/** The deviations of values from their mean; exactly 0 where all are equal. */
export function deviations(values: ArrayLike<number>): Float64Array {
  const origin = values[0]!
  let sum = 0
  for (let i = 1; i < values.length; i++) sum += values[i]! - origin
  const shift = sum / values.length
  const out = new Float64Array(values.length)
  for (let i = 0; i < values.length; i++) out[i] = values[i]! - origin - shift
  return out
}

/** Sum of products, element by element. */
export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!
  return sum
}

/**
 * Checks that columns are aligned and finite; returns the number of rows.
 *
 * @throws ConfigError `NO_DATA`, `TOO_MANY`, `LENGTH_MISMATCH` or `NOT_FINITE`.
 */
export function checkColumns(columns: readonly ArrayLike<number>[], rowsMin: number): number {
  const rows = columns[0]?.length ?? 0
  if (rows < rowsMin) {
    throw new ConfigError(
      `${columns.length} columns of ${rows} rows are too few; at least ${rowsMin} rows are needed.`,
      {
        code: 'NO_DATA',
      },
    )
  }
  if (columns.length > matrixSizeMax) {
    throw new ConfigError(`${columns.length} columns are more than ${matrixSizeMax}.`, { code: 'TOO_MANY' })
  }
  for (const [index, column] of columns.entries()) {
    if (column.length !== rows) {
      throw new ConfigError(`Column ${index} has ${column.length} rows and the first has ${rows}.`, {
        code: 'LENGTH_MISMATCH',
        hints: ['scenarioMatrix aligns series by their times.'],
      })
    }
    const flaw = firstFlaw(column)
    if (flaw < 0) continue
    throw new ConfigError(`Row ${flaw} of column ${index} is "${column[flaw]}".`, { code: 'NOT_FINITE' })
  }
  return rows
}
