import { describe, expect, it } from 'vitest'
import { jsSession } from '../backends/js/jsSession.js'
import { encodeGraph, type OnnxConstant, type OnnxGraph, type OnnxNode } from './onnxGraph.js'
import { onnxSession } from './onnxSession.js'
import { readOnnx } from './readOnnx.js'
import { gridRows, largestDifference, treesOf } from './servables.rig.js'
import { treeGraph } from './treeGraph.js'

const weights: OnnxConstant = { name: 'w', type: 'float', shape: [2, 3], values: [1, 2, 3, 4, 5, 6] }
const turned: OnnxConstant = { name: 't', type: 'float', shape: [3, 2], values: [1, 4, 2, 5, 3, 6] }
const bias: OnnxConstant = { name: 'b', type: 'float', shape: [3], values: [7, 8, 9] }

function graphOf(nodes: readonly OnnxNode[], changes: Partial<OnnxGraph> = {}): Uint8Array {
  return encodeGraph({
    name: 'g',
    nodes,
    constants: [weights, turned, bias],
    inputs: [{ name: 'x', type: 'float', shape: ['rows', 2] }],
    outputs: [{ name: nodes.at(-1)?.outputs[0] ?? 'y', type: 'float', shape: ['rows', 3] }],
    ...changes,
  })
}

const gemm: OnnxNode = { operator: 'Gemm', inputs: ['x', 'w', 'b'], outputs: ['s'] }
const layer = {
  inputs: 2,
  outputs: 3,
  activation: 'linear',
  weights: Float32Array.of(1, 2, 3, 4, 5, 6),
  bias: Float32Array.of(7, 8, 9),
}

describe('readOnnx', () => {
  it.each<[string, readonly OnnxNode[]]>([
    ['Gemm', [gemm]],
    [
      'Gemm with turned weights',
      [{ ...gemm, inputs: ['x', 't', 'b'], attributes: { transB: { kind: 'int', value: 1 } } }],
    ],
    [
      'MatMul and Add',
      [
        { operator: 'MatMul', inputs: ['x', 'w'], outputs: ['p'] },
        { operator: 'Add', inputs: ['p', 'b'], outputs: ['s'] },
      ],
    ],
    [
      'MatMul and Add the other way round, after Identity',
      [
        { operator: 'Identity', inputs: ['x'], outputs: ['i'] },
        { operator: 'MatMul', inputs: ['i', 'w'], outputs: ['p'] },
        { operator: 'Add', inputs: ['b', 'p'], outputs: ['s'] },
      ],
    ],
  ])('reads a layer of %s', (_, nodes) => {
    expect(readOnnx(graphOf(nodes))).toEqual({ kind: 'network', layers: [layer] })
  })

  it('reads Softmax over the last axis', () => {
    const softmax: OnnxNode = { operator: 'Softmax', inputs: ['s'], outputs: ['y'] }
    expect(readOnnx(graphOf([gemm, softmax]))).toEqual({
      kind: 'network',
      layers: [{ ...layer, activation: 'softmax' }],
    })
  })

  it.each<[string, Uint8Array, string]>([
    [
      'another operator',
      graphOf([{ operator: 'Sigmoid', inputs: ['x'], outputs: ['y'] }]),
      'it has the operator "Sigmoid"',
    ],
    [
      'an activation without a layer',
      graphOf([{ operator: 'Relu', inputs: ['x'], outputs: ['y'] }]),
      'Relu does not follow',
    ],
    ['no node', graphOf([], { outputs: [] }), 'it has not one input'],
    ['no layer', graphOf([{ operator: 'Identity', inputs: ['x'], outputs: ['y'] }]), 'it has no layer'],
    [
      'a branch',
      graphOf([gemm, { operator: 'Relu', inputs: ['x'], outputs: ['y'] }]),
      'which is not what stands before it',
    ],
    [
      'a scaled Gemm',
      graphOf([{ ...gemm, attributes: { alpha: { kind: 'float', value: 2 } } }]),
      'a Gemm scales or turns',
    ],
    [
      'an inner output',
      graphOf([gemm, { operator: 'Relu', inputs: ['s'], outputs: ['y'] }], {
        outputs: [{ name: 's', type: 'float', shape: [] }],
      }),
      'its output is not its last node',
    ],
    [
      'weights that do not fit',
      graphOf([{ ...gemm, inputs: ['x', 't', 'b'] }]),
      'a layer takes 3 numbers and is given 2',
    ],
    [
      'computed weights',
      graphOf([gemm, { operator: 'Gemm', inputs: ['s', 's'], outputs: ['y'] }]),
      '"s" is no float constant of 2 dimensions',
    ],
    [
      'an unknown width',
      graphOf([gemm], { inputs: [{ name: 'x', type: 'float', shape: ['rows', 'columns'] }] }),
      'no matrix of known width',
    ],
    [
      'Softmax over rows',
      graphOf([
        gemm,
        { operator: 'Softmax', inputs: ['s'], outputs: ['y'], attributes: { axis: { kind: 'int', value: 0 } } },
      ]),
      'Softmax does not follow',
    ],
    ['two biases', graphOf([gemm, { operator: 'Add', inputs: ['s', 'b'], outputs: ['y'] }]), 'a bias does not fit'],
  ])('does not read %s', (_, bytes, message) => {
    expect(() => readOnnx(bytes)).toThrow(message)
  })

  const graph = treeGraph(treesOf({ features: 2, outputs: 1, trees: 2, depth: 2, link: 'identity' }))
  const trees = (attributes: OnnxNode['attributes']): Uint8Array => {
    const node = graph.nodes[0]!
    return encodeGraph({ ...graph, nodes: [{ ...node, attributes: { ...node.attributes, ...attributes } }] })
  }
  const idsOf = (name: string): readonly number[] => [
    ...(graph.nodes[0]!.attributes![name] as unknown as { readonly value: readonly number[] }).value,
  ]

  it.each<[string, OnnxNode['attributes'], string]>([
    [
      'a mean of trees',
      { aggregate_function: { kind: 'string', value: 'AVERAGE' } },
      'its aggregate_function is "AVERAGE"',
    ],
    [
      'other branches',
      { nodes_modes: { kind: 'strings', value: idsOf('nodes_treeids').map(() => 'BRANCH_LT') } },
      'it has branches "BRANCH_LT"',
    ],
    [
      'columns of other lengths',
      { nodes_values: { kind: 'floats', value: [1] } },
      'its nodes have columns of different lengths',
    ],
    [
      'a node that leads nowhere',
      { nodes_truenodeids: { kind: 'ints', value: idsOf('nodes_truenodeids').map(() => 99) } },
      'a node leads nowhere',
    ],
    [
      'two ways to a node',
      { nodes_truenodeids: { kind: 'ints', value: idsOf('nodes_truenodeids').map(() => 0) } },
      'a node has two parents',
    ],
    [
      'a circle',
      { nodes_modes: { kind: 'strings', value: idsOf('nodes_treeids').map(() => 'BRANCH_LEQ') } },
      'its nodes form a circle',
    ],
    [
      'a leaf without a value',
      { target_nodeids: { kind: 'ints', value: idsOf('target_nodeids').map((id) => id + 50) } },
      'a leaf has no value',
    ],
    [
      'a leaf with two values',
      { target_nodeids: { kind: 'ints', value: idsOf('target_nodeids').map(() => 1) } },
      'a leaf adds to several outputs',
    ],
    [
      'missing values to the left',
      { nodes_missing_value_tracks_true: { kind: 'ints', value: [1] } },
      'it sends missing values to the left',
    ],
    [
      'an output that is not there',
      { n_targets: { kind: 'int', value: 1 }, target_ids: { kind: 'ints', value: idsOf('target_ids').map(() => 4) } },
      'Trees have an output of a tree "4" of 1.',
    ],
  ])('does not read trees with %s', (_, attributes, message) => {
    expect(() => readOnnx(trees(attributes))).toThrow(message)
  })

  const leafNames = ['treeids', 'nodeids', 'ids', 'weights'] as const
  const three = treesOf({ features: 2, outputs: 3, trees: 6, depth: 3, link: 'softmax' })
  /** The same trees as a classifier writes them, with a label beside the probabilities. */
  function classifierOf(changes: OnnxNode['attributes'] = {}, after: readonly OnnxNode[] = []): Uint8Array {
    const graph = treeGraph(three)
    const attributes = graph.nodes[0]!.attributes!
    const leaves = leafNames.map((name) => [`class_${name}`, attributes[`target_${name}`]!] as const)
    const own = Object.entries(attributes).filter(([name]) => name.startsWith('nodes_') || name === 'base_values')
    const node: OnnxNode = {
      ...graph.nodes[0]!,
      operator: 'TreeEnsembleClassifier',
      outputs: ['label', 'y'],
      attributes: {
        ...Object.fromEntries([...own, ...leaves]),
        classlabels_int64s: { kind: 'ints', value: [0, 1, 2] },
        post_transform: { kind: 'string', value: 'SOFTMAX' },
        ...changes,
      },
    }
    return encodeGraph({ ...graph, nodes: [node, ...after] })
  }

  it('reads a classifier of trees, with a cast of its label, as ONNX Runtime runs it', async () => {
    const bytes = classifierOf({}, [
      { operator: 'Cast', inputs: ['label'], outputs: ['side'], attributes: { to: { kind: 'int', value: 7 } } },
    ])
    expect(readOnnx(bytes)).toEqual(three)
    const x = gridRows(50, 2)
    const [out, expected] = [new Float32Array(150), new Float32Array(150)]
    jsSession(readOnnx(bytes)).runSync(x, 50, out)
    const session = await onnxSession({ bytes, provider: 'cpu' })
    await session.run(x, 50, expected)
    session.dispose()
    expect(largestDifference(out, expected)).toBeLessThan(1e-5)
  })

  it.each<[string, Uint8Array, string]>([
    [
      'two classes',
      classifierOf({ classlabels_int64s: { kind: 'ints', value: [0, 1] } }),
      'it classifies into 2 classes',
    ],
    [
      'another link',
      classifierOf({ post_transform: { kind: 'string', value: 'PROBIT' } }),
      'its post_transform is "PROBIT"',
    ],
    ['what follows', classifierOf({}, [{ operator: 'Relu', inputs: ['y'], outputs: ['z'] }]), 'Relu follows'],
  ])('does not read a classifier with %s', (_, bytes, message) => {
    expect(() => readOnnx(bytes)).toThrow(message)
  })
})
