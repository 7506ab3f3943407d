import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BarSlot } from './barSlot.js'
import { RollingExtrema, rollingExtrema } from './rollingExtrema.js'

const prices = fc.oneof(
  { weight: 12, arbitrary: fc.integer({ min: -3, max: 3 }) },
  { weight: 6, arbitrary: fc.constantFrom(0, -0) },
  { weight: 1, arbitrary: fc.constantFrom(1e-300, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY) },
)
const bars = fc.array(fc.tuple(prices, prices), { maxLength: 60, size: 'max' })

function batch(high: readonly number[], low: readonly number[], period: number): Record<'high' | 'low', number[]> {
  const out = { high: new Float64Array(high.length), low: new Float64Array(high.length) }
  rollingExtrema({ high: Float64Array.from(high), low: Float64Array.from(low) }, period, out)
  return { high: [...out.high], low: [...out.low] }
}

describe('rolling extrema', () => {
  it('are the highest high and the lowest low of each window of finite bars', () => {
    fc.assert(
      fc.property(bars, fc.integer({ min: 1, max: 9 }), (series, period) => {
        const { high, low } = batch(
          series.map(([first]) => first),
          series.map(([, second]) => second),
          period,
        )
        for (const index of series.keys()) {
          const window = series.slice(Math.max(0, index - period + 1), index + 1)
          const full = window.length === period && window.flat().every(Number.isFinite)
          expect(high[index]! + 0).toBe(full ? Math.max(...window.map(([first]) => first)) + 0 : Number.NaN)
          expect(low[index]! + 0).toBe(full ? Math.min(...window.map(([, second]) => second)) + 0 : Number.NaN)
        }
      }),
    )
  })

  it('give the same bits in both forms, of a zero with a sign as well', () => {
    fc.assert(
      fc.property(bars, fc.integer({ min: 1, max: 9 }), (series, period) => {
        const window = new RollingExtrema(period)
        const bar = new BarSlot()
        const streamed = series.map(([high, low]) => {
          bar.high = high
          bar.low = low
          window.next(bar)
          return [window.max, window.min]
        })
        const { high, low } = batch(
          series.map(([first]) => first),
          series.map(([, second]) => second),
          period,
        )
        expect(series.map((_, index) => [high[index], low[index]])).toEqual(streamed)
      }),
    )
  })
})
