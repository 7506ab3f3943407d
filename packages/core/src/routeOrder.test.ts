import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { defineInstrument } from './instrument.js'
import { type RouteQuote, routeOrder } from './routeOrder.js'

const venue = (name: string, quote: Partial<RouteQuote> = {}, lot = '0.001'): RouteQuote => ({
  instrument: defineInstrument({ id: `BTC.${name}`, tick: '0.01', lot, minNotional: 5 }),
  bid: 99,
  ask: 101,
  bidSize: 1,
  askSize: 1,
  takerFee: 0.001,
  ageMs: 0,
  ...quote,
})

describe('routeOrder', () => {
  it('takes the best price after fees first, as far as the venue shows size', () => {
    const cheapButDear = venue('a', { ask: 100.95, takerFee: 0.002 })
    const route = routeOrder({ side: 'buy', quantity: 1.5, quotes: [cheapButDear, venue('b')] })
    expect(route.slices.map(({ instrument, quantity }) => [instrument, quantity])).toEqual([
      ['BTC.b', 1],
      ['BTC.a', 0.5],
    ])
    expect(route.unrouted).toBe(0)
  })

  it('sells to the highest bid after fees', () => {
    const route = routeOrder({ side: 'sell', quantity: 1, quotes: [venue('a'), venue('b', { bid: 99.5 })] })
    expect(route.slices).toEqual([{ instrument: 'BTC.b', quantity: 1, cost: 99.5 * 0.999 }])
  })

  it('passes over stale quotes and slices below the minimum, and says what is left', () => {
    const route = routeOrder({
      side: 'buy',
      quantity: 1.02,
      quotes: [venue('a'), venue('b', { ageMs: 1_001 }), venue('c', { ask: 102 })],
    })
    expect(route.slices).toHaveLength(1)
    expect(route.unrouted).toBeCloseTo(0.02, 12)
  })

  it('refuses a crossed quote and a quantity that is no number', () => {
    expect(() => routeOrder({ side: 'buy', quantity: 1, quotes: [venue('a', { ask: 98 })] })).toThrow('not sound')
    expect(() => routeOrder({ side: 'buy', quantity: Number.NaN, quotes: [] })).toThrow('cannot be routed')
  })

  it('never routes more than asked or shown, and never pays more than a single venue would for the same size', () => {
    let split = 0
    const quote = fc.record({
      bid: fc.integer({ min: 90, max: 99 }),
      ask: fc.integer({ min: 100, max: 110 }),
      size: fc.integer({ min: 0, max: 20 }),
      fee: fc.integer({ min: 0, max: 20 }),
    })
    fc.assert(
      fc.property(fc.array(quote, { minLength: 1, maxLength: 5 }), fc.integer({ min: 1, max: 40 }), (list, tenths) => {
        const quotes = list.map(({ bid, ask, size, fee }, index) =>
          venue(`v${index}`, { bid, ask, bidSize: size / 10, askSize: size / 10, takerFee: fee / 10_000 }),
        )
        const quantity = tenths / 10
        const { slices, unrouted } = routeOrder({ side: 'buy', quantity, quotes })
        const routed = slices.reduce((sum, slice) => sum + slice.quantity, 0)
        expect(routed + unrouted).toBeCloseTo(quantity, 9)
        if (slices.length > 1) split++
        const paid = slices.reduce((sum, slice) => sum + slice.quantity * slice.cost, 0)
        for (const { ask, askSize, takerFee } of quotes) {
          if (askSize >= routed) expect(paid).toBeLessThanOrEqual(routed * ask * (1 + takerFee) + 1e-9)
        }
      }),
      { numRuns: Number(process.env.FC_NUM_RUNS ?? 300) },
    )
    expect(split).toBeGreaterThan(0)
  })
})
