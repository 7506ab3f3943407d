import { setImmediate } from 'node:timers/promises'
import type { CliIo } from './io.js'

/** Does short work that Ctrl-C must not cut in half, such as putting a folder in place. */
export async function uninterrupted<T>(io: CliIo, work: () => T): Promise<T> {
  const release = io.onInterrupt(() => {})
  try {
    return work()
  } finally {
    // A signal that came meanwhile is told on the next turn of the loop, when it finds the work done.
    await setImmediate()
    release()
  }
}
