import type { TreeEnsemble } from '../backends/treeEnsemble.js'
import { type OnnxAttribute, type OnnxGraph, treeDomain } from './onnxGraph.js'

interface TreeColumns {
  readonly tree: number[]
  readonly node: number[]
  readonly feature: number[]
  readonly threshold: number[]
  readonly mode: string[]
  readonly left: number[]
  readonly right: number[]
  readonly leafTree: number[]
  readonly leafNode: number[]
  readonly leafOutput: number[]
  readonly leafValue: number[]
}

/**
 * Trees as a graph from `x` to `y`: a TreeEnsembleRegressor with one target for each output, and a Softmax where the link asks.
 *
 * Thresholds are float32 on both sides and `BRANCH_LEQ` is `<=`, so no row takes another branch than in the original.
 */
export function treeGraph(trees: TreeEnsemble): OnnxGraph {
  const sums = trees.link === 'softmax' ? 'sums' : 'y'
  return {
    name: 'trees',
    nodes: [
      {
        operator: 'TreeEnsembleRegressor',
        domain: treeDomain,
        inputs: ['x'],
        outputs: [sums],
        attributes: treeAttributes(trees),
      },
      ...(trees.link === 'softmax'
        ? [
            {
              operator: 'Softmax',
              inputs: ['sums'],
              outputs: ['y'],
              attributes: { axis: { kind: 'int', value: 1 } as const },
            },
          ]
        : []),
    ],
    constants: [],
    inputs: [{ name: 'x', type: 'float', shape: ['rows', trees.features] }],
    outputs: [{ name: 'y', type: 'float', shape: ['rows', trees.outputs] }],
  }
}

function treeAttributes(trees: TreeEnsemble): Readonly<Record<string, OnnxAttribute>> {
  const columns = columnsOf(trees)
  const ints = (value: readonly number[]): OnnxAttribute => ({ kind: 'ints', value })
  return {
    n_targets: { kind: 'int', value: trees.outputs },
    base_values: { kind: 'floats', value: trees.base },
    aggregate_function: { kind: 'string', value: 'SUM' },
    post_transform: { kind: 'string', value: 'NONE' },
    nodes_treeids: ints(columns.tree),
    nodes_nodeids: ints(columns.node),
    nodes_featureids: ints(columns.feature),
    nodes_values: { kind: 'floats', value: columns.threshold },
    nodes_modes: { kind: 'strings', value: columns.mode },
    nodes_truenodeids: ints(columns.left),
    nodes_falsenodeids: ints(columns.right),
    target_treeids: ints(columns.leafTree),
    target_nodeids: ints(columns.leafNode),
    target_ids: ints(columns.leafOutput),
    target_weights: { kind: 'floats', value: columns.leafValue },
  }
}

function columnsOf(trees: TreeEnsemble): TreeColumns {
  const columns: TreeColumns = {
    tree: [],
    node: [],
    feature: [],
    threshold: [],
    mode: [],
    left: [],
    right: [],
    leafTree: [],
    leafNode: [],
    leafOutput: [],
    leafValue: [],
  }
  for (const [tree, root] of trees.roots.entries()) addTree(columns, trees, tree, root)
  return columns
}

/** Adds the nodes of one tree from its root on, parents before children; nodes are numbered from the root. */
function addTree(columns: TreeColumns, trees: TreeEnsemble, tree: number, root: number): void {
  const open = [root]
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    const leaf = trees.feature[node]! < 0
    columns.tree.push(tree)
    columns.node.push(node - root)
    columns.feature.push(leaf ? 0 : trees.feature[node]!)
    columns.threshold.push(leaf ? 0 : trees.threshold[node]!)
    columns.mode.push(leaf ? 'LEAF' : 'BRANCH_LEQ')
    columns.left.push(leaf ? 0 : trees.left[node]! - root)
    columns.right.push(leaf ? 0 : trees.right[node]! - root)
    if (leaf) {
      columns.leafTree.push(tree)
      columns.leafNode.push(node - root)
      columns.leafOutput.push(trees.treeOutput[tree]!)
      columns.leafValue.push(trees.value[node]!)
    } else open.push(trees.right[node]!, trees.left[node]!)
  }
}
