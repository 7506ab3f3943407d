import { VenueError } from '@astertrade/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { virtualClock } from '../testing/virtualClock.js'
import { createPace } from './pace.js'
import { defaultRetry, type RetryNotice, retryReads } from './retryReads.js'

const { signal } = new AbortController()
const broken = (retryable: boolean, retryAfterMs?: number): VenueError =>
  new VenueError('The venue is broken.', {
    code: 'SERVER',
    outcome: 'unknown',
    retryable,
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  })

/** A read that fails with each error in turn and then gives its number. */
function failing(...errors: readonly Error[]): { read: () => Promise<number>; calls: () => number } {
  let calls = 0
  return {
    calls: () => calls,
    async read() {
      const error = errors[calls++]
      if (error) throw error
      return calls
    },
  }
}

describe('retryReads', () => {
  it('repeats what may be repeated, four times in all', async () => {
    const reader = retryReads(createPace(virtualClock(0)), defaultRetry)
    const lucky = failing(broken(true), broken(true), broken(true))
    expect(await reader(lucky.read, signal)).toBe(4)
    const last = broken(true)
    const unlucky = failing(broken(true), broken(true), broken(true), last)
    await expect(reader(unlucky.read, signal)).rejects.toBe(last)
    expect(unlucky.calls()).toBe(4)
  })

  it.each([
    ['an error that must not be repeated', broken(false)],
    ['a bug', new TypeError('x is undefined')],
    ['a silence beyond the limit', broken(true, defaultRetry.retryAfterMsMax + 1)],
  ])('gives up at once on %s', async (_, error) => {
    const { read, calls } = failing(error)
    await expect(retryReads(createPace(virtualClock(0)), defaultRetry)(read, signal)).rejects.toBe(error)
    expect(calls()).toBe(1)
  })

  it('makes the next read wait at the gate for what the venue asked, and tells it', async () => {
    const clock = virtualClock(0)
    const pace = createPace(clock)
    const notices: RetryNotice[] = []
    const reader = retryReads(pace, { ...defaultRetry, backoffMs: 0 }, (notice) => notices.push(notice))
    const error = broken(true, defaultRetry.retryAfterMsMax)
    const { read } = failing(error)
    await reader(async () => {
      await pace.take(0, signal)
      return read()
    }, signal)
    expect(clock.sleeps).toEqual([120_000])
    expect(notices).toEqual([{ attempt: 1, waitMs: 120_000, error }])
  })

  it('waits at random below a bound that doubles up to its maximum', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 5_000 }), async (backoffMs) => {
        const waits: number[] = []
        const options = { ...defaultRetry, triesMax: 9, backoffMs, backoffMsMax: 8_000 }
        const reader = retryReads(createPace(virtualClock(0)), options, ({ waitMs }) => waits.push(waitMs))
        await reader(failing(...Array.from({ length: 8 }, () => broken(true))).read, signal)
        expect(waits).toHaveLength(8)
        for (const [index, wait] of waits.entries()) {
          expect(wait).toBeGreaterThanOrEqual(0)
          expect(wait).toBeLessThanOrEqual(Math.min(8_000, backoffMs * 2 ** index))
        }
      }),
      { numRuns: Number(process.env.FC_NUM_RUNS ?? 10) },
    )
  })

  it('counts the tries of each read for itself', async () => {
    const reader = retryReads(createPace(virtualClock(0)), defaultRetry)
    for (let round = 0; round < 3; round++)
      expect(await reader(failing(broken(true), broken(true)).read, signal)).toBe(3)
  })

  it('does not repeat once it is aborted', async () => {
    const stop = new AbortController()
    const error = broken(true)
    const { read, calls } = failing(error)
    const reader = retryReads(createPace(virtualClock(0)), defaultRetry)
    const aborting = async (): Promise<number> => {
      stop.abort()
      return read()
    }
    await expect(reader(aborting, stop.signal)).rejects.toBe(error)
    expect(calls()).toBe(1)
  })
})
