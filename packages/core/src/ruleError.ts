import { BaseError } from './errors.js'

/** A rule or sizer threw, or answered with something that is no verdict; names it, so that no strategy takes the blame. */
export class RuleError extends BaseError {
  override name = 'RuleError'

  constructor(kind: 'Rule' | 'Sizer', name: string, cause: unknown) {
    const known = cause instanceof BaseError
    const said = cause instanceof Error ? cause.message.split('\n')[0] : String(cause)
    super(`${kind} "${name}" failed: ${said}`, {
      code: known ? cause.code : kind === 'Rule' ? 'RULE_THREW' : 'SIZER_THREW',
      hints: known ? cause.hints : [`The cause of this error holds the place in the ${kind.toLowerCase()}.`],
      cause,
    })
  }
}
