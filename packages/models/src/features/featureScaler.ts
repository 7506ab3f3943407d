import { ConfigError } from '@astertrade/core'

/** How columns are brought to one scale: `clip((x − centre) · factor)`; plain data. */
export interface FeatureScaler {
  readonly kind: 'standard' | 'quantile'
  readonly centre: readonly number[]
  /** One over the spread; 0 for a column that did not vary. */
  readonly factor: readonly number[]
}

/** What a scaler is fitted on. */
export interface ScalerInput {
  /** By column: `features[column * rows + row]`. */
  readonly features: Float32Array
  readonly rows: number
  readonly columns: number
  /** The rows of the training fold; no other row is looked at. */
  readonly train: Int32Array
  /**
   * Mean and standard deviation, or median and interquartile range, which outliers do not move (default `standard`). Where half of
   * a column is one value and its quartiles are the same, its deviation stands in for them.
   */
  readonly kind?: FeatureScaler['kind']
}

/** Largest size of a scaled value. */
export const scaledMax = 10
/** Interquartile range of a standard normal. */
const normalRange = 1.3489795003921634

/**
 * Fits a scaler on the rows of a training fold. There is no function that scales a whole series: what comes later would leak into
 * what was earlier.
 *
 * @throws ConfigError `NO_ROWS` if there is no training row, `BAD_DATASET` if one of them is none of the matrix or holds what is not
 * finite.
 * @example
 * const scaler = fitScaler({ features, rows, columns, train: fold.train })
 */
export function fitScaler({ features, rows, columns, train, kind = 'standard' }: ScalerInput): FeatureScaler {
  if (train.length === 0) throw new ConfigError('No row to fit a scaler on.', { code: 'NO_ROWS' })
  const centre: number[] = []
  const factor: number[] = []
  for (let column = 0; column < columns; column++) {
    const values = features.subarray(column * rows, (column + 1) * rows)
    checkColumn(values, train, column)
    const [middle, spread] = kind === 'standard' ? moments(values, train) : quartiles(values, train)
    centre.push(middle)
    factor.push(spread > 0 ? 1 / spread : 0)
  }
  return { kind, centre, factor }
}

function checkColumn(values: Float32Array, train: Int32Array, column: number): void {
  for (let index = 0; index < train.length; index++) {
    if (Number.isFinite(values[train[index]!])) continue
    throw new ConfigError(`Column ${column} of row ${train[index]} is "${values[train[index]!]}".`, {
      code: 'BAD_DATASET',
      hints: [`Training rows are from 0 to ${values.length - 1}, and their values finite.`],
    })
  }
}

function moments(values: Float32Array, train: Int32Array): readonly [number, number] {
  let [sum, squares] = [0, 0]
  for (let index = 0; index < train.length; index++) sum += values[train[index]!]!
  const mean = sum / train.length
  for (let index = 0; index < train.length; index++) {
    const gap = values[train[index]!]! - mean
    squares += gap * gap
  }
  const deviation = Math.sqrt(squares / train.length)
  // What is left of a constant column is rounding.
  return [mean, deviation > 1e-9 * Math.abs(mean) ? deviation : 0]
}

function quartiles(values: Float32Array, train: Int32Array): readonly [number, number] {
  const sorted = Float32Array.from(train, (row) => values[row]!).sort()
  const range = quantileOf(sorted, 0.75) - quantileOf(sorted, 0.25)
  return [quantileOf(sorted, 0.5), range > 0 ? range / normalRange : moments(values, train)[1]]
}

/** The quantile of ascending values, straight between neighbours. */
export function quantileOf(sorted: Float32Array, share: number): number {
  const place = share * (sorted.length - 1)
  const low = Math.floor(place)
  const high = Math.min(low + 1, sorted.length - 1)
  return sorted[low]! + (place - low) * (sorted[high]! - sorted[low]!)
}

/**
 * Scales one row; allocates nothing.
 *
 * @example
 * scaleRow({ kind: 'standard', centre: [10], factor: [0.5] }, Float64Array.of(12), out)
 * out[0] // => 1
 */
export function scaleRow({ centre, factor }: FeatureScaler, values: Float64Array, out: Float32Array): void {
  for (let column = 0; column < centre.length; column++) {
    out[column] = clip((values[column]! - centre[column]!) * factor[column]!)
  }
}

/**
 * Scales some rows of a matrix by column into one by row: `out[index * columns + column]` is row `list[index]`.
 *
 * @example
 * scaleRows({ kind: 'standard', centre: [10], factor: [0.5] }, Float32Array.of(8, 10, 12), 3, Int32Array.of(0, 2)) // => [-1, 1]
 */
export function scaleRows(
  { centre, factor }: FeatureScaler,
  features: Float32Array,
  rows: number,
  list: Int32Array,
): Float32Array {
  const columns = centre.length
  const out = new Float32Array(list.length * columns)
  for (let column = 0; column < columns; column++) {
    for (let index = 0; index < list.length; index++) {
      const value = features[column * rows + list[index]!]!
      out[index * columns + column] = clip((value - centre[column]!) * factor[column]!)
    }
  }
  return out
}

function clip(value: number): number {
  return Math.min(scaledMax, Math.max(-scaledMax, value))
}
