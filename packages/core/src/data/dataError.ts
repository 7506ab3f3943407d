import { BaseError } from '../errors.js'

/** What is wrong with the data: one row, or the file as a whole. */
export type DataErrorCode =
  | 'BAD_ROW'
  | 'EMPTY_FILE'
  | 'NO_ROWS'
  | 'NOT_TEXT'
  | 'NO_HEADER'
  | 'NO_LINE_FEEDS'
  | 'SERIAL_TIME'
  | 'MISSING_COLUMN'
  | 'AMBIGUOUS_COLUMN'
  | 'TOO_MANY_COLUMNS'
  | 'LINE_TOO_LONG'
  | 'MIXED_UNITS'
  | 'NO_INTERVAL'
  | 'BAD_INTERVAL'
  | 'BARS_DO_NOT_FIT'
  | 'AMBIGUOUS_DATE'
  | 'MIXED_PRICES'
  | 'FUTURE_DATA'
  | FileErrorCode

/** What is wrong with a recording on disk before its text is looked at, or with a line of JSON in it. */
export type FileErrorCode =
  | 'NO_FILE'
  | 'NO_RECORDING'
  | 'NOT_A_RECORDING'
  | 'NOT_GZIP'
  | 'DAMAGED_GZIP'
  | 'TOO_LARGE'
  | 'UNREADABLE'
  | 'BAD_LINE'
  | 'BAD_EVENT'
  | 'MIXED_BARS'

/** What a `DataError` says besides its message. */
export interface DataErrorOptions {
  readonly code: DataErrorCode
  readonly hints?: readonly string[]
  readonly file?: string | undefined
  readonly line?: number | undefined
  readonly column?: string | undefined
  readonly value?: string | undefined
  readonly cause?: unknown
}

/** Data that cannot be used. The message names file, line and value, and says what would have worked. */
export class DataError extends BaseError {
  override name = 'DataError'
  readonly file: string | undefined
  /** From 1. */
  readonly line: number | undefined
  readonly column: string | undefined
  /** The text that stands there, cut to 80 characters. */
  readonly value: string | undefined

  constructor(shortMessage: string, options: DataErrorOptions) {
    super(shortMessage, options)
    this.file = options.file
    this.line = options.line
    this.column = options.column
    this.value = options.value
  }
}
