import { describe, expect, it } from 'vitest'
import { approve, type Verdict } from '../risk.js'
import { buy, sell, target } from '../strategy.js'
import { a, createEngineRig, type RigOptions } from './engineRig.rig.js'

const refuse: Verdict = {
  kind: 'refuse',
  reason: { code: 'ONCE', rule: 'once', limit: '0', got: '0', unit: 'base' },
}

const held = (options: RigOptions = {}, stop: number | 'none' | 'default' = 90) => {
  const rig = createEngineRig(options)
  rig.bar(100, buy(a.id, 10, stop === 'default' ? {} : { stop }))
  return { rig, commands: rig.fill(1, {}) }
}

describe('a protective stop', () => {
  it('rests as an exit of the engine as soon as its entry has filled', () => {
    expect(held().commands).toEqual(['place 2 sell 10 stop exit trigger 90'])
  })

  it('guards a short position from above', () => {
    const rig = createEngineRig()
    rig.bar(100, sell(a.id, 10, { stop: 110 }))
    expect(rig.fill(1, {})).toEqual(['place 2 buy 10 stop exit trigger 110'])
  })

  it('grows with each part that fills', () => {
    const rig = createEngineRig()
    rig.bar(100, buy(a.id, 10, { stop: 90 }))
    expect(rig.fill(1, { quantity: 4 })).toEqual(['place 2 sell 4 stop exit trigger 90'])
    expect(rig.fill(1, { quantity: 6 })).toEqual(['amend 2 sell 10 stop exit trigger 90'])
  })

  it('shrinks with the position', () => {
    const { rig } = held()
    rig.say(2, 'accepted')
    rig.bar(100, sell(a.id, 4))
    expect(rig.fill(3, {})).toEqual(['amend 2 sell 6 stop exit trigger 90'])
  })

  it('is taken back when the position is gone', () => {
    const { rig } = held()
    rig.bar(100, target(a.id, 0))
    expect(rig.fill(3, {})).toEqual(['cancel 2'])
    expect(rig.say(2, 'canceled')).toEqual([])
  })

  it('ends the position when it fills, and nothing more', () => {
    const { rig } = held()
    expect(rig.fill(2, { price: 89, quantity: 4 })).toEqual([])
    expect(rig.fill(2, { price: 88, quantity: 6 })).toEqual([])
    expect(rig.position()).toMatchObject({ quantity: 0, reserved: 0 })
  })

  it('moves when a target wishes for another one', () => {
    const { rig } = held()
    rig.say(2, 'accepted')
    expect(rig.bar(100, target(a.id, 0.1, { stop: 95 }))).toEqual(['amend 2 sell 10 stop exit trigger 95'])
    expect(rig.bar(100, target(a.id, 0.1, { stop: 95 }))).toEqual([])
    rig.say(2, 'amended')
    expect(rig.order(2)?.trigger).toBe(95)
  })

  it('moves with a target whose top-up a rule refuses', () => {
    const rules: RigOptions['rules'] = [{ name: 'once', check: (order) => (order.quantity === 10 ? approve : refuse) }]
    const { rig } = held({ rules })
    rig.say(2, 'accepted')
    expect(rig.bar(100, target(a.id, 0.5, { stop: 95 }))).toEqual(['amend 2 sell 10 stop exit trigger 95'])
    expect(rig.heard).toEqual(['refused ONCE'])
  })

  it('stays where a reversal is refused, since the new level is one for the other side', () => {
    const rules: RigOptions['rules'] = [
      { name: 'long', check: (order) => (order.side === 'buy' || order.reduceOnly ? approve : refuse) },
    ]
    const { rig } = held({ rules })
    rig.say(2, 'accepted')
    expect(rig.bar(100, target(a.id, -0.5, { stop: 110 }))).toEqual(['place 3 sell 10 market exit'])
  })

  it('moves with a target whose top-up the venue rejects', () => {
    const { rig } = held()
    rig.say(2, 'accepted')
    expect(rig.bar(100, target(a.id, 0.5, { stop: 95 }))).toEqual(['place 3 buy 40 market'])
    expect(rig.say(3, 'rejected')).toEqual(['amend 2 sell 10 stop exit trigger 95'])
  })

  it('does not go back to the level of an older target when its top-up is rejected', () => {
    const { rig } = held()
    rig.say(2, 'accepted')
    rig.bar(100, target(a.id, 0.5, { stop: 95 }))
    expect(rig.bar(100, target(a.id, 0.5, { stop: 97 }))).toEqual(['amend 2 sell 10 stop exit trigger 97'])
    expect(rig.say(3, 'rejected')).toEqual([])
  })

  it('is taken back when a target declines it', () => {
    const { rig } = held()
    expect(rig.bar(100, target(a.id, 0.1, { stop: 'none' }))).toEqual(['cancel 2'])
  })

  it('follows a reversal to the other side', () => {
    const { rig } = held()
    rig.bar(100, target(a.id, -0.1, { stop: 107 }))
    expect(rig.fill(3, {})).toEqual(['cancel 2'])
    expect(rig.fill(4, {})).toEqual(['place 5 buy 10 stop exit trigger 107'])
  })

  it('is placed anew for a position that grows again while its cancel is on its way', () => {
    const { rig } = held()
    rig.bar(100, target(a.id, 0))
    rig.fill(3, {})
    rig.bar(100, buy(a.id, 5, { stop: 90 }))
    expect(rig.fill(4, {})).toEqual(['place 5 sell 5 stop exit trigger 90'])
  })

  it('is reported when the venue refuses it', () => {
    const { rig } = held()
    rig.say(2, 'rejected')
    expect(rig.heard).toEqual(['fault A protective stop of A.sim was rejected.'])
  })

  it('passes any mode, since it takes risk away', () => {
    const rig = createEngineRig()
    rig.bar(100, buy(a.id, 10, { stop: 90 }))
    rig.step({ kind: 'mode', mode: 'halted', by: 'operator', reason: 'test' })
    expect(rig.fill(1, {})).toEqual(['place 2 sell 10 stop exit trigger 90'])
  })

  it('stops the run where its price is no number', () => {
    for (const stop of [Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => createEngineRig().bar(100, buy(a.id, 10, { stop }))).toThrow(
        `Stop "${stop}" of A.sim is not a finite number.`,
      )
    }
  })
})

describe('the default stop', () => {
  it('lies a fraction away from the price, where the intent names none', () => {
    const options = { defaultStop: { kind: 'fraction', ratio: 0.05 } } as const
    expect(held(options, 'default').commands).toEqual(['place 2 sell 10 stop exit trigger 95'])
    expect(held(options, 90).commands).toEqual(['place 2 sell 10 stop exit trigger 90'])
    expect(held(options, 'none').commands).toEqual([])
    const rig = createEngineRig(options)
    rig.bar(100, sell(a.id, 10))
    expect(rig.fill(1, {})).toEqual(['place 2 buy 10 stop exit trigger 105'])
  })

  it('lies a multiple of the average true range away, and nowhere while that is cold', () => {
    const rig = createEngineRig({ defaultStop: { kind: 'atr', multiple: 2, period: 3 } })
    rig.range([100, 102, 98, 100])
    rig.range([100, 102, 98, 100])
    rig.range([100, 105, 99, 104], buy(a.id, 1))
    expect(rig.fill(1, {})).toEqual([])
    // True ranges 4, 6 and, with the gap from 104, 8: their average is 6.
    rig.range([110, 112, 109, 110], buy(a.id, 1))
    expect(rig.fill(2, { price: 110 })).toEqual(['place 3 sell 2 stop exit trigger 98'])
    // Wilder's average: 6 + (3 - 6) / 3 = 5.
    rig.range([110, 111, 108, 110], target(a.id, 0))
    rig.fill(4, {})
    rig.say(3, 'canceled')
    rig.range([110, 112, 107, 110], buy(a.id, 1))
    // 5 + (5 - 5) / 3 = 5.
    expect(rig.fill(5, { price: 110 })).toEqual(['place 6 sell 1 stop exit trigger 100'])
  })

  it('is refused where it is no distance', () => {
    const bad = [
      [{ kind: 'fraction', ratio: 0 }, 'Default stop: ratio "0" is not between 0 and 1.'],
      [{ kind: 'fraction', ratio: 1 }, 'Default stop: ratio "1" is not between 0 and 1.'],
      [{ kind: 'fraction', ratio: Number.NaN }, 'Default stop: ratio "NaN" is not between 0 and 1.'],
      [{ kind: 'atr', multiple: 0, period: 14 }, 'Default stop: multiple "0" is not positive.'],
      [{ kind: 'atr', multiple: 3, period: 0 }, 'Default stop: period "0" is not an integer ≥ 1.'],
      [{ kind: 'atr', multiple: 3, period: 1.5 }, 'Default stop: period "1.5" is not an integer ≥ 1.'],
    ] as const
    for (const [defaultStop, message] of bad) expect(() => createEngineRig({ defaultStop })).toThrow(message)
  })
})
