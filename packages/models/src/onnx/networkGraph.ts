import type { Activation, Network } from '../backends/network.js'
import type { OnnxConstant, OnnxGraph, OnnxNode } from './onnxGraph.js'

const operators: Readonly<Record<Exclude<Activation, 'linear'>, string>> = {
  relu: 'Relu',
  tanh: 'Tanh',
  softmax: 'Softmax',
}

/** A network as a graph from `x` to `y`: a Gemm for each layer, and its activation. */
export function networkGraph({ layers }: Network): OnnxGraph {
  const nodes: OnnxNode[] = []
  const constants: OnnxConstant[] = []
  let from = 'x'
  for (const [index, layer] of layers.entries()) {
    const { inputs, outputs, activation, weights, bias } = layer
    constants.push(
      { name: `weights.${index}`, type: 'float', shape: [inputs, outputs], values: weights },
      { name: `bias.${index}`, type: 'float', shape: [outputs], values: bias },
    )
    const to = index === layers.length - 1 ? 'y' : `layer.${index}`
    const sums = activation === 'linear' ? to : `sums.${index}`
    nodes.push({ operator: 'Gemm', inputs: [from, `weights.${index}`, `bias.${index}`], outputs: [sums] })
    if (activation !== 'linear') {
      const attributes: OnnxNode['attributes'] = activation === 'softmax' ? { axis: { kind: 'int', value: 1 } } : {}
      nodes.push({ operator: operators[activation], inputs: [sums], outputs: [to], attributes })
    }
    from = to
  }
  return {
    name: 'network',
    nodes,
    constants,
    inputs: [{ name: 'x', type: 'float', shape: ['rows', layers[0]!.inputs] }],
    outputs: [{ name: 'y', type: 'float', shape: ['rows', layers.at(-1)!.outputs] }],
  }
}
