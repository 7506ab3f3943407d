import { dayMs, defineInstrument, timestamp } from '@astertrade/core'
import { riskViewOf, ruleContract } from '@astertrade/core/testing'
import { describe, expect, it } from 'vitest'
import { marketScenarios, simulatedFrom } from '../measures/marketSamples.rig.js'
import type { Exposures } from '../measures/portfolioLosses.js'
import { type ScenarioBook, scenarioBook } from '../measures/scenarioBook.js'
import { type Unavailable, unavailable } from '../measures/unavailable.js'
import { account, btc, eth, order, reasonOf, said, sol } from './account.rig.js'
import { type TailRiskOptions, tailRisk } from './tailRisk.js'

const now = timestamp('2020-01-01T12:00:00Z')

/** A book in which a day loses 2 % of what is held at 95 %, and a given share at 99 %; long and short cancel. */
function linearBook(shortfall = 0.04, asOf: number = now, betas: Exposures = {}): ScenarioBook {
  let held: Exposures = {}
  const sum = (extra: number): number =>
    Math.abs(Object.entries(held).reduce((total, [id, value]) => total + value * (betas[id] ?? 1), extra))
  const tail = (_?: string, value = 0) => ({
    kind: 'tail' as const,
    levels: [
      { confidencePerMille: 950, valueAtRisk: 0.02 * sum(value), expectedShortfall: 0.03 * sum(value) },
      { confidencePerMille: 990, valueAtRisk: 0.03 * sum(value), expectedShortfall: shortfall * sum(value) },
    ],
  })
  return {
    kind: 'book',
    instruments: [btc.id, eth.id, sol.id],
    asOf,
    hold(exposures): Unavailable | undefined {
      held = exposures
      const bad = Object.values(exposures).find((value) => !Number.isFinite(value))
      return bad === undefined ? undefined : unavailable('NOT_FINITE', 'finite exposures', bad)
    },
    tail,
    fit: (instrument, value, within) =>
      [1, 0.5, 0.25, 0.125].find((share) => within(tail(instrument, value * share))) ?? 0,
  }
}

const ruleOf = (book: ScenarioBook | undefined, rest: Partial<TailRiskOptions> = {}) =>
  tailRisk({ book: () => book, ...rest })

describe('tailRisk', () => {
  it('halves an order until value at risk and expected shortfall fit, three times at most', () => {
    const rule = ruleOf(linearBook(0.01))
    // 3 % of 10,000 is 2 % of 15,000.
    expect(said(rule, order({ quantity: 150 }), account())).toBe('approve')
    expect(said(rule, order({ quantity: 151 }), account())).toBe('shrink 75.5 VAR95')
    expect(said(rule, order({ quantity: 601 }), account())).toBe('shrink 75.125 VAR95')
    expect(said(rule, order({ type: 'limit', limit: 90, quantity: 151 }), account())).toBe('shrink 75.5 VAR95')
    expect(said(rule, order({ quantity: 1200 }), account())).toBe('shrink 150 VAR95')
    expect(said(rule, order({ quantity: 2401 }), account())).toBe('refuse VAR95')
  })

  it('gives the value at risk where that is what is too much', () => {
    expect(reasonOf(ruleOf(linearBook(0.01)).check(order({ quantity: 151 }), account()))).toMatchObject({
      code: 'VAR95',
      limit: '300',
      got: '302',
    })
    // Value at risk of exactly its limit is not what is too much.
    expect(reasonOf(ruleOf(linearBook(0.08)).check(order({ quantity: 150 }), account()))?.code).toBe('CVAR99')
  })

  it('shrinks to less than a unit too', () => {
    const view = account({ marks: { [btc.id]: 10_000 } })
    expect(said(ruleOf(linearBook(0.01)), order({ quantity: 1.6 }), view)).toBe('shrink 0.8 VAR95')
  })

  it('raises both figures by a fifth after a yellow or red backtest', () => {
    const after = (light: string) =>
      account({ memories: { riskBacktest: { lights: { 990: light }, isLatched: false } } })
    const rule = ruleOf(linearBook(0.01))
    for (const [light, most] of [
      ['green', 150],
      ['yellow', 125],
      ['red', 125],
    ] as const) {
      expect(said(rule, order({ quantity: most }), after(light)), light).toBe('approve')
      expect(said(rule, order({ quantity: most + 1 }), after(light)), light).toMatch('VAR95')
    }
    expect(reasonOf(rule.check(order({ quantity: 150 }), after('yellow')))).toMatchObject({ limit: '300', got: '360' })
    const memories = { riskBacktest: { lights: { 950: 'yellow' }, isLatched: false } }
    expect(rule.use!(account({ memories, positions: { [btc.id]: 50 } }))).toBeCloseTo(0.4, 12)
  })

  it('raises the shortfall too', () => {
    const memories = { riskBacktest: { lights: { 990: 'yellow' }, isLatched: false } }
    expect(reasonOf(ruleOf(linearBook(0.08)).check(order({ quantity: 90 }), account({ memories })))).toMatchObject({
      code: 'CVAR99',
      got: '864',
    })
  })

  it('looks at every corner that orders under way may come to', () => {
    const dot = defineInstrument({ id: 'DOT-USDT.other', tick: '0.01', lot: '0.1' })
    const dark = defineInstrument({ id: 'DARK-USDT.other', tick: '0.01', lot: '0.1' })
    const instruments = [btc, eth, sol, dot, dark]
    const marks = { [btc.id]: 100, [eth.id]: 100, [sol.id]: 100, [dot.id]: 100 }
    const cornersOf = (side: 'buy' | 'sell', ...open: readonly (readonly [string, number, number])[]) => {
      const seen: Exposures[] = []
      const book = { ...linearBook(1e-6), hold: (exposures: Exposures) => void seen.push(exposures) }
      const waits = open.flatMap(([id, buys, sells], index) => {
        const instrument = instruments.find((one) => one.id === id)!
        const sides = [
          ['buy', buys],
          ['sell', sells],
        ] as const
        return sides.flatMap(([way, quantity], place) =>
          quantity > 0 ? [order({ number: 10 + 2 * index + place, instrument, side: way, quantity })] : [],
        )
      })
      const view = riskViewOf({ instruments, marks, positions: { [btc.id]: 0.001 }, openOrders: waits })
      expect(said(ruleOf(book), order({ side, quantity: 0.001 }), view)).toBe('approve')
      return seen.map((exposures) => instruments.map(({ id }) => Math.round(exposures[id]! * 10) / 10))
    }
    expect(cornersOf('buy')).toEqual([[0.1, 0, 0, 0, 0]])
    expect(cornersOf('buy', [btc.id, 1, 2])).toEqual([[100.1, 0, 0, 0, 0]])
    expect(cornersOf('sell', [btc.id, 1, 2])).toEqual([[-199.9, 0, 0, 0, 0]])
    expect(cornersOf('buy', [eth.id, 1, 2])).toEqual([
      [0.1, 100, 0, 0, 0],
      [0.1, -200, 0, 0, 0],
    ])
    expect(cornersOf('buy', [eth.id, 1, 2], [sol.id, 3, 0])).toEqual([
      [0.1, 100, 300, 0, 0],
      [0.1, -200, 0, 0, 0],
      [0.1, -200, 300, 0, 0],
      [0.1, 100, 0, 0, 0],
    ])
    expect(cornersOf('buy', [eth.id, 1, 2], [sol.id, 3, 0], [dot.id, 0, 4])).toEqual([
      [0.1, 100, 300, 0, 0],
      [0.1, -200, 0, -400, 0],
      [0.1, -200, 300, 0, 0],
      [0.1, 100, 0, 0, 0],
      [0.1, 100, 300, -400, 0],
      [0.1, 100, 0, -400, 0],
      [0.1, -200, 300, -400, 0],
      [0.1, -200, 0, 0, 0],
    ])
  })

  it('takes the smallest of what the corners leave, with its own reason', () => {
    const waits = (quantity: number, side: 'buy' | 'sell' = 'buy') =>
      account({ openOrders: [order({ number: 2, instrument: eth, side, quantity, type: 'limit', limit: 100 })] })
    // Long ETH leaves 25.5 of 51, no ETH 51; the first corner is the long one.
    const rule = ruleOf(linearBook(0.01))
    expect(reasonOf(rule.check(order({ quantity: 160 }), waits(100)))).toMatchObject({ got: '520' })
    expect(said(rule, order({ quantity: 160 }), waits(100))).toBe('shrink 40 VAR95')
    // Both corners leave the same half: the first one says why.
    expect(said(rule, order({ quantity: 151 }), waits(1))).toBe('shrink 75.5 VAR95')
    expect(reasonOf(rule.check(order({ quantity: 151 }), waits(1)))).toMatchObject({ got: '304' })
  })

  /** A book whose value at risk is as told for what is held in ETH and what is added in BTC. */
  const bookOf = (var95: (eth: number, added: number) => number): ScenarioBook => {
    let held: Exposures = {}
    const tail = (_?: string, value = 0) => ({
      kind: 'tail' as const,
      levels: [
        { confidencePerMille: 950, valueAtRisk: var95(held[eth.id]!, value), expectedShortfall: 0 },
        { confidencePerMille: 990, valueAtRisk: 0, expectedShortfall: 0 },
      ],
    })
    return {
      ...linearBook(),
      hold(exposures) {
        held = exposures
        return undefined
      },
      tail,
      fit: (id, value, within) => Number(within(tail(id, value))),
    }
  }
  const open = account({ openOrders: [order({ number: 2, instrument: eth, quantity: 1, type: 'limit', limit: 100 })] })

  it('refuses what one corner has made smaller and another does not bear', () => {
    // With ETH half of it fits; without ETH the whole does, and half of it does not.
    const odd = bookOf((held, added) => (held > 0 ? added / 3 : added === 500 ? 301 : 0))
    expect(said(ruleOf(odd), order({ quantity: 10 }), open)).toBe('refuse VAR95')
    const even = bookOf((held, added) => (held > 0 ? added / 3 : 0))
    expect(said(ruleOf(even), order({ quantity: 10 }), open)).toBe('shrink 5 VAR95')
  })

  it('refuses where the search for a smaller size finds none, or has no answer', () => {
    const broken = { ...linearBook(0.01), fit: () => unavailable('NO_HISTORY', 'returns', 'none') }
    expect(said(ruleOf(broken), order({ quantity: 151 }), account())).toBe('refuse VAR95')
    expect(said(ruleOf({ ...linearBook(0.01), fit: () => 0 }), order({ quantity: 151 }), account())).toBe(
      'refuse VAR95',
    )
  })

  it('believes data of exactly its age, a year of days at most', () => {
    expect(ruleOf(linearBook(0.01, now - dayMs)).use?.(account({ positions: { [eth.id]: 75 } }))).toBeCloseTo(0.5, 12)
    expect(ruleOf(undefined, { ageMs: 366 * dayMs }).name).toContain('tailRisk')
    expect(() => ruleOf(undefined, { ageMs: 366 * dayMs + 1 })).toThrow('ageMs "31622400001" is not a whole number')
  })

  it('knows its use of one unit, of a small account, and beside an instrument without a price', () => {
    const use = (options: Parameters<typeof account>[0]) => ruleOf(linearBook(0.01)).use?.(account(options))
    expect(use({ positions: { [eth.id]: 1 } })).toBeCloseTo(2 / 300, 12)
    expect(use({ positions: { [eth.id]: 1 }, marks: { [sol.id]: Number.NaN } })).toBeCloseTo(2 / 300, 12)
    expect(use({ positions: { [eth.id]: 0.001 }, equity: '0.5' })).toBeCloseTo(0.002 / 0.015, 12)
    expect(use({ positions: { [eth.id]: 1 }, equity: '0' })).toBeNaN()
  })

  it('says by which of the two', () => {
    const rule = ruleOf(linearBook(0.08))
    expect(reasonOf(rule.check(order({ quantity: 101 }), account()))).toEqual({
      code: 'CVAR99',
      rule: 'tailRisk(VaR95 3%, CVaR99 8%)',
      limit: '800',
      got: '808',
      unit: 'quote',
    })
    expect(said(rule, order({ quantity: 100 }), account())).toBe('approve')
  })

  it('counts positions, orders under way and unknown ones at their worst', () => {
    const view = account({
      positions: { [eth.id]: 100 },
      openOrders: [
        order({ number: 2, instrument: eth, quantity: 20 }),
        order({ number: 3, instrument: eth, side: 'sell', quantity: 5 }),
      ],
      unknownOrders: [order({ number: 4, quantity: 20 })],
    })
    expect(said(ruleOf(linearBook(0.01)), order({ quantity: 10 }), view)).toBe('approve')
    expect(said(ruleOf(linearBook(0.01)), order({ quantity: 10.01 }), view)).toBe('shrink 5.005 VAR95')
    const short = account({
      positions: { [eth.id]: -140 },
      openOrders: [order({ number: 2, instrument: eth, side: 'buy', quantity: 60, reduceOnly: true })],
    })
    expect(said(ruleOf(linearBook(0.01)), order({ side: 'sell', quantity: 10 }), short)).toBe('approve')
    expect(said(ruleOf(linearBook(0.01)), order({ side: 'sell', quantity: 10.01 }), short)).toBe('shrink 5.005 VAR95')
  })

  it('takes no order that waits on the other side for a hedge', () => {
    const rule = ruleOf(linearBook(0.01))
    const waiting = (side: 'buy' | 'sell', instrument = btc) =>
      account({ openOrders: [order({ number: 2, instrument, side, quantity: 100, type: 'limit', limit: 100 })] })
    // In its own instrument, and in one that moves with it.
    expect(said(rule, order({ side: 'sell', quantity: 151 }), waiting('buy'))).toBe('shrink 75.5 VAR95')
    expect(said(rule, order({ side: 'buy', quantity: 151 }), waiting('sell'))).toBe('shrink 75.5 VAR95')
    expect(said(rule, order({ side: 'sell', quantity: 151 }), waiting('buy', eth))).toBe('shrink 75.5 VAR95')
    expect(said(rule, order({ side: 'sell', quantity: 150 }), waiting('buy', eth))).toBe('approve')
    // What waits on the same side is filled as well.
    expect(said(rule, order({ quantity: 51 }), waiting('buy'))).toBe('shrink 25.5 VAR95')
  })

  it('counts what waits in other instruments at both ends, the worse of which speaks', () => {
    // ETH falls where BTC rises: a short of it loses with a long BTC.
    const against = ruleOf(linearBook(0.01, now, { [eth.id]: -1 }))
    const waits = (side: 'buy' | 'sell', instrument = eth, number = 2) =>
      order({ number, instrument, side, quantity: 100, type: 'limit', limit: 100 })
    const one = account({ openOrders: [waits('sell')] })
    expect(said(against, order({ quantity: 150 }), account())).toBe('approve')
    expect(said(against, order({ quantity: 50 }), one)).toBe('approve')
    expect(said(against, order({ quantity: 51 }), one)).toBe('shrink 25.5 VAR95')
    expect(said(against, order({ side: 'sell', quantity: 51 }), account({ openOrders: [waits('buy')] }))).toBe(
      'shrink 25.5 VAR95',
    )
    // One on each side: no end of both together shows it.
    const mixed = account({ openOrders: [waits('sell'), waits('buy', sol, 3)] })
    expect(said(against, order({ quantity: 1 }), mixed)).toBe('refuse VAR95')
    expect(said(against, order({ quantity: 1 }), account({ openOrders: [waits('buy'), waits('buy', sol, 3)] }))).toBe(
      'approve',
    )
  })

  it('reports the larger share in use, which is not known where the risk is not', () => {
    const held = account({ positions: { [eth.id]: 75 } })
    expect(ruleOf(linearBook(0.01)).use?.(held)).toBeCloseTo(0.5, 12)
    expect(ruleOf(linearBook(0.08)).use?.(held)).toBeCloseTo(0.75, 12)
    expect(ruleOf(undefined).use?.(account())).toBe(0)
    expect(ruleOf(undefined).use?.(held)).toBeNaN()
    expect(ruleOf(linearBook(0.01, now - dayMs - 1)).use?.(held)).toBeNaN()
    expect(ruleOf({ ...linearBook(), tail: () => unavailable('CONSTANT', 'losses', 0) }).use?.(held)).toBeNaN()
  })

  it('lets an order pass that lowers the risk of what is held, though it is above its limit', () => {
    const view = account({ positions: { [eth.id]: 300 } })
    expect(said(ruleOf(linearBook()), order({ side: 'sell', quantity: 10 }), view)).toBe('approve')
    expect(said(ruleOf(linearBook()), order({ quantity: 10 }), view)).toBe('refuse VAR95')
    // Turned around it loses as much as before, and no more.
    expect(said(ruleOf(linearBook()), order({ side: 'sell', quantity: 600 }), view)).toBe('approve')
    expect(said(ruleOf(linearBook()), order({ side: 'sell', quantity: 601 }), view)).toBe('shrink 300.5 VAR95')
  })

  it('takes no new risk where the risk is not known', () => {
    expect(reasonOf(ruleOf(undefined).check(order(), account()))).toMatchObject({
      code: 'RISK_UNAVAILABLE',
      got: 'there is none',
    })
    expect(said(ruleOf(linearBook(0.01, now - dayMs)), order(), account())).toBe('approve')
    expect(reasonOf(ruleOf(linearBook(0.01, now - dayMs - 1)).check(order(), account()))).toMatchObject({
      code: 'RISK_UNAVAILABLE',
      got: `its data is ${dayMs + 1} ms old`,
    })
    expect(said(ruleOf(linearBook(0.01, now - 2), { ageMs: 1 }), order(), account())).toBe('refuse RISK_UNAVAILABLE')
    const blind = account({ positions: { [eth.id]: 1 }, marks: { [eth.id]: Number.NaN } })
    expect(said(ruleOf(linearBook()), order(), blind)).toBe('refuse RISK_UNAVAILABLE')
    const broken = { ...linearBook(), tail: () => unavailable('CONSTANT', 'losses that differ', 0) }
    expect(said(ruleOf(broken), order(), account())).toBe('refuse RISK_UNAVAILABLE')
    const later = {
      ...linearBook(),
      tail: (id?: string) => (id ? unavailable('NO_HISTORY', 'returns', 'none') : linearBook().tail()),
    }
    expect(said(ruleOf(later), order(), account())).toBe('refuse RISK_UNAVAILABLE')
    const one = { ...linearBook(), tail: () => ({ kind: 'tail' as const, levels: [] }) }
    expect(said(ruleOf(one), order({ quantity: 0.001 }), account())).toBe('refuse CVAR99')
    expect(said(ruleOf(undefined), order({ reduceOnly: true }), account())).toBe('approve')
  })

  it('works on scenarios of real shape', () => {
    const scenarios = marketScenarios(3, 600)
    const names = [btc.id, eth.id, sol.id]
    const renamed = { ...scenarios, instruments: names, asOf: now }
    const book = scenarioBook({ scenarios: renamed, simulated: { ...simulatedFrom(scenarios), instruments: names } })
    expect(book.kind).toBe('book')
    if (book.kind !== 'book') return
    expect(said(ruleOf(book), order({ quantity: 5 }), account())).toBe('approve')
    expect(said(ruleOf(book), order({ quantity: 100_000 }), account())).toMatch(/^refuse (VAR95|CVAR99)$/)
  })

  it.each([
    [{ valueAtRisk: 0.04 }, 'valueAtRisk limit "0.04" is looser than the seed figure 0.03.'],
    [{ expectedShortfall: 0 }, 'expectedShortfall limit "0" is not a number above 0 and at most 1.'],
    [{ ageMs: 0.5 }, 'ageMs "0.5" is not a whole number'],
    [{ age: 1 }, 'Did you mean "ageMs"?'],
  ])('refuses the options %o', (options, message) => {
    expect(() => ruleOf(undefined, options as Partial<TailRiskOptions>)).toThrow(message)
  })

  describe('keeps the rule contract', () => {
    const create = () => ruleOf(linearBook(0.01, timestamp('2020-02-29T23:59:59.999Z')))
    for (const check of ruleContract({ create, instrument: btc })) it(check.name, () => check.run())
  })
})
