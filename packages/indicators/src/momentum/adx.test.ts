import { describe, expect, it } from 'vitest'
import { Adx, adx } from '../index.js'

const bars = {
  high: Float64Array.of(10, 12, 13, 12),
  low: Float64Array.of(8, 9, 11, 10),
  close: Float64Array.of(9, 11, 12, 11),
}

describe('adx', () => {
  it("starts Wilder's sums as TA-Lib does", () => {
    // Movements up 2, 1, 0 and down 0, 0, 1; true ranges 3, 2, 2. Averages: up 1, 1, 0.5; down 0, 0, 0.5; range 1.5, 1.75, 1.875.
    const { plusDi, minusDi, adx: index } = adx(bars, { period: 2 })
    expect(plusDi[2]).toBeCloseTo(100 / 1.75, 12)
    expect(minusDi[2]).toBe(0)
    expect(plusDi[3]).toBeCloseTo(50 / 1.875, 12)
    expect(minusDi[3]).toBeCloseTo(50 / 1.875, 12)
    expect(index[3]).toBe(50)
  })

  it('shows the directional indicators before the index', () => {
    const { plusDi, minusDi, adx: index } = adx(bars, { period: 2 })
    expect([plusDi, minusDi, index].map((column) => column.findIndex(Number.isFinite))).toEqual([2, 2, 3])
    expect(new Adx()).toMatchObject({ name: 'adx(14)', warmup: 28 })
  })

  it('is 0, 0, 0 on a series that does not move', () => {
    const still = new Float64Array(60).fill(0.1)
    const { adx: index, plusDi, minusDi } = adx({ high: still, low: still, close: still })
    expect([index, plusDi, minusDi].map((column) => column.at(-1))).toEqual([0, 0, 0])
  })

  it('passes over a bar of which only the close is missing', () => {
    const holed = new Adx({ period: 2 })
    const clean = new Adx({ period: 2 })
    for (let index = 0; index < 12; index++) {
      const bar = { high: 10 + Math.sin(index) + index, low: 8 + index, close: 9 + index }
      clean.next(bar)
      holed.next(bar)
      if (index % 4 === 3) expect(holed.next({ high: 99, low: 1, close: Number.NaN })).toBeNaN()
    }
    holed.next({ high: 22, low: 20, close: 21 })
    clean.next({ high: 22, low: 20, close: 21 })
    expect(holed.output('adx')).toBe(clean.output('adx'))
  })

  it('has no value beyond the largest double, where a high lies below its low', () => {
    const high = Float64Array.of(-1e300, 0, 0)
    const low = Float64Array.of(0, 0, 1e-300)
    const close = Float64Array.of(0, -1e-300, 0)
    const outputs = adx({ high, low, close }, { period: 2 })
    const stream = new Adx({ period: 2 })
    for (let index = 0; index < 3; index++) stream.next({ high: high[index]!, low: low[index]!, close: close[index]! })
    for (const name of ['plusDi', 'minusDi'] as const) {
      expect(Math.abs(outputs[name][2]!)).not.toBe(Number.POSITIVE_INFINITY)
      expect(stream.output(name)).toBe(outputs[name][2])
    }
    expect(stream.output('plusDi')).toBeNaN()
  })

  it('passes over a bar in both forms whose range and close add up beyond the largest double', () => {
    const high = [1.5e308, 1.6e308, 1.7e308, 1.6e308]
    const low = [1.4e308, 1.5e308, 1.5e308, 1.5e308]
    const close = [1.45e308, 1.55e308, 1.7e308, 1.55e308]
    const stream = new Adx({ period: 2 })
    const streamed = high.map((top, index) => stream.next({ high: top, low: low[index]!, close: close[index]! }))
    expect([...adx({ high, low, close }, { period: 2 }).adx]).toEqual(streamed)
    const more = high.concat(high, high)
    const again = { high: more, low: low.concat(low, low), close: close.concat(close, close) }
    const longer = new Adx({ period: 2 })
    const values = more.map((top, index) =>
      longer.next({ high: top, low: again.low[index]!, close: again.close[index]! }),
    )
    expect([...adx(again, { period: 2 }).adx]).toEqual(values)
    expect(values.map(Number.isNaN).lastIndexOf(true)).toBe(10)
  })
})
