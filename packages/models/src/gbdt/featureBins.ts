/** Upper edges of the bins of each feature: a value lies in the first bin whose edge is not below it, or in the last. */
export interface FeatureBins {
  /** At most 255 ascending edges a feature; none for a constant feature. */
  readonly edges: readonly Float32Array[]
}

/** Rows of a matrix stored by column, and which of them count. */
export interface BinSource {
  /** `features[column * rows + row]`, finite. */
  readonly features: Float32Array
  readonly rows: number
  readonly columns: number
  /** Rows that the edges are made on: those of the training fold. */
  readonly train: Int32Array
}

/** Most rows whose values are sorted for the edges; of more, every n-th counts. */
const sampleMax = 200_000

/**
 * Bins of about equally many training rows each, at most `count` (≤ 256) a feature; few distinct values get a bin each.
 *
 * An edge is the float32 nearest to the middle between two values, as scikit-learn's histogram boosting cuts.
 */
export function makeFeatureBins({ features, rows, columns, train }: BinSource, count: number): FeatureBins {
  const step = Math.max(1, Math.ceil(train.length / sampleMax))
  const sample = new Float32Array(Math.ceil(train.length / step))
  const edges: Float32Array[] = []
  for (let column = 0; column < columns; column++) {
    for (let index = 0; index < sample.length; index++) {
      sample[index] = features[column * rows + train[index * step]!]!
    }
    edges.push(edgesOf(sample.sort(), count))
  }
  return { edges }
}

function edgesOf(sorted: Float32Array, count: number): Float32Array {
  const distinct = countDistinct(sorted)
  const edges: number[] = []
  const add = (low: number, high: number): void => {
    const middle = Math.fround((low + high) / 2)
    // Between neighbouring floats the middle rounds to one of them: it has to be the lower.
    const edge = middle < high ? middle : low
    if (high > low && edge !== edges.at(-1)) edges.push(edge)
  }
  if (distinct <= count) {
    for (let index = 1; index < sorted.length; index++) add(sorted[index - 1]!, sorted[index]!)
  } else {
    for (let bin = 1; bin < count; bin++) {
      const at = Math.floor((bin * sorted.length) / count)
      add(sorted[at - 1]!, next(sorted, at))
    }
  }
  return Float32Array.from(edges)
}

/** The first value from `at` on that is above the one before `at`, so that a run of equal values is never cut. */
function next(sorted: Float32Array, at: number): number {
  const value = sorted[at - 1]!
  let [low, high] = [at, sorted.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (sorted[middle]! > value) high = middle
    else low = middle + 1
  }
  return low < sorted.length ? sorted[low]! : value
}

function countDistinct(sorted: Float32Array): number {
  let distinct = 0
  for (let index = 0; index < sorted.length; index++) if (index === 0 || sorted[index]! > sorted[index - 1]!) distinct++
  return distinct
}

/** Writes the bin of every row, by column: `bins[column * rows + row]`. */
export function binRows(features: Float32Array, rows: number, { edges }: FeatureBins, bins: Uint8Array): void {
  for (let column = 0; column < edges.length; column++) {
    const cuts = edges[column]!
    if (cuts.length > 0) binColumn(features.subarray(column * rows, (column + 1) * rows), cuts, bins, column * rows)
  }
}

const cells = 1024

/**
 * Bins a column by way of a grid of equal cells between the outer edges, of which each knows its first edge: most searches end
 * before they begin. Cells follow the order of the values whatever the rounding, so the answer is that of a plain search.
 */
function binColumn(column: Float32Array, edges: Float32Array, bins: Uint8Array, at: number): void {
  const lowest = edges[0]!
  const scale = cells / Math.max(edges[edges.length - 1]! - lowest, Number.MIN_VALUE)
  const first = new Int32Array(cells + 2).fill(edges.length)
  for (let edge = edges.length - 1; edge >= 0; edge--) first[cellOf(edges[edge]!, lowest, scale)] = edge
  for (let cell = cells; cell >= 0; cell--) first[cell] = Math.min(first[cell]!, first[cell + 1]!)
  for (let row = 0; row < column.length; row++) {
    const value = column[row]!
    const cell = cellOf(value, lowest, scale)
    let low = first[cell]!
    let high = first[cell + 1]!
    while (low < high) {
      const middle = (low + high) >>> 1
      if (edges[middle]! < value) low = middle + 1
      else high = middle
    }
    bins[at + row] = low
  }
}

function cellOf(value: number, lowest: number, scale: number): number {
  const cell = (value - lowest) * scale
  return cell > 0 ? (cell < cells ? Math.trunc(cell) : cells) : 0
}
