import { describe, expect, it } from 'vitest'
import { virtualClock } from '../testing/virtualClock.js'
import { createPace } from './pace.js'

const { signal } = new AbortController()

describe('createPace', () => {
  it('lets the first request pass and spaces the others by what the one before cost', async () => {
    const clock = virtualClock(0)
    const pace = createPace(clock)
    await pace.take(50, signal)
    expect(clock.sleeps).toEqual([])
    await pace.take(20, signal)
    await pace.take(0, signal)
    expect(clock.sleeps).toEqual([50, 20])
  })

  it('does not make up for time that passed', async () => {
    const clock = virtualClock(0)
    const pace = createPace(clock)
    await pace.take(50, signal)
    await clock.sleep(1_000, signal)
    await pace.take(50, signal)
    await pace.take(50, signal)
    expect(clock.sleeps).toEqual([1_000, 50])
  })

  it('stays closed while frozen, and a shorter freeze does not open it', async () => {
    const clock = virtualClock(0)
    const pace = createPace(clock)
    pace.freeze(2_000)
    pace.freeze(10)
    await pace.take(0, signal)
    expect(clock.sleeps).toEqual([2_000])
  })

  it('makes those wait again who waited when it was frozen', async () => {
    const clock = virtualClock(0)
    const pace = createPace(clock)
    await pace.take(100, signal)
    const waiting = pace.take(100, signal)
    pace.freeze(5_000)
    await waiting
    expect(clock.sleeps).toEqual([100, 5_000])
  })

  it('rejects with the reason when aborted', async () => {
    const pace = createPace(virtualClock(0))
    await expect(pace.take(0, AbortSignal.abort(new Error('enough')))).rejects.toThrow('enough')
  })
})
