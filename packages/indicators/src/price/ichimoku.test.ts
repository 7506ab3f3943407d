import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { donchian, Ichimoku, ichimoku } from '../index.js'
import { barSeries, columnsOf } from '../testing/barSeries.js'

const none = Number.NaN
const bars = {
  high: Float64Array.of(12, 16, 16, 20),
  low: Float64Array.of(8, 12, 12, 14),
  close: Float64Array.of(9, 15, 13, 19),
}

describe('ichimoku', () => {
  it('shows middles of ranges, and the spans as computed some bars ago', () => {
    const result = ichimoku(bars, { tenkan: 1, kijun: 2, senkou: 3, shift: 1 })
    expect(result.tenkan).toEqual(Float64Array.of(10, 14, 14, 17))
    expect(result.kijun).toEqual(Float64Array.of(none, 12, 14, 16))
    expect(result.senkouA).toEqual(Float64Array.of(none, none, 13, 14))
    expect(result.senkouB).toEqual(Float64Array.of(none, none, none, 12))
    expect(result.chikou).toEqual(bars.close)
  })

  it('shows the spans where they are computed with a shift of 0, and nothing with one beyond the series', () => {
    const options = { tenkan: 1, kijun: 2, senkou: 3 }
    expect(ichimoku(bars, { ...options, shift: 0 }).senkouA).toEqual(Float64Array.of(none, 13, 14, 16.5))
    expect([...ichimoku(bars, { ...options, shift: 9 }).senkouA]).toEqual([none, none, none, none])
  })

  it('has lines that are middles of Donchian channels', () => {
    fc.assert(
      fc.property(barSeries({ lengthMax: 80, holes: 'some' }), (list) => {
        const columns = columnsOf(list)
        const { tenkan, senkouB } = ichimoku(columns, { tenkan: 3, senkou: 7, shift: 0 })
        expect(tenkan).toEqual(donchian(columns, { period: 3 }).middle)
        expect(senkouB).toEqual(donchian(columns, { period: 7 }).middle)
      }),
    )
  })

  it('has lines before spans', () => {
    const close = Float64Array.from({ length: 100 }, (_, index) => 100 + (index % 7))
    const result = ichimoku({ high: close.map((x) => x + 1), low: close.map((x) => x - 1), close })
    const first = Object.values(result).map((column) => column.findIndex(Number.isFinite))
    expect(first).toEqual([8, 25, 51, 77, 0])
    expect(new Ichimoku()).toMatchObject({ name: 'ichimoku(9,26,52,26)', warmup: 78, stableAfter: 78 })
  })

  it('shows nothing of a bar that is not finite, and its spans a shift later', () => {
    const close = Float64Array.from({ length: 40 }, (_, index) => 100 + (index % 7))
    const holed = { high: close.map((x) => x + 1), low: close.map((x) => x - 1), close: close.slice() }
    for (const column of Object.values(holed)) column[20] = none
    const { tenkan, senkouB, chikou } = ichimoku(holed, { tenkan: 2, kijun: 3, senkou: 4, shift: 5 })
    const holes = (column: Float64Array): number[] =>
      [...column.keys()].filter((at) => at > 9 && Number.isNaN(column[at]))
    expect(holes(tenkan)).toEqual([20, 21])
    expect(holes(senkouB)).toEqual([25, 26, 27, 28])
    expect(holes(chikou)).toEqual([20])
  })

  it('has all lines at the price of a series that does not move', () => {
    const still = new Float64Array(90).fill(0.7)
    const result = ichimoku({ high: still, low: still, close: still })
    expect(Object.values(result).map((column) => column.at(-1))).toEqual([0.7, 0.7, 0.7, 0.7, 0.7])
  })
})
