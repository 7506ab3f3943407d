import type { Dataset } from '../dataset.js'
import { fitOutlierGuard, type OutlierReference } from './outlierGuard.js'

/** Most rows that a guard is fitted on, and how many of them it keeps. */
const rowsMax = 5_000
const keep = 200

/**
 * A guard of the rows that a model learnt from, evenly spaced where there are many.
 *
 * @throws ConfigError with code `NO_ROWS` for fewer than 20 rows.
 */
export function datasetGuard({ features, rows, names }: Dataset, learnt: Int32Array): OutlierReference {
  const count = Math.min(learnt.length, rowsMax)
  const picked = Int32Array.from({ length: count }, (_, index) => learnt[Math.floor((index * learnt.length) / count)]!)
  const matrix = new Float32Array(names.length * count)
  for (let column = 0; column < names.length; column++) {
    for (let index = 0; index < count; index++)
      matrix[column * count + index] = features[column * rows + picked[index]!]!
  }
  return fitOutlierGuard({ features: matrix, rows: count, keep }).reference
}
