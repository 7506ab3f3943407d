import { artifactError } from './artifactError.js'
import { fileLimits } from './fileLimits.js'

/** The numbers of a tensor, one row after another. */
export type TensorData = Float32Array | Float64Array | Int32Array | Uint8Array

/** A named array of numbers with its shape. */
export interface Tensor {
  /** Printable ASCII, such as `layer.0/weights`. */
  readonly name: string
  /** Length of each dimension; the empty shape holds one number. */
  readonly shape: readonly number[]
  readonly data: TensorData
}

type DataType = 'float32' | 'float64' | 'int32' | 'uint8'

interface Entry {
  readonly name: string
  readonly type: DataType
  readonly shape: readonly number[]
  readonly length: number
}

const types: readonly DataType[] = ['float32', 'float64', 'int32', 'uint8']
const widths: Readonly<Record<DataType, number>> = { float32: 4, float64: 8, int32: 4, uint8: 1 }
/** `ASTENSR1` in ASCII. */
const magic: readonly number[] = [0x41, 0x53, 0x54, 0x45, 0x4e, 0x53, 0x52, 0x31]
const nameMax = 200
const nameRule = /^[\x21-\x7e]+$/

/**
 * Packs tensors into bytes: little-endian, self-describing, the same bytes for the same tensors on any machine.
 *
 * Layout: the mark `ASTENSR1`, the number of tensors (u32), then for each its name (u8 length, ASCII), type (u8), rank (u8),
 * dimensions (u32 each) and numbers. Every NaN becomes the quiet NaN.
 *
 * @throws ConfigError with code `ARTIFACT` if a shape does not fit its data, a name is empty, not ASCII or taken, or a limit of
 * `fileLimits` is passed.
 * @example
 * encodeTensors([{ name: 'bias', shape: [2], data: Float32Array.of(1, 2) }]).length // => 31
 */
export function encodeTensors(tensors: readonly Tensor[]): Uint8Array {
  if (tensors.length > fileLimits.tensorsMax) throw tooMany(tensors.length)
  const entries = tensors.map(entryOf)
  requireDistinct(entries)
  requireParameters(entries)
  const size = entries.reduce((sum, entry) => sum + headBytes(entry) + entry.length * widths[entry.type], 12)
  if (size > fileLimits.fileBytesMax) throw tooLarge(size)
  const bytes = new Uint8Array(size)
  const view = new DataView(bytes.buffer)
  bytes.set(magic)
  view.setUint32(8, entries.length, true)
  let at = 12
  for (const [index, entry] of entries.entries()) {
    at = writeHead(view, at, entry)
    at = writeNumbers(view, at, entry.type, tensors[index]!.data)
  }
  return bytes
}

/**
 * Reads what `encodeTensors` made. Sizes are checked before memory is taken; the tensors are copies.
 *
 * @throws ConfigError with code `ARTIFACT` if the bytes are anything else: cut short, longer, changed, or over a limit.
 */
export function decodeTensors(bytes: Uint8Array): ReadonlyMap<string, Tensor> {
  if (bytes.length > fileLimits.fileBytesMax) throw tooLarge(bytes.length)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length < 12 || magic.some((byte, index) => bytes[index] !== byte)) {
    throw artifactError(`These ${bytes.length} bytes hold no tensors: they begin otherwise.`)
  }
  const count = view.getUint32(8, true)
  if (count > fileLimits.tensorsMax) throw tooMany(count)
  const tensors = new Map<string, Tensor>()
  let at = 12
  let parameters = 0
  for (let index = 0; index < count; index++) {
    const entry = readHead(view, at, index)
    at += headBytes(entry)
    parameters += entry.length
    if (parameters > fileLimits.parametersMax) throw tooManyNumbers()
    const width = entry.length * widths[entry.type]
    if (width > bytes.length - at) throw cutShort(bytes.length)
    if (tensors.has(entry.name)) throw artifactError(`Two tensors are named "${entry.name}".`)
    tensors.set(entry.name, { name: entry.name, shape: entry.shape, data: readNumbers(view, at, entry) })
    at += width
  }
  if (at !== bytes.length) throw artifactError(`After ${count} tensors ${bytes.length - at} bytes are left over.`)
  return tensors
}

function entryOf({ name, shape, data }: Tensor): Entry {
  if (name.length > nameMax || !nameRule.test(name)) {
    throw artifactError(`Tensor name ${JSON.stringify(name).slice(0, 120)} is not 1 to ${nameMax} characters of ASCII.`)
  }
  const length = elements(name, shape)
  if (length !== data.length) {
    throw artifactError(`Tensor "${name}" of shape [${shape.join(', ')}] holds ${data.length} numbers, not ${length}.`)
  }
  return { name, type: typeOf(data), shape, length }
}

function typeOf(data: TensorData): DataType {
  if (data instanceof Float32Array) return 'float32'
  if (data instanceof Float64Array) return 'float64'
  return data instanceof Int32Array ? 'int32' : 'uint8'
}

/** Product of a shape, refused before it can overflow. */
function elements(name: string, shape: readonly number[]): number {
  if (shape.length > fileLimits.rankMax) throw artifactError(`Tensor "${name}" has ${shape.length} dimensions.`)
  let product = 1
  for (const size of shape) {
    const fits = Number.isInteger(size) && size >= 0 && size <= fileLimits.parametersMax
    if (!fits || product * size > fileLimits.parametersMax) {
      throw artifactError(
        `Tensor "${name}" has the shape [${shape.join(', ')}]; at most ${fileLimits.parametersMax} numbers are read.`,
      )
    }
    product *= size
  }
  return product
}

function requireDistinct(entries: readonly Entry[]): void {
  const names = new Set<string>()
  for (const { name } of entries) {
    if (names.has(name)) throw artifactError(`Two tensors are named "${name}".`)
    names.add(name)
  }
}

function requireParameters(entries: readonly Entry[]): void {
  if (entries.reduce((sum, { length }) => sum + length, 0) > fileLimits.parametersMax) throw tooManyNumbers()
}

function headBytes({ name, shape }: Entry): number {
  return 1 + name.length + 1 + 1 + shape.length * 4
}

function writeHead(view: DataView, start: number, { name, type, shape }: Entry): number {
  let at = start
  view.setUint8(at++, name.length)
  for (let index = 0; index < name.length; index++) view.setUint8(at++, name.charCodeAt(index))
  view.setUint8(at++, types.indexOf(type))
  view.setUint8(at++, shape.length)
  for (const size of shape) {
    view.setUint32(at, size, true)
    at += 4
  }
  return at
}

function readHead(view: DataView, start: number, index: number): Entry {
  const left = view.byteLength - start
  const nameLength = left > 0 ? view.getUint8(start) : 0
  if (left < 3 + nameLength) throw cutShort(view.byteLength)
  let name = ''
  for (let at = start + 1; at <= start + nameLength; at++) name += String.fromCharCode(view.getUint8(at))
  if (nameLength > nameMax || !nameRule.test(name)) throw artifactError(`Tensor ${index} has no readable name.`)
  const type = types[view.getUint8(start + 1 + nameLength)]
  if (type === undefined) throw artifactError(`Tensor "${name}" has no known type.`)
  const rank = view.getUint8(start + 2 + nameLength)
  if (rank > fileLimits.rankMax) throw artifactError(`Tensor "${name}" has ${rank} dimensions.`)
  if (left < 3 + nameLength + rank * 4) throw cutShort(view.byteLength)
  const shape = Array.from({ length: rank }, (_, axis) => view.getUint32(start + 3 + nameLength + axis * 4, true))
  return { name, type, shape, length: elements(name, shape) }
}

function writeNumbers(view: DataView, start: number, type: DataType, data: TensorData): number {
  const width = widths[type]
  for (let index = 0, at = start; index < data.length; index++, at += width) {
    const value = data[index]!
    if (type === 'float32') {
      // Engines may store any NaN payload, so the quiet NaN is written by hand.
      if (Number.isNaN(value)) view.setUint32(at, 0x7fc00000, true)
      else view.setFloat32(at, value, true)
    } else if (type === 'float64') {
      if (Number.isNaN(value)) view.setBigUint64(at, 0x7ff8000000000000n, true)
      else view.setFloat64(at, value, true)
    } else if (type === 'int32') view.setInt32(at, value, true)
    else view.setUint8(at, value)
  }
  return start + data.length * width
}

function readNumbers(view: DataView, start: number, { type, length }: Entry): TensorData {
  switch (type) {
    case 'float32': {
      const data = new Float32Array(length)
      for (let index = 0; index < length; index++) data[index] = view.getFloat32(start + index * 4, true)
      return data
    }
    case 'float64': {
      const data = new Float64Array(length)
      for (let index = 0; index < length; index++) data[index] = view.getFloat64(start + index * 8, true)
      return data
    }
    case 'int32': {
      const data = new Int32Array(length)
      for (let index = 0; index < length; index++) data[index] = view.getInt32(start + index * 4, true)
      return data
    }
    default:
      return new Uint8Array(view.buffer, view.byteOffset + start, length).slice()
  }
}

function cutShort(length: number): Error {
  return artifactError(`The tensors are cut short after ${length} bytes.`)
}

function tooLarge(size: number): Error {
  return artifactError(`The tensors take ${size} bytes; at most ${fileLimits.fileBytesMax} are read.`)
}

function tooMany(count: number): Error {
  return artifactError(`The file holds ${count} tensors; at most ${fileLimits.tensorsMax} are read.`)
}

function tooManyNumbers(): Error {
  return artifactError(`The tensors hold over ${fileLimits.parametersMax} numbers together.`)
}
