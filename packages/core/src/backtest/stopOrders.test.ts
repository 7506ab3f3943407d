import { describe, expect, it } from 'vitest'
import { amend, buy, sell } from '../strategy.js'
import { nth, playScript, type Row, unit } from './playScript.rig.js'
import { tickSlippage } from './slippage.js'

const { id } = unit
const first: Row = [100, 102, 99, 100]
const calm: Row = [100, 102, 99, 101]

describe('a stop order', () => {
  it('buys at its trigger when the price rises to it', () => {
    const bars: readonly Row[] = [first, calm, [101, 106, 100, 104]]
    const { fills, events } = playScript({ bars, wishes: { 0: buy(id, 10, { type: 'stop', trigger: 105 }) } })
    expect(fills).toEqual(['3 buy 10 @ 105'])
    expect(events).toEqual(['1 accepted 1', '3 triggered 1'])
  })

  it('sells at its trigger when the price touches it', () => {
    const bars: readonly Row[] = [first, [100, 102, 95, 97]]
    const { fills } = playScript({ bars, wishes: { 0: sell(id, 10, { type: 'stop', trigger: 95 }) } })
    expect(fills).toEqual(['2 sell 10 @ 95'])
  })

  it('fills at the open, worse than its trigger, when the price gaps over it', () => {
    const bars: readonly Row[] = [first, calm, [110, 112, 108, 111]]
    expect(playScript({ bars, wishes: { 0: buy(id, 10, { type: 'stop', trigger: 105 }) } }).fills).toEqual([
      '3 buy 10 @ 110',
    ])
    const fall: readonly Row[] = [first, [90, 91, 88, 89]]
    expect(playScript({ bars: fall, wishes: { 0: sell(id, 10, { type: 'stop', trigger: 95 }) } }).fills).toEqual([
      '2 sell 10 @ 90',
    ])
  })

  it('pays slippage on top of its trigger', () => {
    const bars: readonly Row[] = [first, [100, 106, 99, 104]]
    const slippage = tickSlippage({ ticks: 2 })
    const { fills } = playScript({ bars, slippage, wishes: { 0: buy(id, 10, { type: 'stop', trigger: 105 }) } })
    expect(fills).toEqual(['2 buy 10 @ 107'])
  })

  it('may be amended to another trigger', () => {
    const bars: readonly Row[] = [first, calm, [101, 104, 100, 103]]
    const wishes = { 0: buy(id, 10, { type: 'stop', trigger: 120 }), 1: amend(nth(1), { trigger: 103 }) }
    expect(playScript({ bars, wishes }).fills).toEqual(['3 buy 10 @ 103'])
  })

  it('cannot wait for a price that bars do not know', () => {
    for (const triggerSource of ['mark', 'index', 'bidAsk'] as const) {
      const wishes = { 0: buy(id, 10, { type: 'stop', trigger: 105, triggerSource }) }
      expect(playScript({ bars: [first, calm], wishes }).events).toEqual(['1 rejected 1 TRIGGER_SOURCE_UNAVAILABLE'])
    }
  })
})

describe('a stop-limit order', () => {
  it('fills at the trigger as a taker where its limit leaves room', () => {
    const bars: readonly Row[] = [first, [100, 108, 99, 104]]
    const { fills } = playScript({
      bars,
      slippage: tickSlippage({ ticks: 1 }),
      wishes: { 0: buy(id, 10, { type: 'stopLimit', trigger: 105, limit: 107 }) },
    })
    expect(fills).toEqual(['2 buy 10 @ 106'])
  })

  it('rests at its limit once triggered, and fills when the price comes back', () => {
    // Opens at 110, beyond trigger and limit; falls back through 106 in the bar after.
    const bars: readonly Row[] = [first, [110, 112, 108, 111], [111, 112, 104, 106]]
    const { fills, events } = playScript({
      bars,
      wishes: { 0: buy(id, 10, { type: 'stopLimit', trigger: 105, limit: 106 }) },
    })
    expect(events).toEqual(['1 accepted 1', '2 triggered 1'])
    expect(fills).toEqual(['3 buy 10 @ 106 maker'])
  })

  it('fills in the bar that triggered it when the path comes back through the limit', () => {
    const bars: readonly Row[] = [first, [110, 112, 104, 106]]
    const { fills } = playScript({
      bars,
      wishes: { 0: buy(id, 10, { type: 'stopLimit', trigger: 105, limit: 106 }) },
    })
    expect(fills).toEqual(['2 buy 10 @ 106 maker'])
  })

  it('stays a limit order when it is amended after its trigger', () => {
    const bars: readonly Row[] = [first, [110, 112, 108, 109], [109, 110, 106, 108]]
    const wishes = {
      0: buy(id, 10, { type: 'stopLimit', trigger: 105, limit: 106 }),
      1: amend(nth(1), { limit: 107 }),
    }
    const { fills, events } = playScript({ bars, wishes })
    expect(events).toEqual(['1 accepted 1', '2 triggered 1', '2 amended 1'])
    expect(fills).toEqual(['3 buy 10 @ 107 maker'])
  })
})

describe('a market-if-touched order', () => {
  it('buys at its trigger when the price falls to it', () => {
    const bars: readonly Row[] = [first, [100, 101, 95, 97]]
    const { fills } = playScript({ bars, wishes: { 0: buy(id, 10, { type: 'marketIfTouched', trigger: 95 }) } })
    expect(fills).toEqual(['2 buy 10 @ 95'])
  })

  it('sells at its trigger when the price rises to it', () => {
    const bars: readonly Row[] = [first, [100, 105, 99, 101]]
    const { fills } = playScript({ bars, wishes: { 0: sell(id, 10, { type: 'marketIfTouched', trigger: 105 }) } })
    expect(fills).toEqual(['2 sell 10 @ 105'])
  })

  it('gets the better open when the price gaps over it', () => {
    const bars: readonly Row[] = [first, [90, 92, 88, 91]]
    const { fills } = playScript({ bars, wishes: { 0: buy(id, 10, { type: 'marketIfTouched', trigger: 95 }) } })
    expect(fills).toEqual(['2 buy 10 @ 90'])
  })
})

describe('a limit-if-touched order', () => {
  it('becomes a limit order at its trigger', () => {
    const bars: readonly Row[] = [first, [100, 101, 94, 97], [97, 98, 91, 95]]
    const { fills, events } = playScript({
      bars,
      wishes: { 0: buy(id, 10, { type: 'limitIfTouched', trigger: 95, limit: 92 }) },
    })
    expect(events).toEqual(['1 accepted 1', '2 triggered 1'])
    expect(fills).toEqual(['3 buy 10 @ 92 maker'])
  })
})

describe('a market-to-limit order', () => {
  const wishes = { 0: buy(id, 10, { type: 'marketToLimit' }) }

  it('fills at the open like a market order', () => {
    expect(playScript({ bars: [first, [103, 106, 102, 105]], wishes }).fills).toEqual(['1 buy 10 @ 103'])
  })

  it('rests with what is left at the price of its first fill', () => {
    const bars: readonly Row[] = [first, [103, 106, 102, 105, 4], [106, 107, 104, 105], [105, 106, 101, 104]]
    const { fills } = playScript({ bars, wishes, fillPolicy: { maxVolumeShare: 1 } })
    expect(fills).toEqual(['1 buy 4 @ 103', '4 buy 6 @ 103 maker'])
  })

  it('keeps its resting limit when it is made smaller', () => {
    const bars: readonly Row[] = [first, [103, 106, 102, 105, 4], [106, 107, 104, 105], [105, 106, 101, 104]]
    const { fills } = playScript({
      bars,
      wishes: { ...wishes, 1: amend(nth(1), { quantity: 7 }) },
      fillPolicy: { maxVolumeShare: 1 },
    })
    expect(fills).toEqual(['1 buy 4 @ 103', '4 buy 3 @ 103 maker'])
  })
})
