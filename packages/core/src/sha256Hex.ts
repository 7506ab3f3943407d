import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'

/**
 * SHA-256 of bytes, or of text as UTF-8, in lower-case hex: what `sha256sum` prints for a file of them.
 *
 * @example
 * sha256Hex('abc').slice(0, 8) // => 'ba7816bf'
 */
export function sha256Hex(data: Uint8Array | string): string {
  return bytesToHex(sha256(typeof data === 'string' ? utf8ToBytes(data) : data))
}
