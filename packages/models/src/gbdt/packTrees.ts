import type { TreeEnsemble } from '../backends/treeEnsemble.js'
import type { FeatureBins } from './featureBins.js'
import type { GrownTree } from './treeGrower.js'

/** What `packTrees` joins. */
export interface GrownForest {
  readonly trees: readonly GrownTree[]
  readonly bins: FeatureBins
  /** First score of each tree of a round. */
  readonly base: readonly number[]
}

/** Joins grown trees to one ensemble with a softmax; of two classes, class 0 has the score 0. */
export function packTrees({ trees, bins, base }: GrownForest): TreeEnsemble {
  const perRound = base.length
  const binary = perRound === 1
  const nodes = trees.reduce((sum, tree) => sum + tree.feature.length, 0)
  const packed: TreeEnsemble = {
    kind: 'trees',
    features: bins.edges.length,
    outputs: binary ? 2 : perRound,
    link: 'softmax',
    base: Float32Array.from(binary ? [0, base[0]!] : base),
    roots: new Int32Array(trees.length),
    treeOutput: Int32Array.from(trees, (_, index) => (binary ? 1 : index % perRound)),
    feature: new Int32Array(nodes),
    threshold: new Float32Array(nodes),
    left: new Int32Array(nodes),
    right: new Int32Array(nodes),
    value: new Float32Array(nodes),
  }
  let at = 0
  for (const [index, tree] of trees.entries()) {
    packed.roots[index] = at
    for (const [node, feature] of tree.feature.entries()) {
      const inner = feature !== -1
      packed.feature[at + node] = feature
      packed.threshold[at + node] = inner ? bins.edges[feature]![tree.bin[node]!]! : 0
      packed.left[at + node] = inner ? at + tree.left[node]! : -1
      packed.right[at + node] = inner ? at + tree.right[node]! : -1
      packed.value[at + node] = tree.value[node]!
    }
    at += tree.feature.length
  }
  return packed
}
