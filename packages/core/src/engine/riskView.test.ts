import { describe, expect, it } from 'vitest'
import { money } from '../money.js'
import { buy, cancel, sell, target } from '../strategy.js'
import { dayMs } from '../time.js'
import { a, b, createEngineRig, nth } from './engineRig.rig.js'

const asked = (rig: ReturnType<typeof createEngineRig>, n: number) => rig.order(n)!

describe('losses to protective stops', () => {
  it('count a position from the last price to its stop, in full without one', () => {
    const rig = createEngineRig()
    rig.bar(100, buy(a.id, 10, { stop: 95 }))
    rig.fill(1, { price: 100 })
    rig.bar(50, buy(b.id, 2), b)
    rig.fill(3, { price: 50 })
    rig.bar(104)
    const { riskView: view } = rig.kernel
    const order = asked(rig, 1)
    expect(view.lossToStops({ ...order, reduceOnly: true }, 'instrument')).toBe(10 * 9)
    expect(view.lossToStops({ ...order, reduceOnly: true }, 'account')).toBe(10 * 9 + 2 * 50)
    expect(view.lossToStopsExact({ ...order, reduceOnly: true }, 'account')).toBe(money('190'))
  })

  it('count a short position up to its stop, and nothing beyond it', () => {
    const rig = createEngineRig()
    rig.bar(100, sell(a.id, 10, { stop: 110 }))
    rig.fill(1, { price: 100 })
    const exit = { ...asked(rig, 1), reduceOnly: true }
    const { riskView: view } = rig.kernel
    expect(view.lossToStops(exit, 'instrument')).toBe(100)
    rig.bar(115)
    expect(view.lossToStops(exit, 'instrument')).toBe(0)
    expect(view.lossToStopsExact(exit, 'instrument')).toBe(0n)
    const bare = createEngineRig()
    bare.bar(100, sell(a.id, 10))
    bare.fill(1, { price: 100 })
    expect(bare.kernel.riskView.lossToStops({ ...asked(bare, 1), reduceOnly: true }, 'instrument')).toBe(1000)
  })

  it('count entries under way from their own prices, the unknown ones too', () => {
    const rig = createEngineRig()
    rig.bar(100, [buy(a.id, 10, { limit: 90, stop: 80 }), buy(a.id, 5, { type: 'stop', trigger: 120, stop: 100 })])
    const exit = { ...asked(rig, 1), reduceOnly: true }
    const { riskView: view } = rig.kernel
    expect(view.lossToStops(exit, 'instrument')).toBe(10 * 10 + 5 * 20)
    rig.say(1, 'unknown')
    expect(view.lossToStops(exit, 'instrument')).toBe(200)
    rig.say(1, 'canceled')
    expect(view.lossToStops(exit, 'instrument')).toBe(100)
  })

  it('take the farther stop where an entry would move that of the position', () => {
    const rig = createEngineRig()
    rig.bar(100, buy(a.id, 10, { stop: 95 }))
    rig.fill(1, { price: 100 })
    const { riskView: view } = rig.kernel
    const entry = asked(rig, 1)
    expect(view.lossToStops({ ...entry, protectiveStop: a.price(90, 'nearest') }, 'instrument')).toBe(100)
    expect(view.lossToStops({ ...entry, protectiveStop: a.price(97, 'nearest') }, 'instrument')).toBe(50)
    expect(view.lossToStops({ ...entry, protectiveStop: 'none' }, 'instrument')).toBe(1000)
    expect(view.lossToStops({ ...entry, protectiveStop: 'none', strategy: 'other' }, 'instrument')).toBe(50)
    expect(view.lossToStops({ ...entry, protectiveStop: 'none', side: 'sell' }, 'instrument')).toBe(50)
    rig.bar(100, buy(a.id, 1, { limit: 99, stop: 80 }))
    expect(view.lossToStops({ ...entry, reduceOnly: true }, 'instrument')).toBe(10 * 20 + 19)
    expect(view.plannedStop({ ...entry, protectiveStop: undefined })).toBe(95)
    expect(view.plannedStop({ ...entry, protectiveStop: undefined, side: 'sell' })).toBe('none')
    expect(view.plannedStop({ ...entry, protectiveStop: undefined, strategy: 'other' })).toBe('none')
    expect(view.plannedStop(entry)).toBe(95)
  })

  it('add over strategies and know nothing without a price', () => {
    const rig = createEngineRig({ strategies: { one: 0.5, two: 0.5 } })
    rig.bar(100, { one: buy(a.id, 10, { stop: 90 }), two: sell(a.id, 10, { stop: 120 }) })
    rig.fill(1, { price: 100 })
    rig.fill(2, { price: 100 })
    const exit = { ...asked(rig, 1), reduceOnly: true }
    expect(rig.kernel.riskView.lossToStops(exit, 'account')).toBe(100 + 200)
    rig.kernel.marks[0] = Number.NaN
    expect(rig.kernel.riskView.lossToStops(exit, 'account')).toBeNaN()
  })
})

describe('the view of orders', () => {
  it('counts entries by time and strategy, and remembers what was wished for', () => {
    const rig = createEngineRig({ strategies: { one: 0.5, two: 0.5 } })
    rig.bar(100, { one: [buy(a.id, 1), buy(a.id, 2)], two: [buy(a.id, 3)] })
    rig.fill(1, {})
    rig.bar(100, { one: sell(a.id, 1) })
    const { riskView: view } = rig.kernel
    expect(view.ordersSince(view.now)).toBe(0)
    expect(view.ordersSince(view.now - 60_000)).toBe(3)
    expect(view.ordersSince(view.now - 60_000, 'one')).toBe(2)
    expect(view.placedSince(view.now - 60_000).map(({ quantity }) => quantity)).toEqual([1, 2, 3])
  })

  it('counts cancels and fills of a UTC day', () => {
    const rig = createEngineRig()
    const { riskView: view } = rig.kernel
    rig.bar(100, [buy(a.id, 1), buy(a.id, 1, { limit: 50 })])
    expect(view.openOrderCount).toBe(2)
    rig.fill(1, {})
    rig.bar(100, cancel(nth(2)))
    expect([view.cancelsToday, view.fillsToday]).toEqual([1, 1])
    rig.say(2, 'canceled')
    expect(view.openOrderCount).toBe(0)
    rig.wait(dayMs)
    rig.bar(100)
    expect([view.cancelsToday, view.fillsToday]).toEqual([0, 0])
  })

  it('keeps cash aside for buys under way and for market exits of short positions', () => {
    const rig = createEngineRig()
    const { riskView: view } = rig.kernel
    rig.bar(100, [buy(a.id, 10), buy(a.id, 10, { limit: 50 }), sell(a.id, 5, { limit: 200 })])
    expect(view.freeCash).toBe(10_000 - 1000 - 500)
    rig.fill(1, { price: 100 })
    expect(view.freeCash).toBe(10_000 - 1000 - 500)
    const short = createEngineRig()
    short.bar(100, sell(a.id, 10))
    short.fill(1, { price: 100 })
    short.bar(100, target(a.id, 0))
    expect(short.kernel.riskView.freeCash).toBe(11_000 - 1000)
  })
})

describe('the view of data', () => {
  it('knows the age of a price', () => {
    const rig = createEngineRig()
    const { riskView: view } = rig.kernel
    expect(view.markAgeMs(a.id)).toBeNaN()
    rig.bar(100)
    rig.wait(5000)
    rig.step({ kind: 'timer', name: 'test' })
    expect(view.markAgeMs(a.id)).toBe(5000)
  })

  it('knows a gap in the stream of an instrument, and a venue that is away', () => {
    const rig = createEngineRig()
    const { riskView: view } = rig.kernel
    rig.bar(100)
    rig.step({ kind: 'gap', instrument: a.id })
    expect([view.hasGap(a.id), view.hasGap(b.id)]).toEqual([true, false])
    rig.step({ kind: 'disconnected', venue: 'sim' })
    rig.step({ kind: 'recovered', instrument: a.id })
    expect([view.hasGap(a.id), view.hasGap(b.id)]).toEqual([true, true])
    rig.step({ kind: 'reconnected', venue: 'other' })
    expect(view.hasGap(b.id)).toBe(true)
    rig.step({ kind: 'reconnected', venue: 'sim' })
    expect([view.hasGap(a.id), view.hasGap(b.id)]).toEqual([false, false])
  })
})

describe('a market exit beside an order of unknown fate', () => {
  it('closes no more than exits under way leave', () => {
    const rig = createEngineRig()
    rig.bar(100, buy(a.id, 10))
    rig.fill(1, {})
    rig.bar(100, sell(a.id, 6, { reduceOnly: true }))
    rig.say(2, 'unknown')
    expect(rig.bar(100, sell(a.id, 10, { reduceOnly: true }))).toEqual(['place 3 sell 4 market exit'])
    expect(rig.heard).toEqual(['shrunk UNKNOWN_OUTSTANDING'])
    expect(rig.bar(100, sell(a.id, 1, { reduceOnly: true }))).toEqual([])
    expect(rig.heard.at(-1)).toBe('refused UNKNOWN_OUTSTANDING')
    expect(rig.bar(100, sell(a.id, 10, { limit: 110, reduceOnly: true }))).toHaveLength(1)
  })
})
