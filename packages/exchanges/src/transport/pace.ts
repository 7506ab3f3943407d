import type { Clock } from './clock.js'

/** The gate in front of every request to one venue: it spaces them out and closes while the venue asks for silence. */
export interface Pace {
  /** Waits for the gate, then books `costMs` milliseconds of it. Rejects with the signal's reason when aborted. */
  take(costMs: number, signal: AbortSignal): Promise<void>
  /** Closes the gate for at least `ms` milliseconds from now, also for those who already wait. */
  freeze(ms: number): void
}

/** Opens a gate on a clock. */
export function createPace(clock: Clock): Pace {
  let freeAt = Number.NEGATIVE_INFINITY
  return {
    async take(costMs, signal) {
      signal.throwIfAborted()
      for (let wait = freeAt - clock.monotonic(); wait > 0; wait = freeAt - clock.monotonic()) {
        await clock.sleep(wait, signal)
      }
      freeAt = clock.monotonic() + costMs
    },
    freeze(ms) {
      freeAt = Math.max(freeAt, clock.monotonic() + ms)
    },
  }
}
