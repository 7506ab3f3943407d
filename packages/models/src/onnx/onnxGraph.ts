import {
  bytesField,
  floatBytes,
  floatField,
  floatsField,
  integerField,
  integersField,
  joinFields,
  longBytes,
  type Message,
  messageField,
  textField,
} from './message.js'

/** A graph inside another, as the body of a Scan. */
export interface OnnxGraph {
  readonly name: string
  readonly nodes: readonly OnnxNode[]
  readonly constants: readonly OnnxConstant[]
  readonly inputs: readonly OnnxValue[]
  readonly outputs: readonly OnnxValue[]
}

/** An input or output: a name and a shape, where text stands for a length known at run time. */
export interface OnnxValue {
  readonly name: string
  readonly type: 'float' | 'int64'
  readonly shape: readonly (number | string)[]
}

/** A tensor in the file. */
export interface OnnxConstant {
  readonly name: string
  readonly type: 'float' | 'int64'
  readonly shape: readonly number[]
  readonly values: ArrayLike<number>
}

/** Value of an attribute; the kind says how numbers are written. */
export type OnnxAttribute =
  | { readonly kind: 'float'; readonly value: number }
  | { readonly kind: 'int'; readonly value: number }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'floats' | 'ints'; readonly value: ArrayLike<number> }
  | { readonly kind: 'strings'; readonly value: readonly string[] }
  | { readonly kind: 'graph'; readonly value: OnnxGraph }

/** One operator with what it reads and writes. */
export interface OnnxNode {
  readonly operator: string
  /** Empty for the standard operators, `ai.onnx.ml` for trees. */
  readonly domain?: string
  readonly inputs: readonly string[]
  readonly outputs: readonly string[]
  readonly attributes?: Readonly<Record<string, OnnxAttribute>>
}

/** Version of the file format that opset 17 came with. */
const irVersion = 8
/** Version of the standard operators that is written. */
export const opsetVersion = 17
/** Version of the operators for trees that is written. */
export const treeOpsetVersion = 3
/** Domain of the operators for trees. */
export const treeDomain = 'ai.onnx.ml'
/** Numbers by which the format names the types of tensors. */
const elementTypes = { float: 1, int64: 7 } as const

/** The bytes of an ONNX file with one graph. */
export function encodeGraph(graph: OnnxGraph): Uint8Array {
  const domains: readonly (readonly [string, number])[] = [
    ['', opsetVersion],
    ...(graph.nodes.some(({ domain }) => domain === treeDomain) ? [[treeDomain, treeOpsetVersion] as const] : []),
  ]
  return joinFields([
    integerField(1, irVersion),
    textField(2, 'AsterAI'),
    messageField(7, graphMessage(graph)),
    ...domains.map(([domain, version]) => messageField(8, [textField(1, domain), integerField(2, version)])),
  ])
}

function graphMessage({ name, nodes, constants, inputs, outputs }: OnnxGraph): Message {
  return [
    ...nodes.map((node) => messageField(1, nodeMessage(node))),
    textField(2, name),
    ...constants.map((constant) => messageField(5, constantMessage(constant))),
    ...inputs.map((value) => messageField(11, valueMessage(value))),
    ...outputs.map((value) => messageField(12, valueMessage(value))),
  ]
}

function nodeMessage({ operator, domain = '', inputs, outputs, attributes = {} }: OnnxNode): Message {
  return [
    ...inputs.map((name) => textField(1, name)),
    ...outputs.map((name) => textField(2, name)),
    // Named after what it gives, so that a profile tells which node ran where.
    textField(3, outputs[0]!),
    textField(4, operator),
    ...Object.entries(attributes).map(([name, attribute]) => messageField(5, attributeMessage(name, attribute))),
    textField(7, domain),
  ]
}

function attributeMessage(name: string, attribute: OnnxAttribute): Message {
  const head = textField(1, name)
  switch (attribute.kind) {
    case 'float':
      return [head, floatField(2, attribute.value), integerField(20, 1)]
    case 'int':
      return [head, integerField(3, attribute.value), integerField(20, 2)]
    case 'string':
      return [head, textField(4, attribute.value), integerField(20, 3)]
    case 'graph':
      return [head, messageField(6, graphMessage(attribute.value)), integerField(20, 5)]
    case 'floats':
      return [head, floatsField(7, attribute.value), integerField(20, 6)]
    case 'ints':
      return [head, integersField(8, attribute.value), integerField(20, 7)]
    case 'strings':
      return [head, ...attribute.value.map((text) => textField(9, text)), integerField(20, 8)]
  }
}

function constantMessage({ name, type, shape, values }: OnnxConstant): Message {
  const raw = type === 'float' ? floatBytes(values) : longBytes(values)
  return [integersField(1, shape), integerField(2, elementTypes[type]), textField(8, name), bytesField(9, raw)]
}

function valueMessage({ name, type, shape }: OnnxValue): Message {
  const sizes = shape.map((size) =>
    messageField(1, [typeof size === 'number' ? integerField(1, size) : textField(2, size)]),
  )
  const tensor = [integerField(1, elementTypes[type]), messageField(2, sizes)]
  return [textField(1, name), messageField(2, [messageField(1, tensor)])]
}
