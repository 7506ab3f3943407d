import type { Clock } from '../transport/clock.js'

/** A clock that stands still until somebody sleeps; then it jumps. */
export interface VirtualClock extends Clock {
  /** Every sleep so far, in milliseconds. */
  readonly sleeps: readonly number[]
}

/**
 * Makes a clock for tests: waiting takes no time, and what was waited for can be asserted.
 *
 * @param start - Its first wall-clock time in milliseconds.
 * @example
 * const clock = virtualClock(1_000)
 * await clock.sleep(500, new AbortController().signal)
 * clock.now() // => 1500
 */
export function virtualClock(start: number): VirtualClock {
  const sleeps: number[] = []
  let elapsed = 0
  return {
    sleeps,
    now: () => start + elapsed,
    monotonic: () => elapsed,
    async sleep(ms, signal) {
      signal.throwIfAborted()
      sleeps.push(ms)
      elapsed += ms
    },
  }
}
