import type { Quote } from '@astertrade/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { OrderFlowImbalance, orderFlowImbalance } from '../index.js'
import { barSeries, columnsOf } from '../testing/barSeries.js'
import type { QuoteInput } from './quoteFlow.js'

const none = Number.NaN
const quote = (bid: number, bidSize: number, ask: number, askSize: number): QuoteInput => ({
  bid,
  bidSize,
  ask,
  askSize,
})

/** Both outputs after each quote. */
function ofQuotes(quotes: readonly QuoteInput[], period: number): (readonly [number, number])[] {
  const stream = new OrderFlowImbalance({ period })
  return quotes.map((input) => [stream.onQuote(input), stream.output('normalized')])
}

const steps = fc.array(
  fc.record({
    bid: fc.integer({ min: 100, max: 103 }),
    spread: fc.integer({ min: 1, max: 3 }),
    bidSize: fc.integer({ min: 0, max: 20 }),
    askSize: fc.integer({ min: 0, max: 20 }),
  }),
  { maxLength: 30 },
)

/** The formula, one quote after another. */
function byDefinition(quotes: readonly Required<QuoteInput>[], period: number): number[] {
  const events = quotes.map((now, index) => {
    const before = quotes[index - 1]
    if (!before) return none
    const [q, q0, r, r0] = [now.bidSize!, before.bidSize!, now.askSize!, before.askSize!]
    let event = 0
    if (now.bid >= before.bid) event += q
    if (now.bid <= before.bid) event -= q0
    if (now.ask <= before.ask) event -= r
    if (now.ask >= before.ask) event += r0
    return event
  })
  return events.map((_, index) =>
    index < period ? none : events.slice(index - period + 1, index + 1).reduce((sum, event) => sum + event),
  )
}

describe('orderFlowImbalance of quotes', () => {
  it('counts what came to the queues and what left them', () => {
    const quotes = [
      quote(10, 5, 11, 4),
      quote(10, 8, 11, 4), // 3 more bid
      quote(10.5, 2, 11, 4), // a better bid: all of it is new
      quote(10.5, 2, 10.75, 6), // a better ask: all of it is supply
      quote(10, 7, 11, 9), // the bid of 2 and the ask of 6 are gone
    ]
    expect(ofQuotes(quotes, 1).map(([ofi]) => ofi)).toEqual([none, 3, 2, -6, 4])
    // Depths 6, 3, 4, 8: normalized by their mean.
    expect(ofQuotes(quotes, 2)[4]![1]).toBeCloseTo(-2 / 6, 12)
  })

  it('agrees with the definition', () => {
    fc.assert(
      fc.property(steps, fc.integer({ min: 1, max: 5 }), (list, period) => {
        const quotes = list.map(({ bid, spread, bidSize, askSize }) => ({ bid, ask: bid + spread, bidSize, askSize }))
        expect(ofQuotes(quotes, period).map(([ofi]) => ofi)).toEqual(byDefinition(quotes, period))
      }),
    )
  })

  it('turns its sign when the sides are exchanged', () => {
    fc.assert(
      fc.property(steps, (list) => {
        const quotes = list.map(({ bid, spread, bidSize, askSize }) => quote(bid, bidSize, bid + spread, askSize))
        const mirrored = quotes.map(({ bid, ask, bidSize, askSize }) => quote(-ask, askSize!, -bid, bidSize!))
        const opposite = ofQuotes(mirrored, 3).map((row) => row.map((value) => 0 - value))
        expect(opposite).toEqual(ofQuotes(quotes, 3).map((row) => row.map((value) => 0 + value)))
      }),
    )
  })

  it('takes a core quote as it is, and has no value without sizes', () => {
    const core = { kind: 'quote', bid: 1, ask: 2, instrument: '', time: 0 } as unknown as Quote
    const stream = new OrderFlowImbalance({ period: 1 })
    for (let count = 0; count < 3; count++) expect(stream.onQuote(core)).toBeNaN()
    expect(stream.isReady).toBe(false)
    expect(stream.onQuote({ ...core, bidSize: 3, askSize: 3 })).toBeNaN()
    expect(stream.onQuote({ ...core, bidSize: 4, askSize: 3 })).toBe(1)
  })

  it('is 0 in an empty book', () => {
    expect(ofQuotes([quote(1, 0, 2, 0), quote(1, 0, 2, 0)], 1)[1]).toEqual([0, 0])
  })
})

describe('orderFlowImbalance of trades', () => {
  it('is what was bought less what was sold, and its share of the volume', () => {
    const stream = new OrderFlowImbalance({ period: 3 })
    const values = (['buy', 'buy', 'sell', 'sell'] as const).map((aggressor, index) =>
      stream.onTrade({ price: 10, quantity: 1 + index, aggressor }),
    )
    expect(values).toEqual([none, none, 0, -5])
    expect(stream.output('normalized')).toBeCloseTo(-5 / 9, 15)
  })

  it('is whole where all trades go one way', () => {
    const stream = new OrderFlowImbalance({ period: 2 })
    for (const price of [10, 9, 8, 7]) stream.onTrade({ price, quantity: 0.1 })
    expect(stream.output('normalized')).toBe(-1)
  })
})

describe('orderFlowImbalance of bars', () => {
  it('is 0 on a series that does not move, and on one without volume', () => {
    const close = Float64Array.from({ length: 100 }, (_, index) => (index < 20 ? Math.sin(index) : 0.1))
    const still = orderFlowImbalance({ close, volume: close.map(() => 3) })
    expect([still.ofi.at(-1), still.normalized.at(-1)]).toEqual([0, 0])
    const moving = Float64Array.from({ length: 100 }, (_, index) => Math.sin(index))
    const idle = orderFlowImbalance({ close: moving, volume: new Float64Array(100) })
    expect([idle.ofi.at(-1), idle.normalized.at(-1)]).toEqual([0, 0])
  })

  it('turns its sign when prices are mirrored, and stays between -1 and 1', () => {
    fc.assert(
      fc.property(barSeries({ lengthMax: 60, holes: 'none' }), (list) => {
        const { close, volume } = columnsOf(list)
        const options = { period: 4, sigma: 5 }
        const { ofi, normalized } = orderFlowImbalance({ close, volume }, options)
        const mirrored = orderFlowImbalance({ close: close.map((price) => 5000 - price), volume }, options)
        expect(mirrored.ofi.map((value) => 0 - value)).toEqual(ofi)
        for (const value of normalized.filter(Number.isFinite)) expect(Math.abs(value)).toBeLessThanOrEqual(1)
      }),
    )
  })

  it('warms up with σ and the window', () => {
    expect(new OrderFlowImbalance()).toMatchObject({ name: 'orderFlowImbalance(20,50)', warmup: 70, stableAfter: 70 })
  })

  it('refuses a second kind of input, and keeps its state', () => {
    const stream = new OrderFlowImbalance()
    stream.onQuote(quote(1, 2, 3, 4))
    const before = stream.snapshot()
    expect(() => stream.onTrade({ price: 1, quantity: 1 })).toThrow(
      'takes quotes, as its first input was, and was given trades.',
    )
    expect(() => stream.next({ close: 1, volume: 1 })).toThrow('was given bars')
    expect(() => stream.replace({ close: 1, volume: 1 })).toThrow('was given bars')
    expect(() => stream.peek({ close: 1, volume: 1 })).toThrow('was given bars')
    expect(stream.snapshot()).toEqual(before)
    const copy = stream.clone()
    expect(copy.onQuote(quote(1, 5, 3, 4))).toBe(stream.onQuote(quote(1, 5, 3, 4)))
    expect(copy.snapshot()).toEqual(stream.snapshot())
  })
})
