import { describe, expect, it } from 'vitest'
import { AdLine, adLine } from '../index.js'
import { compensatedSum } from '../testing/compensated.js'

const none = Number.NaN

describe('adLine', () => {
  it('adds up volume by where the close lies in its bar', () => {
    const bars = {
      high: Float64Array.of(12, 14, 10, 9),
      low: Float64Array.of(8, 10, 10, 5),
      close: Float64Array.of(12, 11, 10, 5),
      volume: Float64Array.of(30, 10, 50, 7),
    }
    expect(adLine(bars)).toEqual(Float64Array.of(30, 25, 25, 18))
  })

  it('holds across a bar of which something is missing', () => {
    const stream = new AdLine()
    const bar = { high: 12, low: 8, close: 12, volume: 3 }
    const holes = [
      { close: none },
      { volume: Number.POSITIVE_INFINITY },
      { high: none },
      { low: Number.NEGATIVE_INFINITY },
    ]
    expect(stream.next(bar)).toBe(3)
    for (const hole of holes) expect(stream.next({ ...bar, ...hole })).toBeNaN()
    expect(stream.next(bar)).toBe(6)
  })

  it('does not drift: a million bars later it is right to the last bits', () => {
    const length = 1_000_000
    const close = Float64Array.from({ length }, (_, index) => 10 + ((index * 7919) % 1000) / 1000)
    const bars = { high: new Float64Array(length).fill(11), low: new Float64Array(length).fill(10), close }
    const volume = Float64Array.from({ length }, (_, index) => 0.1 + ((index * 104_729) % 9973) * 1e-3)
    const flows = Array.from(close, (price, index) => (price - 10 - (11 - price)) * volume[index]!)
    const exact = compensatedSum(flows)
    const plain = flows.reduce((sum, flow) => sum + flow)
    expect(Math.abs(adLine({ ...bars, volume })[length - 1]! - exact)).toBeLessThan(1e-15 * Math.abs(exact))
    expect(Math.abs(plain - exact)).toBeGreaterThan(1e-14 * Math.abs(exact))
  })

  it('is ready with the first bar', () => {
    expect(new AdLine()).toMatchObject({ name: 'adLine', warmup: 1, stableAfter: 1, isReady: false })
  })
})
