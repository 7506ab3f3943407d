import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ema, ForceIndex, forceIndex } from '../index.js'
import { barSeries, columnsOf } from '../testing/barSeries.js'

const none = Number.NaN

describe('forceIndex', () => {
  it('averages change times volume', () => {
    const bars = { close: Float64Array.of(10, 11, 9, 10), volume: Float64Array.of(5, 4, 3, 6) }
    // Forces 4, −6, 6; weight ⅔.
    expect([...forceIndex(bars, { period: 2 })]).toEqual([none, none, -1, (2 / 3) * 6 + (1 - 2 / 3) * -1])
    expect([...forceIndex(bars, { period: 1 })]).toEqual([none, 4, -6, 6])
  })

  it('is the average of the raw force, bit for bit', () => {
    const close = Float64Array.from({ length: 50 }, (_, index) => 100 + Math.sin(index))
    const volume = close.map((_, index) => 50 + (index % 7))
    const raw = forceIndex({ close, volume }, { period: 1 })
    expect(forceIndex({ close, volume })).toEqual(ema(raw, { period: 13 }))
    expect(forceIndex({ close, volume }, { seed: 'first' })).toEqual(ema(raw, { period: 13, seed: 'first' }))
  })

  it('is 0 on a series that does not move', () => {
    const close = new Float64Array(30).fill(0.1)
    expect(forceIndex({ close, volume: close }).at(-1)).toBe(0)
  })

  it('compares with the last finite close across a bar that is not', () => {
    const bars = {
      close: Float64Array.of(10, none, 12, 13),
      volume: Float64Array.of(1, 1, Number.POSITIVE_INFINITY, 2),
    }
    expect(forceIndex(bars, { period: 1 })).toEqual(Float64Array.of(none, none, none, 6))
  })

  it('scales with prices and with volumes', () => {
    fc.assert(
      fc.property(barSeries({ lengthMax: 40, holes: 'none' }), (list) => {
        const { close, volume } = columnsOf(list)
        const values = forceIndex({ close, volume }, { period: 4 })
        const times = (column: Float64Array, factor: number): Float64Array => column.map((value) => value * factor)
        const scaled = forceIndex({ close: times(close, 2 ** -30), volume: times(volume, 2 ** 20) }, { period: 4 })
        expect(scaled).toEqual(times(values, 2 ** -10))
      }),
    )
  })

  it('is named with its period', () => {
    expect(new ForceIndex()).toMatchObject({ name: 'forceIndex(13)', warmup: 14 })
    expect(new ForceIndex({ seed: 'first' })).toMatchObject({ name: 'forceIndex(13,seed=first)', warmup: 2 })
  })
})
