import { type SyncSession, syncSession } from '../syncSession.js'
import type { TreeEnsemble } from '../treeEnsemble.js'
import { checkTrees } from './checkTrees.js'
import { softmaxSingle } from './softmaxSingle.js'

/** Trees walked side by side: a step down one waits for memory and comparison, and the steps of the others fill the time. */
const lanes = 4
/** Steps between two looks at whether all lanes have arrived; trees of usual depths are not looked at. */
const strideMask = 15

/**
 * Serves trees in plain JavaScript. Leaves are summed as doubles in the order of the trees and then rounded to float32.
 *
 * @throws ConfigError with code `BACKEND` if the trees are none.
 */
export function treeSession(trees: TreeEnsemble): SyncSession {
  checkTrees(trees)
  const { features, outputs, link, base, treeOutput, roots } = trees
  const packed = packNodes(trees)
  const walk = walker(packed, roots.length)
  const { value } = packed
  const sums = new Float64Array(outputs)
  const addRow = (x: Float32Array, from: number): void => {
    for (let o = 0; o < outputs; o++) sums[o] = base[o]!
    const leaves = walk(x, from)
    for (let tree = 0; tree < treeOutput.length; tree++) {
      const output = treeOutput[tree]!
      sums[output] = sums[output]! + value[leaves[tree]!]!
    }
  }
  return syncSession({
    backend: 'js',
    device: 'JavaScript',
    inputs: features,
    outputs,
    compute(x, rows, out) {
      for (let row = 0; row < rows; row++) {
        addRow(x, row * features)
        for (let o = 0; o < outputs; o++) out[row * outputs + o] = sums[o]!
        if (link === 'softmax') softmaxSingle(out, row * outputs, outputs)
      }
    },
  })
}

/** Nodes by place: first the roots, then the children of each inner node side by side. */
interface PackedNodes {
  readonly feature: Int32Array
  /** `NaN` for a leaf: nothing compares with it, so that a step from a leaf stays there. */
  readonly threshold: Float32Array
  /** Place of the right child, the left one just before it; of a leaf its own. */
  readonly right: Int32Array
  readonly value: Float32Array
  /** Steps to the deepest leaf of each tree. */
  readonly depth: Int32Array
}

/** A node with several parents is written once for each, and its children once, so the size stays within three times. */
function packNodes({ feature, threshold, left, right, value, roots }: TreeEnsemble): PackedNodes {
  const inner = feature.reduce((count, one) => count + (one < 0 ? 0 : 1), 0)
  const places = roots.length + 2 * inner
  const packed = {
    feature: new Int32Array(places),
    threshold: new Float32Array(places).fill(Number.NaN),
    right: Int32Array.from({ length: places }, (_, place) => place),
    value: new Float32Array(places),
  }
  const pairOf = new Int32Array(feature.length)
  const put = (node: number, place: number): void => {
    if (feature[node]! < 0) {
      packed.value[place] = value[node]!
      return
    }
    packed.feature[place] = feature[node]!
    packed.threshold[place] = threshold[node]!
    packed.right[place] = pairOf[node]! + 1
  }
  for (let node = 0, pair = roots.length; node < feature.length; node++) {
    pairOf[node] = pair
    if (feature[node]! >= 0) pair += 2
  }
  const below = new Int32Array(feature.length)
  // Children come after their parents.
  for (let node = feature.length - 1; node >= 0; node--) {
    if (feature[node]! < 0) continue
    put(left[node]!, pairOf[node]!)
    put(right[node]!, pairOf[node]! + 1)
    below[node] = 1 + Math.max(below[left[node]!]!, below[right[node]!]!)
  }
  for (const [tree, root] of roots.entries()) put(root, tree)
  return { ...packed, depth: Int32Array.from(roots, (root) => below[root]!) }
}

/** Finds the leaf of each tree. Steps are computed, not branched: where a row goes cannot be foreseen. */
function walker(
  { feature, threshold, right, depth }: PackedNodes,
  trees: number,
): (x: Float32Array, from: number) => Int32Array {
  const groups = Math.ceil(trees / lanes)
  const leaves = new Int32Array(groups * lanes)
  const steps = Int32Array.from({ length: groups }, (_, group) => {
    return depth.subarray(group * lanes, (group + 1) * lanes).reduce((most, one) => Math.max(most, one), 0)
  })
  const last = Math.max(0, trees - 1)
  return (x, from) => {
    for (let group = 0; group < groups; group++) {
      const tree = group * lanes
      // Lanes without a tree walk the last one once more.
      let [a, b, c, d] = [tree, Math.min(tree + 1, last), Math.min(tree + 2, last), Math.min(tree + 3, last)]
      for (let step = steps[group]!; step > 0; step--) {
        a = right[a]! - Number(x[from + feature[a]!]! <= threshold[a]!)
        b = right[b]! - Number(x[from + feature[b]!]! <= threshold[b]!)
        c = right[c]! - Number(x[from + feature[c]!]! <= threshold[c]!)
        d = right[d]! - Number(x[from + feature[d]!]! <= threshold[d]!)
        if ((step & strideMask) === 0 && right[a] === a && right[b] === b && right[c] === c && right[d] === d) break
      }
      leaves[tree] = a
      leaves[tree + 1] = b
      leaves[tree + 2] = c
      leaves[tree + 3] = d
    }
    return leaves
  }
}
