import { describe, expect, it } from 'vitest'
import { bracket } from '../bracket.js'
import { amend, buy, sell } from '../strategy.js'
import { a, createEngineRig, nth } from './engineRig.rig.js'

const oco = { kind: 'oco', name: 'pair' } as const
const ouo = { kind: 'ouo', name: 'pair' } as const

describe('one cancels the other', () => {
  it('takes the sibling back at the first fill', () => {
    const rig = createEngineRig()
    rig.bar(100, [buy(a.id, 10, { limit: 90, group: oco }), buy(a.id, 10, { type: 'stop', trigger: 110, group: oco })])
    expect(rig.fill(2, { price: 110 })).toEqual(['cancel 1'])
  })

  it('takes it back at the first part too', () => {
    const rig = createEngineRig()
    rig.bar(100, [buy(a.id, 10, { limit: 90, group: oco }), buy(a.id, 10, { limit: 80, group: oco })])
    expect(rig.fill(1, { quantity: 1 })).toEqual(['cancel 2'])
    expect(rig.fill(1, { quantity: 1 })).toEqual([])
  })

  it('leaves other groups, other strategies and orders without a group alone', () => {
    const rig = createEngineRig({ strategies: { one: 0.5, two: 0.5 } })
    rig.bar(100, {
      one: [buy(a.id, 1, { limit: 90, group: oco }), buy(a.id, 1, { limit: 80 })],
      two: [buy(a.id, 1, { limit: 90, group: oco }), buy(a.id, 1, { limit: 90, group: { kind: 'oco', name: 'else' } })],
    })
    expect(rig.fill(1, {})).toEqual([])
  })

  it('does not take back the entry of a flip because its exit filled', () => {
    const rig = createEngineRig()
    rig.bar(100, buy(a.id, 10))
    rig.fill(1, {})
    expect(rig.bar(100, sell(a.id, 15, { group: oco }))).toHaveLength(2)
    expect(rig.fill(2, {})).toEqual([])
  })
})

describe('one updates the other', () => {
  it('leaves the sibling no more than it has left itself', () => {
    const rig = createEngineRig()
    rig.bar(100, buy(a.id, 10))
    rig.fill(1, {})
    rig.bar(100, [
      sell(a.id, 10, { limit: 110, reduceOnly: true, group: ouo }),
      sell(a.id, 10, { type: 'stop', trigger: 90, reduceOnly: true, group: ouo }),
    ])
    expect(rig.fill(2, { quantity: 4, price: 110 })).toEqual(['amend 3 sell 6 stop exit trigger 90'])
    rig.say(3, 'amended')
    expect(rig.fill(2, { quantity: 6, price: 110 })).toEqual(['cancel 3'])
  })

  it('never makes the sibling larger', () => {
    const rig = createEngineRig()
    rig.bar(100, [buy(a.id, 10, { limit: 90, group: ouo }), buy(a.id, 4, { limit: 80, group: ouo })])
    expect(rig.fill(1, { quantity: 3, price: 90 })).toEqual([])
    expect(rig.fill(1, { quantity: 5, price: 90 })).toEqual(['amend 2 buy 2 limit limit 80'])
  })
})

describe('orders that come to life after another', () => {
  const exits = [sell(a.id, 10, { limit: 110, reduceOnly: true }), sell(a.id, 4, { limit: 120, reduceOnly: true })]

  it('are placed when it has filled, and not before', () => {
    const rig = createEngineRig()
    rig.bar(100, buy(a.id, 10, { afterFill: exits }))
    expect(rig.fill(1, { quantity: 9 })).toEqual([])
    expect(rig.fill(1, { quantity: 1 })).toEqual([
      'place 2 sell 10 limit exit limit 110',
      'place 3 sell 4 limit exit limit 120',
    ])
  })

  it('are no larger than what had filled when it was taken back', () => {
    const rig = createEngineRig()
    rig.bar(100, buy(a.id, 10, { afterFill: exits }))
    rig.fill(1, { quantity: 3 })
    expect(rig.say(1, 'canceled')).toEqual([
      'place 2 sell 3 limit exit limit 110',
      'place 3 sell 3 limit exit limit 120',
    ])
  })

  it('come to life once, whatever fills late', () => {
    const rig = createEngineRig()
    rig.bar(100, buy(a.id, 10, { afterFill: exits }))
    rig.fill(1, { quantity: 3 })
    rig.say(1, 'canceled')
    expect(rig.fill(1, { quantity: 7 })).toEqual([])
    expect(rig.position().quantity).toBe(10)
  })

  it('never come to life where it ended unfilled', () => {
    const rig = createEngineRig()
    rig.bar(100, buy(a.id, 10, { afterFill: exits }))
    expect(rig.say(1, 'rejected')).toEqual([])
  })
})

describe('a bracket', () => {
  it('is an entry, a take-profit and a stop, of which the first to fill takes the other back', () => {
    const rig = createEngineRig()
    rig.bar(100, bracket({ entry: buy(a.id, 10), takeProfit: 110, stopLoss: 95 }))
    expect(rig.fill(1, {})).toEqual(['place 2 sell 10 limit exit limit 110', 'place 3 sell 10 stop exit trigger 95'])
    expect(rig.fill(2, { price: 110 })).toEqual(['cancel 3'])
    expect(rig.say(3, 'canceled')).toEqual([])
  })

  it('stands on its head for a sale', () => {
    const rig = createEngineRig()
    rig.bar(100, bracket({ entry: sell(a.id, 10), takeProfit: 90, stopLoss: 105 }))
    expect(rig.fill(1, {})).toEqual(['place 2 buy 10 limit exit limit 90', 'place 3 buy 10 stop exit trigger 105'])
    expect(rig.fill(3, { price: 106 })).toEqual(['cancel 2'])
  })

  it('is refused where its ends are swapped', () => {
    expect(() => bracket({ entry: buy(a.id, 1), takeProfit: 95, stopLoss: 110 })).toThrow(
      'A buy bracket takes profit at "95" and stops at "110".',
    )
    expect(() => bracket({ entry: sell(a.id, 1), takeProfit: 110, stopLoss: 95 })).toThrow(
      'A sell bracket takes profit at "110" and stops at "95".',
    )
    expect(() => bracket({ entry: buy(a.id, 1), takeProfit: Number.NaN, stopLoss: 95 })).toThrow('A buy bracket')
  })
})

describe('an amendment', () => {
  it('holds the larger size reserved until the venue has answered', () => {
    const rig = createEngineRig()
    rig.bar(100, buy(a.id, 10, { limit: 90 }))
    expect(rig.bar(100, amend(nth(1), { quantity: 4 }))).toEqual(['amend 1 buy 4 limit limit 90'])
    expect(rig.position().reserved).toBe(10)
    rig.say(1, 'amended')
    expect(rig.position().reserved).toBe(4)
    rig.bar(100, amend(nth(1), { quantity: 12 }))
    expect(rig.position().reserved).toBe(12)
  })

  it('keeps what an earlier one changed that is not answered yet', () => {
    const rig = createEngineRig()
    rig.bar(100, buy(a.id, 10, { limit: 90 }))
    expect(rig.bar(100, [amend(nth(1), { limit: 95 }), amend(nth(1), { quantity: 4 })])).toEqual([
      'amend 1 buy 10 limit limit 95',
      'amend 1 buy 4 limit limit 95',
    ])
  })

  it('is reviewed like a new order, its own reservation set aside', () => {
    const rules = [
      {
        name: 'cap',
        check: (order: { quantity: number }) =>
          order.quantity <= 10
            ? ({ kind: 'approve' } as const)
            : ({ kind: 'refuse', reason: { code: 'CAP', rule: 'cap', limit: '10', got: '', unit: 'base' } } as const),
      },
    ]
    const rig = createEngineRig({ rules })
    rig.bar(100, buy(a.id, 10, { limit: 90 }))
    expect(rig.bar(100, amend(nth(1), { quantity: 11 }))).toEqual([])
    expect(rig.heard).toEqual(['refused CAP'])
    expect(rig.position().reserved).toBe(10)
  })

  it('of what has ended is no mistake', () => {
    const rig = createEngineRig()
    rig.bar(100, buy(a.id, 10, { limit: 90 }))
    rig.say(1, 'canceled')
    expect(rig.bar(100, amend(nth(1), { limit: 95 }))).toEqual([])
    rig.say(1, 'amended')
    expect(rig.heard).toEqual([])
  })
})
