import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import { canonicalJson } from './canonicalJson.js'

/**
 * An incremental SHA-256 over canonical bytes: the same values give the same digest on every machine.
 *
 * Text, numbers and JSON are framed, so `text('ab')` and `text('a').text('b')` differ. Columns are raw, so that a column
 * hashed in pieces equals the column hashed whole; hash its length beside it where lengths may vary.
 */
export interface Hasher {
  /** Adds text. */
  text(value: string): Hasher
  /** Adds a double; `-0` counts as `0`, and every NaN is the same NaN. */
  number(value: number): Hasher
  /** Adds the values of a column as little-endian doubles, without a frame; zeros and NaN as in `number`. */
  column(values: Float64Array): Hasher
  /**
   * Adds plain data with its keys sorted.
   *
   * @throws ConfigError if the value is no plain data, see `canonicalJson`.
   */
  json(value: unknown): Hasher
  /** SHA-256 of everything so far in lower-case hex; more may be added afterwards. */
  digest(): string
}

const frameText = 1
const frameNumber = 2
const frameJson = 3
const blockValues = 1_024

/**
 * Starts a canonical hash.
 *
 * @example
 * createHasher().text('seed').number(1).digest().slice(0, 8) // => '5936e06c'
 */
export function createHasher(): Hasher {
  const sha = sha256.create()
  const block = new Uint8Array(blockValues * 8)
  const view = new DataView(block.buffer)
  const framed = (tag: number, text: string): void => {
    const bytes = utf8ToBytes(text)
    view.setUint8(0, tag)
    view.setUint32(1, bytes.length, true)
    sha.update(block.subarray(0, 5)).update(bytes)
  }
  const hasher: Hasher = {
    text(value) {
      // Quoted, since UTF-8 maps every lone surrogate to the same bytes and JSON escapes each.
      framed(frameText, JSON.stringify(value))
      return hasher
    },
    number(value) {
      view.setUint8(0, frameNumber)
      writeDouble(view, 1, value)
      sha.update(block.subarray(0, 9))
      return hasher
    },
    column(values) {
      for (let from = 0; from < values.length; from += blockValues) {
        const count = Math.min(blockValues, values.length - from)
        for (let index = 0; index < count; index++) writeDouble(view, index * 8, values[from + index]!)
        sha.update(block.subarray(0, count * 8))
      }
      return hasher
    },
    json(value) {
      framed(frameJson, canonicalJson(value))
      return hasher
    },
    digest: () => bytesToHex(sha.clone().digest()),
  }
  return hasher
}

function writeDouble(view: DataView, offset: number, value: number): void {
  if (Number.isNaN(value)) {
    // Engines may store any NaN payload, so the quiet NaN is written by hand.
    view.setUint32(offset, 0, true)
    view.setUint32(offset + 4, 0x7ff80000, true)
    return
  }
  view.setFloat64(offset, value + 0, true)
}
