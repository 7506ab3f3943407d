import { describe, expect, it } from 'vitest'
import { buyingPower } from './buyingPower.js'
import { defineInstrument } from './instrument.js'
import type { OrderRequest } from './order.js'
import type { Verdict } from './risk.js'
import { type OrderRequestOptions, orderRequestOf } from './testing/orderRequestOf.js'
import { type RiskViewOptions, riskViewOf } from './testing/riskViewOf.js'
import { ruleContract } from './testing/ruleContract.js'

const btc = defineInstrument({ id: 'BTC-USDT.sim', tick: '1', lot: '0.1' })
const eth = defineInstrument({ id: 'ETH-USDT.sim', tick: '1', lot: '0.1' })

const order = (side: 'buy' | 'sell', quantity: number, changes: Partial<OrderRequestOptions> = {}): OrderRequest =>
  orderRequestOf({ instrument: btc, side, quantity, ...changes })

function verdict(asked: OrderRequest, account: Partial<RiskViewOptions> = {}, options = {}): string {
  const view = riskViewOf({
    instruments: [btc, eth],
    equity: '1000',
    marks: { [btc.id]: 100, [eth.id]: 10 },
    ...account,
  })
  return text(buyingPower(options).check(asked, view))
}

function text(said: Verdict): string {
  return said.kind === 'shrink' ? `shrink ${said.quantity}` : said.kind === 'refuse' ? said.reason.code : said.kind
}

describe('buyingPower', () => {
  for (const check of ruleContract({ create: () => buyingPower({ costs: 0.001 }), instrument: btc }))
    it(check.name, check.run)

  it('lets an entry use the whole equity and not a lot more', () => {
    expect(verdict(order('buy', 10))).toBe('approve')
    expect(verdict(order('buy', 10.1))).toBe('shrink 10')
    expect(verdict(order('sell', 10.1))).toBe('shrink 10')
    expect(verdict(order('buy', 10), { equity: '999.99' })).toBe('shrink 9.9')
    expect(verdict(order('buy', 10), { equity: '9.99' })).toBe('FREE_BALANCE')
    expect(verdict(order('buy', 10), { equity: '0' })).toBe('FREE_BALANCE')
    expect(verdict(order('buy', 10), { equity: '-5' })).toBe('FREE_BALANCE')
  })

  it('counts positions and orders of all instruments', () => {
    expect(verdict(order('buy', 10), { positions: { [btc.id]: 4 } })).toBe('shrink 6')
    expect(verdict(order('buy', 10), { positions: { [eth.id]: -40 } })).toBe('shrink 6')
    expect(verdict(order('buy', 10), { openOrders: [order('buy', 4, { number: 2 })] })).toBe('shrink 6')
    expect(verdict(order('buy', 10), { unknownOrders: [order('buy', 4, { number: 2 })] })).toBe('shrink 6')
    expect(verdict(order('buy', 10), { positions: { [btc.id]: 10 } })).toBe('FREE_BALANCE')
  })

  it('judges an entry at its limit, else at the mark', () => {
    expect(verdict(order('buy', 20, { type: 'limit', limit: 50 }))).toBe('approve')
    expect(verdict(order('buy', 20, { type: 'limit', limit: 80 }))).toBe('shrink 12.5')
    expect(verdict(order('buy', 1), { marks: {} })).toBe('FREE_BALANCE')
  })

  it('keeps costs aside', () => {
    expect(verdict(order('buy', 10), {}, { costs: 0.01 })).toBe('shrink 9.9')
    expect(verdict(order('buy', 9.9), {}, { costs: 0.01 })).toBe('approve')
  })

  it('carries a multiple of equity', () => {
    expect(verdict(order('buy', 31), {}, { leverage: 3 })).toBe('shrink 30')
    expect(verdict(order('buy', 30), {}, { leverage: 3, costs: 0.01 })).toBe('shrink 29.1')
    expect(verdict(order('buy', 6), {}, { leverage: 0.5 })).toBe('shrink 5')
  })

  it('lets an entry of the other side take what the position holds, and as much again', () => {
    const invested = { positions: { [btc.id]: 10 } }
    expect(verdict(order('sell', 10, { type: 'limit', limit: 120 }), invested)).toBe('approve')
    expect(verdict(order('sell', 20), invested)).toBe('approve')
    expect(verdict(order('sell', 20.1), invested)).toBe('shrink 20')
    expect(verdict(order('buy', 20), { positions: { [btc.id]: -10 } })).toBe('approve')
  })

  it('lets the second half of a reversal pass behind its exit, and no more', () => {
    const reversing = {
      positions: { [btc.id]: 10 },
      openOrders: [order('sell', 10, { number: 2, reduceOnly: true })],
    }
    expect(verdict(order('sell', 10), reversing)).toBe('approve')
    expect(verdict(order('sell', 11), reversing)).toBe('shrink 10')
    expect(verdict(order('buy', 1), reversing)).toBe('FREE_BALANCE')
  })

  it('lets exits pass', () => {
    expect(verdict(order('sell', 99, { reduceOnly: true }), { equity: '-5' })).toBe('approve')
  })

  it('says what it counted', () => {
    const view = riskViewOf({
      instruments: [btc],
      equity: '1000',
      marks: { [btc.id]: 100 },
      positions: { [btc.id]: 4 },
    })
    expect(buyingPower().check(order('buy', 10), view)).toEqual({
      kind: 'shrink',
      quantity: 6,
      reason: { code: 'FREE_BALANCE', rule: 'buyingPower(1)', limit: '1000', got: '1400', unit: 'quote' },
    })
  })

  it('refuses figures that make no sense', () => {
    for (const leverage of [0, -1, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => buyingPower({ leverage })).toThrow(`Leverage "${leverage}" is not positive.`)
    }
    for (const costs of [-0.1, 1, Number.NaN]) {
      expect(() => buyingPower({ costs })).toThrow(`Costs "${costs}" are not a ratio from 0 to 1.`)
      expect(() => buyingPower({ costs })).toThrow(expect.objectContaining({ code: 'BAD_PARAMETER' }))
    }
  })
})
