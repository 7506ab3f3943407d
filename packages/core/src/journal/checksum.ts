/**
 * CRC-32 (IEEE 802.3) of ASCII text as eight hex digits; finds every change within 32 neighbouring bits.
 *
 * @example
 * checksum('123456789') // => 'cbf43926'
 */
export function checksum(text: string): string {
  let value = -1
  for (let index = 0; index < text.length; index++) {
    value = table[(value ^ text.charCodeAt(index)) & 255]! ^ (value >>> 8)
  }
  return (~value >>> 0).toString(16).padStart(8, '0')
}

const table = /* @__PURE__ */ Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1
  return value
})
