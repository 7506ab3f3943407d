import { ConfigError } from '@astertrade/core'
import type { TreeEnsemble } from '../treeEnsemble.js'

/**
 * Checks that trees can be walked: columns of one length, children behind their parents and so without a circle, features and
 * outputs that exist, finite numbers.
 *
 * @throws ConfigError with code `BACKEND` if not.
 */
export function checkTrees(trees: TreeEnsemble): void {
  const { features, outputs, base, roots, treeOutput } = trees
  for (const [name, size] of [['features', features] as const, ['outputs', outputs] as const]) {
    if (!Number.isSafeInteger(size) || size < 1) throw wrong(`have "${size}" ${name}`)
  }
  if (base.length !== outputs) throw wrong(`have "${base.length}" bases for ${outputs} outputs`)
  if (treeOutput.length !== roots.length) throw wrong(`have "${treeOutput.length}" outputs for ${roots.length} trees`)
  if (!base.every(Number.isFinite)) throw wrong('have a base that is not finite')
  checkRange('a root', roots, trees.feature.length)
  checkRange('an output of a tree', treeOutput, outputs)
  checkNodes(trees)
}

function checkNodes({ features, feature, threshold, left, right, value }: TreeEnsemble): void {
  const nodes = feature.length
  for (const column of [threshold, left, right, value]) {
    if (column.length !== nodes) throw wrong(`have columns of "${column.length}" and ${nodes} nodes`)
  }
  for (let node = 0; node < nodes; node++) {
    if (feature[node]! < 0) {
      if (!Number.isFinite(value[node])) throw wrong(`have the value "${value[node]}" at node ${node}`)
      continue
    }
    if (feature[node]! >= features) throw wrong(`ask for feature "${feature[node]}" of ${features}`)
    if (Number.isNaN(threshold[node])) throw wrong(`have the threshold "NaN" at node ${node}`)
    for (const child of [left[node]!, right[node]!]) {
      if (!(child > node && child < nodes)) throw wrong(`lead from node ${node} to node "${child}" of ${nodes}`)
    }
  }
}

function checkRange(name: string, indices: Int32Array, end: number): void {
  const bad = indices.find((index) => !(index >= 0 && index < end))
  if (bad !== undefined) throw wrong(`have ${name} "${bad}" of ${end}`)
}

function wrong(what: string): ConfigError {
  return new ConfigError(`Trees ${what}.`, {
    code: 'BACKEND',
    hints: ['Children come after their parents, and an inner node has two.'],
  })
}
