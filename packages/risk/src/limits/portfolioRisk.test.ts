import { type Money, money } from '@astertrade/core'
import { ruleContract } from '@astertrade/core/testing'
import { describe, expect, it } from 'vitest'
import { account, btc, eth, order, reasonOf, said, sol } from './account.rig.js'
import { gradedSize } from './gradedSize.js'
import { type PortfolioRiskOptions, portfolioRisk } from './portfolioRisk.js'

const bare = portfolioRisk({ costs: 0 })
const held = {
  positions: { [eth.id]: 20, [sol.id]: -20 },
  stops: { [eth.id]: 90, [sol.id]: 110 },
}

describe('portfolioRisk', () => {
  it('counts a position however small', () => {
    const one = account({ positions: { [btc.id]: 0.01 } })
    expect(said(portfolioRisk({ costs: 0 }), order({ quantity: 159.9, protectiveStop: 95 }), one)).toBe(
      'shrink 159.8 PORTFOLIO_RISK',
    )
  })

  it('adds the losses at all stops and shrinks the order to what they leave of 8 %', () => {
    expect(said(bare, order({ quantity: 80, protectiveStop: 95 }), account(held))).toBe('approve')
    expect(said(bare, order({ quantity: 81, protectiveStop: 95 }), account(held))).toBe('shrink 80 PORTFOLIO_RISK')
    expect(reasonOf(bare.check(order({ quantity: 81, protectiveStop: 95 }), account(held)))).toEqual({
      code: 'PORTFOLIO_RISK',
      rule: 'portfolioRisk(8%, cushion 10%, costs 0%)',
      limit: '800',
      got: '805',
      unit: 'quote',
    })
  })

  it('counts what has no stop in full', () => {
    expect(said(bare, order({ quantity: 9 }), account())).toBe('shrink 8 PORTFOLIO_RISK')
    expect(said(bare, order({ protectiveStop: 99 }), account({ positions: { [eth.id]: 8 } }))).toBe(
      'refuse PORTFOLIO_RISK',
    )
  })

  it('adds the costs of getting out of everything', () => {
    // Held: 400 to the stops, 0.1 % of them and of 4000; a unit of the order loses 5 and 0.1.
    const rule = portfolioRisk({ costs: 0.001 })
    expect(said(rule, order({ quantity: 90, protectiveStop: 95 }), account(held))).toBe('shrink 77.568 PORTFOLIO_RISK')
  })

  it('keeps within the cushion above the drawdown limit where that is smaller', () => {
    const fallen = account({ equity: '9500', highWaterMark: '10000' })
    expect(said(bare, order({ quantity: 100, protectiveStop: 95 }), fallen)).toBe('approve')
    expect(said(bare, order({ quantity: 101, protectiveStop: 95 }), fallen)).toBe('shrink 100 CUSHION')
    // Where both budgets are the same, the portfolio's has the word.
    const even = account({ equity: '9000', highWaterMark: '9200' })
    expect(said(bare, order({ quantity: 145, protectiveStop: 95 }), even)).toBe('shrink 144 PORTFOLIO_RISK')
    const gone = account({ equity: '9000', highWaterMark: '10000' })
    expect(said(bare, order({ quantity: 0.001, protectiveStop: 95 }), gone)).toBe('refuse CUSHION')
  })

  it('budgets profits that could be given back', () => {
    // Bought at 50 with a stop there: equity has grown by 1000, and all of it could go.
    const grown = account({ equity: '11000', positions: { [eth.id]: 20 }, stops: { [eth.id]: 50 } })
    expect(said(bare, order({ quantity: 1, protectiveStop: 95 }), grown)).toBe('refuse PORTFOLIO_RISK')
  })

  it('sees one unit of 1e-18 of equity at the limit', () => {
    const short = (money('10000') - 1n) as Money
    expect(said(bare, order({ quantity: 160, protectiveStop: 95 }), account())).toBe('approve')
    expect(said(bare, order({ quantity: 160, protectiveStop: 95 }), account({ equity: short }))).toBe(
      'shrink 159.999 PORTFOLIO_RISK',
    )
  })

  it('refuses a stop on the wrong side and shrinks with the losses of the day', () => {
    expect(said(bare, order({ protectiveStop: 101 }), account())).toBe('refuse STOP_INVALID')
    const graded = portfolioRisk({ costs: 0, scale: gradedSize() })
    const view = account({ equity: '9850', dayStart: '10000', highWaterMark: '10000' })
    expect(said(graded, order({ quantity: 100, protectiveStop: 95 }), view)).toBe('shrink 78.8 DE_RISK')
  })

  it('is unmoved by a drop that makes a position worth less than its loss to the stop', () => {
    // Sold at 100 with a stop at 108; at 50 the way to it is longer than what the position is worth.
    const view = account({ marks: { [eth.id]: 50 }, positions: { [eth.id]: -10 }, stops: { [eth.id]: 108 } })
    expect(said(bare, order({ quantity: 44, protectiveStop: 95 }), view)).toBe('approve')
    expect(said(bare, order({ quantity: 45, protectiveStop: 95 }), view)).toBe('shrink 44 PORTFOLIO_RISK')
  })

  it.each([
    [{ limit: 0.09 }, 'portfolioRisk limit "0.09" is looser than the seed figure 0.08.'],
    [{ maxDrawdown: 0.2 }, 'maxDrawdown limit "0.2" is looser than the seed figure 0.1.'],
    [{ costs: 7 }, 'portfolioRisk costs "7" are not a ratio from 0 to 1.'],
    [{ stops: 1 }, 'portfolioRisk has no option "stops".'],
  ])('refuses the options %o', (options, message) => {
    expect(() => portfolioRisk(options as PortfolioRiskOptions)).toThrow(message)
  })

  describe('keeps the rule contract', () => {
    for (const check of ruleContract({ create: portfolioRisk, instrument: btc })) it(check.name, () => check.run())
  })
})
