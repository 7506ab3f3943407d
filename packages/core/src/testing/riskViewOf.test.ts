import { describe, expect, it } from 'vitest'
import { defineInstrument, type InstrumentId } from '../instrument.js'
import { money } from '../money.js'
import { orderRequestOf } from './orderRequestOf.js'
import { riskViewOf } from './riskViewOf.js'

const btc = defineInstrument({ id: 'BTC-USDT.sim', tick: '0.01', lot: '0.001' })
const eth = defineInstrument({ id: 'ETH-USDT.sim', tick: '0.01', lot: '0.01' })

describe('riskViewOf', () => {
  it('fills in a healthy account', () => {
    const view = riskViewOf({ instruments: [btc] })
    expect(view).toMatchObject({
      mode: 'normal',
      equity: 10_000,
      highWaterMarkNear: 10_000,
      dayStartNear: 10_000,
      grossExposure: 0,
    })
    expect(view.equityExact).toBe(money('10000'))
    expect(view.cash).toBe(money('10000'))
    expect(view.mark(btc.id)).toBeUndefined()
    expect(view.markPrice(btc.id)).toBeNaN()
    expect(view.exposure(btc.id)).toEqual({ quantity: 0, pendingBuy: 0, pendingSell: 0, pendingExit: 0 })
    expect(Object.isFrozen(view)).toBe(true)
  })

  it('derives exposure from positions and orders, each in full and exits apart', () => {
    const openOrders = [
      orderRequestOf({ instrument: btc, number: 1, quantity: 2 }),
      orderRequestOf({ instrument: btc, number: 2, quantity: 1, side: 'sell', reduceOnly: true }),
      orderRequestOf({ instrument: eth, number: 3, quantity: 9 }),
    ]
    const unknownOrders = [orderRequestOf({ instrument: btc, number: 4, quantity: 5, side: 'sell' })]
    const view = riskViewOf({
      instruments: [btc, eth],
      positions: { [btc.id]: 1 },
      marks: { [btc.id]: 100, [eth.id]: 10 },
      openOrders,
      unknownOrders,
    })
    expect(view.exposure(btc.id)).toEqual({ quantity: 1, pendingBuy: 2, pendingSell: 5, pendingExit: 1 })
    // The sale and the exit may both fill.
    expect(view.grossExposure).toBe(5 * 100 + 9 * 10)
    expect(view.worstPoints(btc.id)).toBe(5_000)
    expect(view.mark(btc.id)).toEqual({ price: 100, ageMs: 0 })
    expect(view.markPrice(btc.id)).toBe(100)
    expect(view.openOrders(eth.id)).toEqual([openOrders[2]])
    expect(view.openOrders()).toEqual([...openOrders, ...unknownOrders])
    expect(view.openOrderCount).toBe(4)
    expect(view.unknownOrders(btc.id)).toEqual(unknownOrders)
    expect(view.unknownOrders(eth.id)).toEqual([])
  })

  it('leaves gross exposure NaN where a position has no mark', () => {
    expect(riskViewOf({ instruments: [btc], positions: { [btc.id]: 1 } }).grossExposure).toBeNaN()
  })

  it('refuses an instrument it was not given and amounts that are no decimals', () => {
    const view = riskViewOf({ instruments: [btc] })
    expect(view.instrument(btc.id)).toBe(btc)
    expect(() => view.instrument('X.sim' as InstrumentId)).toThrow('Instrument "X.sim" is not in this view.')
    expect(() => riskViewOf({ instruments: [btc], equity: 'much' })).toThrow('Not an amount of money: "much".')
  })
})
