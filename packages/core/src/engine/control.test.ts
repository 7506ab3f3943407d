import { describe, expect, it } from 'vitest'
import type { Event, Mode } from '../events.js'
import { booksOf } from '../ledger.js'
import { type Money, money } from '../money.js'
import { orderId, printOrderId } from '../order.js'
import { amend, buy, cancel, sell, target } from '../strategy.js'
import { a, b, createEngineRig, noon, nth } from './engineRig.rig.js'

describe('the mode', () => {
  const wishes = (mode: Mode) => {
    const rig = createEngineRig()
    rig.bar(100, [buy(a.id, 10), buy(a.id, 1, { limit: 50 }), sell(a.id, 1, { limit: 150, reduceOnly: true })])
    rig.fill(1, {})
    const asked = rig.step({ kind: 'mode', mode, by: 'operator', reason: 'test' })
    const entry = rig.bar(100, buy(a.id, 1))
    const exit = rig.bar(100, sell(a.id, 1))
    const taken = rig.bar(100, cancel(nth(3)))
    return { asked, entry: entry.length, exit: exit.length, taken: taken.length }
  }

  it('normal allows everything', () => {
    expect(wishes('normal')).toEqual({ asked: [], entry: 1, exit: 1, taken: 1 })
  })

  it('reduceOnly takes entries back and allows exits', () => {
    expect(wishes('reduceOnly')).toEqual({ asked: ['cancel 2'], entry: 0, exit: 1, taken: 1 })
  })

  it('cancelOnly allows cancels, and halted no more than those', () => {
    expect(wishes('cancelOnly')).toEqual({ asked: ['cancel 2'], entry: 0, exit: 0, taken: 1 })
    expect(wishes('halted')).toEqual({ asked: ['cancel 2'], entry: 0, exit: 0, taken: 1 })
  })

  it('forbids to amend an entry as it forbids to place one', () => {
    const rig = createEngineRig()
    rig.bar(100, buy(a.id, 1, { limit: 50 }))
    rig.step({ kind: 'mode', mode: 'reduceOnly', by: 'operator', reason: 'test' })
    expect(rig.bar(100, amend(nth(1), { quantity: 5 }))).toEqual([])
  })
})

describe('an operator who flattens', () => {
  it('closes every position of every strategy by market, in any mode', () => {
    const rig = createEngineRig({ strategies: { one: 0.5, two: 0.5 } })
    rig.bar(50, {}, b)
    rig.bar(100, { one: [buy(a.id, 10), sell(b.id, 4)], two: buy(a.id, 3) })
    for (const n of [1, 2, 3]) rig.fill(n, {})
    rig.step({ kind: 'mode', mode: 'halted', by: 'operator', reason: 'test' })
    expect(rig.step({ kind: 'flattened', by: 'operator' })).toEqual([
      'place 4 sell 10 market exit',
      'place 5 buy 4 market B.sim exit',
      'place 6 sell 3 market exit',
    ])
    expect(rig.step({ kind: 'flattened', by: 'operator' })).toEqual([])
  })
})

describe('a transfer', () => {
  it('moves cash and deposits, and keeps drawdown and day loss as fractions', () => {
    const rig = createEngineRig()
    rig.bar(100, buy(a.id, 50))
    rig.fill(1, {})
    rig.bar(90)
    rig.step({ kind: 'closed' })
    const { riskView: view } = rig.kernel
    expect([view.equityExact, view.highWaterMark, view.dayStart]).toEqual([
      money('9500'),
      money('10000'),
      money('10000'),
    ])
    rig.step({ kind: 'transfer', amount: money('9500') })
    expect([view.equityExact, view.highWaterMark, view.dayStart]).toEqual([
      money('19000'),
      money('20000'),
      money('20000'),
    ])
    expect([view.highWaterMarkNear, view.dayStartNear]).toEqual([20_000, 20_000])
    rig.step({ kind: 'transfer', amount: money('-9500') })
    expect([view.equityExact, view.highWaterMark]).toEqual([money('9500'), money('10000')])
    const { deposits, cash } = booksOf(rig.kernel.ledger)
    expect([deposits, cash]).toEqual([money('10000'), money('5000')])
  })

  it('starts both figures anew where everything was taken out', () => {
    const rig = createEngineRig()
    rig.bar(100)
    rig.step({ kind: 'transfer', amount: money('-10000') })
    expect(rig.kernel.riskView.highWaterMark).toBe(0n)
    rig.step({ kind: 'transfer', amount: money('500') })
    expect(rig.kernel.riskView.highWaterMark).toBe(money('500'))
  })

  it('lets targets use what came in', () => {
    const rig = createEngineRig()
    rig.bar(100)
    rig.step({ kind: 'transfer', amount: money('10000') as Money })
    expect(rig.bar(100, target(a.id, 1))).toEqual(['place 1 buy 200 market'])
  })
})

describe('the start of a process', () => {
  it('names the orders that follow', () => {
    const rig = createEngineRig()
    rig.step({ kind: 'started', run: 'live', epoch: 7 })
    rig.bar(100, [buy(a.id, 1), buy(a.id, 1)])
    const ids = rig.kernel.orders.list.map(({ request }) => request.id)
    expect(ids).toEqual([orderId(7, 1), orderId(7, 2)])
    expect(printOrderId(rig.kernel.run, ids[1]!)).toBe('live-7-2')
  })

  it('gives the same ids for the same events', () => {
    const lines = [1, 2].map(() => {
      const rig = createEngineRig()
      return [rig.bar(100, target(a.id, 0.5)), rig.bar(100, buy(a.id, 3)), rig.bar(100, cancel(nth(2)))]
    })
    expect(lines[0]).toEqual(lines[1])
  })
})

describe('time', () => {
  it('never goes back', () => {
    const rig = createEngineRig()
    rig.bar(100)
    const { now } = rig.kernel
    for (const time of [now - 1, Number.NaN]) {
      const at = { instrument: a.id, time: time as typeof now }
      expect(() => rig.kernel.step({ ...at, kind: 'bar', open: 1, high: 1, low: 1, close: 1, volume: 1 })).toThrow(
        `Time went back from "${now}" to "${time}".`,
      )
      expect(() => rig.kernel.step({ ...at, kind: 'opening', price: 1 })).toThrow('Time went back')
    }
    expect(rig.kernel.now).toBe(now)
  })

  it('stands still for events of one moment', () => {
    const rig = createEngineRig()
    rig.bar(100)
    rig.step({ kind: 'timer', name: 'test' })
    rig.step({ kind: 'gap', instrument: a.id })
    rig.step({ kind: 'disconnected', venue: 'sim' })
    expect(rig.heard).toEqual([])
  })
})

describe('a price', () => {
  it('that is no number stops the engine', () => {
    const rig = createEngineRig()
    for (const close of [Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => rig.bar(close)).toThrow(`is "${close}", not a finite number`)
    }
    rig.wait(600_000)
    const trade = { kind: 'trade', instrument: a.id, aggressor: 'buy', quantity: 1 } as const
    expect(() => rig.step({ ...trade, price: Number.NaN })).toThrow('Price "NaN" of A.sim is not finite.')
    expect(() => rig.step({ kind: 'quote', instrument: a.id, bid: 1, ask: Number.NaN })).toThrow('Price "NaN"')
    expect(() => rig.step({ kind: 'opening', instrument: a.id, price: Number.NaN })).toThrow('Price "NaN"')
  })

  it('comes from bars, trades, the middle of quotes and openings', () => {
    const rig = createEngineRig()
    const mark = () => rig.kernel.riskView.mark(a.id)?.price
    expect(mark()).toBeUndefined()
    rig.step({ kind: 'trade', instrument: a.id, aggressor: 'buy', quantity: 1, price: 99 })
    expect(mark()).toBe(99)
    rig.step({ kind: 'quote', instrument: a.id, bid: 100, ask: 102 })
    expect(mark()).toBe(101)
    rig.step({ kind: 'opening', instrument: a.id, price: 103 })
    expect(mark()).toBe(103)
    rig.bar(104)
    expect(mark()).toBe(104)
    rig.wait(5000)
    rig.step({ kind: 'timer', name: 'test' })
    expect(rig.kernel.riskView.mark(a.id)?.ageMs).toBe(5000)
  })

  it('of an instrument that the engine does not know stops it', () => {
    const stranger = { ...a, id: 'C.sim' as typeof a.id }
    expect(() => createEngineRig().bar(100, undefined, stranger)).toThrow(
      'The engine does not know the instrument "C.sim".\n  Known are A.sim',
    )
  })
})

describe('an event of an unknown kind', () => {
  it('stops the engine', () => {
    const { kernel } = createEngineRig()
    const event = { kind: 'colsed', time: noon } as unknown as Event
    expect(() => kernel.step(event)).toThrow('The engine does not know events of kind "colsed".')
    expect(() => kernel.step(event)).toThrow(expect.objectContaining({ code: 'UNKNOWN_EVENT' }))
  })
})
