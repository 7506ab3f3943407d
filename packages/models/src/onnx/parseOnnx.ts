import { type FieldsBy, fieldsBy, integerOf, messages, textOf } from './fieldsBy.js'
import { onnxError } from './onnxError.js'
import { onnxLimits } from './onnxLimits.js'
import { type ParseCounts, type ParsedTensor, parseTensor } from './parseTensor.js'
import { readFloats, readIntegers, readText, type WireField } from './readFields.js'

/** An attribute; what it does not have is empty. */
export interface ParsedAttribute {
  readonly type: number
  readonly float: number
  readonly integer: number
  readonly text: string
  readonly floats: readonly number[]
  readonly integers: readonly number[]
  readonly texts: readonly string[]
  readonly tensor: ParsedTensor | undefined
  readonly graph: ParsedGraph | undefined
}

/** A node. */
export interface ParsedNode {
  readonly operator: string
  readonly domain: string
  readonly inputs: readonly string[]
  readonly outputs: readonly string[]
  readonly attributes: ReadonlyMap<string, ParsedAttribute>
}

/** An input or output of a graph. */
export interface ParsedValue {
  readonly name: string
  /** `float`, `int64`, or the number of another type. */
  readonly type: string
  /** Lengths; text where one is known at run time only. */
  readonly shape: readonly (number | string)[]
}

/** A graph. */
export interface ParsedGraph {
  readonly nodes: readonly ParsedNode[]
  readonly constants: readonly ParsedTensor[]
  readonly inputs: readonly ParsedValue[]
  readonly outputs: readonly ParsedValue[]
}

/** A whole file. */
export interface ParsedOnnx {
  /** Version of each operator domain; the standard one is the empty name. */
  readonly opsets: ReadonlyMap<string, number>
  readonly graph: ParsedGraph
  readonly nodes: number
  readonly parameters: number
}

/**
 * Reads the structure of an ONNX file. Fields that are not known are refused, since a runtime might know them, and so are fields
 * written twice, which protobuf merges.
 *
 * @throws ConfigError with code `ONNX`.
 */
export function parseOnnx(bytes: Uint8Array): ParsedOnnx {
  if (bytes.length > onnxLimits.fileBytesMax) {
    throw onnxError(`it has ${bytes.length} bytes, more than ${onnxLimits.fileBytesMax}`)
  }
  const counts: ParseCounts = { nodes: 0, parameters: 0, attributeItems: 0 }
  const model = fieldsBy(bytes, 'the model', [1, 2, 3, 4, 5, 6, 7], [8, 14])
  const opsets = new Map<string, number>()
  for (const { bytes: opset } of messages(model, 8)) {
    const fields = fieldsBy(opset, 'an opset', [1, 2], [])
    const domain = textOf(fields, 1)
    const plain = domain === 'ai.onnx' ? '' : domain
    if (opsets.has(plain)) throw onnxError(`domain "${plain}" has two versions`)
    opsets.set(plain, integerOf(fields, 2))
  }
  const [graph] = messages(model, 7)
  if (graph === undefined) throw onnxError('it has no graph')
  const parsed = parseGraph(graph.bytes, 1, counts)
  return { opsets, graph: parsed, nodes: counts.nodes, parameters: counts.parameters }
}

function parseGraph(bytes: Uint8Array, depth: number, counts: ParseCounts): ParsedGraph {
  if (depth > onnxLimits.depthMax) throw onnxError(`its graphs are nested over ${onnxLimits.depthMax} deep`)
  const fields = fieldsBy(bytes, 'a graph', [2, 10], [1, 5, 11, 12, 13, 14, 16])
  const nodes = messages(fields, 1)
  counts.nodes += nodes.length
  if (counts.nodes > onnxLimits.nodesMax) throw onnxError(`it has over ${onnxLimits.nodesMax} nodes`)
  return {
    nodes: nodes.map((node) => parseNode(node.bytes, depth, counts)),
    constants: messages(fields, 5).map((tensor) => parseTensor(tensor.bytes, counts)),
    inputs: messages(fields, 11).map((value) => parseValue(value.bytes)),
    outputs: messages(fields, 12).map((value) => parseValue(value.bytes)),
  }
}

function parseNode(bytes: Uint8Array, depth: number, counts: ParseCounts): ParsedNode {
  const fields = fieldsBy(bytes, 'a node', [3, 4, 6, 7, 8], [1, 2, 5, 9])
  const domain = textOf(fields, 7)
  const attributes = new Map<string, ParsedAttribute>()
  for (const attribute of messages(fields, 5)) {
    const parts = fieldsBy(attribute.bytes, 'an attribute', [1, 2, 3, 4, 5, 6, 13, 20], [7, 8, 9])
    const name = textOf(parts, 1)
    if (attributes.has(name)) throw onnxError(`attribute "${name}" is given twice`)
    attributes.set(name, parseAttribute(parts, depth, counts))
  }
  return {
    operator: textOf(fields, 4),
    domain: domain === 'ai.onnx' ? '' : domain,
    inputs: messages(fields, 1).map(readText),
    outputs: messages(fields, 2).map(readText),
    attributes,
  }
}

function parseAttribute(fields: FieldsBy, depth: number, counts: ParseCounts): ParsedAttribute {
  const floats: number[] = []
  const integers: number[] = []
  const list = [...(fields.get(7) ?? []), ...(fields.get(8) ?? []), ...(fields.get(9) ?? [])]
  counts.attributeItems += list.reduce((sum, field) => sum + Math.max(1, field.bytes.length / 4), 0)
  if (counts.attributeItems > onnxLimits.attributeItemsMax) {
    throw onnxError(`its attributes hold over ${onnxLimits.attributeItemsMax} items`)
  }
  for (const field of fields.get(7) ?? []) readFloats(field, floats)
  for (const field of fields.get(8) ?? []) readIntegers(field, integers)
  const single: number[] = []
  for (const field of fields.get(2) ?? []) readFloats(field, single)
  const [tensor] = messages(fields, 5)
  const [graph] = messages(fields, 6)
  return {
    type: integerOf(fields, 20),
    float: single[0] ?? 0,
    integer: integerOf(fields, 3),
    text: textOf(fields, 4),
    floats,
    integers,
    texts: messages(fields, 9).map(readText),
    tensor: tensor && parseTensor(tensor.bytes, counts),
    graph: graph && parseGraph(graph.bytes, depth + 1, counts),
  }
}

function parseValue(bytes: Uint8Array): ParsedValue {
  const fields = fieldsBy(bytes, 'a value', [1, 2, 3], [4])
  const name = textOf(fields, 1)
  const [type] = messages(fields, 2)
  // The body of a Scan may leave types to be inferred.
  if (type === undefined) return { name, type: '', shape: [] }
  const [tensor] = messages(fieldsBy(type.bytes, `the type of "${name}"`, [1, 6], []), 1)
  if (tensor === undefined) throw onnxError(`"${name}" is no tensor`)
  const parts = fieldsBy(tensor.bytes, `the type of "${name}"`, [1, 2], [])
  const element = integerOf(parts, 1)
  const [shape] = messages(parts, 2)
  const sizes = shape ? messages(fieldsBy(shape.bytes, 'a shape', [], [1]), 1) : []
  return { name, type: { 1: 'float', 7: 'int64' }[element] ?? String(element), shape: sizes.map(parseSize) }
}

function parseSize({ bytes }: WireField): number | string {
  const fields = fieldsBy(bytes, 'a dimension', [1, 2, 3], [])
  return fields.has(1) ? integerOf(fields, 1) : textOf(fields, 2)
}
