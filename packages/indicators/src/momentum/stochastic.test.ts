import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Stochastic, stochastic } from '../index.js'
import { barSeries, columnsOf } from '../testing/barSeries.js'

describe('stochastic', () => {
  it('is the place of the close between the extremes', () => {
    const stream = new Stochastic({ period: 2, smooth: 1, d: 2 })
    stream.next({ high: 12, low: 8, close: 10 })
    expect(stream.next({ high: 14, low: 10, close: 11 })).toBe(50)
    expect(stream.next({ high: 13, low: 11, close: 13 })).toBe(75)
    expect(stream.output('d')).toBe(62.5)
  })

  it('is slow by default: k is smoothed, d once more', () => {
    const stream = new Stochastic()
    expect(stream).toMatchObject({ name: 'stochastic(14,3,3)', warmup: 18, stableAfter: 18 })
    const close = Float64Array.from({ length: 30 }, (_, index) => index % 7)
    const { k, d } = stochastic({ high: close.map((x) => x + 1), low: close.map((x) => x - 1), close })
    expect([k, d].map((column) => column.findIndex(Number.isFinite))).toEqual([15, 17])
  })

  it('is 50 on a series that does not move', () => {
    const still = new Float64Array(30).fill(0.1)
    const { k, d } = stochastic({ high: still, low: still, close: still })
    expect([k.at(-1), d.at(-1)]).toEqual([50, 50])
  })

  it('never leaves 0 to 100, whatever rounding a running mean brings', () => {
    fc.assert(
      fc.property(barSeries({ lengthMax: 100, holes: 'none' }), (bars) => {
        const { k, d } = stochastic(columnsOf(bars), { period: 5, smooth: 3, d: 3 })
        for (const value of [...k, ...d].filter(Number.isFinite)) {
          expect(value).toBeGreaterThanOrEqual(0)
          expect(value).toBeLessThanOrEqual(100)
        }
      }),
    )
  })
})
