import { type SyncSession, syncSession } from '../syncSession.js'
import type { TreeEnsemble } from '../treeEnsemble.js'
import { checkTrees } from './checkTrees.js'
import { softmaxSingle } from './softmaxSingle.js'

/** Words of a packed node: feature or -1, threshold or value as float32, left, right. */
const nodeWords = 4

/**
 * Serves trees in plain JavaScript. Leaves are summed as doubles in the order of the trees and then rounded to float32.
 *
 * @throws ConfigError with code `BACKEND` if the trees are none.
 */
export function treeSession(trees: TreeEnsemble): SyncSession {
  checkTrees(trees)
  const { features, outputs, link, base, treeOutput } = trees
  const { words, singles } = pack(trees)
  const roots = trees.roots.map((root) => root * nodeWords)
  const sums = new Float64Array(outputs)
  const addRow = (x: Float32Array, from: number): void => {
    for (let o = 0; o < outputs; o++) sums[o] = base[o]!
    for (let tree = 0; tree < roots.length; tree++) {
      let node = roots[tree]!
      for (let feature = words[node]!; feature >= 0; feature = words[node]!) {
        node = words[node + (x[from + feature]! <= singles[node + 1]! ? 2 : 3)]!
      }
      const output = treeOutput[tree]!
      sums[output] = sums[output]! + singles[node + 1]!
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

/** Nodes one after another, children as places of words. */
function pack({ feature, threshold, left, right, value }: TreeEnsemble): { words: Int32Array; singles: Float32Array } {
  const words = new Int32Array(feature.length * nodeWords)
  const singles = new Float32Array(words.buffer)
  for (let node = 0; node < feature.length; node++) {
    const at = node * nodeWords
    const leaf = feature[node]! < 0
    words[at] = feature[node]!
    singles[at + 1] = leaf ? value[node]! : threshold[node]!
    words[at + 2] = left[node]! * nodeWords
    words[at + 3] = right[node]! * nodeWords
  }
  return { words, singles }
}
