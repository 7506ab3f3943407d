import { ConfigError } from '@astertrade/core'
import { sortedQuantile } from '@astertrade/core/stats'

/** What an outlier guard knows, as plain data for an artifact. */
export interface OutlierReference {
  readonly columns: number
  /** Row-major rows of training, each column less its mean over its standard deviation. */
  readonly rows: Float32Array
  readonly means: Float64Array
  readonly scales: Float64Array
  /** Mean distance between two of the rows. */
  readonly meanDistance: number
  /** Dissimilarity above which a row is an outlier. */
  readonly limit: number
}

/** Tells rows that are like those of training from those that are not. */
export interface OutlierGuard {
  readonly reference: OutlierReference
  /**
   * Distance to the nearest training row over their mean distance: 0 for a row seen in training; `NaN` for one with a value that is
   * no number. Allocates nothing.
   */
  dissimilarity(row: ArrayLike<number>): number
  /** True above the limit, and for what is no number. */
  isOutlier(row: ArrayLike<number>): boolean
}

/** What `fitOutlierGuard` takes. */
export interface FitOutlierGuardOptions {
  /** Training rows by column, as in a `Dataset`: `features[column * rows + row]`. */
  readonly features: ArrayLike<number>
  readonly rows: number
  /** Training rows kept (default 400). */
  readonly keep?: number
  /** Share of the training rows that is within the limit (default 0.99). */
  readonly within?: number
}

const defaults = { keep: 400, within: 0.99 } as const

/** Training rows whose dissimilarity is measured for the limit. */
const measuredMax = 2_000

/**
 * Makes a guard from training rows: it keeps some of them, evenly spaced, and finds the dissimilarity that 99 % of the others stay within.
 *
 * Dissimilarity index of Meyer and Pebesma (2021), Predicting into unknown space?, without weights of features. A column that never
 * changes in training is not looked at.
 *
 * @throws ConfigError with code `NO_ROWS` for fewer than 20 rows, with `BAD_ROWS` if a value is not finite or there is no whole number of rows,
 * and with `BAD_PARAMETER` if an option is out of range.
 * @example
 * const guard = fitOutlierGuard({ features: data.features, rows: data.rows })
 * guard.isOutlier(row) // => false
 */
export function fitOutlierGuard(options: FitOutlierGuardOptions): OutlierGuard {
  const { features, rows: count, keep, within } = { ...defaults, ...options }
  const columns = checkFeatures(options)
  if (!(Number.isInteger(keep) && keep >= 10 && keep <= 500 && within > 0.5 && within < 1)) {
    throw new ConfigError(`A guard that keeps "${keep}" rows with "${within}" within is out of range.`, {
      code: 'BAD_PARAMETER',
      hints: ['From 10 to 500 rows, and a share between 0.5 and 1.'],
    })
  }
  const { means, scales } = momentsOf(features, count)
  const kept = spaced(count, Math.min(keep, Math.floor(count / 2)))
  const rows = new Float32Array(kept.length * columns)
  for (const [place, row] of kept.entries()) {
    for (let column = 0; column < columns; column++) {
      rows[place * columns + column] = (features[column * count + row]! - means[column]!) * scales[column]!
    }
  }
  const open = outlierGuard({ columns, rows, means, scales, meanDistance: meanDistanceOf(rows, columns), limit: 0 })
  const isKept = new Set(kept)
  const others = Array.from({ length: count }, (_, row) => row).filter((row) => !isKept.has(row))
  const measured = spaced(others.length, Math.min(measuredMax, others.length)).map((place) => {
    const row = others[place]!
    return open.dissimilarity(Array.from({ length: columns }, (_, column) => features[column * count + row]!))
  })
  const limit = sortedQuantile(Float64Array.from(measured).sort(), within)
  return outlierGuard({ ...open.reference, limit })
}

/**
 * The guard of a reference that was kept, such as in an artifact.
 *
 * @example
 * const { reference } = fitOutlierGuard({ features: data.features, rows: data.rows })
 * outlierGuard(reference).isOutlier(row) // => false
 */
export function outlierGuard(reference: OutlierReference): OutlierGuard {
  const { columns, rows, means, scales, meanDistance, limit } = reference
  const scaled = new Float64Array(columns)
  const dissimilarity = (row: ArrayLike<number>): number => {
    for (let column = 0; column < columns; column++) {
      scaled[column] = (row[column]! - means[column]!) * scales[column]!
      if (!Number.isFinite(scaled[column]!)) return Number.NaN
    }
    return Math.sqrt(nearestSquare(rows, scaled)) / meanDistance
  }
  return { reference, dissimilarity, isOutlier: (row) => !(dissimilarity(row) <= limit) }
}

/** Squared distance to the nearest row; a row is left as soon as it is farther than the nearest so far. */
function nearestSquare(rows: Float32Array, point: Float64Array): number {
  const columns = point.length
  let nearest = Number.POSITIVE_INFINITY
  for (let from = 0; from < rows.length; from += columns) {
    let square = 0
    for (let column = 0; column < columns && square < nearest; column++) {
      const gap = rows[from + column]! - point[column]!
      square += gap * gap
    }
    if (square < nearest) nearest = square
  }
  return nearest
}

function meanDistanceOf(rows: Float32Array, columns: number): number {
  const count = rows.length / columns
  let sum = 0
  for (let a = 0; a < count; a++) {
    for (let b = 0; b < a; b++) {
      let square = 0
      for (let column = 0; column < columns; column++) {
        const gap = rows[a * columns + column]! - rows[b * columns + column]!
        square += gap * gap
      }
      sum += Math.sqrt(square)
    }
  }
  const pairs = (count * (count - 1)) / 2
  // Rows that are all alike have no distance to measure by.
  return sum > 0 ? sum / pairs : 1
}

function momentsOf(features: ArrayLike<number>, rows: number): { means: Float64Array; scales: Float64Array } {
  const columns = features.length / rows
  const [means, scales] = [new Float64Array(columns), new Float64Array(columns)]
  for (let column = 0; column < columns; column++) {
    let [sum, squares] = [0, 0]
    for (let at = column * rows; at < (column + 1) * rows; at++) sum += features[at]!
    const mean = sum / rows
    for (let at = column * rows; at < (column + 1) * rows; at++)
      squares += (features[at]! - mean) * (features[at]! - mean)
    means[column] = mean
    const deviation = Math.sqrt(squares / rows)
    // What is left of a constant column is rounding.
    scales[column] = deviation > 1e-9 * Math.abs(mean) ? 1 / deviation : 0
  }
  return { means, scales }
}

/** `count` indices below `from`, evenly spaced. */
function spaced(from: number, count: number): number[] {
  return Array.from({ length: count }, (_, place) => Math.floor(((place + 0.5) * from) / count))
}

function checkFeatures({ features, rows }: FitOutlierGuardOptions): number {
  const columns = features.length / rows
  if (!(Number.isInteger(rows) && rows >= rowsMin)) {
    throw new ConfigError(`${rows} rows are too few for a guard.`, { code: 'NO_ROWS', hints: [`At least ${rowsMin}.`] })
  }
  if (!Number.isInteger(columns) || columns < 1) {
    throw new ConfigError(`${features.length} values are no columns of ${rows} rows.`, { code: 'BAD_ROWS' })
  }
  for (let at = 0; at < features.length; at++) {
    if (Number.isFinite(features[at]!)) continue
    throw new ConfigError(`Row ${at % rows} of features holds "${features[at]}".`, {
      code: 'BAD_ROWS',
      hints: ['Leave out rows that are not finite numbers.'],
    })
  }
  return columns
}

const rowsMin = 20
