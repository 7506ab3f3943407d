import { BaseError } from '@astertrade/core'

/** Ctrl-C ended the work; the hints say how to go on. */
export class InterruptedError extends BaseError {
  override name = 'InterruptedError'

  constructor(hints: readonly string[]) {
    super('Interrupted.', { code: 'INTERRUPTED', hints })
  }
}
