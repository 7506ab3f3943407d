import { describe, expect, it } from 'vitest'
import { amend, buy, sell, target } from '../strategy.js'
import { makerTaker } from './fees.js'
import { nth, playScript, type Row, unit } from './playScript.rig.js'
import { tickSlippage } from './slippage.js'

const { id } = unit
const first: Row = [100, 102, 99, 100]

describe('a limit order', () => {
  it('rests until the price trades through its limit, and fills at the limit', () => {
    const bars: readonly Row[] = [first, [100, 101, 97, 99], [99, 100, 94, 98]]
    const { fills } = playScript({ bars, wishes: { 0: buy(id, 10, { limit: 95 }) } })
    expect(fills).toEqual(['3 buy 10 @ 95 maker'])
  })

  it('sells through a limit above the market', () => {
    const bars: readonly Row[] = [first, [100, 106, 99, 104]]
    const { fills } = playScript({ bars, wishes: { 0: sell(id, 10, { limit: 105 }) } })
    expect(fills).toEqual(['2 sell 10 @ 105 maker'])
  })

  it('does not fill where the price only touches it, unless the policy says touch', () => {
    const bars: readonly Row[] = [first, [100, 101, 95, 99]]
    const wishes = { 0: buy(id, 10, { limit: 95 }) }
    expect(playScript({ bars, wishes }).fills).toEqual([])
    expect(playScript({ bars, wishes, fillPolicy: { limitTouch: 'touch' } }).fills).toEqual(['2 buy 10 @ 95 maker'])
  })

  it('fills at the open where the bar opens beyond a limit that had rested', () => {
    const bars: readonly Row[] = [first, [100, 101, 99, 100], [90, 92, 88, 91]]
    const { fills } = playScript({ bars, wishes: { 0: buy(id, 10, { limit: 95 }) } })
    expect(fills).toEqual(['3 buy 10 @ 90 maker'])
  })

  it('takes liquidity, slippage included but never beyond its limit, where it arrives crossed', () => {
    const bars: readonly Row[] = [first, [101, 103, 100, 102]]
    const slippage = tickSlippage({ ticks: 2 })
    expect(playScript({ bars, slippage, wishes: { 0: buy(id, 10, { limit: 105 }) } }).fills).toEqual(['2 buy 10 @ 103'])
    expect(playScript({ bars, slippage, wishes: { 0: buy(id, 10, { limit: 102 }) } }).fills).toEqual(['2 buy 10 @ 102'])
  })

  it('pays the maker rate when it rested and the taker rate when it crossed', () => {
    const bars: readonly Row[] = [first, [101, 103, 90, 102]]
    const fees = makerTaker({ maker: 0.001, taker: 0.002 })
    const rested = playScript({ bars, fees, wishes: { 0: buy(id, 10, { limit: 95 }) } })
    expect(rested.report.ledger).toMatchObject({ fees: '0.95', cash: '9049.05' })
    const crossed = playScript({ bars, fees, wishes: { 0: buy(id, 10, { limit: 105 }) } })
    expect(crossed.report.ledger).toMatchObject({ fees: '2.02', cash: '8987.98' })
  })

  it('never rounds to a worse limit than was wished for', () => {
    const bars: readonly Row[] = [first, [100, 110, 90, 100]]
    expect(playScript({ bars, wishes: { 0: buy(id, 10, { limit: 95.9 }) } }).fills).toEqual(['2 buy 10 @ 95 maker'])
    expect(playScript({ bars, wishes: { 0: sell(id, 10, { limit: 105.1 }) } }).fills).toEqual(['2 sell 10 @ 106 maker'])
  })

  it('meets the nearer of two limits first, whichever is older', () => {
    const bars: readonly Row[] = [first, [100, 101, 90, 95]]
    const { fills } = playScript({ bars, wishes: { 0: [buy(id, 1, { limit: 93 }), buy(id, 2, { limit: 96 })] } })
    expect(fills).toEqual(['2 buy 2 @ 96 maker', '2 buy 1 @ 93 maker'])
  })

  it('gives the older of two equal limits the first fill', () => {
    const bars: readonly Row[] = [first, [100, 101, 90, 95, 3]]
    const wishes = { 0: [buy(id, 2, { limit: 95 }), buy(id, 3, { limit: 95 })] }
    const { fills } = playScript({ bars, wishes, fillPolicy: { maxVolumeShare: 1 } })
    expect(fills).toEqual(['2 buy 2 @ 95 maker', '2 buy 1 @ 95 maker'])
  })

  it('takes profit on a position that has the whole account, reduce-only or not', () => {
    const bars: readonly Row[] = [first, [100, 101, 99, 100], [100, 108, 99, 107]]
    for (const reduceOnly of [true, false]) {
      const wishes = { 0: target(id, 1), 1: sell(id, 100, { limit: 105, reduceOnly }) }
      const { fills, position } = playScript({ bars: [...bars, bars[1]!], wishes })
      expect(fills).toEqual(['1 buy 100 @ 100', '3 sell 100 @ 105 maker'])
      expect(position).toBe(0)
    }
  })
})

describe('an iceberg', () => {
  it('trades as a limit order of its whole size', () => {
    const bars: readonly Row[] = [first, [100, 101, 94, 99]]
    const { fills } = playScript({
      bars,
      wishes: { 0: buy(id, 10, { type: 'iceberg', limit: 95, displayQuantity: 2 }) },
    })
    expect(fills).toEqual(['2 buy 10 @ 95 maker'])
  })
})

describe('a post-only order', () => {
  const bars: readonly Row[] = [first, [100, 101, 94, 99]]

  it('is refused where it would cross on arrival', () => {
    for (const limit of [100, 101]) {
      const { fills, events } = playScript({ bars, wishes: { 0: buy(id, 10, { limit, postOnly: true }) } })
      expect(fills).toEqual([])
      expect(events).toEqual(['1 rejected 1 POST_ONLY_WOULD_CROSS'])
    }
    const iceberg = buy(id, 10, { type: 'iceberg', limit: 100, displayQuantity: 1, postOnly: true })
    expect(playScript({ bars, wishes: { 0: iceberg } }).events).toEqual(['1 rejected 1 POST_ONLY_WOULD_CROSS'])
  })

  it('rests and makes otherwise', () => {
    const { fills } = playScript({ bars, wishes: { 0: buy(id, 10, { limit: 95, postOnly: true }) } })
    expect(fills).toEqual(['2 buy 10 @ 95 maker'])
  })

  it('is taken back rather than taking, where the market opens beyond it as it arrives', () => {
    const gap: readonly Row[] = [first, [90, 92, 88, 91]]
    const { fills, events } = playScript({ bars: gap, wishes: { 0: buy(id, 10, { limit: 95, postOnly: true }) } })
    expect(fills).toEqual([])
    expect(events).toEqual(['1 accepted 1', '2 canceled 1'])
  })
})

describe('an amended limit order', () => {
  const bars: readonly Row[] = [first, [100, 101, 97, 99], [99, 100, 94, 98]]

  it('fills at its new limit and size', () => {
    const wishes = { 0: buy(id, 10, { limit: 90 }), 1: amend(nth(1), { limit: 95, quantity: 4 }) }
    const { fills, events } = playScript({ bars, wishes })
    expect(events).toEqual(['1 accepted 1', '2 amended 1'])
    expect(fills).toEqual(['3 buy 4 @ 95 maker'])
  })

  it('ends when amended to what has filled already', () => {
    const rows: readonly Row[] = [first, [100, 101, 94, 99, 3], [99, 100, 94, 98]]
    const wishes = { 0: buy(id, 10, { limit: 95 }), 1: amend(nth(1), { quantity: 3 }) }
    const { fills, events } = playScript({ bars: rows, wishes, fillPolicy: { maxVolumeShare: 1 } })
    expect(fills).toEqual(['2 buy 3 @ 95 maker'])
    expect(events).toEqual(['1 accepted 1', '2 amended 1', '2 canceled 1'])
  })

  it('changes both when two amendments follow each other at once', () => {
    const wishes = { 0: [buy(id, 10, { limit: 90 }), amend(nth(1), { limit: 95 }), amend(nth(1), { quantity: 4 })] }
    expect(playScript({ bars, wishes }).fills).toEqual(['3 buy 4 @ 95 maker'])
  })
})
