import { createRandom } from '@astertrade/core'
import type { Activation, DenseLayer, Network } from '../backends/network.js'
import type { TreeEnsemble, TreeLink } from '../backends/treeEnsemble.js'

/** A network of these sizes with weights drawn from the seed. */
export function networkOf(sizes: readonly number[], activations: readonly Activation[], seed = 1): Network {
  const random = createRandom(seed).stream('network')
  const draw = (length: number): Float32Array => Float32Array.from({ length }, () => random.uniform() * 2 - 1)
  const layers = activations.map((activation, index): DenseLayer => {
    const [inputs, outputs] = [sizes[index]!, sizes[index + 1]!]
    return { inputs, outputs, activation, weights: draw(inputs * outputs), bias: draw(outputs) }
  })
  return { kind: 'network', layers }
}

interface TreesOptions {
  readonly features: number
  readonly outputs: number
  readonly trees: number
  readonly depth: number
  readonly link: TreeLink
  readonly seed?: number
}

/** Random trees whose thresholds lie on a coarse grid, so that rows on a threshold occur. */
export function treesOf({ features, outputs, trees, depth, link, seed = 1 }: TreesOptions): TreeEnsemble {
  const random = createRandom(seed).stream('trees')
  const nodes: { feature: number; threshold: number; left: number; right: number; value: number }[] = []
  const grow = (level: number): number => {
    const place = nodes.length
    const leaf = level === depth || random.uniform() < 0.2
    nodes.push({ feature: -1, threshold: 0, left: 0, right: 0, value: Math.fround(random.uniform() - 0.5) })
    if (leaf) return place
    const feature = random.integer(0, features - 1)
    const threshold = random.integer(-3, 3) / 4
    const left = grow(level + 1)
    nodes[place] = { feature, threshold, left, right: grow(level + 1), value: 0 }
    return place
  }
  const roots = Int32Array.from({ length: trees }, () => grow(0))
  return {
    kind: 'trees',
    features,
    outputs,
    link,
    base: Float32Array.from({ length: outputs }, () => random.uniform()),
    roots,
    treeOutput: roots.map((_, tree) => tree % outputs),
    feature: Int32Array.from(nodes, (node) => node.feature),
    threshold: Float32Array.from(nodes, (node) => node.threshold),
    left: Int32Array.from(nodes, (node) => node.left),
    right: Int32Array.from(nodes, (node) => node.right),
    value: Float32Array.from(nodes, (node) => node.value),
  }
}

/** Rows on the same grid as the thresholds. */
export function gridRows(rows: number, columns: number, seed = 1): Float32Array {
  const random = createRandom(seed).stream('rows')
  return Float32Array.from({ length: rows * columns }, () => random.integer(-4, 4) / 4)
}

/** Largest difference of two arrays, times one over the larger of 1 and the size of the second. */
export function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let largest = a.length === b.length ? 0 : Number.POSITIVE_INFINITY
  for (let index = 0; index < a.length; index++) {
    const difference = Math.abs(a[index]! - b[index]!) / Math.max(1, Math.abs(b[index]!))
    // Asked this way round, NaN counts.
    if (!(difference <= largest)) largest = difference
  }
  return largest
}
