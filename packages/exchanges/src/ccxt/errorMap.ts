import { VenueError, type VenueErrorOptions } from '@astertrade/core'
import { isVenueError } from '../transport/isVenueError.js'

type Meaning = Pick<VenueErrorOptions, 'code' | 'outcome' | 'retryable'>

/** ccxt's error classes that we know, most special first. What is not listed is `unknown`. */
const meanings: readonly (readonly [className: string, meaning: Meaning])[] = [
  ['BadSymbol', { code: 'BAD_SYMBOL', outcome: 'rejected', retryable: false }],
  ['RestrictedLocation', { code: 'FORBIDDEN', outcome: 'rejected', retryable: false }],
  ['AuthenticationError', { code: 'KEYS_NEEDED', outcome: 'rejected', retryable: false }],
  ['NotSupported', { code: 'NOT_SUPPORTED', outcome: 'rejected', retryable: false }],
  ['RateLimitExceeded', { code: 'RATE_LIMITED', outcome: 'rejected', retryable: true }],
  ['DDoSProtection', { code: 'RATE_LIMITED', outcome: 'rejected', retryable: true }],
  ['RequestTimeout', { code: 'TIMEOUT', outcome: 'unknown', retryable: true }],
  ['ExchangeNotAvailable', { code: 'SERVER', outcome: 'unknown', retryable: true }],
  ['BadResponse', { code: 'BAD_ANSWER', outcome: 'unknown', retryable: true }],
  ['NetworkError', { code: 'CONNECTION', outcome: 'unknown', retryable: true }],
  ['OperationFailed', { code: 'SERVER', outcome: 'unknown', retryable: true }],
  ['ExchangeError', { code: 'REFUSED', outcome: 'rejected', retryable: false }],
]

/** ccxt met an answer it cannot take apart: its own code threw. */
const unreadable: Meaning = { code: 'BAD_ANSWER', outcome: 'unknown', retryable: true }

/**
 * Translates what a *read* through ccxt threw. For a create the rules are stricter: there only an explicit refusal is `rejected`.
 *
 * Classes are compared by name along the prototype chain, since ccxt is loaded apart and is no import of ours.
 * A `VenueError` of our own transport passes unchanged.
 */
export function errorMap(venue: string, error: unknown): VenueError {
  if (isVenueError(error)) return error
  const names = classNames(error)
  const meaning = meanings.find(([className]) => names.includes(className))?.[1] ?? unreadable
  const message = error instanceof Error ? error.message : String(error)
  return new VenueError(`${venue}: ${message.length > 300 ? `${message.slice(0, 300)}…` : message}`, {
    ...meaning,
    cause: error,
  })
}

function classNames(error: unknown): readonly string[] {
  const names: string[] = []
  for (let type: unknown = error; type && typeof type === 'object'; type = Object.getPrototypeOf(type)) {
    names.push(type.constructor.name)
  }
  return names
}
