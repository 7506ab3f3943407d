import { describe, expect, it } from 'vitest'
import type { OrderType, TimeInForce } from '../order.js'
import { buy, type Intent, type OrderIntent, type OrderOptions, sell, target } from '../strategy.js'
import { a, createEngineRig, nth } from './engineRig.rig.js'

const order = (options: OrderOptions, quantity = 10): readonly string[] =>
  createEngineRig().bar(100, buy(a.id, quantity, options))

describe('an order intent', () => {
  it('becomes an order of every type with what the type needs', () => {
    const trail = { kind: 'absolute', distance: 5 } as const
    const needs: Readonly<Record<OrderType, OrderOptions>> = {
      market: {},
      limit: { limit: 95 },
      stop: { trigger: 105 },
      stopLimit: { trigger: 105, limit: 106 },
      trailingStop: { trail },
      trailingStopLimit: { trail, limitOffset: 1 },
      marketIfTouched: { trigger: 95 },
      limitIfTouched: { trigger: 95, limit: 94 },
      marketToLimit: {},
      iceberg: { limit: 95, displayQuantity: 1 },
    }
    for (const [type, options] of Object.entries(needs)) {
      expect(order({ type: type as OrderType, ...options })[0]).toMatch(`place 1 buy 10 ${type}`)
      for (const key of Object.keys(options)) {
        const without = { ...options, [key]: undefined }
        expect(() => order({ type: type as OrderType, ...without })).toThrow(
          `A ${type} order of strategy "one" has no ${key}.`,
        )
      }
    }
  })

  it('is a limit order where only a limit is given, else a market order', () => {
    expect(order({ limit: 95 })).toEqual(['place 1 buy 10 limit limit 95'])
    expect(order({})).toEqual(['place 1 buy 10 market'])
  })

  it('closes the whole position where it says so, whatever its quantity', () => {
    const rig = createEngineRig()
    rig.bar(100, buy(a.id, 10))
    expect(rig.bar(100, sell(a.id, 0, { type: 'stop', trigger: 90, closePosition: true }))).toEqual([
      'place 2 sell 10 stop exit trigger 90',
    ])
    rig.fill(1, {})
    expect(rig.bar(100, sell(a.id, 3, { closePosition: true }))).toEqual(['place 3 sell 10 market exit'])
  })

  it('has no unknown keys and values', () => {
    const odd = (changes: object) => () => createEngineRig().bar(100, { ...buy(a.id, 1), ...changes } as Intent)
    const bad = (message: string) => expect.objectContaining({ code: 'BAD_INTENT', message })
    expect(odd({ stpo: 90 })).toThrow(
      bad('An order of strategy "one" has the unknown key "stpo".\n  Did you mean "stop"?'),
    )
    expect(odd({ side: 'long' })).toThrow(
      bad('Strategy "one" used the unknown order side "long".\n  One of buy, sell.'),
    )
    expect(odd({ timeInForce: 'GTC' })).toThrow('used the unknown order timeInForce "GTC".\n  One of gtc, gtd, day')
    expect(odd({ triggerSource: 'mid' })).toThrow('used the unknown order triggerSource "mid".\n  One of last, mark')
    expect(odd({ type: 'toString' })).toThrow('used the unknown order type "toString".\n  One of market, limit')
  })

  it('keeps every key', () => {
    const rig = createEngineRig()
    const expiresAt = (rig.kernel.now + 3_600_000) as typeof rig.kernel.now
    rig.bar(
      100,
      sell(a.id, 10.9, {
        type: 'iceberg',
        limit: 120,
        displayQuantity: 2.5,
        timeInForce: 'gtd',
        expiresAt,
        postOnly: true,
        reduceOnly: true,
        group: { kind: 'oco', name: 'pair' },
        triggerSource: 'mark',
      }),
    )
    expect(rig.order(1)).toEqual({
      id: nth(1),
      instrument: 'A.sim',
      strategy: 'one',
      side: 'sell',
      type: 'iceberg',
      quantity: 10,
      limit: 120,
      trigger: undefined,
      triggerSource: 'mark',
      trail: undefined,
      limitOffset: undefined,
      timeInForce: 'gtd',
      expiresAt,
      postOnly: true,
      reduceOnly: true,
      closePosition: false,
      displayQuantity: 2,
      group: { kind: 'oco', name: 'pair' },
      protectiveStop: undefined,
    })
  })

  it('gives every order the same keys in the same order, so that all have one shape', () => {
    const rig = createEngineRig()
    rig.bar(100, [
      buy(a.id, 1),
      buy(a.id, 1, { limit: 90 }),
      sell(a.id, 1, { type: 'stop', trigger: 90, closePosition: true }),
      buy(a.id, 1, { timeInForce: 'atClose', stop: 50 }),
    ])
    const shapes = rig.kernel.orders.list.map(({ request }) => Object.keys(request).join())
    expect(new Set(shapes).size).toBe(1)
    expect(shapes).toHaveLength(4)
  })

  it('splits into an exit and an entry where a market order crosses zero, and carries its time along', () => {
    for (const timeInForce of ['gtc', 'atClose', 'ioc'] satisfies readonly TimeInForce[]) {
      const rig = createEngineRig()
      rig.bar(100, buy(a.id, 10))
      rig.fill(1, {})
      const tail = timeInForce === 'gtc' ? '' : ` ${timeInForce}`
      expect(rig.bar(100, sell(a.id, 15, { timeInForce }))).toEqual([
        `place 2 sell 10 market exit${tail}`,
        `place 3 sell 5 market${tail}`,
      ])
    }
  })

  it('is an exit only as far as nothing else is on its way out', () => {
    const rig = createEngineRig()
    rig.bar(100, buy(a.id, 10))
    rig.fill(1, {})
    expect(rig.bar(100, [sell(a.id, 7), sell(a.id, 7)])).toEqual([
      'place 2 sell 7 market exit',
      'place 3 sell 3 market exit',
      'place 4 sell 4 market',
    ])
  })

  it('below the smallest order is refused, not rounded up', () => {
    const rig = createEngineRig()
    expect(rig.bar(100, [buy(a.id, 0.99), buy(a.id, 0)])).toEqual([])
    expect(rig.heard).toEqual(['refused BELOW_MIN_QUANTITY', 'refused BELOW_MIN_QUANTITY'])
  })
})

describe('a wish that is no wish', () => {
  it('stops the run and names the strategy', () => {
    for (const nonsense of [null, false, 7, 'buy', { kind: 'short' }, {}]) {
      const rig = createEngineRig()
      expect(() => rig.bar(100, [nonsense as unknown as Intent])).toThrow(
        `Strategy "one" returned ${JSON.stringify(nonsense)}, which is no intent.`,
      )
    }
  })

  it('stops the run where a number is none', () => {
    for (const bad of [Number.NaN, Number.POSITIVE_INFINITY, -1]) {
      expect(() => order({}, bad)).toThrow(`Strategy "one" ordered a quantity of "${bad}".`)
    }
    const keys = ['limit', 'trigger', 'limitOffset', 'displayQuantity', 'expiresAt'] as const
    for (const key of keys) {
      const type: OrderType = key === 'trigger' ? 'stop' : key === 'limitOffset' ? 'market' : 'limit'
      const options = { type, ...(type === 'limit' ? { limit: 90 } : {}), [key]: Number.NaN } as OrderOptions
      expect(() => order(options)).toThrow(`Strategy "one" gave "NaN" as ${key}.`)
    }
  })

  it('stops the run where a trail is no distance', () => {
    const trails = [
      { kind: 'absolute', distance: 0 },
      { kind: 'absolute', distance: Number.NaN },
      { kind: 'percent', ratio: 1 },
      { kind: 'percent', ratio: -0.1 },
      { kind: 'atr', multiple: 3, atr: Number.NaN },
    ] as const
    for (const trail of trails) expect(() => order({ type: 'trailingStop', trail })).toThrow('Strategy "one" trails by')
  })

  it('stops the run where a type has a price that it would not use', () => {
    expect(() => order({ type: 'market', limit: 90 })).toThrow(
      'A market order of strategy "one" has a limit, which it does not use.',
    )
    expect(() => order({ type: 'stop', trigger: 105, limit: 106 })).toThrow('has a limit, which it does not use')
    expect(() => order({ limit: 90, trigger: 80 })).toThrow('A limit order of strategy "one" has a trigger')
    expect(() => order({ type: 'turtle' as OrderType })).toThrow('Strategy "one" used the unknown order type "turtle".')
  })

  it('changes nothing before it stops', () => {
    const rig = createEngineRig()
    expect(() => rig.bar(100, { ...buy(a.id, 1), quantity: Number.NaN } as OrderIntent)).toThrow()
    expect(rig.kernel.orders.size).toBe(0)
    expect(rig.position()).toEqual({ quantity: 0, averagePrice: 0, reserved: 0 })
  })
})

describe('several wishes at once', () => {
  it('are taken in their order', () => {
    expect(createEngineRig().bar(100, [target(a.id, 0.1), buy(a.id, 1), target(a.id, 0.1)])).toEqual([
      'place 1 buy 10 market',
      'place 2 buy 1 market',
      'cancel 1',
      'cancel 2',
    ])
  })
})
