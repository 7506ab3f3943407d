import { type Money, money } from '@astertrade/core'
import { ruleContract } from '@astertrade/core/testing'
import { describe, expect, it } from 'vitest'
import { account, btc, eth, order, reasonOf, said } from './account.rig.js'
import { gradedSize } from './gradedSize.js'
import { type MaxPositionOptions, maxPosition } from './maxPosition.js'

const rule = maxPosition()

describe('maxPosition', () => {
  it('rounds a price between two ticks against the order', () => {
    const between = account({ marks: { [btc.id]: 100.004 } })
    expect(said(maxPosition(), order({ quantity: 99 }), between)).toBe('shrink 24.997 POSITION_CAP')
  })

  it('refuses where its factor is no number', () => {
    const view = { ...account(), dayStartNear: Number.NaN }
    expect(said(maxPosition({ scale: gradedSize() }), order(), view)).toBe('refuse NOT_FINITE')
  })

  it('shrinks an order to what the tier leaves, and passes one of exactly that', () => {
    expect(said(rule, order({ quantity: 25 }), account())).toBe('approve')
    expect(said(rule, order({ quantity: 25.001 }), account())).toBe('shrink 25 POSITION_CAP')
    expect(said(rule, order({ quantity: 40 }), account({ equity: '4999.99' }))).toBe('shrink 9.999 POSITION_CAP')
    expect(said(rule, order({ quantity: 40 }), account({ equity: '500' }))).toBe('shrink 0.75 POSITION_CAP')
    expect(said(rule, order({ quantity: 40 }), account({ equity: '499.99' }))).toBe('shrink 0.499 POSITION_CAP')
    expect(said(rule, order({ quantity: 40 }), account({ equity: '100' }))).toBe('shrink 0.1 POSITION_CAP')
  })

  it('sees one unit of 1e-18 at a bound of the tiers and at the limit', () => {
    const below = (text: string): Money => (money(text) - 1n) as Money
    expect(said(rule, order({ quantity: 40 }), account({ equity: below('5000') }))).toBe('shrink 9.999 POSITION_CAP')
    expect(said(rule, order({ quantity: 40 }), account({ equity: below('100') }))).toBe('refuse TIER_NONE')
    expect(said(rule, order({ quantity: 25 }), account({ equity: below('10000') }))).toBe('shrink 24.999 POSITION_CAP')
  })

  it('counts the position, orders under way and unknown ones in full', () => {
    const under = {
      positions: { [btc.id]: 10 },
      openOrders: [order({ number: 2, quantity: 5, limit: 90, type: 'limit' })],
      unknownOrders: [order({ number: 3, quantity: 4 })],
    }
    expect(said(rule, order({ quantity: 10 }), account(under))).toBe('shrink 6 POSITION_CAP')
    expect(reasonOf(rule.check(order({ quantity: 10 }), account(under)))).toEqual({
      code: 'POSITION_CAP',
      rule: 'maxPosition(10/15/20/25%)',
      limit: '2500',
      got: '2900',
      unit: 'quote',
    })
    expect(said(rule, order({ quantity: 1 }), account({ positions: { [btc.id]: 25 } }))).toBe('refuse POSITION_CAP')
    expect(said(rule, order({ quantity: 10 }), account({ positions: { [eth.id]: 25 } }))).toBe('approve')
  })

  it('lets an entry of the other side pass up to where it would be worse', () => {
    const long = account({ positions: { [btc.id]: 20 } })
    expect(said(rule, order({ side: 'sell', quantity: 40 }), long)).toBe('approve')
    expect(said(rule, order({ side: 'sell', quantity: 46 }), long)).toBe('shrink 45 POSITION_CAP')
  })

  it('keeps a position that grew past its limit and lets it take no more', () => {
    const grown = account({ positions: { [btc.id]: 25 }, marks: { [btc.id]: 120 }, equity: '10000' })
    expect(said(rule, order({ quantity: 0.001 }), grown)).toBe('refuse POSITION_CAP')
    expect(said(rule, order({ quantity: 25, side: 'sell', reduceOnly: true }), grown)).toBe('approve')
  })

  it('takes the held tier where it is lower than that of the equity', () => {
    const [{ memory }] = [rule]
    const held = (tier: number) => account({ memories: { [memory!.name]: { tier, above: [] } } })
    expect(said(rule, order({ quantity: 40 }), held(1))).toBe('shrink 10 POSITION_CAP')
    expect(said(rule, order({ quantity: 40 }), held(4))).toBe('shrink 25 POSITION_CAP')
    expect(said(rule, order({ quantity: 40 }), held(0))).toBe('refuse TIER_NONE')
  })

  it('takes the share of the losses off the room, and says so', () => {
    const graded = maxPosition({ scale: gradedSize() })
    const losing = { equity: '9850', dayStart: '10000', highWaterMark: '10000' }
    // 25 % of 9850 is 2462.5; half the daily loss leaves half of the room.
    expect(said(graded, order({ quantity: 20 }), account(losing))).toBe('shrink 12.312 DE_RISK')
    expect(said(graded, order({ quantity: 30 }), account(losing))).toBe('shrink 12.312 POSITION_CAP')
    expect(said(graded, order({ quantity: 1 }), account({ ...losing, positions: { [btc.id]: 24 } }))).toBe(
      'shrink 0.312 POSITION_CAP',
    )
  })

  it('never turns two negative figures into room', () => {
    const graded = maxPosition({ scale: gradedSize() })
    const bad = account({ equity: '9000', dayStart: '10000', highWaterMark: '10000', positions: { [btc.id]: 60 } })
    expect(said(graded, order({ quantity: 1 }), bad)).toBe('refuse POSITION_CAP')
  })

  it.each([
    [{ tiers: [] }, 'There is no capital tier.'],
    [{ tiers: [{ from: '0', risk: 0.01, position: 0.1 }] }, 'A tier starts at 0, not above 0.'],
    [{ tiers: [{ from: '100', risk: 0.01, position: 0.3 }] }, 'is looser than the seed tiers'],
    [{ tiers: [{ from: '50', risk: 0.001, position: 0.01 }] }, 'is looser than the seed tiers'],
    [
      { tiers: [{ from: '100', risk: 0.001, position: 2 }] },
      'position of a tier "2" is not a number above 0 and at most 1.',
    ],
    [{ limit: 0.1 }, 'maxPosition has no option "limit".'],
  ])('refuses the options %o', (options, message) => {
    expect(() => maxPosition(options as MaxPositionOptions)).toThrow(message)
  })

  it('says in its name that its tiers are above the seed tiers', () => {
    const tiers = [{ from: '10', risk: 0.05, position: 0.5 }]
    expect(maxPosition({ tiers, ceilings: 'own' }).name).toBe('maxPosition(50%, above seed)')
  })

  describe('keeps the rule contract', () => {
    for (const check of ruleContract({ create: maxPosition, instrument: btc })) it(check.name, () => check.run())
  })

  describe('keeps the rule contract with graded sizes', () => {
    const create = () => maxPosition({ scale: gradedSize() })
    for (const check of ruleContract({ create, instrument: btc })) it(check.name, () => check.run())
  })
})
