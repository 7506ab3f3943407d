import { defineInstrument, type Money, review } from '@astertrade/core'
import { orderRequestOf, ruleContract } from '@astertrade/core/testing'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { account, btc, eth, order, sol } from './limits/account.rig.js'
import { policyStop, riskPolicy } from './policy.js'
import type { RiskPolicyOptions } from './policyOptions.js'

const numRuns = Number(process.env.FC_NUM_RUNS ?? 1000)
const names = (options?: RiskPolicyOptions) => riskPolicy(options).map((rule) => rule.name)

describe('riskPolicy', () => {
  it('is the seed figures in the order of the pre-trade checks', () => {
    expect(names()).toEqual([
      'staleData(gaps)',
      'lookAlike(1000 ms)',
      'priceCollar(2%, exits 5%)',
      'orderRate(5/s, account 10/s, 200/day)',
      'selfCross',
      'clipSize(5%)',
      'maxPosition(10/15/20/25%)',
      'positionRisk(0.5/1/1.5/2%)',
      'freeBalance(costs 0.3%)',
      'dailyLoss(3%)',
      'maxDrawdown(10%)',
      'portfolioRisk(8%, cushion 10%)',
      'grossExposure(100%)',
      'venueCap(50%)',
    ])
  })

  it('adds what it is given names for', () => {
    const all = names({
      instruments: [btc.id],
      clusters: { majors: [btc.id, eth.id] },
      book: () => undefined,
      assetClasses: { [btc.id]: 'bitcoin' },
      gapStress: 0.2,
      dataAgeMs: 2000,
      account: 'margin',
    })
    expect(all[0]).toBe('allowList(1 instruments)')
    expect(all[1]).toBe('staleData(2000 ms)')
    expect(all.slice(-5)).toEqual([
      'clusterCap(2 positions)',
      'venueCap(50%)',
      'riskBacktest',
      'tailRisk(VaR95 3%, CVaR99 8%)',
      'stressCap(20%)',
    ])
    expect(all.some((name) => name.startsWith('freeBalance'))).toBe(false)
  })

  it('tightens freely and hands options on', () => {
    const options = {
      clipSize: 0.02,
      dailyLoss: 0.01,
      acknowledge: 'nextDay',
      maxDrawdown: 0.05,
      onTrip: 'hold',
      grossExposure: 0.4,
      venueExposure: 0.3,
      lookAlikeMs: 500,
      priceCollar: 0.01,
      orderRate: { perDay: 20 },
      tiers: [{ from: '100', risk: 0.005, position: 0.05 }],
      costs: 0.01,
    } as const
    expect(names(options)).toEqual([
      'staleData(gaps)',
      'lookAlike(500 ms)',
      'priceCollar(1%, exits 5%)',
      'orderRate(5/s, account 10/s, 20/day)',
      'selfCross',
      'clipSize(2%)',
      'maxPosition(5%)',
      'positionRisk(0.5%)',
      'freeBalance(costs 1%)',
      'dailyLoss(1%, nextDay)',
      'maxDrawdown(5%, hold)',
      'portfolioRisk(5%, cushion 5%)',
      'grossExposure(40%)',
      'venueCap(30%)',
    ])
  })

  it('limits the whole position to a clip in the strict reading', () => {
    expect(names({ perTradeScope: 'position' })[6]).toBe('maxPosition(5/5/5/5%)')
  })

  it('loosens only when told so, and shows it', () => {
    expect(() => riskPolicy({ maxDrawdown: 0.25 })).toThrow(
      'maxDrawdown limit "0.25" is looser than the seed figure 0.1.',
    )
    const loose = names({ maxDrawdown: 0.25, ceilings: 'own' })
    expect(loose).toContain('maxDrawdown(25%, seed 10%)')
    expect(loose).toContain('portfolioRisk(8%, cushion 25%, seed 10%)')
  })

  it.each([
    [
      { maxDrawdown: 0.04, portfolioRisk: 0.05 },
      'portfolioRisk "0.05" is above maxDrawdown "0.04", which would be reached first.',
    ],
    [
      { maxDrawdown: 0.01, dailyLoss: 0.02 },
      'dailyLoss "0.02" is above maxDrawdown "0.01", which would be reached first.',
    ],
    [{ valueAtRisk: 0.02 }, 'valueAtRisk "0.02" has no scenarios to be computed from.'],
    [{ gapStress: 0.2 }, 'gapStress "0.2" has no asset classes to be computed from.'],
    [{ expectedShortfall: 0.05 }, 'expectedShortfall "0.05" has no scenarios to be computed from.'],
    [{ clipSize: Number.NaN }, 'clipSize limit "NaN" is not a number above 0 and at most 1.'],
    [{ maxDrawdown: Number.NaN }, 'maxDrawdown limit "NaN" is not a number above 0 and at most 1.'],
    [{ maxDrawdown: -1 }, 'maxDrawdown limit "-1" is not a number above 0 and at most 1.'],
    [{ dailyLoss: 0 }, 'dailyLoss limit "0" is not a number above 0 and at most 1.'],
    [{ perTradeScope: 'account' }, 'perTradeScope "account" is not one of order, position.'],
    [{ account: 'credit' }, 'account "credit" is not one of spot, margin.'],
    [{ deRisking: 'some' }, 'deRisking "some" is not one of graded, none.'],
    [{ instruments: [] }, 'An allow list without instruments allows nothing.'],
  ])('refuses the options %o', (options, message) => {
    expect(() => riskPolicy(options as unknown as RiskPolicyOptions)).toThrow(message)
  })

  it('refuses an unknown limit and names the nearest', () => {
    expect(() => riskPolicy({ maxDrawDown: 0.05 } as RiskPolicyOptions)).toThrow('Did you mean "maxDrawdown"?')
  })

  it('gives an order its size by the smallest limit', () => {
    const rules = riskPolicy({ costs: 0, ceilings: 'own' })
    const reviewed = (options: Parameters<typeof order>[0], view = account()) => {
      const outcome = review(order(options), btc, rules, view)
      return outcome.kind === 'approved' ? outcome.order.quantity : outcome.reason.code
    }
    expect(reviewed({ quantity: 40, protectiveStop: 95 })).toBe(5)
    expect(reviewed({ quantity: 40 })).toBe(2)
    expect(reviewed({ quantity: 40, protectiveStop: 50 })).toBe(4)
    expect(reviewed({ quantity: 40, protectiveStop: 95 }, account({ equity: '9850', dayStart: '10000' }))).toBe(2.462)
    expect(reviewed({ quantity: 40, protectiveStop: 95 }, account({ equity: '9700', dayStart: '10000' }))).toBe(
      'DE_RISK',
    )
    expect(reviewed({ quantity: 40, protectiveStop: 95 }, account({ equity: '60' }))).toBe('TIER_NONE')
    expect(reviewed({ quantity: 40, protectiveStop: 95 }, account({ gaps: [btc.id] }))).toBe('SEQUENCE_GAP')
    expect(policyStop).toEqual({ kind: 'fraction', ratio: 0.05 })
  })

  it('says DAILY_LOSS and DRAWDOWN where sizes are not graded', () => {
    const rules = riskPolicy({ deRisking: 'none', ceilings: 'own' })
    const code = (view: ReturnType<typeof account>) => {
      const outcome = review(order({ quantity: 0.1, protectiveStop: 95 }), btc, rules, view)
      return outcome.kind === 'refused' ? outcome.reason.code : outcome.order.quantity
    }
    expect(code(account({ equity: '9701', dayStart: '10000', highWaterMark: '10000' }))).toBe(0.1)
    expect(code(account({ equity: '9700', dayStart: '10000', highWaterMark: '10000' }))).toBe('DAILY_LOSS')
    expect(code(account({ equity: '9000', dayStart: '9000', highWaterMark: '10000' }))).toBe('DRAWDOWN')
  })
})

/** An account in any state, on integer grids with the edges of limits and tiers among them. */
const state = fc.record({
  cents: fc.oneof(
    fc.constantFrom(9_999, 10_000, 49_999, 50_000, 199_999, 200_000, 499_999, 500_000, 1_000_000),
    fc.integer({ min: 0, max: 5_000_000 }),
  ),
  day: fc.oneof(
    fc.constant(0),
    fc.constantFrom(-1, 15_000, 29_999, 30_000, 30_001),
    fc.integer({ min: 0, max: 40_000 }),
  ),
  fall: fc.oneof(
    fc.constant(0),
    fc.constantFrom(49_999, 50_000, 80_000, 99_999, 100_000),
    fc.integer({ min: 0, max: 110_000 }),
  ),
  held: fc.oneof(fc.constant(0), fc.integer({ min: -300, max: 300 })),
  other: fc.oneof(fc.constant(0), fc.integer({ min: -600, max: 600 })),
  stop: fc.integer({ min: 1, max: 400 }),
  pending: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 60 })),
  unknown: fc.oneof(fc.constant(0), fc.constant(0), fc.integer({ min: 1, max: 60 })),
  cash: fc.oneof(fc.constant(1000), fc.integer({ min: 0, max: 1000 })),
})
const wish = fc.record({
  side: fc.constantFrom<'buy' | 'sell'>('buy', 'sell'),
  parts: fc.oneof(fc.constantFrom(50, 250), fc.integer({ min: 1, max: 500 }), fc.integer({ min: 1, max: 40 })),
  way: fc.oneof(fc.constant(500), fc.integer({ min: 1, max: 3_000 })),
  hasStop: fc.integer({ min: 0, max: 9 }).map((n) => n > 0),
})
type State = typeof state extends fc.Arbitrary<infer T> ? T : never
type Wish = typeof wish extends fc.Arbitrary<infer T> ? T : never

/** Base units worth a thousandth of equity each, at a price of 100. */
const units = (cents: number, thousandths: number): number => Math.floor((cents * thousandths) / 10_000) / 1000

function viewOf({ cents, day, fall, held, other, stop, pending, unknown, cash }: State) {
  const exact = BigInt(cents) * 10n ** 16n
  const up = (ppm: number): Money => ((exact * 1_000_000n) / BigInt(1_000_000 - ppm)) as Money
  const at = (thousandths: number) => units(cents, Math.abs(thousandths)) * Math.sign(thousandths)
  const under = (number: number, thousandths: number) =>
    thousandths === 0
      ? []
      : [order({ number, quantity: Math.max(0.001, at(thousandths)), protectiveStop: 95, type: 'limit', limit: 99 })]
  return account({
    equity: exact as Money,
    dayStart: up(Math.max(0, day)),
    highWaterMark: up(Math.max(0, fall, day)),
    // On the lot grid, as an engine keeps them.
    positions: { [btc.id]: at(held), [eth.id]: Math.trunc(at(other) * 100) / 100 },
    stops: { [btc.id]: 100 - Math.sign(held) * (stop / 100), [eth.id]: 100 - Math.sign(other) * (stop / 100) },
    openOrders: under(50, pending),
    unknownOrders: under(51, unknown),
    cash: ((exact * BigInt(cash)) / 1000n) as Money,
  })
}

function orderOf({ cents }: State, { side, parts, way, hasStop }: Wish) {
  const distance = Math.max(0.01, way / 100)
  return order({
    side,
    quantity: Math.max(0.001, units(cents, parts)),
    protectiveStop: hasStop ? (side === 'buy' ? 100 - distance : 100 + distance) : undefined,
  })
}

const sized = [
  'clipSize',
  'maxPosition',
  'positionRisk',
  'freeBalance',
  'dailyLoss',
  'maxDrawdown',
  'portfolioRisk',
  'grossExposure',
  'venueCap',
  'clusterCap',
  'lookAlike',
  'selfCross',
  'orderRate',
  'priceCollar',
  'staleData',
]

describe('the checks of a policy', () => {
  const options = { clusters: { pair: [btc.id, eth.id] }, instruments: [btc.id, eth.id, sol.id] }

  it('give an order the same size in any order, only the code may differ', () => {
    const rules = riskPolicy(options)
    const seen = { same: 0, shrunk: 0, refused: 0 }
    fc.assert(
      fc.property(
        state,
        wish,
        fc.shuffledSubarray([...rules.keys()], { minLength: rules.length }),
        (given, asked, places) => {
          const [view, request] = [viewOf(given), orderOf(given, asked)]
          const first = review(request, btc, rules, view)
          const other = review(
            request,
            btc,
            places.map((place) => rules[place]!),
            view,
          )
          expect(other.kind).toBe(first.kind)
          if (first.kind === 'approved' && other.kind === 'approved')
            expect(other.order.quantity).toBe(first.order.quantity)
          seen[first.kind === 'refused' ? 'refused' : first.shrunk.length > 0 ? 'shrunk' : 'same']++
        },
      ),
      { numRuns },
    )
    for (const [kind, count] of Object.entries(seen)) expect(count, kind).toBeGreaterThan(numRuns / 100)
  })

  it('each speak in at least one run in a hundred', () => {
    const rules = riskPolicy(options)
    const spoken = new Map<string, number>()
    fc.assert(
      fc.property(state, wish, (given, asked) => {
        const [view, request] = [viewOf(given), orderOf(given, asked)]
        for (const rule of rules) {
          const verdict = rule.check(request, view)
          if (verdict.kind === 'approve') continue
          const { code } = verdict.reason
          spoken.set(code, (spoken.get(code) ?? 0) + 1)
        }
      }),
      { numRuns },
    )
    for (const code of [
      'CLIP',
      'DE_RISK',
      'POSITION_CAP',
      'TIER_NONE',
      'POSITION_RISK',
      'PORTFOLIO_RISK',
      'CUSHION',
      'FREE_BALANCE',
      'DAILY_LOSS',
      'DRAWDOWN',
      'GROSS_EXPOSURE',
      'CLUSTER_CAP',
      'VENUE_CAP',
    ]) {
      expect(spoken.get(code) ?? 0, code).toBeGreaterThan(numRuns / 100)
    }
  })

  it('approve what the first look clears, and what a review has approved', () => {
    const rules = riskPolicy(options)
    let cleared = 0
    fc.assert(
      fc.property(state, wish, (given, asked) => {
        const [view, request] = [viewOf(given), orderOf(given, asked)]
        for (const rule of rules) {
          if (!rule.firstLook?.clears(request, view)) continue
          cleared++
          expect(rule.check(request, view).kind, rule.name).toBe('approve')
        }
        const first = review(request, btc, rules, view)
        if (first.kind === 'refused') return
        const again = review(first.order, btc, rules, view)
        expect(again).toMatchObject({ kind: 'approved', order: { quantity: first.order.quantity } })
      }),
      { numRuns },
    )
    expect(cleared).toBeGreaterThan(numRuns / 10)
  })

  it('never give more to a tighter policy', () => {
    const tighter: readonly RiskPolicyOptions[] = [
      { clipSize: 0.02 },
      { dailyLoss: 0.02 },
      { maxDrawdown: 0.08, portfolioRisk: 0.08 },
      { portfolioRisk: 0.01 },
      { grossExposure: 0.3 },
      { venueExposure: 0.2 },
      { costs: 0.02 },
      { perTradeScope: 'position' },
      { tiers: [{ from: '500', risk: 0.005, position: 0.08 }] },
    ]
    const size = (policy: RiskPolicyOptions, given: State, asked: Wish): number => {
      const outcome = review(orderOf(given, asked), btc, riskPolicy({ ...options, ...policy }), viewOf(given))
      return outcome.kind === 'approved' ? outcome.order.quantity : 0
    }
    const less = new Set<number>()
    fc.assert(
      fc.property(state, wish, (given, asked) => {
        const loose = size({}, given, asked)
        for (const [index, policy] of tighter.entries()) {
          const tight = size(policy, given, asked)
          expect(tight).toBeLessThanOrEqual(loose)
          if (tight < loose) less.add(index)
        }
      }),
      { numRuns: Math.max(500, Math.ceil(numRuns / 2)) },
    )
    expect([...less].sort()).toEqual([...tighter.keys()])
  })

  it('give no size at all once the day has lost 3 % or equity has fallen 10 %', () => {
    const rules = riskPolicy(options)
    const seen = { day: 0, fall: 0 }
    fc.assert(
      fc.property(state, wish, fc.constantFrom<'day' | 'fall'>('day', 'fall'), (given, asked, which) => {
        const lost =
          which === 'day'
            ? { ...given, day: Math.max(30_001, given.day) }
            : { ...given, fall: Math.max(100_000, given.fall) }
        if (lost.cents === 0) return
        expect(review(orderOf(lost, asked), btc, rules, viewOf(lost)).kind).toBe('refused')
        seen[which]++
      }),
      { numRuns },
    )
    for (const count of Object.values(seen)) expect(count).toBeGreaterThan(numRuns / 10)
  })

  for (const name of sized) {
    it(`keep the rule contract as ${name} does in the policy`, () => {
      const find = () => riskPolicy(options).find((rule) => rule.name.startsWith(name))!
      expect(find()).toBeDefined()
      const instrument = defineInstrument({ id: btc.id, tick: '0.01', lot: '0.001' })
      const cases = [
        { order: orderRequestOf({ instrument, type: 'limit', limit: 200 }), view: account({ gaps: [btc.id] }) },
      ]
      const skipped = [
        'speaks in at least one case',
        'lets exits pass',
        'refuses an entry when a figure is not a number',
      ]
      for (const check of ruleContract({ create: find, instrument, cases })) {
        if (!skipped.includes(check.name)) check.run()
      }
    })
  }
})
