import { describe, expect, it } from 'vitest'
import { systemClock } from './clock.js'

describe('systemClock', () => {
  it('tells wall time, and a time that never goes back', () => {
    expect(Math.abs(systemClock.now() - Date.now())).toBeLessThan(1_000)
    const first = systemClock.monotonic()
    expect(systemClock.monotonic()).toBeGreaterThanOrEqual(first)
  })

  it('sleeps, and wakes with the reason when aborted', async () => {
    await expect(systemClock.sleep(0, new AbortController().signal)).resolves.toBeUndefined()
    const stop = new AbortController()
    const sleeping = systemClock.sleep(3_600_000, stop.signal)
    stop.abort(new Error('enough'))
    await expect(sleeping).rejects.toThrow('enough')
    await expect(systemClock.sleep(3_600_000, AbortSignal.abort(new Error('never')))).rejects.toThrow('never')
  })
})
