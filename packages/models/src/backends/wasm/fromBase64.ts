const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/** Bytes of a base64 text with its padding (RFC 4648, section 4). */
export function fromBase64(text: string): Uint8Array {
  const end = text.indexOf('=')
  const digits = end === -1 ? text : text.slice(0, end)
  const bytes = new Uint8Array(Math.floor((digits.length * 3) / 4))
  let [held, bits, at] = [0, 0, 0]
  for (const digit of digits) {
    held = ((held << 6) | alphabet.indexOf(digit)) & 0xffff
    bits += 6
    if (bits < 8) continue
    bits -= 8
    bytes[at++] = held >>> bits
  }
  return bytes
}
