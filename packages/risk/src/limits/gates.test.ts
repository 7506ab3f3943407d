import { timestamp } from '@astertrade/core'
import { ruleContract } from '@astertrade/core/testing'
import { describe, expect, it } from 'vitest'
import { account, btc, eth, order, reasonOf, said, sol } from './account.rig.js'
import { type AllowListOptions, allowList } from './allowList.js'
import { type FreeBalanceOptions, freeBalance } from './freeBalance.js'
import { type LookAlikeOptions, lookAlike } from './lookAlike.js'
import { type PriceCollarOptions, priceCollar } from './priceCollar.js'
import { selfCross } from './selfCross.js'
import { type StaleDataOptions, staleData } from './staleData.js'

const now = timestamp('2020-01-01T12:00:00Z')
const ago = (ms: number) => timestamp(now - ms)

describe('lookAlike', () => {
  const twin = (rest: Parameters<typeof order>[0] = {}, ms = 0) =>
    account({ placed: [{ order: order({ number: 9, ...rest }), time: ago(ms) }] })

  it('refuses an entry like one of the last second', () => {
    expect(said(lookAlike(), order(), twin())).toBe('refuse LOOKALIKE')
    expect(said(lookAlike(), order(), twin({}, 999))).toBe('refuse LOOKALIKE')
    expect(said(lookAlike(), order(), twin({}, 1000))).toBe('approve')
    expect(said(lookAlike({ withinMs: 5000 }), order(), twin({}, 4999))).toBe('refuse LOOKALIKE')
  })

  it.each([
    [{ strategy: 'other' }],
    [{ instrument: eth }],
    [{ side: 'sell' as const }],
    [{ quantity: 2 }],
    [{ type: 'limit' as const, limit: 90 }],
    [{ type: 'stop' as const, trigger: 110 }],
    [{ number: 1 }],
  ])('passes where it differs by %o', (rest) => {
    expect(said(lookAlike(), order(), twin(rest))).toBe('approve')
  })

  it('sees a difference of limit or trigger alone', () => {
    const limit = { type: 'limit', limit: 90 } as const
    expect(said(lookAlike(), order(limit), twin(limit))).toBe('refuse LOOKALIKE')
    expect(said(lookAlike(), order({ ...limit, limit: 91 }), twin(limit))).toBe('approve')
    const stop = { type: 'stop', trigger: 110 } as const
    expect(said(lookAlike(), order(stop), twin(stop))).toBe('refuse LOOKALIKE')
    expect(said(lookAlike(), order({ ...stop, trigger: 111 }), twin(stop))).toBe('approve')
    expect(said(lookAlike(), order({ reduceOnly: true }), twin())).toBe('approve')
  })

  it.each([
    [{ withinMs: 0 }, 'withinMs "0" is not a whole number from 1 to 86400000.'],
    [{ within: 5 }, 'Did you mean "withinMs"?'],
  ])('refuses the options %o', (options, message) => {
    expect(() => lookAlike(options as LookAlikeOptions)).toThrow(message)
  })
})

describe('priceCollar', () => {
  const rule = priceCollar()

  it('says what is wrong with an order before it misses a price', () => {
    const asked = { ...order({ type: 'stopLimit', trigger: 100, limit: 100 }), limit: Number.POSITIVE_INFINITY }
    const dark = account({ marks: { [btc.id]: undefined as unknown as number } })
    expect(said(rule, asked as ReturnType<typeof order>, dark)).toBe('refuse NOT_FINITE')
  })

  it('says which of the two prices is no number', () => {
    const asked = order({ type: 'limit', limit: 100 })
    const got = (limit: number, mark: number) =>
      reasonOf(rule.check({ ...asked, limit: limit as typeof asked.limit }, account({ marks: { [btc.id]: mark } })))
        ?.got
    expect([got(Number.POSITIVE_INFINITY, 100), got(100, Number.POSITIVE_INFINITY)]).toEqual(['Infinity', 'Infinity'])
    expect([got(Number.NaN, 100), got(Number.NaN, Number.POSITIVE_INFINITY)]).toEqual(['NaN', 'NaN'])
  })

  const limit = (price: number, rest: Parameters<typeof order>[0] = {}) =>
    order({ type: 'limit', limit: price, ...rest })

  it('refuses a limit that reaches through the market, and passes one at the bound', () => {
    expect(said(rule, limit(102), account())).toBe('approve')
    expect(reasonOf(rule.check(limit(102.01), account()))).toEqual({
      code: 'PRICE_COLLAR',
      rule: 'priceCollar(2%, exits 5%)',
      limit: '102',
      got: '102.01',
      unit: 'price',
    })
    expect(said(rule, limit(98, { side: 'sell' }), account())).toBe('approve')
    expect(reasonOf(rule.check(limit(97.99, { side: 'sell' }), account()))).toMatchObject({ limit: '98', got: '97.99' })
  })

  it('passes a patient limit however far away, and what has no limit', () => {
    expect(said(rule, limit(1), account())).toBe('approve')
    expect(said(rule, limit(1000, { side: 'sell' }), account())).toBe('approve')
    expect(said(rule, order(), account({ marks: { [btc.id]: Number.NaN } }))).toBe('approve')
  })

  it('gives exits the wider collar', () => {
    expect(said(rule, limit(95, { side: 'sell', reduceOnly: true }), account())).toBe('approve')
    expect(said(rule, limit(94.99, { side: 'sell', reduceOnly: true }), account())).toBe('refuse PRICE_COLLAR')
  })

  it('lets exits pass where there is no price to hold them against', () => {
    const blind = account({ marks: { [btc.id]: undefined as unknown as number } })
    expect(said(rule, limit(1, { side: 'sell', reduceOnly: true }), blind)).toBe('approve')
  })

  it('holds the limit of a stop against its trigger', () => {
    expect(said(rule, limit(152, { type: 'stopLimit', trigger: 150 }), account())).toBe('approve')
    expect(said(rule, limit(154, { type: 'stopLimit', trigger: 150 }), account())).toBe('refuse PRICE_COLLAR')
  })

  it('refuses what cannot be compared', () => {
    expect(said(rule, limit(100), account({ marks: { [btc.id]: undefined as unknown as number } }))).toBe(
      'refuse NO_MARK',
    )
    expect(said(rule, limit(100), account({ marks: { [btc.id]: Number.POSITIVE_INFINITY } }))).toBe('refuse NOT_FINITE')
    expect(
      said(rule, { ...limit(100), limit: Number.NaN as NonNullable<ReturnType<typeof limit>['limit']> }, account()),
    ).toBe('refuse NOT_FINITE')
  })

  it.each([
    [{ limit: 0 }, 'priceCollar limit "0" is not a number above 0 and at most 1.'],
    [{ hard: 7 }, 'priceCollar hard "7" is not a number above 0 and at most 1.'],
    [{ limit: 0.1 }, 'priceCollar hard "0.05" is below the limit "0.1".'],
    [{ soft: 1 }, 'priceCollar has no option "soft".'],
  ])('refuses the options %o', (options, message) => {
    expect(() => priceCollar(options as PriceCollarOptions)).toThrow(message)
  })

  describe('keeps the rule contract', () => {
    const cases = [{ order: limit(110), view: account() }]
    const options = { create: priceCollar, instrument: btc, exits: 'checked', notFinite: 'unread', cases } as const
    for (const check of ruleContract(options)) it(check.name, () => check.run())
  })
})

describe('selfCross', () => {
  const rule = selfCross()
  const resting = (price: number, rest: Parameters<typeof order>[0] = {}) =>
    account({ openOrders: [order({ number: 9, side: 'sell', type: 'limit', limit: price, ...rest })] })

  it('refuses an order that would meet one of its own account', () => {
    const buy = order({ type: 'limit', limit: 101 })
    expect(said(rule, buy, resting(101))).toBe('refuse SELF_CROSS')
    expect(said(rule, buy, resting(101.01))).toBe('approve')
    expect(reasonOf(rule.check(buy, resting(100)))).toEqual({
      code: 'SELF_CROSS',
      rule: 'selfCross',
      limit: '100',
      got: '101',
      unit: 'price',
    })
    const sale = order({ side: 'sell', type: 'limit', limit: 99 })
    expect(said(rule, sale, resting(99, { side: 'buy' }))).toBe('refuse SELF_CROSS')
    expect(said(rule, sale, resting(98.99, { side: 'buy' }))).toBe('approve')
  })

  it('lets a market order reach the last price', () => {
    expect(said(rule, order(), resting(100))).toBe('refuse SELF_CROSS')
    expect(said(rule, order(), resting(100.01))).toBe('approve')
    expect(said(rule, order(), resting(100, { type: 'iceberg' }))).toBe('refuse SELF_CROSS')
    expect(said(rule, order(), resting(100, { reduceOnly: true }))).toBe('refuse SELF_CROSS')
  })

  it('passes stops, orders that do not rest, the same side, another instrument, the order itself and exits', () => {
    expect(said(rule, order({ type: 'stop', trigger: 120 }), resting(100))).toBe('approve')
    expect(said(rule, order(), resting(100, { type: 'stopLimit', trigger: 99 }))).toBe('approve')
    expect(said(rule, order(), resting(100, { side: 'buy' }))).toBe('approve')
    expect(said(rule, order(), resting(100, { instrument: eth }))).toBe('approve')
    expect(said(rule, order({ number: 9 }), resting(100))).toBe('approve')
    expect(said(rule, order({ reduceOnly: true }), resting(100))).toBe('approve')
    expect(said(rule, order(), account())).toBe('approve')
  })

  it('refuses where nothing says what it would meet', () => {
    const view = account({
      marks: { [btc.id]: Number.NaN },
      openOrders: [order({ number: 9, side: 'sell', type: 'limit', limit: 100 })],
    })
    expect(said(rule, order(), view)).toBe('refuse SELF_CROSS')
    expect(
      said(rule, order({ side: 'sell' }), {
        ...view,
        openOrders: () => [order({ number: 9, type: 'limit', limit: 90 })],
      }),
    ).toBe('refuse SELF_CROSS')
  })
})

describe('staleData', () => {
  const rule = staleData({ ageMs: 2000 })

  it('refuses an entry on an old price or across a gap', () => {
    expect(said(rule, order(), account({ markAgeMs: 2000 }))).toBe('approve')
    expect(reasonOf(rule.check(order(), account({ markAgeMs: 2001 })))).toEqual({
      code: 'DATA_STALE',
      rule: 'staleData(2000 ms)',
      limit: '2000',
      got: '2001',
      unit: 'ms',
    })
    expect(reasonOf(staleData().check(order(), account({ gaps: [btc.id] })))).toEqual({
      code: 'SEQUENCE_GAP',
      rule: 'staleData(gaps)',
      limit: 'no gap',
      got: btc.id,
      unit: 'count',
    })
    expect(said(rule, order(), account({ gaps: [eth.id] }))).toBe('approve')
  })

  it('takes ages up to a leap year', () => {
    const year = 366 * 86_400_000
    expect(staleData({ ageMs: year }).name).toBe(`staleData(${year} ms)`)
    expect(() => staleData({ ageMs: year + 1 })).toThrow('is not a whole number from 1 to')
  })

  it('takes any age when told none, no age at all for too old, and passes exits', () => {
    expect(said(staleData(), order(), account({ markAgeMs: 1e12 }))).toBe('approve')
    expect(said(rule, order(), account({ markAgeMs: Number.NaN }))).toBe('refuse DATA_STALE')
    expect(said(rule, order({ reduceOnly: true }), account({ markAgeMs: 1e12, gaps: [btc.id] }))).toBe('approve')
  })

  it.each([
    [{ ageMs: 0.5 }, 'ageMs "0.5" is not a whole number'],
    [{ age: 1 }, 'Did you mean "ageMs"?'],
  ])('refuses the options %o', (options, message) => {
    expect(() => staleData(options as StaleDataOptions)).toThrow(message)
  })
})

describe('allowList', () => {
  const rule = allowList({ instruments: [btc.id, eth.id] })

  it('refuses entries in what is not listed, and lets everything be sold', () => {
    expect(said(rule, order(), account())).toBe('approve')
    expect(reasonOf(rule.check(order({ instrument: sol }), account()))).toEqual({
      code: 'NOT_ALLOWED',
      rule: 'allowList(2 instruments)',
      limit: '2 instruments',
      got: sol.id,
      unit: 'count',
    })
    expect(said(rule, order({ instrument: sol, reduceOnly: true }), account())).toBe('approve')
  })

  it.each([
    [{ instruments: [] }, 'An allow list without instruments allows nothing.'],
    [{ instruments: 'BTC' }, 'instruments "BTC" is not a list of ids.'],
    [{ instruments: [1] }, 'instruments [1] is not a list of ids.'],
    [{ instruments: [btc.id], only: 1 }, 'allowList has no option "only".'],
  ])('refuses the options %o', (options, message) => {
    expect(() => allowList(options as unknown as AllowListOptions)).toThrow(message)
  })
})

describe('freeBalance', () => {
  const rule = freeBalance({ costs: 0.01 })

  it('shrinks a buy to what is free after buys under way and costs', () => {
    expect(said(rule, order({ quantity: 99 }), account())).toBe('approve')
    expect(said(rule, order({ quantity: 100 }), account())).toBe('shrink 99.009 FREE_BALANCE')
    const busy = account({ openOrders: [order({ number: 2, quantity: 50, type: 'limit', limit: 80 })] })
    expect(said(rule, order({ quantity: 60 }), busy)).toBe('shrink 59.405 FREE_BALANCE')
    expect(said(rule, order({ quantity: 1 }), account({ cash: '0.05' }))).toBe('refuse FREE_BALANCE')
    expect(said(rule, order({ quantity: 1 }), account({ cash: '-5' }))).toBe('refuse FREE_BALANCE')
  })

  it('passes an order that costs exactly what is free, and one of a lot', () => {
    const freeCash = 100 * 5 * ((1 + 0.01) * (1 + 1e-9))
    expect(said(rule, order({ quantity: 5 }), { ...account(), freeCash })).toBe('approve')
    expect(said(rule, order({ quantity: 5 }), { ...account(), freeCash: freeCash - 1e-9 })).toBe(
      'shrink 4.999 FREE_BALANCE',
    )
    expect(said(rule, order({ quantity: 0.001 }), account())).toBe('approve')
    expect(said(rule, order({ quantity: 0.001 }), account({ cash: '0.1' }))).toBe('refuse FREE_BALANCE')
    // The smallest double below what 1.1 cost, which divides into 1,100 lots all the same.
    const below = 100 * 1.1 * ((1 + 0.01) * (1 + 1e-9)) - 2 ** -46
    expect(said(rule, order({ quantity: 1.1 }), { ...account(), freeCash: below })).toBe('shrink 1.099 FREE_BALANCE')
  })

  it('tells what the order would cost, and what is no figure', () => {
    const reason = reasonOf(rule.check(order({ quantity: 200 }), account()))
    expect(Number(reason?.got)).toBeCloseTo(20_200, 4)
    expect(reason?.limit).toBe('10000')
    expect(said(rule, order(), account({ marks: { [btc.id]: undefined as unknown as number } }))).toBe('refuse NO_MARK')
    for (const freeCash of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
      expect(said(rule, order({ quantity: 9e9 }), { ...account(), freeCash }), String(freeCash)).toBe(
        'refuse NOT_FINITE',
      )
    }
  })

  it('passes sales and exits', () => {
    expect(said(rule, order({ side: 'sell', quantity: 1e6 }), account({ cash: '0' }))).toBe('approve')
    expect(said(rule, order({ reduceOnly: true, quantity: 1e6 }), account({ cash: '0' }))).toBe('approve')
  })

  it('refuses options that are none', () => {
    expect(freeBalance().name).toBe('freeBalance(costs 0.3%)')
    expect(() => freeBalance({ costs: 1 })).toThrow('freeBalance costs "1" are not a ratio from 0 to 1.')
    expect(() => freeBalance({ cost: 0 } as FreeBalanceOptions)).toThrow('Did you mean "costs"?')
  })

  describe('keeps the rule contract', () => {
    const options = { create: freeBalance, instrument: btc, notFinite: 'unread' } as const
    for (const check of ruleContract(options)) it(check.name, () => check.run())
  })
})
