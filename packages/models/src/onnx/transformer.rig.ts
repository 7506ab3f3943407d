import { createRandom } from '@astertrade/core'
import type { OnnxConstant, OnnxGraph, OnnxNode } from './onnxGraph.js'

/** Sizes of a small transformer. */
export interface TransformerOptions {
  readonly words: number
  readonly width: number
  readonly heads: number
  readonly layers: number
  /** Longest text; also the only one where `length` is `fixed`. */
  readonly lengthMax: number
  readonly length: 'free' | 'fixed'
  readonly classes: number
}

/**
 * An encoder as BERT's: embeddings of words, places and types, layers of masked attention and of a GELU network, each with its sum and
 * norm, and a class for the first piece. Its weights are drawn at random.
 */
export function transformer(options: TransformerOptions): OnnxGraph {
  const { words, width, layers, lengthMax, length, classes } = options
  const constants: OnnxConstant[] = []
  const nodes: OnnxNode[] = []
  const random = createRandom(7).stream('transformer')
  const drawn = (name: string, shape: readonly number[], scale: number): void => {
    const count = shape.reduce((product, size) => product * size, 1)
    constants.push({ name, type: 'float', shape, values: Array.from({ length: count }, () => scale * random.normal()) })
  }
  const fixed = (name: string, values: readonly number[], shape: readonly number[] = [values.length]): void => {
    constants.push({ name, type: 'int64', shape, values })
  }
  const add = (
    operator: string,
    inputs: readonly string[],
    output: string,
    attributes: OnnxNode['attributes'] = {},
  ) => {
    nodes.push({ operator, inputs, outputs: [output], attributes })
    return output
  }
  const build: Builder = { ...options, drawn, add }
  drawn('words', [words, width], 1)
  drawn('places', [lengthMax, width], 0.5)
  drawn('types', [2, width], 0.1)
  fixed('first', [0])
  fixed('second', [1])
  fixed('split', [0, 0, options.heads, width / options.heads])
  fixed('join', [0, 0, width])
  fixed('axes', [1, 2])
  fixed('start', [0], [])
  constants.push(
    { name: 'one', type: 'float', shape: [], values: [1] },
    { name: 'half', type: 'float', shape: [], values: [0.5] },
    { name: 'root', type: 'float', shape: [], values: [Math.SQRT2] },
    { name: 'hidden', type: 'float', shape: [], values: [-1e4] },
    { name: 'scale', type: 'float', shape: [], values: [1 / Math.sqrt(width / options.heads)] },
  )
  add('Shape', ['input_ids'], 'shape')
  add('Slice', ['places', 'first', add('Gather', ['shape', 'second'], 'long'), 'first'], 'placed')
  add('Add', [add('Gather', ['words', 'input_ids'], 'worded'), 'placed'], 'wordsPlaced')
  add('Add', ['wordsPlaced', add('Gather', ['types', 'token_type_ids'], 'typed')], 'embedded')
  add('Cast', ['attention_mask'], 'mask', { to: { kind: 'int', value: 1 } })
  add('Mul', [add('Sub', ['one', 'mask'], 'absent'), 'hidden'], 'away')
  add('Unsqueeze', ['away', 'axes'], 'away4')
  let state = normed(build, 'embedded', 'norm')
  for (let layer = 0; layer < layers; layer++) state = encoder(build, state, `layer${layer}`)
  add('Gather', [state, 'start'], 'summary', { axis: { kind: 'int', value: 1 } })
  linear(build, 'summary', { name: 'classes', outputs: classes, output: 'logits' })
  const size = length === 'free' ? 'length' : lengthMax
  const inputs = ['input_ids', 'attention_mask', 'token_type_ids'].map((name) => {
    return { name, type: 'int64' as const, shape: ['batch', size] }
  })
  const outputs = [{ name: 'logits', type: 'float' as const, shape: ['batch', classes] }]
  return { name: 'transformer', nodes, constants, inputs, outputs }
}

interface Builder extends TransformerOptions {
  readonly drawn: (name: string, shape: readonly number[], scale: number) => void
  readonly add: (
    operator: string,
    inputs: readonly string[],
    output: string,
    attributes?: OnnxNode['attributes'],
  ) => string
}

interface LinearOptions {
  readonly name: string
  readonly inputs?: number
  readonly outputs: number
  readonly output?: string
}

function linear({ drawn, add, width }: Builder, input: string, options: LinearOptions): string {
  const { name, inputs = width, outputs, output = `${name}.out` } = options
  drawn(`${name}.weight`, [inputs, outputs], 1 / Math.sqrt(inputs))
  drawn(`${name}.bias`, [outputs], 0.1)
  return add('Add', [add('MatMul', [input, `${name}.weight`], `${name}.product`), `${name}.bias`], output)
}

function normed({ drawn, add, width }: Builder, input: string, name: string): string {
  drawn(`${name}.gain`, [width], 1)
  drawn(`${name}.shift`, [width], 0.1)
  return add('LayerNormalization', [input, `${name}.gain`, `${name}.shift`], `${name}.normed`)
}

function encoder(build: Builder, input: string, name: string): string {
  const { add, width } = build
  const heads = (part: string, order: readonly number[]): string => {
    const whole = linear(build, input, { name: `${name}.${part}`, outputs: width })
    const apart = add('Reshape', [whole, 'split'], `${name}.${part}.apart`)
    return add('Transpose', [apart], `${name}.${part}.heads`, { perm: { kind: 'ints', value: order } })
  }
  const match = add('MatMul', [heads('query', [0, 2, 1, 3]), heads('key', [0, 2, 3, 1])], `${name}.match`)
  const scaled = add('Mul', [match, 'scale'], `${name}.scaled`)
  const shares = add('Softmax', [add('Add', [scaled, 'away4'], `${name}.masked`)], `${name}.shares`)
  const seen = add('MatMul', [shares, heads('value', [0, 2, 1, 3])], `${name}.seen`)
  const back = add('Transpose', [seen], `${name}.back`, { perm: { kind: 'ints', value: [0, 2, 1, 3] } })
  const joined = add('Reshape', [back, 'join'], `${name}.joined`)
  const attended = linear(build, joined, { name: `${name}.attended`, outputs: width })
  const middle = normed(build, add('Add', [input, attended], `${name}.sum`), `${name}.norm`)
  const wide = linear(build, middle, { name: `${name}.wide`, outputs: 4 * width })
  const error = add('Erf', [add('Div', [wide, 'root'], `${name}.part`)], `${name}.error`)
  const half = add('Mul', [wide, 'half'], `${name}.half`)
  const gelu = add('Mul', [half, add('Add', [error, 'one'], `${name}.gate`)], `${name}.gelu`)
  const narrow = linear(build, gelu, { name: `${name}.narrow`, inputs: 4 * width, outputs: width })
  return normed(build, add('Add', [middle, narrow], `${name}.end`), `${name}.last`)
}
