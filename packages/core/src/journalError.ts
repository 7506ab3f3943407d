import { BaseError } from './errors.js'

/** What a `JournalError` says besides its message. */
export interface JournalErrorOptions {
  readonly code: 'BAD_JOURNAL_LINE' | 'BAD_JOURNAL_ENTRY'
  /** Number of the line, from 1, where it is known. */
  readonly line?: number | undefined
  readonly hints?: readonly string[]
}

/** A journal line that cannot be read, or an entry that cannot be written without loss. */
export class JournalError extends BaseError {
  override name = 'JournalError'
  readonly line: number | undefined

  constructor(shortMessage: string, options: JournalErrorOptions) {
    super(shortMessage, options)
    this.line = options.line
  }
}
