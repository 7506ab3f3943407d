import type { Servable } from '../backends/backend.js'
import { checkNetwork } from '../backends/checkNetwork.js'
import { checkTrees } from '../backends/js/checkTrees.js'
import type { Activation, DenseLayer } from '../backends/network.js'
import { allowedOnnx } from './inspectOnnx.js'
import { onnxError } from './onnxError.js'
import { treeDomain } from './onnxGraph.js'
import type { ParsedGraph, ParsedNode } from './parseOnnx.js'
import { readTrees } from './readTrees.js'

interface Pass {
  readonly layers: DenseLayer[]
  readonly graph: ParsedGraph
  /** Columns of the input. */
  readonly inputs: number
}

const activations: Readonly<Record<string, Activation>> = { Relu: 'relu', Tanh: 'tanh', Softmax: 'softmax' }

/**
 * Reads a feed-forward network or a tree ensemble out of an ONNX file, so that it is served by `wasmSession` and `jsSession`: at
 * once, without ONNX Runtime, and with the same bits everywhere.
 *
 * A network is a chain of Gemm, or MatMul and Add, with Relu, Tanh and a last Softmax; Identity, Dropout and Flatten are passed
 * over. Trees are one TreeEnsembleRegressor of sums, with a Softmax or without, or one TreeEnsembleClassifier of three or more classes.
 *
 * @throws ConfigError with code `ONNX` if the file is refused by `inspectOnnx` or holds anything else.
 */
export function readOnnx(bytes: Uint8Array): Servable {
  const { graph } = allowedOnnx(bytes)
  const constants = new Set(graph.constants.map(({ name }) => name))
  const inputs = graph.inputs.filter(({ name }) => !constants.has(name))
  const [input] = inputs
  if (inputs.length !== 1 || input === undefined || graph.nodes.length === 0) throw notRead('it has not one input')
  const width = input.shape[1]
  if (input.shape.length !== 2 || typeof width !== 'number') throw notRead('its input is no matrix of known width')
  const [first] = graph.nodes
  if (first?.domain === treeDomain && first.operator.startsWith('TreeEnsemble')) {
    const trees = readTrees(graph, width)
    checkTrees(trees)
    return trees
  }
  const network = { kind: 'network' as const, layers: readLayers({ layers: [], graph, inputs: width }, input.name) }
  checkNetwork(network)
  return network
}

function readLayers(pass: Pass, input: string): readonly DenseLayer[] {
  const { graph, layers } = pass
  let name = input
  for (const node of graph.nodes) {
    const data = node.operator === 'Add' && node.inputs[1] === name ? node.inputs[1] : node.inputs[0]
    if (data !== name) throw notRead(`${node.operator} takes "${node.inputs[0]}", which is not what stands before it`)
    addNode(pass, node, name)
    name = node.outputs[0]!
  }
  if (graph.outputs.length !== 1 || graph.outputs[0]!.name !== name) throw notRead('its output is not its last node')
  if (layers.length === 0) throw notRead('it has no layer')
  return layers
}

function addNode(pass: Pass, node: ParsedNode, data: string): void {
  const { layers, inputs } = pass
  const last = layers.at(-1)
  const activation = Object.hasOwn(activations, node.operator) ? activations[node.operator] : undefined
  if (activation !== undefined) {
    const axis = node.attributes.get('axis')?.integer ?? -1
    const across = activation !== 'softmax' || axis === -1 || axis === 1
    if (last?.activation !== 'linear' || !across) throw notRead(`${node.operator} does not follow a layer`)
    layers[layers.length - 1] = { ...last, activation }
    return
  }
  if (['Identity', 'Dropout', 'Flatten'].includes(node.operator)) return
  if (node.operator === 'Gemm') layers.push(readGemm(pass, node, last?.outputs ?? inputs))
  else if (node.operator === 'MatMul') layers.push(readProduct(pass, node, last?.outputs ?? inputs))
  else if (node.operator === 'Add' && last?.activation === 'linear') {
    layers[layers.length - 1] = { ...last, bias: addBias(pass, node, { last, data }) }
  } else throw notRead(`it has the operator "${node.operator}"`)
}

function readGemm(pass: Pass, node: ParsedNode, inputs: number): DenseLayer {
  const number = (name: string): number => node.attributes.get(name)?.float ?? 1
  const flag = (name: string): boolean => node.attributes.get(name)?.integer === 1
  if (number('alpha') !== 1 || number('beta') !== 1 || flag('transA')) throw notRead('a Gemm scales or turns its input')
  const { values, shape } = constantOf(pass, node.inputs[1], 2)
  const turned = flag('transB')
  const [rows, columns] = turned ? [shape[1]!, shape[0]!] : [shape[0]!, shape[1]!]
  if (rows !== inputs) throw notRead(`a layer takes ${rows} numbers and is given ${inputs}`)
  const bias = node.inputs[2] ? constantOf(pass, node.inputs[2], 1).values : new Float32Array(columns)
  const weights = turned ? transpose(values, { rows, columns }) : values
  return { inputs, outputs: columns, activation: 'linear', weights, bias }
}

function readProduct(pass: Pass, node: ParsedNode, inputs: number): DenseLayer {
  const { values, shape } = constantOf(pass, node.inputs[1], 2)
  if (shape[0] !== inputs) throw notRead(`a layer takes ${shape[0]} numbers and is given ${inputs}`)
  return { inputs, outputs: shape[1]!, activation: 'linear', weights: values, bias: new Float32Array(shape[1]!) }
}

function addBias(pass: Pass, node: ParsedNode, { last, data }: { last: DenseLayer; data: string }): Float32Array {
  const { values } = constantOf(pass, node.inputs[0] === data ? node.inputs[1] : node.inputs[0], 1)
  if (values.length !== last.outputs || last.bias.some((value) => value !== 0)) throw notRead('a bias does not fit')
  return values
}

function constantOf(
  { graph }: Pass,
  name: string | undefined,
  rank: number,
): { readonly values: Float32Array; readonly shape: readonly number[] } {
  const tensor = graph.constants.find((constant) => constant.name === name)
  if (tensor === undefined || tensor.type !== 1 || tensor.shape.length !== rank) {
    throw notRead(`"${name}" is no float constant of ${rank} dimensions`)
  }
  return { values: Float32Array.from(tensor.values()), shape: tensor.shape }
}

/** `rows` and `columns` are those of the result. */
function transpose(values: Float32Array, { rows, columns }: { rows: number; columns: number }): Float32Array {
  const turned = new Float32Array(values.length)
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) turned[row * columns + column] = values[column * rows + row]!
  }
  return turned
}

function notRead(problem: string): Error {
  return onnxError(`it cannot be read as a network or as trees, since ${problem}`)
}
