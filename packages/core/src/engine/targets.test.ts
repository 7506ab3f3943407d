import { describe, expect, it } from 'vitest'
import { buy, sell, target } from '../strategy.js'
import { a, b, createEngineRig } from './engineRig.rig.js'

describe('a target', () => {
  it('orders the share of equity at the last price, whole lots down', () => {
    const rig = createEngineRig()
    expect(rig.bar(99, target(a.id, 0.5))).toEqual(['place 1 buy 50 market'])
    expect(createEngineRig().bar(99, target(a.id, -0.5))).toEqual(['place 1 sell 50 market'])
  })

  it('orders nothing when it is repeated, before and after its order has filled', () => {
    const rig = createEngineRig()
    rig.bar(100, target(a.id, 0.5))
    expect(rig.bar(100, target(a.id, 0.5))).toEqual([])
    rig.fill(1, { quantity: 20 })
    expect(rig.bar(100, target(a.id, 0.5))).toEqual([])
    rig.fill(1, { quantity: 30 })
    expect(rig.bar(100, [target(a.id, 0.5), target(a.id, 0.5)])).toEqual([])
  })

  it('orders the difference to what is held and under way', () => {
    const rig = createEngineRig()
    rig.bar(100, target(a.id, 0.2))
    expect(rig.bar(100, target(a.id, 0.5))).toEqual(['place 2 buy 30 market'])
    rig.fill(1, {})
    rig.fill(2, {})
    expect(rig.bar(100, target(a.id, 0.1))).toEqual(['place 3 sell 40 market exit'])
    expect(rig.bar(100, target(a.id, 0.1))).toEqual([])
  })

  it('splits a reversal into an exit and an entry', () => {
    const rig = createEngineRig()
    rig.bar(100, target(a.id, 0.5))
    rig.fill(1, {})
    expect(rig.bar(100, target(a.id, -0.3))).toEqual(['place 2 sell 50 market exit', 'place 3 sell 30 market'])
    expect(rig.bar(100, target(a.id, -0.3))).toEqual([])
  })

  it('takes an entry back and waits for its end before it turns around', () => {
    const rig = createEngineRig()
    rig.bar(100, target(a.id, 0.5))
    expect(rig.bar(100, target(a.id, -0.5))).toEqual(['cancel 1'])
    expect(rig.say(1, 'canceled')).toEqual(['place 2 sell 50 market'])
  })

  it('closes what filled while the cancel was on its way', () => {
    const rig = createEngineRig()
    rig.bar(100, target(a.id, 0.5))
    rig.bar(100, target(a.id, 0))
    rig.fill(1, { quantity: 20 })
    expect(rig.fill(1, { quantity: 30 })).toEqual(['place 2 sell 50 market exit'])
  })

  it('forgets the turn that it waited for when another target comes', () => {
    const rig = createEngineRig()
    rig.bar(100, target(a.id, 0.5))
    rig.bar(100, target(a.id, -0.5))
    expect(rig.bar(100, target(a.id, 0.5))).toEqual([])
    expect(rig.say(1, 'canceled')).toEqual([])
    expect(rig.bar(100, target(a.id, 0.5))).toEqual(['place 2 buy 50 market'])
  })

  it('is relative to the allocation of its strategy', () => {
    const rig = createEngineRig({ strategies: { one: 0.6, two: 0.4 } })
    expect(rig.bar(100, { one: target(a.id, 1), two: target(a.id, -1) })).toEqual([
      'place 1 buy 60 market',
      'place 2 sell 40 market',
    ])
  })

  it('grows with equity', () => {
    const rig = createEngineRig()
    rig.bar(100, target(a.id, 0.5))
    rig.fill(1, {})
    // 50 at 200 and 5000 in cash are 15000: half of it is 37 at 200.
    expect(rig.bar(200, target(a.id, 0.5))).toEqual(['place 2 sell 13 market exit'])
  })

  it('stops the run where its exposure is no share', () => {
    for (const exposure of [Number.NaN, 1.01, -1.01, Number.POSITIVE_INFINITY]) {
      const message = `Strategy "one" wished for an exposure of "${exposure}".`
      expect(() => createEngineRig().bar(100, target(a.id, exposure))).toThrow(message)
    }
    expect(createEngineRig().bar(100, [target(a.id, 1), target(a.id, -1)])).toEqual([
      'place 1 buy 100 market',
      'cancel 1',
    ])
  })

  it('opens nothing when nothing is left', () => {
    const rig = createEngineRig()
    rig.bar(100, target(a.id, 1))
    rig.fill(1, {})
    rig.bar(1)
    rig.step({ kind: 'transfer', amount: -rig.kernel.riskView.equityExact as never })
    expect(rig.bar(1, target(b.id, 1))).toEqual([])
  })

  it('stays long at a negative price, and is refused at a price of 0, where only what is held closes', () => {
    const rig = createEngineRig()
    expect(rig.bar(-100, target(a.id, 0.5))).toEqual(['place 1 buy 50 market'])
    rig.fill(1, { price: -100 })
    expect(rig.bar(0, target(a.id, 0.5))).toEqual([])
    expect(rig.heard).toEqual(['refused NO_MARK'])
    expect(rig.bar(0, target(a.id, -0.5))).toEqual(['place 3 sell 50 market exit'])
    expect(rig.heard).toEqual(['refused NO_MARK', 'refused NO_MARK'])
  })

  it('names the sizer that threw, not the strategy', () => {
    const sizer = {
      name: 'broken',
      size: () => {
        throw new Error('no')
      },
    }
    expect(() => createEngineRig({ sizer }).bar(100, target(a.id, 1))).toThrow('Sizer "broken" failed: no')
  })

  it('names the sizer that gave no number', () => {
    const sizer = { name: 'broken', size: () => Number.NaN }
    expect(() => createEngineRig({ sizer }).bar(100, target(a.id, 1))).toThrow(
      'Sizer "broken" failed: size answered "NaN" base units for A.sim at "100".',
    )
  })

  it('is refused, not fatal, before the first price of its instrument', () => {
    const rig = createEngineRig()
    expect(rig.bar(100, target(b.id, 0.5))).toEqual([])
    expect(rig.heard).toEqual(['refused NO_MARK'])
    expect(rig.bar(100, target(b.id, 0))).toEqual([])
    expect(rig.heard).toHaveLength(1)
  })

  it('leaves exits of its own strategy alone that are larger than the position', () => {
    const rig = createEngineRig()
    expect(rig.bar(100, [sell(a.id, 5, { reduceOnly: true }), target(a.id, 0.1)])).toEqual([
      'place 1 sell 5 market exit',
      'place 2 buy 10 market',
    ])
  })
})

describe('a target that waits for the opening', () => {
  it('is sized at the opening and forgotten by a later one', () => {
    const rig = createEngineRig({ targets: 'atOpen' })
    expect(rig.bar(100, target(a.id, 0.5))).toEqual([])
    expect(rig.step({ kind: 'opening', instrument: a.id, price: 125 })).toEqual(['place 1 buy 40 market'])
    expect(rig.step({ kind: 'opening', instrument: a.id, price: 125 })).toEqual([])
  })

  it('waits for the opening of its own instrument', () => {
    const rig = createEngineRig({ targets: 'atOpen' })
    rig.bar(100, target(a.id, 0.5))
    rig.bar(50, undefined, b)
    expect(rig.step({ kind: 'opening', instrument: b.id, price: 50 })).toEqual([])
    expect(rig.step({ kind: 'opening', instrument: a.id, price: 100 })).toEqual(['place 1 buy 50 market'])
  })
})

describe('an opening', () => {
  it('is the last price for what strategies answer to it', () => {
    const rig = createEngineRig({ hooks: { onOpening: (opening) => target(opening.instrument, 0.5) } })
    expect(rig.step({ kind: 'opening', instrument: a.id, price: 125 })).toEqual(['place 1 buy 40 market'])
  })
})

describe('several strategies', () => {
  it('hold positions of their own, which net on one account', () => {
    const rig = createEngineRig({ strategies: { one: 0.6, two: 0.4 } })
    rig.bar(100, { one: target(a.id, 1), two: target(a.id, -1) })
    rig.fill(1, {})
    rig.fill(2, {})
    expect(rig.position('one')).toMatchObject({ quantity: 60, averagePrice: 100 })
    expect(rig.position('two')).toMatchObject({ quantity: -40, averagePrice: 100 })
    expect(rig.kernel.riskView.exposure(a.id)).toMatchObject({ quantity: 20 })
    rig.bar(110)
    expect(rig.view('one').equity).toBe(10_200)
  })

  it('leave no account position where they are opposite, and both can still get out', () => {
    const rig = createEngineRig({ strategies: { one: 0.5, two: 0.5 } })
    rig.bar(100, { one: buy(a.id, 10), two: sell(a.id, 10) })
    rig.fill(1, {})
    rig.fill(2, {})
    expect(rig.kernel.held).toEqual([])
    expect(rig.bar(100, { one: target(a.id, 0), two: target(a.id, 0) })).toEqual([
      'place 3 sell 10 market exit',
      'place 4 buy 10 market exit',
    ])
    rig.fill(3, { price: 120 })
    rig.fill(4, { price: 110 })
    expect(rig.view('one').equity).toBe(10_100)
  })

  it('see their own orders only', () => {
    const rig = createEngineRig({ strategies: { one: 0.5, two: 0.5 } })
    rig.bar(100, { one: buy(a.id, 10), two: sell(a.id, 10) })
    expect(rig.view('one').openOrders()).toHaveLength(1)
    expect(rig.view('two').openOrders(a.id)).toHaveLength(1)
    expect(rig.view('two').openOrders(b.id)).toEqual([])
  })
})
