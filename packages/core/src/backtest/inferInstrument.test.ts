import { describe, expect, it } from 'vitest'
import { type Bars, createBars } from '../bar.js'
import { inferInstrument } from './inferInstrument.js'

function seriesOf(...closes: readonly number[]): Bars {
  const bars = createBars('A.sim', 60_000, closes.length)
  for (const column of ['open', 'high', 'low', 'close'] as const) bars[column].set(closes)
  return bars
}
const grids = (...closes: readonly number[]) => {
  const { tick, lot } = inferInstrument(seriesOf(...closes))
  return [tick.size, lot.size]
}

describe('inferInstrument', () => {
  it('takes the decimals that the prices use for its tick', () => {
    expect(grids(100, 101)[0]).toBe(1)
    expect(grids(100, 101.5)[0]).toBe(0.1)
    expect(grids(100.25, 99)[0]).toBe(0.01)
    expect(grids(1.10345, 1.2)[0]).toBe(0.00001)
    expect(grids(0.1 + 0.2)[0]).toBe(0.00000001)
    expect(grids(1 / 3)[0]).toBe(0.00000001)
  })

  it('takes lots that are worth at most about a hundredth of a unit', () => {
    expect(grids(1)[1]).toBe(0.01)
    expect(grids(99)[1]).toBe(0.0001)
    expect(grids(65_000)[1]).toBe(0.0000001)
    expect(grids(1e9)[1]).toBe(0.00000001)
  })

  it('takes its lot from the first open alone', () => {
    expect(grids(50, 65_000, 0.01)[1]).toBe(grids(50)[1])
    expect(grids(65_000, 0.01)[1]).toBe(0.0000001)
  })

  it('looks at every price of a short series, and at all columns', () => {
    const bars = seriesOf(...Array<number>(1000).fill(100))
    bars.high[777] = 100.125
    expect(inferInstrument(bars).tick.size).toBe(0.001)
  })

  it('takes more than eight decimals where the prices need them, and larger lots', () => {
    expect(grids(1.2345e-9, 1.3e-9)).toEqual([1e-13, 1])
    expect(grids(0.0000123456789)).toEqual([1e-13, 1])
    expect(grids(1.1234567891, 2)[0]).toBe(1e-10)
    const { tick, lot } = inferInstrument(seriesOf(3e-12))
    expect(tick.decimals + lot.decimals).toBeLessThanOrEqual(18)
  })

  it('refuses prices that no grid fits', () => {
    expect(() => inferInstrument(seriesOf(1e9, 1e-9))).toThrow(
      'Price "1e-9" of A.sim does not fit the inferred tick 0.00001.',
    )
    expect(() => inferInstrument(seriesOf(1e-20))).toThrow('does not fit the inferred tick')
  })

  it('leaves room for prices that are large and not round', () => {
    const price = 123_456_789.12345679
    const instrument = inferInstrument(seriesOf(price))
    expect(instrument.price(price * 9, 'nearest')).toBeCloseTo(price * 9, 2)
    expect(instrument.tick.size).toBeLessThan(0.001)
  })

  it('makes grids on which every price of its series lies', () => {
    const closes = [100.01, 99.99, 0.05, 12345.67]
    const instrument = inferInstrument(seriesOf(...closes))
    expect(closes.map((close) => instrument.price(close, 'down'))).toEqual(closes)
  })

  it('refuses a series without bars', () => {
    expect(() => inferInstrument(createBars('A.sim', 60_000, 0))).toThrow('The series of A.sim is empty.')
  })
})
