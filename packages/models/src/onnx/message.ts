/** Encoded fields of a protobuf message, one after another. */
export type Message = readonly Uint8Array[]

const wireVarint = 0
const wireBytes = 2
const wireFixed32 = 5
const encoder = new TextEncoder()

/** A whole number as a varint; a negative one takes ten bytes, as protobuf has it. */
export function integerField(field: number, value: number): Uint8Array {
  return Uint8Array.from([...varint(field * 8 + wireVarint), ...varint(value)])
}

/** A float in four bytes. */
export function floatField(field: number, value: number): Uint8Array {
  const bytes = new Uint8Array(5)
  bytes[0] = field * 8 + wireFixed32
  new DataView(bytes.buffer).setFloat32(1, value, true)
  return bytes
}

/** Text as UTF-8. */
export function textField(field: number, text: string): Uint8Array {
  return bytesField(field, encoder.encode(text))
}

/** A message inside another. */
export function messageField(field: number, message: Message): Uint8Array {
  return bytesField(field, joinFields(message))
}

/** Floats, packed. */
export function floatsField(field: number, values: ArrayLike<number>): Uint8Array {
  return bytesField(field, floatBytes(values))
}

/** Whole numbers, packed. */
export function integersField(field: number, values: ArrayLike<number>): Uint8Array {
  const bytes: number[] = []
  for (let index = 0; index < values.length; index++) for (const byte of varint(values[index]!)) bytes.push(byte)
  return bytesField(field, Uint8Array.from(bytes))
}

/** Raw bytes with their length. */
export function bytesField(field: number, data: Uint8Array): Uint8Array {
  const head = [...varint(field * 8 + wireBytes), ...varint(data.length)]
  const bytes = new Uint8Array(head.length + data.length)
  bytes.set(head)
  bytes.set(data, head.length)
  return bytes
}

/** The bytes of a message. */
export function joinFields(message: Message): Uint8Array {
  const bytes = new Uint8Array(message.reduce((sum, field) => sum + field.length, 0))
  let at = 0
  for (const field of message) {
    bytes.set(field, at)
    at += field.length
  }
  return bytes
}

/** Little-endian float32. */
export function floatBytes(values: ArrayLike<number>): Uint8Array {
  const bytes = new Uint8Array(values.length * 4)
  const view = new DataView(bytes.buffer)
  for (let index = 0; index < values.length; index++) view.setFloat32(index * 4, values[index]!, true)
  return bytes
}

/** Little-endian int64 of safe integers. */
export function longBytes(values: ArrayLike<number>): Uint8Array {
  const bytes = new Uint8Array(values.length * 8)
  const view = new DataView(bytes.buffer)
  for (let index = 0; index < values.length; index++) view.setBigInt64(index * 8, BigInt(values[index]!), true)
  return bytes
}

function varint(value: number): number[] {
  let left = BigInt.asUintN(64, BigInt(value))
  const bytes: number[] = []
  while (left > 0x7fn) {
    bytes.push(Number(left & 0x7fn) | 0x80)
    left >>= 7n
  }
  bytes.push(Number(left))
  return bytes
}
