import { ConfigError } from '../../errors.js'
import type { Duration } from '../../time.js'
import { DataError } from '../dataError.js'
import { describeIssue } from '../describeIssue.js'
import type { DataIssue } from '../issue.js'
import { placed } from './header.js'

const signatures: readonly (readonly [string, readonly number[], string])[] = [
  ['gzip', [0x1f, 0x8b], 'Decompress it first, as with gunzipSync of node:zlib.'],
  ['a zip archive', [0x50, 0x4b, 0x03, 0x04], 'Take the file out of the archive first.'],
  ['Zstandard', [0x28, 0xb5, 0x2f, 0xfd], 'Decompress it first.'],
  ['Parquet', [0x50, 0x41, 0x52, 0x31], 'Convert it to CSV first.'],
  ['UTF-16', [0xff, 0xfe], 'Save it as UTF-8.'],
  ['UTF-16', [0xfe, 0xff], 'Save it as UTF-8.'],
]

/** @throws DataError `NOT_TEXT` if the first bytes of a file are those of a binary format. */
export function checkText(bytes: Uint8Array, file: string | undefined): void {
  const signature = signatures.find(([, magic]) => magic.every((byte, index) => bytes[index] === byte))
  if (!signature && !bytes.subarray(0, 1_024).includes(0)) return
  const [format, , hint] = signature ?? ['binary', [], 'Give the bytes of a CSV text.']
  throw new DataError(`${named(file)} is ${format}, not text.`, { code: 'NOT_TEXT', file, line: 1, hints: [hint] })
}

/** The error for a file, or a stream, without any row that can be used. */
export function noRows(file: string | undefined, hasLayout: boolean, issues: readonly DataIssue[]): DataError {
  if (!hasLayout) {
    return new DataError(`${named(file)} is empty.`, {
      code: 'EMPTY_FILE',
      file,
      hints: ['Check that it was written whole: a header such as "time,open,high,low,close,volume", then rows.'],
    })
  }
  const first = issues.find((issue) => issue.level !== 'note')
  return new DataError(`${named(file)} has a header but no ${first ? 'usable ' : ''}row.`, {
    code: 'NO_ROWS',
    file,
    hints: first ? [`The first problem is: ${describeIssue(first)}`] : ['Check that it was written whole.'],
  })
}

export function noInterval(file: string | undefined): DataError {
  return new DataError(`The interval of ${named(file)} cannot be seen from a single row.`, {
    code: 'NO_INTERVAL',
    file,
    hints: ["Give it, as in interval: '1d'."],
  })
}

export function badInterval(file: string | undefined, step: Duration, interval: Duration): DataError {
  return new DataError(`Rows of ${named(file)} are ${step} ms apart, but the interval is ${interval} ms.`, {
    code: 'BAD_INTERVAL',
    file,
    value: String(interval),
    hints: ['Leave interval out, or give the length of one bar; resample makes longer bars.'],
  })
}

export function tooLong(file: string | undefined, line: number): DataError {
  return new DataError(`${placed(file, line)} is over 1 MiB long.`, {
    code: 'LINE_TOO_LONG',
    file,
    line,
    hints: ['Check that lines end with a line feed.'],
  })
}

export function carriageReturns(file: string | undefined, line: number): DataError {
  return new DataError(
    `${placed(file, line)} has carriage returns inside: the lines of ${named(file)} end with them alone.`,
    {
      code: 'NO_LINE_FEEDS',
      file,
      line,
      hints: ['Save the file with line feeds (LF or CRLF), the ends of lines of every system in use.'],
    },
  )
}

export function finished(file: string | undefined): ConfigError {
  return new ConfigError(`The reader of ${named(file)} has finished or thrown.`, {
    code: 'READER_FINISHED',
    hints: ['Start another with createCsvReader.'],
  })
}

function named(file: string | undefined): string {
  return file ?? 'The CSV text'
}
