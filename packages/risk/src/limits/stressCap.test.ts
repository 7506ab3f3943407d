import { defineInstrument, money } from '@astertrade/core'
import { riskViewOf, ruleContract } from '@astertrade/core/testing'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { account, btc, eth, order, reasonOf, said, sol } from './account.rig.js'
import { type StressCapOptions, stressCap } from './stressCap.js'

const assetClasses = { [btc.id]: 'bitcoin', [sol.id]: 'stablecoin' } as const
const rule = stressCap({ assetClasses })
const rise = { name: 'a squeeze', class: 'gap', version: 1, kind: 'shock', shocks: { bitcoin: 0.5, coin: 1 } } as const

describe('stressCap', () => {
  it('shrinks an order to what the worst jump leaves: half in bitcoin, 80 % in coins, 12 % in a stablecoin', () => {
    expect(said(rule, order({ quantity: 50 }), account())).toBe('approve')
    expect(said(rule, order({ quantity: 50.001 }), account())).toBe('shrink 50 STRESS')
    expect(said(rule, order({ instrument: eth, quantity: 99 }), account())).toBe('shrink 31.25 STRESS')
    expect(said(rule, order({ instrument: sol, quantity: 300 }), account())).toBe('shrink 208.3 STRESS')
    expect(reasonOf(rule.check(order({ quantity: 60 }), account()))).toEqual({
      code: 'STRESS',
      rule: 'stressCap(25%)',
      limit: '2500',
      got: '3000',
      unit: 'quote',
    })
  })

  it('sees one unit of 1e-18 of equity at the limit', () => {
    expect(said(rule, order({ quantity: 50 }), account({ equity: money('10000') }))).toBe('approve')
    expect(said(rule, order({ quantity: 50 }), account({ equity: '9999.999999999999999999' }))).toBe(
      'shrink 49.999 STRESS',
    )
  })

  it('sees a ten-millionth above the limit', () => {
    const fine = defineInstrument({ id: 'FINE-USDT.sim', tick: '0.01', lot: '0.00000001' })
    const view = riskViewOf({ instruments: [fine], marks: { [fine.id]: 100 } })
    expect(said(stressCap({ assetClasses: {} }), order({ instrument: fine, quantity: 31.25 }), view)).toBe('approve')
    expect(said(stressCap({ assetClasses: {} }), order({ instrument: fine, quantity: 31.25000001 }), view)).toBe(
      'shrink 31.25 STRESS',
    )
  })

  it('rounds a price between two ticks against the order', () => {
    const between = account({ marks: { [eth.id]: 100.004 } })
    // 3,125 of coins may be held: 31.24 of them at 100.01, 31.25 at 100.
    expect(said(rule, order({ instrument: eth, quantity: 99 }), between)).toBe('shrink 31.24 STRESS')
    const held = account({ marks: { [eth.id]: 100.004 }, positions: { [eth.id]: 20 } })
    // 20 at 100.01 leave 1,124.8, which are 11.24 more; at 100 they would leave 1,125.
    expect(reasonOf(rule.check(order({ instrument: eth, quantity: 99 }), held))?.got).toBe('9520.952')
  })

  it('adds no lot for the rest of one on the other side', () => {
    const half = defineInstrument({ id: 'HALF-USDT.sim', tick: '0.01', lot: '0.5' })
    const view = riskViewOf({ instruments: [half], marks: { [half.id]: 100 }, positions: { [half.id]: -0.7 } })
    expect(said(stressCap({ assetClasses: {} }), order({ instrument: half, quantity: 99 }), view)).toBe(
      'shrink 31.5 STRESS',
    )
  })

  it('takes a jump to the nearest millionth', () => {
    const up = stressCap({ assetClasses: {}, scenarios: [{ ...rise, shocks: { coin: 0.57 } }] })
    expect(said(up, order({ side: 'sell', instrument: eth, quantity: 99 }), account())).toBe('shrink 43.85 STRESS')
    // 0.0157e6 is a hair below 15,700.
    const small = stressCap({ assetClasses: {}, scenarios: [{ ...rise, shocks: { coin: 0.0157 } }] })
    expect(reasonOf(small.check(order({ side: 'sell', instrument: eth, quantity: 2000 }), account()))?.got).toBe('3140')
  })

  it('knows its use of a small account', () => {
    expect(rule.use?.(account({ equity: '0.5', positions: { [btc.id]: 0.001 } }))).toBeCloseTo(0.05 / 0.125, 12)
  })

  it('adds positions, orders under way and unknown ones, each by its own jump', () => {
    const view = account({
      positions: { [btc.id]: 10 },
      openOrders: [order({ number: 2, instrument: eth, quantity: 10, type: 'limit', limit: 90 })],
      unknownOrders: [order({ number: 3, quantity: 4, type: 'limit', limit: 90 })],
    })
    // October 2025: 15 % of 1,400 and 80 % of 1,000 leave 1,490; March 2020: half of 2,400 leaves 1,300.
    expect(said(rule, order({ instrument: eth, quantity: 99 }), view)).toBe('shrink 18.62 STRESS')
    expect(said(rule, order({ quantity: 99 }), view)).toBe('shrink 26 STRESS')
    expect(rule.use?.(view)).toBeCloseTo(1200 / 2500, 12)
  })

  it('lets pass what loses in no scenario, or closes what does', () => {
    const full = account({ positions: { [btc.id]: 60 } })
    expect(said(rule, order({ side: 'sell', quantity: 500 }), full)).toBe('approve')
    expect(said(rule, order({ quantity: 1 }), full)).toBe('refuse STRESS')
    expect(said(rule, order({ quantity: 1, reduceOnly: true }), full)).toBe('approve')
    expect(rule.use?.(full)).toBeCloseTo(1.2, 12)
    const short = account({ positions: { [btc.id]: -60 } })
    expect(rule.use?.(short)).toBe(0)
    expect(said(rule, order({ quantity: 200 }), short)).toBe('shrink 110 STRESS')
    expect(reasonOf(rule.check(order({ quantity: 200 }), short))?.got).toBe('7000')
    expect(said(rule, order({ quantity: 200, strategy: 'stranger' }), short)).toBe('shrink 50 STRESS')
  })

  it('counts rises against short positions', () => {
    const both = stressCap({ assetClasses, scenarios: [rise] })
    expect(said(both, order({ side: 'sell', quantity: 60 }), account())).toBe('shrink 50 STRESS')
    expect(said(both, order({ side: 'sell', quantity: 60 }), account({ positions: { [btc.id]: -10 } }))).toBe(
      'shrink 40 STRESS',
    )
    expect(said(both, order({ side: 'sell', instrument: eth, quantity: 60 }), account())).toBe('shrink 25 STRESS')
    expect(said(both, order({ quantity: 600 }), account())).toBe('approve')
    const least = stressCap({ assetClasses: {}, scenarios: [{ ...rise, shocks: { coin: 0.000001 } }] })
    expect(least.use?.(account({ positions: { [eth.id]: -20 } }))).toBeCloseTo(0.002 / 2500, 15)
  })

  it('tells of the first of two scenarios that leave the same', () => {
    const fall = (coin: number, name: string) => ({ ...rise, name, shocks: { coin } })
    const both = stressCap({ assetClasses: {}, scenarios: [fall(-0.3333, 'one'), fall(-0.333301, 'other')] })
    const verdict = both.check(order({ instrument: eth, quantity: 99 }), account())
    expect(verdict).toMatchObject({ quantity: 75, reason: { got: '3299.67' } })
  })

  it('counts whole lots of grids with steps of five', () => {
    const odd = defineInstrument({ id: 'ODD-USDT.sim', tick: '0.05', lot: '0.05' })
    const view = riskViewOf({ instruments: [odd], marks: { [odd.id]: 100 }, positions: { [odd.id]: -10 } })
    expect(said(rule, order({ instrument: odd, quantity: 100 }), view)).toBe('shrink 41.25 STRESS')
    expect(reasonOf(rule.check(order({ instrument: odd, quantity: 100 }), view))?.got).toBe('7200')
  })

  it('refuses where a position has no price, and knows no use then', () => {
    const view = account({ positions: { [eth.id]: 1 }, marks: { [eth.id]: undefined as unknown as number } })
    expect(said(rule, order({ quantity: 60 }), view)).toBe('refuse NOT_FINITE')
    expect(rule.use?.(view)).toBeNaN()
    expect(rule.use?.(account({ equity: '0' }))).toBeNaN()
    expect(rule.use?.(account())).toBe(0)
    expect(said(rule, order({ quantity: 1 }), account({ equity: '0' }))).toBe('refuse STRESS')
    expect(said(rule, order({ quantity: 1 }), account({ equity: '-5' }))).toBe('refuse STRESS')
    expect(said(rule, order({ quantity: 1 }), account({ marks: { [btc.id]: 0 } }))).toBe('refuse NOT_FINITE')
  })

  it('never lets the worst scenario lose more than the limit', () => {
    const numRuns = Number(process.env.FC_NUM_RUNS ?? 500)
    const seen = { approve: 0, shrink: 0, refuse: 0 }
    const units = fc.integer({ min: 0, max: 60 })
    fc.assert(
      fc.property(
        units,
        units,
        fc.integer({ min: 1, max: 90 }),
        fc.constantFrom(btc, eth, sol),
        (a, b, wanted, bought) => {
          const positions = { [btc.id]: a, [eth.id]: b / 2 }
          const verdict = rule.check(order({ instrument: bought, quantity: wanted }), account({ positions }))
          seen[verdict.kind]++
          if (verdict.kind === 'refuse') return
          const quantity = verdict.kind === 'shrink' ? verdict.quantity : wanted
          const held = (id: string) =>
            ((positions as Record<string, number>)[id] ?? 0) + (bought.id === id ? quantity : 0)
          const loses = (bitcoin: number, coin: number, stablecoin: number) =>
            100 * (held(btc.id) * bitcoin + held(eth.id) * coin + held(sol.id) * stablecoin)
          const before = Math.max(
            positions[btc.id]! * 50 + positions[eth.id]! * 50,
            positions[btc.id]! * 15 + positions[eth.id]! * 80,
          )
          const most = Math.max(loses(0.5, 0.5, 0), loses(0.15, 0.8, 0), loses(0, 0, 0.12))
          expect(most).toBeLessThanOrEqual(Math.max(2500, before) + 1e-6)
        },
      ),
      { numRuns },
    )
    for (const [kind, count] of Object.entries(seen)) expect(count, kind).toBeGreaterThan(numRuns / 100)
  })

  it.each([
    [{ limit: 0.3 }, 'gapStress limit "0.3" is looser than the seed figure 0.25.'],
    [{ limit: Number.NaN }, 'gapStress limit "NaN" is not a number above 0 and at most 1.'],
    [{ scenarios: [{ ...rise, shocks: { coin: -2 } }] }, 'A figure of the scenario "a squeeze" is "-2".'],
    [{ scenarios: [rise, rise] }, 'Two scenarios are named "a squeeze".'],
    [{ limits: 1 }, 'stressCap has no option "limits".'],
  ])('refuses %o', (options, message) => {
    expect(() => stressCap({ assetClasses, ...options } as unknown as StressCapOptions)).toThrow(message)
  })

  describe('keeps the rule contract', () => {
    for (const check of ruleContract({ create: () => stressCap({ assetClasses }), instrument: btc })) {
      it(check.name, () => check.run())
    }
  })
})
