import { defineInstrument, type Money, money } from '@astertrade/core'
import { riskViewOf, ruleContract } from '@astertrade/core/testing'
import { describe, expect, it } from 'vitest'
import { account, btc, order, reasonOf, said } from './account.rig.js'
import { gradedSize } from './gradedSize.js'
import { type PositionRiskOptions, positionRisk } from './positionRisk.js'

const bare = positionRisk({ costs: 0 })

describe('positionRisk', () => {
  it('shrinks an order to what the tier may lose at its stop', () => {
    expect(said(bare, order({ quantity: 40, protectiveStop: 95 }), account())).toBe('approve')
    expect(said(bare, order({ quantity: 41, protectiveStop: 95 }), account())).toBe('shrink 40 POSITION_RISK')
    expect(said(bare, order({ quantity: 41, protectiveStop: 90 }), account())).toBe('shrink 20 POSITION_RISK')
    expect(said(bare, order({ quantity: 41, protectiveStop: 95 }), account({ equity: '499' }))).toBe(
      'shrink 0.499 POSITION_RISK',
    )
  })

  it('takes no stop at which a little more than the whole value would be lost', () => {
    const dear = defineInstrument({ id: 'DEAR-USDT.sim', tick: '0.1', lot: '1' })
    const view = riskViewOf({ instruments: [dear], marks: { [dear.id]: 1e10 }, equity: '100000000000000' })
    const short = (protectiveStop: number) => order({ instrument: dear, side: 'sell', quantity: 1, protectiveStop })
    // The way there and 0.3 % of the stop are 1e10 + 5, and at the other 1e10 - 95.
    expect(said(positionRisk(), short(19_940_179_466.6), view)).toBe('refuse STOP_INVALID')
    expect(said(positionRisk(), short(19_940_179_366.9), view)).toBe('approve')
  })

  it('adds the costs of getting out', () => {
    // 5 to the stop and 0.3 of costs are 5.3 a unit; 200 are 37.735 units.
    expect(said(positionRisk(), order({ quantity: 40, protectiveStop: 95 }), account())).toBe(
      'shrink 37.735 POSITION_RISK',
    )
    expect(reasonOf(positionRisk().check(order({ quantity: 40, protectiveStop: 95 }), account()))).toEqual({
      code: 'POSITION_RISK',
      rule: 'positionRisk(0.5/1/1.5/2%)',
      limit: '200',
      got: '212',
      unit: 'quote',
    })
  })

  it('counts what has no stop in full', () => {
    for (const protectiveStop of ['none', undefined] as const) {
      expect(said(positionRisk(), order({ quantity: 3, protectiveStop }), account())).toBe('shrink 2 POSITION_RISK')
    }
    const held = account({ positions: { [btc.id]: 3 } })
    expect(said(bare, order({ protectiveStop: 99 }), held)).toBe('refuse POSITION_RISK')
  })

  it('counts the position and entries under way to their stops', () => {
    const view = account({
      positions: { [btc.id]: 10 },
      stops: { [btc.id]: 95 },
      openOrders: [order({ number: 2, quantity: 10, protectiveStop: 95 })],
      unknownOrders: [order({ number: 3, quantity: 10, protectiveStop: 95 })],
    })
    expect(said(bare, order({ quantity: 11, protectiveStop: 95 }), view)).toBe('shrink 10 POSITION_RISK')
    // An order without a stop is covered by the one that stands.
    expect(said(bare, order({ quantity: 11 }), view)).toBe('shrink 10 POSITION_RISK')
    // A farther stop would move the position's too: 10 at 10 each, 20 at 5 each are gone.
    expect(said(bare, order({ quantity: 1, protectiveStop: 90 }), view)).toBe('refuse POSITION_RISK')
  })

  it('counts a position however small', () => {
    const one = account({ positions: { [btc.id]: 0.01 } })
    expect(said(positionRisk({ costs: 0 }), order({ quantity: 39.9, protectiveStop: 95 }), one)).toBe(
      'shrink 39.8 POSITION_RISK',
    )
  })

  it('refuses a stop that does not protect', () => {
    const view = account()
    for (const [side, protectiveStop] of [
      ['buy', 100],
      ['buy', 101],
      ['sell', 100],
      ['sell', 99],
      ['sell', 201],
    ] as const) {
      expect(said(bare, order({ side, protectiveStop, quantity: 0.001 }), view)).toBe('refuse STOP_INVALID')
    }
    expect(said(bare, order({ side: 'sell', protectiveStop: 200, quantity: 0.001 }), view)).toBe('approve')
    // With costs more than everything would be lost.
    expect(said(positionRisk(), order({ side: 'sell', protectiveStop: 200, quantity: 0.001 }), view)).toBe(
      'refuse STOP_INVALID',
    )
    expect(said(bare, order({ type: 'limit', limit: 90, protectiveStop: 95, quantity: 0.001 }), view)).toBe(
      'refuse STOP_INVALID',
    )
    expect(said(bare, order({ type: 'stop', trigger: 110, protectiveStop: 105, quantity: 40 }), view)).toBe('approve')
  })

  it('measures a short entry up to its stop', () => {
    expect(said(bare, order({ side: 'sell', quantity: 50, protectiveStop: 105 }), account())).toBe(
      'shrink 40 POSITION_RISK',
    )
    expect(
      said(bare, order({ side: 'sell', quantity: 50, type: 'limit', limit: 110, protectiveStop: 120 }), account()),
    ).toBe('shrink 20 POSITION_RISK')
  })

  it('sees one unit of 1e-18 of equity at the limit', () => {
    const short = (money('10000') - 1n) as Money
    expect(said(bare, order({ quantity: 40, protectiveStop: 95 }), account({ equity: short }))).toBe(
      'shrink 39.999 POSITION_RISK',
    )
  })

  it('is refused below the first tier, and passes exits whatever they are', () => {
    expect(said(bare, order({ protectiveStop: 99, quantity: 0.001 }), account({ equity: '99.99' }))).toBe(
      'refuse TIER_NONE',
    )
    expect(said(bare, order({ reduceOnly: true, quantity: 1e6 }), account({ equity: '1' }))).toBe('approve')
  })

  it('shrinks with the losses of the day', () => {
    const graded = positionRisk({ costs: 0, scale: gradedSize() })
    const view = account({ equity: '9850', dayStart: '10000', highWaterMark: '10000' })
    expect(said(graded, order({ quantity: 30, protectiveStop: 95 }), view)).toBe('shrink 19.7 DE_RISK')
  })

  it.each([
    [{ costs: -0.1 }, 'positionRisk costs "-0.1" are not a ratio from 0 to 1.'],
    [{ costs: 1 }, 'positionRisk costs "1" are not a ratio from 0 to 1.'],
    [{ costs: Number.NaN }, 'positionRisk costs "NaN" are not a ratio from 0 to 1.'],
    [{ cost: 0 }, 'Did you mean "costs"?'],
  ])('refuses the options %o', (options, message) => {
    expect(() => positionRisk(options as PositionRiskOptions)).toThrow(message)
  })

  describe('keeps the rule contract', () => {
    for (const check of ruleContract({ create: positionRisk, instrument: btc })) it(check.name, () => check.run())
  })
})
