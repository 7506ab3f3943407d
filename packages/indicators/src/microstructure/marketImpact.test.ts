import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MarketImpact, marketImpact } from '../index.js'
import { barSeries, columnsOf } from '../testing/barSeries.js'

const none = Number.NaN

describe('marketImpact of trades', () => {
  it('is the slope of price on signed volume', () => {
    const stream = new MarketImpact({ period: 3 })
    stream.onTrade({ price: 100, quantity: 1, aggressor: 'buy' })
    stream.onTrade({ price: 101, quantity: 2, aggressor: 'buy' })
    stream.onTrade({ price: 99, quantity: 4, aggressor: 'sell' })
    // Changes 1, −2, 2 on 2, −4, 5: deviations 1 on 1, −5 on −2⅓ and 4 on 1⅔.
    stream.onTrade({ price: 101, quantity: 5, aggressor: 'buy' })
    expect(stream.value).toBeCloseTo(19 / 42, 12)
    expect(stream.output('r2')).toBeCloseTo(19 ** 2 / (42 * (26 / 3)), 12)
  })

  it('finds an impact that was planted, and the noise around it', () => {
    const impact = new MarketImpact({ period: 400 })
    let price = 1000
    let state = 5
    const random = (): number => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0
      return state / 2 ** 32 - 0.5
    }
    for (let count = 0; count < 500; count++) {
      const signed = Math.round(random() * 100)
      price += 0.03 * signed + 0.5 * random() + 0.01
      impact.onTrade({ price, quantity: Math.abs(signed), aggressor: signed > 0 ? 'buy' : 'sell' })
    }
    expect(impact.value).toBeCloseTo(0.03, 3)
    expect(impact.output('r2')).toBeGreaterThan(0.95)
    expect(impact.output('r2')).toBeLessThan(0.999)
  })

  it('is 0 where all trades are alike', () => {
    const stream = new MarketImpact({ period: 3 })
    for (const price of [10, 11, 13, 12, 10]) stream.onTrade({ price, quantity: 0.1, aggressor: 'buy' })
    expect([stream.value, stream.output('r2')]).toEqual([0, 0])
  })

  it('comes one trade after its period', () => {
    const stream = new MarketImpact({ period: 2 })
    const ready = [1, 2, 3].map((price) => {
      stream.onTrade({ price, quantity: price })
      return stream.isReady
    })
    expect(ready).toEqual([false, false, true])
  })
})

describe('marketImpact by Amihud', () => {
  it('is the mean return per money traded', () => {
    const bars = { close: Float64Array.of(100, 110, 99), volume: Float64Array.of(5, 2, 4) }
    const { lambda, r2 } = marketImpact(bars, { period: 2, method: 'amihud' })
    expect(lambda[2]).toBeCloseTo((0.1 / 220 + 0.1 / 396) / 2, 18)
    expect(r2).toEqual(Float64Array.of(none, none, 0))
  })

  it('leaves out bars without volume', () => {
    const bars = { close: Float64Array.of(100, 110, 50, 99), volume: Float64Array.of(5, 2, 0, 4) }
    const { lambda } = marketImpact(bars, { period: 2, method: 'amihud' })
    expect(lambda[2]).toBeCloseTo(0.1 / 220, 18)
    const idle = marketImpact({ ...bars, volume: new Float64Array(4) }, { period: 2, method: 'amihud' })
    expect(idle.lambda[3]).toBe(0)
  })

  it('needs no σ', () => {
    expect(new MarketImpact({ method: 'amihud' })).toMatchObject({
      name: 'marketImpact(50,50,method=amihud)',
      warmup: 51,
      stableAfter: 51,
    })
  })

  it('takes trades as well', () => {
    const stream = new MarketImpact({ period: 2, method: 'amihud' })
    for (const [price, quantity] of [
      [100, 1],
      [110, 2],
      [99, 4],
    ] as const)
      stream.onTrade({ price, quantity })
    expect(stream.value).toBeCloseTo((0.1 / 220 + 0.1 / 396) / 2, 18)
  })
})

describe('marketImpact of bars', () => {
  it('is 0 on a series that does not move', () => {
    const close = Float64Array.from({ length: 250 }, (_, index) => (index < 50 ? Math.sin(index) : 0.1))
    for (const method of ['kyle', 'amihud'] as const) {
      const { lambda, r2 } = marketImpact({ close, volume: close.map(() => 3) }, { method })
      expect([lambda.at(-1), r2.at(-1)]).toEqual([0, 0])
    }
  })

  it('is positive on ordinary volumes', () => {
    const close = Float64Array.from({ length: 200 }, (_, index) => 100 + Math.sin(index * index))
    const { lambda } = marketImpact({ close, volume: close.map((_, index) => 10 + (index % 5)) })
    expect(Math.min(...lambda.subarray(100))).toBeGreaterThan(0)
  })

  it('is negative where the smaller change comes with the larger volume', () => {
    const bars = { close: Float64Array.of(100, 101, 103, 104), volume: Float64Array.of(1, 1, 1, 100) }
    // Changes 2 and 1, each with σ = ½, on volumes of nearly 1 and 0.954·100.
    expect(marketImpact(bars, { period: 2, sigma: 2 }).lambda[3]).toBeCloseTo(-1 / 94.45, 5)
  })

  it('grows with prices and falls with volumes, exactly', () => {
    const times = (column: Float64Array, factor: number): Float64Array => column.map((value) => value * factor)
    fc.assert(
      fc.property(barSeries({ lengthMax: 40, holes: 'none' }), fc.constantFrom('kyle', 'amihud'), (list, method) => {
        const { close, volume } = columnsOf(list)
        const options = { period: 4, sigma: 3, method } as const
        const { lambda, r2 } = marketImpact({ close, volume }, options)
        const dear = marketImpact({ close: times(close, 2 ** 20), volume }, options)
        expect(dear.lambda).toEqual(times(lambda, method === 'kyle' ? 2 ** 20 : 2 ** -20))
        const busy = marketImpact({ close, volume: times(volume, 2 ** 20) }, options)
        expect(busy.lambda).toEqual(times(lambda, 2 ** -20))
        expect([dear.r2, busy.r2]).toEqual([r2, r2])
      }),
    )
  })

  it('warms up with σ and the window', () => {
    expect(new MarketImpact()).toMatchObject({ name: 'marketImpact(50,50)', warmup: 100, stableAfter: 100 })
  })

  it('refuses a second kind of input, and keeps its state', () => {
    const stream = new MarketImpact()
    stream.next({ close: 1, volume: 1 })
    const before = stream.snapshot()
    expect(() => stream.onTrade({ price: 1, quantity: 1 })).toThrow('marketImpact(50,50) takes bars')
    expect(stream.snapshot()).toEqual(before)
    const trades = new MarketImpact({ method: 'amihud' })
    trades.onTrade({ price: 1, quantity: 1 })
    expect(() => trades.next({ close: 1, volume: 1 })).toThrow('was given bars')
    expect(() => trades.replace({ close: 1, volume: 1 })).toThrow('was given bars')
    expect(() => trades.peek({ close: 1, volume: 1 })).toThrow('was given bars')
  })
})
