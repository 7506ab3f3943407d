import { userInfo } from 'node:os'
import { type Timestamp, timestamp } from '@astertrade/core'
import type { Clock } from '@astertrade/exchanges'

/** Who moves a model from the command line, and when. */
export function moveAuthor(clock: Clock): { readonly by: string; readonly at: Timestamp } {
  return { by: userName(), at: timestamp(clock.now()) }
}

function userName(): string {
  try {
    return userInfo().username || nobody
  } catch {
    // A container may run under a number that has no name.
    return nobody
  }
}

const nobody = 'unknown user'
