/** Bins that each feature has room for. */
export const binsMax = 256
/** Numbers a feature takes in a histogram: gradient and hessian of each bin in turn. */
export const featureStride = 2 * binsMax

/** How much room histograms need. */
export interface HistogramSizes {
  readonly rows: number
  readonly columns: number
  /** Training rows. */
  readonly train: number
  /** Histograms that are in use at once. */
  readonly histograms: number
}

/** What histograms are summed from and into, in memory that is used again for each node. */
export interface Histograms {
  /** `bins[column * rows + row]`. */
  readonly bins: Uint8Array
  /** Training rows, those of one node side by side. */
  readonly order: Int32Array
  /** Gradient and hessian in turn of the rows of the node at hand. */
  readonly slopes: Float64Array
  /** `all[index][column * featureStride + 2 * bin]` is a sum of gradients, the number behind it one of hessians. */
  readonly all: readonly Float64Array[]
  /** Sums the slopes of `count` rows from `order[from]` on into a histogram; pair `i` belongs to `order[from + i]`. */
  sum(from: number, count: number, into: number): void
}

/** Takes a child's histogram off its parent's, which leaves that of the other child: `from -= part`. */
export function subtractHistogram(from: Float64Array, part: Float64Array): void {
  for (let index = 0; index < from.length; index++) from[index]! -= part[index]!
}
