import type { VenueError } from '@astertrade/core'

/** True for a `VenueError` of any copy of core: two builds may be loaded at once, so the class proves nothing. */
export function isVenueError(error: unknown): error is VenueError {
  return error instanceof Error && error.name === 'VenueError' && 'outcome' in error
}
