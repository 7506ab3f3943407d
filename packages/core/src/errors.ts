/** What an error says besides its short message. */
export interface ErrorOptions {
  /** Stable identifier in upper snake case, such as `UNKNOWN_PARAMETER`; compare this, never the class. */
  readonly code: string
  /** Lines that say what would have worked. */
  readonly hints?: readonly string[]
  /** Page to read on, relative to the repository. */
  readonly docsPath?: string
  readonly cause?: unknown
}

/** Base of every error AsterAI throws: a short line that names the thing and its value, hints, and a stable code. */
export class BaseError extends Error {
  override name = 'BaseError'
  readonly code: string
  readonly hints: readonly string[]

  constructor(shortMessage: string, options: ErrorOptions) {
    const hints = (options.hints ?? []).map((hint) => `  ${hint}`)
    const see = options.docsPath ? [`  See: ${options.docsPath}`] : []
    super([shortMessage, ...hints, ...see].join('\n'), { cause: options.cause })
    this.code = options.code
    this.hints = options.hints ?? []
  }
}

/** A bug: something that can never be true was true. Nothing should catch it but a process that halts and recovers. */
export class InvariantError extends BaseError {
  override name = 'InvariantError'

  constructor(shortMessage: string, options: Partial<ErrorOptions> = {}) {
    super(shortMessage, { ...options, code: options.code ?? 'INVARIANT' })
  }
}

/** A misuse by the developer, found at the start: the message says what would have worked. */
export class ConfigError extends BaseError {
  override name = 'ConfigError'

  constructor(shortMessage: string, options: Partial<ErrorOptions> = {}) {
    super(shortMessage, { ...options, code: options.code ?? 'CONFIG' })
  }
}

/**
 * Asserts a condition that only a bug can break.
 *
 * On a hot path test the condition first and build the message in the failing branch.
 *
 * @throws InvariantError if `condition` is false.
 */
export function invariant(condition: boolean, message: string): asserts condition {
  if (!condition) throw new InvariantError(message)
}
