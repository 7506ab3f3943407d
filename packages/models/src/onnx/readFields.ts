import { onnxError } from './onnxError.js'
import { onnxLimits } from './onnxLimits.js'

/** One field of a protobuf message, as it was written. */
export interface WireField {
  readonly field: number
  /** 0 for a varint, 1 for eight bytes, 2 for a length and bytes, 5 for four bytes. */
  readonly wire: number
  /** Value of a varint; large ones lose their last digits. */
  readonly integer: number
  /** The bytes of all other fields, not copied. */
  readonly bytes: Uint8Array
}

interface Varint {
  readonly value: number
  readonly next: number
}

const none = new Uint8Array(0)
const textMax = 10_000
const decoder = new TextDecoder('utf-8', { fatal: true })

/**
 * The fields of a message in their order.
 *
 * @throws ConfigError with code `ONNX` if the bytes are no message.
 */
export function readFields(bytes: Uint8Array): readonly WireField[] {
  const fields: WireField[] = []
  let at = 0
  while (at < bytes.length) {
    if (fields.length === onnxLimits.messageFieldsMax) {
      throw onnxError(`a message of it has over ${onnxLimits.messageFieldsMax} fields`)
    }
    const tag = readVarint(bytes, at)
    const field = Math.floor(tag.value / 8)
    const wire = tag.value % 8
    if (field < 1 || field > 0x1fffffff) throw onnxError(`at byte ${at} is no field`)
    at = tag.next
    if (wire === 0) {
      const { value, next } = readVarint(bytes, at)
      fields.push({ field, wire, integer: value, bytes: none })
      at = next
      continue
    }
    const length = lengthOf(bytes, at, wire)
    if (length.value > bytes.length - length.next) throw onnxError('it is cut short')
    at = length.next + length.value
    fields.push({ field, wire, integer: 0, bytes: bytes.subarray(length.next, at) })
  }
  return fields
}

function lengthOf(bytes: Uint8Array, at: number, wire: number): Varint {
  if (wire === 2) {
    const length = readVarint(bytes, at)
    if (length.value < 0) throw onnxError('a length is negative')
    return length
  }
  if (wire === 1) return { value: 8, next: at }
  if (wire === 5) return { value: 4, next: at }
  throw onnxError(`wire type ${wire} is none of protobuf's`)
}

/** Whole numbers of a repeated field, packed or one by one, appended. */
export function readIntegers({ wire, integer, bytes }: WireField, into: number[]): void {
  if (wire === 0) into.push(integer)
  else if (wire === 2) {
    for (let at = 0; at < bytes.length; ) {
      const { value, next } = readVarint(bytes, at)
      into.push(value)
      at = next
    }
  } else throw onnxError('a whole number has another type')
}

/** Floats of a repeated field, packed or one by one, appended. */
export function readFloats({ wire, bytes }: WireField, into: number[]): void {
  if ((wire !== 5 && wire !== 2) || bytes.length % 4 !== 0) throw onnxError('a float has another type')
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  for (let at = 0; at < bytes.length; at += 4) into.push(view.getFloat32(at, true))
}

/** Text of a field. */
export function readText({ wire, bytes }: WireField): string {
  if (wire !== 2 || bytes.length > textMax) throw onnxError('a name is none')
  try {
    return decoder.decode(bytes)
  } catch {
    throw onnxError('a name is no UTF-8')
  }
}

/** Seven bits a byte, lowest first, at most ten bytes; 64 bits as a signed number. */
function readVarint(bytes: Uint8Array, start: number): Varint {
  let low = 0
  let high = 0
  for (let index = 0; index < 10; index++) {
    const byte = bytes[start + index]
    if (byte === undefined) throw onnxError('it is cut short')
    const bits = byte & 0x7f
    if (index < 4) low += bits * 2 ** (7 * index)
    else if (index === 4) {
      low += (bits & 0x0f) * 2 ** 28
      high += bits >> 4
    } else high += bits * 2 ** (7 * index - 32)
    if (byte < 0x80) return { value: ((high % 2 ** 32) | 0) * 2 ** 32 + low, next: start + index + 1 }
  }
  throw onnxError('a number has over ten bytes')
}
