import type { TreeEnsemble, TreeLink } from '../backends/treeEnsemble.js'
import { onnxError } from './onnxError.js'
import type { ParsedGraph, ParsedNode } from './parseOnnx.js'

interface NodeTable {
  readonly tree: readonly number[]
  readonly node: readonly number[]
  readonly feature: readonly number[]
  readonly threshold: readonly number[]
  readonly mode: readonly string[]
  readonly yes: readonly number[]
  readonly no: readonly number[]
  /** Row of the table by tree and node. */
  readonly rows: ReadonlyMap<string, number>
}

interface Leaf {
  readonly output: number
  readonly value: number
}

interface TreeHead {
  readonly outputs: number
  readonly link: TreeLink
  /** Attributes of leaves begin with it. */
  readonly leaves: 'target' | 'class'
}

type Attributes = ParsedNode['attributes']

/**
 * The trees of a graph that is a TreeEnsembleRegressor of sums and maybe a Softmax, or a TreeEnsembleClassifier of three or more
 * classes whose label is not asked for. A tree that adds to several outputs is refused.
 *
 * @throws ConfigError with code `ONNX`.
 */
export function readTrees(graph: ParsedGraph, features: number): TreeEnsemble {
  const node = graph.nodes[0]!
  const {
    outputs,
    link,
    leaves: part,
  } = node.operator === 'TreeEnsembleClassifier' ? classes(graph, node) : sums(graph, node)
  const table = tableOf(node.attributes)
  const leaves = leavesOf(node.attributes, part)
  const order = orderOf(table)
  const columns = { ...emptyColumns(order.rows.length), roots: Int32Array.from(order.roots) }
  fillColumns({ columns, order, table, leaves })
  const base = node.attributes.get('base_values')?.floats ?? []
  return {
    kind: 'trees',
    features,
    outputs,
    link,
    base: base.length > 0 ? Float32Array.from(base) : new Float32Array(outputs),
    treeOutput: Int32Array.from(order.roots, (_, tree) => outputOf({ order, table, leaves }, tree)),
    ...columns,
  }
}

function sums({ nodes, outputs: answers }: ParsedGraph, node: ParsedNode): TreeHead {
  const { attributes } = node
  const plain = { aggregate_function: 'SUM', post_transform: 'NONE' }
  for (const [name, value] of Object.entries(plain)) {
    const given = attributes.get(name)?.text || value
    if (given !== value) throw notRead(`its ${name} is "${given}"`)
  }
  const after = nodes[1]
  if (nodes.length > 2 || (after && after.operator !== 'Softmax')) throw notRead('more than a Softmax follows')
  if (after && after.inputs[0] !== node.outputs[0]) throw notRead('its Softmax is of something else')
  const axis = after?.attributes.get('axis')?.integer ?? -1
  if (axis !== 1 && axis !== -1) throw notRead(`its Softmax goes along axis ${axis}`)
  const last = (after ?? node).outputs[0]
  if (answers.length !== 1 || answers[0]!.name !== last) throw notRead('its output is not that of the last node')
  const outputs = attributes.get('n_targets')?.integer || 1
  return { outputs, link: after === undefined ? 'identity' : 'softmax', leaves: 'target' }
}

function classes({ nodes }: ParsedGraph, { attributes, outputs }: ParsedNode): TreeHead {
  const [label] = outputs
  const rest = nodes.slice(1).filter(({ operator, inputs }) => !(operator === 'Cast' && inputs[0] === label))
  if (rest.length > 0) throw notRead(`${rest[0]!.operator} follows`)
  const count = Math.max(
    attributes.get('classlabels_int64s')?.integers.length ?? 0,
    attributes.get('classlabels_strings')?.texts.length ?? 0,
  )
  // With two classes it depends on the signs of the weights what the numbers mean.
  if (count < 3) throw notRead(`it classifies into ${count} classes`)
  const link = attributes.get('post_transform')?.text || 'NONE'
  if (link !== 'NONE' && link !== 'SOFTMAX') throw notRead(`its post_transform is "${link}"`)
  return { outputs: count, link: link === 'NONE' ? 'identity' : 'softmax', leaves: 'class' }
}

function tableOf(attributes: Attributes): NodeTable {
  const integers = (name: string): readonly number[] => attributes.get(name)?.integers ?? []
  const [tree, node] = [integers('nodes_treeids'), integers('nodes_nodeids')]
  const table = {
    tree,
    node,
    feature: integers('nodes_featureids'),
    threshold: attributes.get('nodes_values')?.floats ?? [],
    mode: attributes.get('nodes_modes')?.texts ?? [],
    yes: integers('nodes_truenodeids'),
    no: integers('nodes_falsenodeids'),
    rows: new Map(tree.map((id, row) => [`${id} ${node[row]}`, row])),
  }
  const columns = [node, table.feature, table.threshold, table.mode, table.yes, table.no]
  if (columns.some(({ length }) => length !== tree.length)) throw notRead('its nodes have columns of different lengths')
  const foreign = table.mode.find((mode) => mode !== 'LEAF' && mode !== 'BRANCH_LEQ')
  if (foreign !== undefined) throw notRead(`it has branches "${foreign.slice(0, 20)}"`)
  if (table.feature.some((feature) => feature < 0)) throw notRead('a feature is negative')
  if ((attributes.get('nodes_missing_value_tracks_true')?.integers ?? []).some((flag) => flag !== 0)) {
    throw notRead('it sends missing values to the left')
  }
  return table
}

function leavesOf(attributes: Attributes, part: TreeHead['leaves']): ReadonlyMap<string, Leaf> {
  const integers = (name: string): readonly number[] => attributes.get(`${part}_${name}`)?.integers ?? []
  const [trees, nodes, outputs] = [integers('treeids'), integers('nodeids'), integers('ids')]
  const values = attributes.get(`${part}_weights`)?.floats ?? []
  const leaves = new Map<string, Leaf>()
  for (const [index, tree] of trees.entries()) {
    const key = `${tree} ${nodes[index]}`
    if (leaves.has(key)) throw notRead('a leaf adds to several outputs')
    leaves.set(key, { output: outputs[index] ?? -1, value: values[index] ?? Number.NaN })
  }
  return leaves
}

interface Order {
  /** Rows of the table, tree after tree, parents before their children. */
  readonly rows: readonly number[]
  /** Place of each tree's root in `rows`. */
  readonly roots: readonly number[]
  /** Place of each row of the table in `rows`. */
  readonly placeOf: ReadonlyMap<number, number>
}

function orderOf(table: NodeTable): Order {
  const order: number[] = []
  const roots: number[] = []
  const placeOf = new Map<number, number>()
  const children = new Set<number>()
  for (const row of table.tree.keys()) {
    if (table.mode[row] !== 'LEAF') for (const child of childrenOf(table, row)) children.add(child)
  }
  for (const row of table.tree.keys()) {
    if (children.has(row)) continue
    roots.push(order.length)
    const open = [row]
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (placeOf.has(next)) throw notRead('a node has two parents')
      placeOf.set(next, order.length)
      order.push(next)
      if (table.mode[next] !== 'LEAF') open.push(...[...childrenOf(table, next)].reverse())
    }
  }
  if (order.length !== table.tree.length) throw notRead('its nodes form a circle')
  return { rows: order, roots, placeOf }
}

function childrenOf({ tree, yes, no, rows }: NodeTable, row: number): readonly [number, number] {
  const [left, right] = [rows.get(`${tree[row]} ${yes[row]}`), rows.get(`${tree[row]} ${no[row]}`)]
  if (left === undefined || right === undefined) throw notRead('a node leads nowhere')
  return [left, right]
}

interface Trees {
  readonly order: Order
  readonly table: NodeTable
  readonly leaves: ReadonlyMap<string, Leaf>
}

/** The output that a tree adds to: that of its leaves, which must be one. */
function outputOf({ order, table, leaves }: Trees, tree: number): number {
  const rows = order.rows.slice(order.roots[tree], order.roots[tree + 1])
  const outputs = new Set(
    rows.filter((row) => table.mode[row] === 'LEAF').map((row) => leafOf(leaves, table, row).output),
  )
  if (outputs.size !== 1) throw notRead('a tree adds to several outputs')
  return [...outputs][0]!
}

function leafOf(leaves: ReadonlyMap<string, Leaf>, table: NodeTable, row: number): Leaf {
  const leaf = leaves.get(`${table.tree[row]} ${table.node[row]}`)
  if (leaf === undefined) throw notRead('a leaf has no value')
  return leaf
}

type NodeColumns = Pick<TreeEnsemble, 'feature' | 'threshold' | 'left' | 'right' | 'value'>

function emptyColumns(nodes: number): NodeColumns {
  return {
    feature: new Int32Array(nodes),
    threshold: new Float32Array(nodes),
    left: new Int32Array(nodes),
    right: new Int32Array(nodes),
    value: new Float32Array(nodes),
  }
}

function fillColumns({ columns, order, table, leaves }: Trees & { readonly columns: NodeColumns }): void {
  for (const [place, row] of order.rows.entries()) {
    if (table.mode[row] === 'LEAF') {
      columns.feature[place] = -1
      columns.value[place] = leafOf(leaves, table, row).value
      continue
    }
    const [left, right] = childrenOf(table, row)
    columns.feature[place] = table.feature[row]!
    columns.threshold[place] = table.threshold[row]!
    columns.left[place] = order.placeOf.get(left)!
    columns.right[place] = order.placeOf.get(right)!
  }
}

function notRead(problem: string): Error {
  return onnxError(`it cannot be read as trees, since ${problem}`)
}
