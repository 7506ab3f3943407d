import { describe, expect, it } from 'vitest'
import { booksOf } from '../ledger.js'
import { money } from '../money.js'
import { buy, cancel, sell } from '../strategy.js'
import { a, createEngineRig, nth } from './engineRig.rig.js'

const bought = () => {
  const rig = createEngineRig()
  expect(rig.bar(100, buy(a.id, 10))).toEqual(['place 1 buy 10 market'])
  return rig
}

describe('an order under way', () => {
  it('reserves what it may still fill until it has', () => {
    const rig = bought()
    expect(rig.position()).toEqual({ quantity: 0, averagePrice: 0, reserved: 10 })
    rig.say(1, 'sent')
    rig.say(1, 'accepted')
    rig.fill(1, { quantity: 4, price: 101 })
    expect(rig.position()).toEqual({ quantity: 4, averagePrice: 101, reserved: 6 })
    rig.fill(1, { quantity: 6, price: 106 })
    expect(rig.position()).toEqual({ quantity: 10, averagePrice: 104, reserved: 0 })
    expect(rig.kernel.orders.size).toBe(0)
  })

  it('frees what is left when it ends without filling', () => {
    for (const end of ['canceled', 'expired', 'rejected'] as const) {
      const rig = bought()
      rig.say(1, end)
      expect(rig.position().reserved).toBe(0)
      expect(rig.view().openOrders()).toEqual([])
    }
  })

  it('frees the rest when it is taken back after a part has filled', () => {
    const rig = bought()
    rig.fill(1, { quantity: 4 })
    rig.say(1, 'canceled')
    expect(rig.position()).toMatchObject({ quantity: 4, reserved: 0 })
  })

  it('may fill before it is acknowledged, and a late acknowledgement undoes nothing', () => {
    const rig = bought()
    rig.fill(1, { quantity: 4 })
    rig.say(1, 'accepted')
    rig.say(1, 'sent')
    expect(rig.position()).toMatchObject({ quantity: 4, reserved: 6 })
    rig.fill(1, { quantity: 6 })
    rig.say(1, 'accepted')
    expect(rig.position()).toMatchObject({ quantity: 10, reserved: 0 })
    expect(rig.heard).toEqual([])
  })

  it('is told to its strategy, each fact once', () => {
    const told: string[] = []
    const rig = createEngineRig({ hooks: { onOrder: (event) => void told.push(event.kind) } })
    rig.bar(100, buy(a.id, 10))
    rig.say(1, 'accepted')
    rig.fill(1, { quantity: 10, trade: 't' })
    rig.fill(1, { quantity: 10, trade: 't' })
    rig.say(1, 'canceled')
    expect(told).toEqual(['accepted', 'filled'])
  })

  it('is taken back once, however often it is asked for', () => {
    const rig = bought()
    expect(rig.bar(100, [cancel(nth(1)), cancel(nth(1))])).toEqual(['cancel 1'])
    expect(rig.bar(100, cancel(nth(1)))).toEqual([])
  })

  it('cannot be taken back by another strategy, nor after its end', () => {
    const rig = createEngineRig({ strategies: { one: 0.5, two: 0.5 } })
    rig.bar(100, { one: buy(a.id, 10) })
    expect(rig.bar(100, { two: cancel(nth(1)) })).toEqual([])
    rig.fill(1, {})
    expect(rig.bar(100, { one: cancel(nth(1)) })).toEqual([])
  })
})

describe('an order of unknown fate', () => {
  it('keeps its exposure reserved and blocks entries in its instrument alone', () => {
    const rig = bought()
    rig.say(1, 'unknown')
    expect(rig.position().reserved).toBe(10)
    expect(rig.bar(100, buy(a.id, 1))).toEqual([])
    expect(rig.heard).toEqual(['refused UNKNOWN_OUTSTANDING'])
    rig.bar(50, undefined, rig.kernel.slots[1]!.instrument)
    expect(rig.kernel.riskView.unknownOrders().map(({ id }) => id)).toEqual([nth(1)])
    expect(rig.bar(100, buy(rig.kernel.slots[1]!.instrument.id, 1))).toEqual(['place 3 buy 1 market B.sim'])
  })

  it('lets exits pass', () => {
    const rig = bought()
    rig.fill(1, {})
    rig.bar(100, buy(a.id, 1))
    rig.say(2, 'unknown')
    expect(rig.bar(100, sell(a.id, 10))).toEqual(['place 3 sell 10 market exit'])
  })

  it('joins the living when it is found', () => {
    const rig = bought()
    rig.say(1, 'unknown')
    rig.say(1, 'accepted')
    expect(rig.position().reserved).toBe(10)
    expect(rig.bar(100, buy(a.id, 1))).toEqual(['place 2 buy 1 market'])
  })

  it('is free when its absence is proven', () => {
    const rig = bought()
    rig.say(1, 'unknown')
    rig.say(1, 'absent')
    expect(rig.position().reserved).toBe(0)
    expect(rig.bar(100, buy(a.id, 1))).toEqual(['place 2 buy 1 market'])
  })

  it('is known again by a fill', () => {
    const rig = bought()
    rig.say(1, 'unknown')
    rig.fill(1, { quantity: 4 })
    expect(rig.position()).toMatchObject({ quantity: 4, reserved: 6 })
    expect(rig.kernel.riskView.unknownOrders()).toEqual([])
  })

  it('is not absent before it was unknown', () => {
    const rig = bought()
    rig.say(1, 'absent')
    expect(rig.position().reserved).toBe(10)
  })
})

describe('a fill that should not be', () => {
  it('is booked once however often it is told, also after the end of its order', () => {
    const rig = bought()
    for (let times = 0; times < 3; times++) rig.fill(1, { quantity: 4, trade: 'same' })
    rig.fill(1, { quantity: 6, trade: 'last' })
    for (const trade of ['same', 'last']) rig.fill(1, { quantity: 4, trade })
    expect(rig.position().quantity).toBe(10)
    expect(rig.heard).toEqual([])
  })

  it('is booked for an order believed absent, and the instrument allows exits only', () => {
    const rig = bought()
    rig.say(1, 'unknown')
    rig.say(1, 'absent')
    rig.fill(1, { quantity: 4 })
    rig.fill(1, { quantity: 6 })
    expect(rig.position()).toMatchObject({ quantity: 10, reserved: 0 })
    expect(rig.heard[0]).toMatch(/^fault Order .* was absent and filled after all\.$/)
    expect(rig.bar(100, buy(a.id, 1))).toEqual([])
    expect(rig.heard.at(-1)).toBe('refused INSTRUMENT_REDUCE_ONLY')
    expect(rig.bar(100, sell(a.id, 10))).toHaveLength(1)
  })

  it('is booked after a cancel, with a fault', () => {
    const rig = bought()
    rig.say(1, 'canceled')
    rig.fill(1, { quantity: 4 })
    rig.fill(1, { quantity: 6 })
    expect(rig.position()).toMatchObject({ quantity: 10, reserved: 0 })
    expect(rig.heard).toHaveLength(2)
  })

  it('is booked in full where it is more than was ordered, with a fault', () => {
    const rig = bought()
    rig.fill(1, { quantity: 12 })
    expect(rig.position()).toMatchObject({ quantity: 12, reserved: 0 })
    expect(rig.heard[0]).toMatch(/filled more than it asked for/)
  })

  it('is not booked for a foreign order, but reported, and the instrument allows exits only', () => {
    const rig = createEngineRig()
    rig.bar(100)
    rig.fill(77, { quantity: 5 })
    expect(rig.position().quantity).toBe(0)
    expect(rig.heard[0]).toMatch(/^fault A "filled" event names the foreign order/)
    expect(rig.bar(100, buy(a.id, 1))).toEqual([])
    rig.say(78, 'accepted')
    expect(rig.heard.at(-1)).toMatch(/^fault A "accepted" event names the foreign order/)
  })

  it('does not stop the engine where it names an instrument that is not ours', () => {
    const rig = createEngineRig()
    rig.bar(100)
    const other = { ...a, id: 'C.sim' as typeof a.id }
    rig.fill(77, { quantity: 5, instrument: other })
    expect(rig.heard).toHaveLength(1)
  })
})

describe('the account', () => {
  it('books a round trip with fees exactly', () => {
    const rig = bought()
    rig.fill(1, { price: 100, fee: '0.25' })
    rig.bar(110, sell(a.id, 10))
    rig.fill(2, { price: 110, fee: '0.75' })
    expect(booksOf(rig.kernel.ledger)).toEqual({
      cash: money('10099'),
      deposits: money('10000'),
      realised: money('100'),
      fees: money('1'),
      cost: 0n,
    })
  })

  it('keeps short positions as negative cost', () => {
    const rig = createEngineRig()
    rig.bar(100, sell(a.id, 10))
    rig.fill(1, { price: 100 })
    expect(rig.position()).toEqual({ quantity: -10, averagePrice: 100, reserved: 0 })
    rig.bar(90)
    expect(rig.view().equity).toBe(10_100)
  })

  it('crosses zero in one fill where the venue says so', () => {
    const rig = bought()
    rig.fill(1, { price: 100 })
    rig.bar(100, sell(a.id, 15, { limit: 100 }))
    rig.fill(2, { price: 110, quantity: 15 })
    expect(rig.position()).toEqual({ quantity: -5, averagePrice: 110, reserved: 0 })
    expect(booksOf(rig.kernel.ledger).realised).toBe(money('100'))
  })
})
