import { findBestSplit, type Split, type SplitLimits } from './bestSplit.js'
import { type Histograms, subtractHistogram } from './histogram.js'

/** A tree in the order its nodes were made, the root first; a leaf has feature -1. */
export interface GrownTree {
  readonly feature: number[]
  /** Last bin that goes left. */
  readonly bin: number[]
  readonly left: number[]
  readonly right: number[]
  /** Value of a leaf, as float32, shrunk by the learning rate. */
  readonly value: number[]
}

/** What shapes a tree. */
export interface TreeShape extends SplitLimits {
  readonly depth: number
  readonly learningRate: number
}

/** Grows trees over one set of training rows, with memory that is used again for each. */
export interface TreeGrower {
  /**
   * Grows a tree on the gradients and hessians of the training rows, each by row of the matrix, and adds its leaves to the
   * scores of those rows.
   */
  grow(gradients: Float32Array, hessians: Float32Array, scores: Float64Array): GrownTree
}

/** What a grower works on. */
export interface GrowerInput {
  /** With the bins of all rows, and as many histograms as `histogramsAtOnce` says. */
  readonly histograms: Histograms
  readonly rows: number
  readonly edges: readonly Float32Array[]
  readonly train: Int32Array
}

/** Histograms in use at once: one waiting at each depth, and the two of a split. */
export function histogramsAtOnce(depth: number): number {
  return depth + 2
}

interface Node {
  readonly from: number
  readonly to: number
  readonly depth: number
  readonly gradient: number
  readonly hessian: number
}

/** Starts a grower. */
export function createTreeGrower({ histograms, rows, edges, train }: GrowerInput, shape: TreeShape): TreeGrower {
  const { bins, order, slopes, all } = histograms
  const spare = new Int32Array(train.length)
  const free = Array.from(all, (_, index) => index)
  const split: Split = { column: -1, bin: 0, gain: 0, gradient: 0, hessian: 0 }
  let gradientOf: Float32Array
  let hessianOf: Float32Array
  let scoreOf: Float64Array
  let tree: GrownTree

  const histogramOf = ({ from, to }: Node): number => {
    for (let index = from, at = 0; index < to; index++, at += 2) {
      const row = order[index]!
      slopes[at] = gradientOf[row]!
      slopes[at + 1] = hessianOf[row]!
    }
    const histogram = free.pop()!
    histograms.sum(from, to - from, histogram)
    return histogram
  }
  const isSplittable = ({ depth, hessian }: Node): boolean =>
    depth < shape.depth && hessian >= 2 * shape.childWeightMin && edges.length > 0

  const leaf = ({ from, to, gradient, hessian }: Node): number => {
    const value = hessian + shape.l2 > 0 ? Math.fround((-shape.learningRate * gradient) / (hessian + shape.l2)) : 0
    for (let index = from; index < to; index++) scoreOf[order[index]!]! += value
    return push(tree, -1, 0, value)
  }

  /** Grows below a node whose histogram, if it has one, is given back to the pool. */
  const grow = (node: Node, histogram: number | undefined): number => {
    if (histogram === undefined) return leaf(node)
    findBestSplit(all[histogram]!, edges, node, shape, split)
    if (split.column === -1) {
      free.push(histogram)
      return leaf(node)
    }
    const { from, to, depth } = node
    const { column, bin, gradient, hessian } = split
    const middle = partition(order, spare, from, to, { column: bins, at: column * rows, bin })
    const own = push(tree, column, bin, 0)
    const lower: Node = { from, to: middle, depth: depth + 1, gradient, hessian }
    const upper: Node = {
      from: middle,
      to,
      depth: depth + 1,
      gradient: node.gradient - gradient,
      hessian: node.hessian - hessian,
    }
    const [small, large] = middle - from <= to - middle ? [lower, upper] : [upper, lower]
    const histograms = share(small, large, histogram)
    tree.left[own] = grow(lower, small === lower ? histograms.small : histograms.large)
    tree.right[own] = grow(upper, small === upper ? histograms.small : histograms.large)
    return own
  }

  /** The rows of the smaller child are summed, those of the larger are what is left of the parent's. */
  const share = (small: Node, large: Node, parent: number): { readonly small?: number; readonly large?: number } => {
    if (!isSplittable(small) && !isSplittable(large)) {
      free.push(parent)
      return {}
    }
    const part = histogramOf(small)
    subtractHistogram(all[parent]!, all[part]!)
    const keep = (node: Node, histogram: number): number | undefined => {
      if (isSplittable(node)) return histogram
      free.push(histogram)
      return undefined
    }
    return { small: keep(small, part), large: keep(large, parent) }
  }

  return {
    grow(gradients, hessians, scores) {
      gradientOf = gradients
      hessianOf = hessians
      scoreOf = scores
      tree = { feature: [], bin: [], left: [], right: [], value: [] }
      order.set(train)
      let [gradient, hessian] = [0, 0]
      for (let index = 0; index < order.length; index++) {
        gradient += gradients[order[index]!]!
        hessian += hessians[order[index]!]!
      }
      const root: Node = { from: 0, to: order.length, depth: 0, gradient, hessian }
      grow(root, isSplittable(root) ? histogramOf(root) : undefined)
      return tree
    },
  }
}

function push(tree: GrownTree, feature: number, bin: number, value: number): number {
  tree.bin.push(bin)
  tree.left.push(-1)
  tree.right.push(-1)
  tree.value.push(value)
  return tree.feature.push(feature) - 1
}

/** Moves the rows of a node that go left before those that go right, both in their old order; returns where the right begin. */
function partition(
  order: Int32Array,
  spare: Int32Array,
  from: number,
  to: number,
  split: { readonly column: Uint8Array; readonly at: number; readonly bin: number },
): number {
  const { column, at, bin } = split
  let left = from
  let right = 0
  for (let index = from; index < to; index++) {
    const row = order[index]!
    if (column[at + row]! <= bin) order[left++] = row
    else spare[right++] = row
  }
  order.set(spare.subarray(0, right), left)
  return left
}
