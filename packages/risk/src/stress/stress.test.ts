import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ready } from '../measures/tailSamples.rig.js'
import { type StressScenario, stressScenarios } from '../stress.js'
import { stressLosses, worstStress } from './stressLosses.js'
import type { StressPortfolio, StressPosition } from './stressPortfolio.js'

const runs = { numRuns: Number(process.env.FC_NUM_RUNS ?? 200) }

const usual = { feeRate: 0.001, slippage: 0.002, spread: 0.0004, gas: 0 } as const
const btc: StressPosition = {
  ...usual,
  instrument: 'BTC',
  assetClass: 'bitcoin',
  venue: 'a',
  value: 1_000,
  stopDistance: 0.05,
  sigma: 0.03,
}
const sol: StressPosition = {
  ...usual,
  instrument: 'SOL',
  assetClass: 'coin',
  venue: 'b',
  value: 500,
  stopDistance: 0.1,
  sigma: 0.06,
}
const pool: StressPosition = {
  ...usual,
  instrument: 'SUSD',
  assetClass: 'syntheticDollar',
  venue: 'b',
  value: 200,
  gas: 0.5,
  sigma: 0.001,
}
const portfolio: StressPortfolio = {
  positions: [btc, sol, pool],
  balances: [
    { assetClass: 'stablecoin', venue: 'a', value: 3_000 },
    { assetClass: 'fiat', venue: 'b', value: 300 },
  ],
}

/** Loss by scenario, rounded to a thousandth. */
function losses(of: StressPortfolio, scenarios?: readonly StressScenario[]): Record<string, number> {
  const found = ready(stressLosses(of, scenarios)).losses
  return Object.fromEntries(found.map(({ name, loss }) => [name, Math.round(loss * 1e6) / 1e6]))
}

describe('the stress scenarios', () => {
  it('cost a fixed portfolio exactly this', () => {
    expect(losses(portfolio)).toEqual({
      // 1000 · (5 % + 0.1 % + 0.2 %) + 500 · (10 % + 0.3 %) + 200, which has no stop.
      'all stops hit at once': 53 + 51.5 + 200,
      // Slippage 0.6 % instead of 0.2 %.
      'stops slip three times as far': 57 + 53.5 + 200,
      // 1700 · (0.1 % + 0.2 % + half of 20 · 0.04 %) + gas 0.5.
      'spreads of 20 times': 11.9 + 0.5,
      // 1700 · (0.1 % + 0.2 % + half of 0.04 %) + gas 25.
      'gas of 50 times': 5.44 + 25,
      'March 2020: bitcoin halves in a day': 500 + 250,
      'May 2021: bitcoin falls by 30 %': 300 + 150,
      'October 2025: coins wick by 80 %, interfaces frozen': 150 + 400 + 70,
      'stablecoins at 0.88': 360,
      // Six deviations of six hours are three of a day.
      'six hours without access': 90 + 90 + 0.6,
      'a venue is gone': 4_000,
    })
  })

  it('are held against their class', () => {
    const stressed = ready(stressLosses(portfolio))
    expect(worstStress(stressed, 'limit')).toBeCloseTo(310.5, 9)
    expect(worstStress(stressed, 'gap')).toBeCloseTo(750, 9)
    expect(worstStress(stressed, 'counterparty')).toBe(4_000)
    expect(worstStress(ready(stressLosses(portfolio, [])), 'gap')).toBe(0)
  })

  it('hold a gap stress of 25 % of equity to half of it in bitcoin and 31 % in other coins', () => {
    const gap = (assetClass: 'bitcoin' | 'coin', value: number): number => {
      return worstStress(ready(stressLosses({ positions: [{ ...btc, assetClass, value }] })), 'gap')
    }
    expect(gap('bitcoin', 500)).toBe(250)
    expect(gap('coin', 312.5)).toBe(250)
  })

  it('count a price that breaks at one venue at the venue where most lies', () => {
    const elsewhere = { ...pool, instrument: 'SUSD2', venue: 'c', value: 300 }
    const name = 'October 2025: coins wick by 80 %, interfaces frozen'
    expect(losses({ positions: [pool, elsewhere] })[name]).toBe(105)
    expect(losses({ positions: [pool, { ...elsewhere, venue: 'b' }] })[name]).toBe(175)
  })

  it('let no gain pay for a loss', () => {
    const short = { ...sol, value: -500 }
    expect(losses({ positions: [btc, short] })['March 2020: bitcoin halves in a day']).toBe(500)
    expect(losses({ positions: [short] })['March 2020: bitcoin halves in a day']).toBe(0)
    expect(losses({ positions: [short] })['six hours without access']).toBe(90)
    const squeeze: StressScenario = { name: 'squeeze', class: 'gap', version: 1, kind: 'shock', shocks: { coin: 0.8 } }
    expect(losses({ positions: [short] }, [...stressScenarios, squeeze])).toMatchObject({ squeeze: 400 })
  })

  it('lose with a venue what lies there, and gain nothing by what is owed there', () => {
    const owed = { assetClass: 'fiat', venue: 'a', value: -5_000 } as const
    expect(losses({ ...portfolio, balances: [...portfolio.balances!, owed] })['a venue is gone']).toBe(4_000)
  })

  it('take no more from a long position than it is worth', () => {
    const wild = { ...btc, value: 100, stopDistance: 1, slippage: 0.5, spread: 9, sigma: 2 }
    const found = losses({ positions: [wild] })
    expect(found['stops slip three times as far']).toBe(100)
    expect(found['spreads of 20 times']).toBe(100)
    expect(found['six hours without access']).toBe(100)
    expect(losses({ positions: [{ ...wild, value: -100 }] })['six hours without access']).toBe(600)
  })

  it('cost nothing without positions, and never a negative amount', () => {
    for (const loss of Object.values(losses({ positions: [] }))) expect(loss).toBe(0)
    for (const loss of Object.values(losses({ positions: [{ ...pool, value: 0 }] }))) expect(loss).toBe(0)
    const value = fc.integer({ min: -2_000, max: 2_000 })
    const classes = fc.constantFrom(
      'bitcoin' as const,
      'coin' as const,
      'stablecoin' as const,
      'syntheticDollar' as const,
    )
    const venue = fc.constantFrom('a', 'b', 'c')
    const position = fc
      .tuple(value, classes, venue)
      .map(([amount, assetClass, at]) => ({ ...btc, value: amount, assetClass, venue: at }))
    fc.assert(
      fc.property(fc.array(position, { maxLength: 6 }), fc.integer({ min: 2, max: 9 }), (positions, k) => {
        const once = losses({ positions })
        const more = losses({ positions: positions.map((entry) => ({ ...entry, value: k * entry.value })) })
        for (const [name, loss] of Object.entries(once)) {
          expect(loss).toBeGreaterThanOrEqual(0)
          expect(more[name]).toBeCloseTo(k * loss, 3)
        }
      }),
      runs,
    )
  })

  it('have names of their own and versions', () => {
    expect(new Set(stressScenarios.map(({ name }) => name)).size).toBe(stressScenarios.length)
    for (const { version } of stressScenarios) expect(version).toBeGreaterThanOrEqual(1)
  })
})

describe('bad stress input', () => {
  it('makes the losses unavailable, never smaller', () => {
    const bad = [
      { value: Number.NaN },
      { value: Number.POSITIVE_INFINITY },
      { stopDistance: 1.01 },
      { stopDistance: -0.1 },
      { feeRate: Number.NaN },
      { slippage: -1 },
      { spread: Number.POSITIVE_INFINITY },
      { gas: Number.NaN },
      { sigma: -0.1 },
    ]
    for (const more of bad) {
      expect(stressLosses({ positions: [sol, { ...btc, ...more }] })).toMatchObject({
        kind: 'unavailable',
        code: 'NOT_FINITE',
      })
    }
    const balances = [{ assetClass: 'fiat', venue: 'x', value: Number.NaN }] as const
    expect(stressLosses({ positions: [], balances })).toMatchObject({ code: 'NOT_FINITE', needed: 'a balance at x' })
    const { sigma, ...unknown } = btc
    expect(sigma).toBe(0.03)
    expect(stressLosses({ positions: [unknown] })).toMatchObject({
      kind: 'unavailable',
      code: 'NO_HISTORY',
      needed: 'sigma of BTC',
    })
  })

  it('refuses scenarios whose figures are none, and two of one name', () => {
    const base = { name: 'mine', class: 'gap', version: 1 } as const
    const bad: StressScenario[] = [
      { ...base, kind: 'stops', slippageMultiple: -1 },
      { ...base, kind: 'exit', spreadMultiple: Number.NaN, gasMultiple: 1 },
      { ...base, kind: 'exit', spreadMultiple: 1, gasMultiple: Number.POSITIVE_INFINITY },
      { ...base, kind: 'shock', shocks: { coin: -1.01 } },
      { ...base, kind: 'outage', hours: -1, deviations: 3 },
      { ...base, kind: 'outage', hours: 1, deviations: Number.NaN },
    ]
    for (const scenario of bad) {
      expect(() => stressLosses(portfolio, [scenario])).toThrow(expect.objectContaining({ code: 'BAD_SCENARIO' }))
    }
    expect(() => stressLosses(portfolio, [bad[0]!])).toThrow('A figure of the scenario "mine" is "-1".')
    const twice: StressScenario = { ...base, kind: 'venueLost' }
    expect(() => stressLosses(portfolio, [twice, twice])).toThrow('Two scenarios are named "mine".')
  })
})
