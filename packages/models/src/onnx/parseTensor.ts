import { type FieldsBy, fieldsBy, integerOf, messages, textOf } from './fieldsBy.js'
import { onnxError } from './onnxError.js'
import { onnxLimits } from './onnxLimits.js'
import { readFloats, readIntegers } from './readFields.js'

/** A tensor of a file. */
export interface ParsedTensor {
  readonly name: string
  readonly shape: readonly number[]
  /** Number by which the format names the type: 1 float32, 6 int32, 7 int64, 11 float64. */
  readonly type: number
  /** The numbers of float32, float64, int32 and int64 tensors; empty for others. */
  readonly values: () => Float32Array | Float64Array
  readonly length: number
}

/** What has been read so far, over all graphs. */
export interface ParseCounts {
  nodes: number
  parameters: number
  attributeItems: number
}

/** Bytes of one number by type; other types are refused. */
const widths: Readonly<Record<number, number>> = { 1: 4, 2: 1, 3: 1, 6: 4, 7: 8, 9: 1, 11: 8 }
const [float32, int32, int64, float64] = [1, 6, 7, 11]

/**
 * Reads a tensor whose numbers lie in the file; data in other files is refused, whatever their names.
 *
 * @throws ConfigError with code `ONNX`.
 */
export function parseTensor(bytes: Uint8Array, counts: ParseCounts): ParsedTensor {
  const fields = fieldsBy(bytes, 'a tensor', [2, 3, 8, 9, 12, 14], [1, 4, 5, 6, 7, 10, 11, 13])
  const name = textOf(fields, 8)
  if (fields.has(13) || integerOf(fields, 14) !== 0) throw onnxError(`tensor "${name}" keeps its data in another file`)
  const shape: number[] = []
  for (const field of fields.get(1) ?? []) readIntegers(field, shape)
  const length = lengthOf(name, shape)
  counts.parameters += length
  if (counts.parameters > onnxLimits.parametersMax) {
    throw onnxError(`it holds over ${onnxLimits.parametersMax} parameters`)
  }
  const type = integerOf(fields, 2)
  const width = widths[type]
  if (width === undefined) throw onnxError(`tensor "${name}" has type ${type}`)
  const [raw] = messages(fields, 9)
  if (raw !== undefined && raw.bytes.length !== length * width) {
    throw onnxError(`tensor "${name}" has ${raw.bytes.length} bytes for ${length} numbers`)
  }
  return { name, shape, type, length, values: () => numbersOf(name, fields, type, length) }
}

function lengthOf(name: string, shape: readonly number[]): number {
  if (shape.length > onnxLimits.rankMax) throw onnxError(`tensor "${name}" has ${shape.length} dimensions`)
  let product = 1
  for (const size of shape) {
    const fits = size >= 0 && size <= onnxLimits.parametersMax && product * size <= onnxLimits.parametersMax
    if (!fits) throw onnxError(`tensor "${name}" has the shape [${shape.join(', ')}]`)
    product *= size
  }
  return product
}

function numbersOf(name: string, fields: FieldsBy, type: number, length: number): Float32Array | Float64Array {
  const values = type === float32 ? new Float32Array(length) : new Float64Array(length)
  const [raw] = messages(fields, 9)
  if (raw === undefined) {
    const listed = listedNumbers(fields, type)
    if (listed.length !== length) throw onnxError(`tensor "${name}" has ${listed.length} of ${length} numbers`)
    values.set(listed)
    return values
  }
  const view = new DataView(raw.bytes.buffer, raw.bytes.byteOffset, raw.bytes.byteLength)
  for (let index = 0; index < length; index++) values[index] = rawNumber(view, type, index)
  return values
}

function rawNumber(view: DataView, type: number, index: number): number {
  if (type === float32) return view.getFloat32(index * 4, true)
  if (type === float64) return view.getFloat64(index * 8, true)
  if (type === int32) return view.getInt32(index * 4, true)
  if (type === int64) return Number(view.getBigInt64(index * 8, true))
  throw onnxError(`numbers of type ${type} are not read`)
}

function listedNumbers(fields: FieldsBy, type: number): readonly number[] {
  const numbers: number[] = []
  if (type === float32) for (const field of fields.get(4) ?? []) readFloats(field, numbers)
  else if (type === int64) for (const field of fields.get(7) ?? []) readIntegers(field, numbers)
  else if (type === int32) for (const field of fields.get(5) ?? []) readIntegers(field, numbers)
  return numbers
}
