import { checkText } from './fileErrors.js'

/** Keeps the part of a line that the next chunk goes on with. */
export interface Carry {
  /**
   * Gives all lines that a chunk completes to `read`, without a copy except for the first.
   *
   * @throws what `tooLong` makes if a line grows beyond 1 MiB; DataError `NOT_TEXT` if the first bytes are no text.
   */
  push(chunk: Uint8Array, read: (bytes: Uint8Array, from: number, to: number) => void, tooLong: () => Error): void
  /** What is left without a line end. */
  rest(): Uint8Array
}

const lineFeed = 10
/** Longest line, in bytes. */
const lineMax = 1_048_576
/** Bytes that tell a binary file from text. */
const headBytes = 4

/** Makes an empty carry for a file. */
export function createCarry(file: string | undefined): Carry {
  let kept = new Uint8Array(1_024)
  let length = 0
  let isChecked = false
  const keep = (bytes: Uint8Array): void => {
    if (length + bytes.length > kept.length) {
      const grown = new Uint8Array(Math.max(kept.length * 2, length + bytes.length))
      grown.set(kept.subarray(0, length))
      kept = grown
    }
    kept.set(bytes, length)
    length += bytes.length
  }
  const check = (bytes: Uint8Array): void => {
    checkText(bytes, file)
    isChecked = true
  }
  return {
    push(chunk, read, tooLong) {
      let from = 0
      if (!isChecked || length > 0) {
        const end = chunk.indexOf(lineFeed)
        from = end < 0 ? chunk.length : end + 1
        keep(chunk.subarray(0, from))
        if (!isChecked && (end >= 0 || length >= headBytes)) check(kept.subarray(0, length))
        if (length > lineMax) throw tooLong()
        if (end < 0) return
        read(kept, 0, length)
        length = 0
      }
      const to = chunk.lastIndexOf(lineFeed) + 1
      if (to > from) read(chunk, from, to)
      const left = chunk.subarray(Math.max(from, to))
      if (left.length > lineMax) throw tooLong()
      keep(left)
    },
    rest() {
      if (!isChecked) check(kept.subarray(0, length))
      return kept.subarray(0, length)
    },
  }
}
