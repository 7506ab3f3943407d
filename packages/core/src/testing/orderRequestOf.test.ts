import { describe, expect, it } from 'vitest'
import { defineInstrument } from '../instrument.js'
import { orderRequestOf } from './orderRequestOf.js'

const btc = defineInstrument({ id: 'BTC-USDT.sim', tick: '0.01', lot: '0.001' })

describe('orderRequestOf', () => {
  it('builds a market order with every key present', () => {
    expect(orderRequestOf({ instrument: btc })).toStrictEqual({
      id: 2 ** 32 + 1,
      instrument: 'BTC-USDT.sim',
      strategy: 'test',
      side: 'buy',
      type: 'market',
      quantity: 1,
      limit: undefined,
      trigger: undefined,
      triggerSource: 'last',
      trail: undefined,
      limitOffset: undefined,
      timeInForce: 'gtc',
      expiresAt: undefined,
      postOnly: false,
      reduceOnly: false,
      closePosition: false,
      displayQuantity: undefined,
      group: undefined,
      protectiveStop: undefined,
    })
  })

  it('puts every number on its grid and takes every other key as given', () => {
    const order = orderRequestOf({
      instrument: btc,
      number: 7,
      side: 'sell',
      type: 'iceberg',
      quantity: 1.0019,
      displayQuantity: 0.5009,
      limit: 100.004,
      trigger: 99.996,
      protectiveStop: 110.001,
      reduceOnly: true,
    })
    expect(order).toMatchObject({
      side: 'sell',
      quantity: 1.001,
      displayQuantity: 0.5,
      limit: 100,
      trigger: 100,
      protectiveStop: 110,
      reduceOnly: true,
    })
    expect(orderRequestOf({ instrument: btc, protectiveStop: 'none' }).protectiveStop).toBe('none')
  })

  it('refuses numbers that fit no grid', () => {
    expect(() => orderRequestOf({ instrument: btc, quantity: -1 })).toThrow(
      'Quantity "-1" of BTC-USDT.sim is not a number ≥ 0.',
    )
    expect(() => orderRequestOf({ instrument: btc, limit: Number.NaN })).toThrow(
      'Value "NaN" does not fit the grid of 0.01.',
    )
  })
})
