import { defineInstrument, type Quote, type Trade, timestamp } from '@astertrade/core'
import { describe, expect, it } from 'vitest'
import { flowWindows } from './flowWindows.js'

const { id: instrument } = defineInstrument({ id: 'A.sim', tick: '0.01', lot: '1' })

function trade(time: number, quantity: number): Trade {
  const aggressor = quantity > 0 ? 'buy' : 'sell'
  return { kind: 'trade', instrument, time: timestamp(time), aggressor, price: 10, quantity: Math.abs(quantity) }
}

function quote(time: number, bidSize: number, askSize: number): Quote {
  return { kind: 'quote', instrument, time: timestamp(time), bid: 10, ask: 11, bidSize, askSize }
}

function read(flow: ReturnType<typeof flowWindows>, time: number): number[] {
  const out = new Float64Array(4)
  flow.read(time, out)
  return [...out]
}

describe('flowWindows', () => {
  it('is what was bought less sold over all that was traded, in each window', () => {
    const flow = flowWindows([1_000, 4_000])
    flow.addTrade(trade(100, 3))
    flow.addTrade(trade(900, -1))
    expect(read(flow, 900)).toEqual([0.5, 0.5, 0, 0])
    flow.addTrade(trade(2_000, -2))
    expect(read(flow, 2_000)).toEqual([-1, 0, 0, 0])
    expect(read(flow, 2_999)[0]).toBe(-1)
    expect(read(flow, 3_000)).toEqual([0, 0, 0, 0])
    expect(read(flow, 4_999)).toEqual([0, -1, 0, 0])
  })

  it('forgets in slots of a quarter of the shortest window', () => {
    const flow = flowWindows([1_000, 4_000])
    flow.addTrade(trade(249, 1))
    expect(read(flow, 999)[0]).toBe(1)
    expect(read(flow, 1_000)[0]).toBe(0)
    expect(read(flow, 3_999)[1]).toBe(1)
    expect(read(flow, 4_000)[1]).toBe(0)
  })

  it('is the demand less the supply at the quotes over their mean depth, and brought into range', () => {
    const flow = flowWindows([1_000, 4_000])
    flow.addQuote(quote(0, 5, 5))
    flow.addQuote(quote(10, 8, 4))
    // Three more bid and one less offered: 4 over a depth of 6, then x / (1 + x).
    expect(read(flow, 10)[2]).toBeCloseTo(4 / 6 / (1 + 4 / 6), 14)
    flow.addQuote({ kind: 'quote', instrument, time: timestamp(20), bid: 10, ask: 11 })
    expect(read(flow, 20)[2]).toBeCloseTo(4 / 6 / (1 + 4 / 6), 14)
  })

  it('keeps as little for a million trades as for one', () => {
    const flow = flowWindows([1_000, 4_000])
    const size = (): number => flow.parts().reduce((sum, part) => sum + part.length, 0)
    const before = size()
    for (let at = 0; at < 20_000; at++) flow.addTrade(trade(at * 7, at % 2 === 0 ? 1 : -1))
    expect(size()).toBe(before)
  })
})
