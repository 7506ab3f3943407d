import { VenueError } from '@astertrade/core'

/**
 * What an HTTP status says by itself, whatever the body: too many requests, banned, not served here, broken.
 *
 * Any other status gives `undefined`: there the body decides.
 *
 * @param what - The request, for the message.
 * @param retryAfterMs - Silence the venue asked for, in milliseconds.
 */
export function statusError(what: string, status: number, retryAfterMs?: number): VenueError | undefined {
  const silence = retryAfterMs === undefined ? {} : { retryAfterMs }
  const until = retryAfterMs === undefined ? '' : ` for ${Math.ceil(retryAfterMs / 1_000)} s`
  switch (status) {
    case 418:
      return new VenueError(`${what} answered 418: this address is banned${until}.`, {
        code: 'BANNED',
        outcome: 'rejected',
        retryable: false,
        hints: ['Send nothing to this venue before the ban ends: each request makes it longer.'],
        ...silence,
      })
    case 429:
      return new VenueError(`${what} answered 429: too many requests${until && `, be silent${until}`}.`, {
        code: 'RATE_LIMITED',
        outcome: 'rejected',
        retryable: true,
        ...silence,
      })
    case 403:
    case 451:
      return new VenueError(`${what} answered ${status}: it does not serve this address.`, {
        code: 'FORBIDDEN',
        outcome: 'rejected',
        retryable: false,
        hints: ['The venue may refuse your country or network: use another venue, or a mirror of this one.'],
      })
    default:
      if (status < 500) return undefined
      return new VenueError(`${what} answered ${status}.`, {
        code: 'SERVER',
        outcome: 'unknown',
        retryable: true,
        ...silence,
      })
  }
}
