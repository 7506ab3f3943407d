import { DataError } from '@astertrade/core/data'

/** Cuts bytes that come in pieces into lines of text. */
export interface Lines {
  /** The lines that are complete now, without their ends. */
  push(bytes: Uint8Array): readonly string[]
  /** The last line, where the file does not end with a line end. */
  finish(): readonly string[]
}

/** Longest line, in characters: what is longer is no line of a recording. */
const lineLengthMax = 1_048_576

/**
 * Starts to cut a UTF-8 file; a byte order mark is skipped and `\r\n` is a line end too.
 *
 * @throws DataError with code `NOT_TEXT` if the bytes are not UTF-8, `LINE_TOO_LONG` beyond 1,048,576 characters.
 */
export function createLines(path: string): Lines {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let rest = ''
  const decode = (bytes?: Uint8Array): string => {
    try {
      return bytes ? decoder.decode(bytes, { stream: true }) : decoder.decode()
    } catch (cause) {
      throw new DataError(`File "${path}" is not UTF-8 text.`, { code: 'NOT_TEXT', file: path, cause })
    }
  }
  const cut = (text: string): readonly string[] => {
    const lines = `${rest}${text}`.split('\n')
    rest = lines.pop() as string
    if (rest.length > lineLengthMax || lines.some((line) => line.length > lineLengthMax)) {
      throw new DataError(`File "${path}" has a line of over ${lineLengthMax} characters.`, {
        code: 'LINE_TOO_LONG',
        file: path,
        hints: ['A recording has one event per line, each ended by a line feed.'],
      })
    }
    return lines.map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line))
  }
  return {
    push: (bytes) => cut(decode(bytes)),
    finish() {
      const lines = cut(`${decode()}\n`)
      return lines.at(-1) === '' ? lines.slice(0, -1) : lines
    },
  }
}
