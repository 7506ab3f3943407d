import { describe, expect, it } from 'vitest'
import { barsOfDelay, constantLatency, noLatency } from './latency.js'

describe('latency', () => {
  it('is a constant span, or none', () => {
    expect(constantLatency('250ms')).toEqual({ name: '250 ms', entryMs: 250 })
    expect(constantLatency(1500)).toEqual({ name: '1500 ms', entryMs: 1500 })
    expect(constantLatency(0)).toBe(noLatency)
    expect(noLatency).toEqual({ name: 'none', entryMs: 0 })
  })

  it('counts whole bars', () => {
    expect(barsOfDelay(noLatency, 60_000)).toBe(0)
    expect([59_999, 60_000, 119_999, 120_000].map((ms) => barsOfDelay(constantLatency(ms), 60_000))).toEqual([
      0, 1, 1, 2,
    ])
  })

  it('is refused where it is no span, or the bars have no length', () => {
    for (const span of [-1, 0.5, Number.NaN, 'soon']) {
      expect(() => constantLatency(span)).toThrow(expect.objectContaining({ code: 'BAD_DURATION' }))
    }
    for (const interval of [0, -1, Number.NaN]) {
      expect(() => barsOfDelay(noLatency, interval)).toThrow(`A bar of "${interval}" ms has no length.`)
    }
  })
})
