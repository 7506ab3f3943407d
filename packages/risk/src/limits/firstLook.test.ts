import type { RiskRule, RiskView } from '@astertrade/core'
import { describe, expect, it } from 'vitest'
import { account, btc, eth, order } from './account.rig.js'
import { clipSize } from './clipSize.js'
import { clusterCap } from './clusterCap.js'
import { dailyLoss } from './dailyLoss.js'
import { freeBalance } from './freeBalance.js'
import { gateLook } from './gateLook.js'
import { gradedSize } from './gradedSize.js'
import { grossExposure } from './grossExposure.js'
import { maxDrawdown } from './maxDrawdown.js'
import { maxPosition } from './maxPosition.js'
import { portfolioRisk } from './portfolioRisk.js'
import { positionRisk } from './positionRisk.js'
import { venueCap } from './venueCap.js'

type Account = Parameters<typeof account>[0]
type Order = Parameters<typeof order>[0]

/** A view that falls over when somebody asks for exact money or the grids that it takes. */
function inDoubles(options: Account = {}): RiskView {
  const trap = (name: string) => ({
    get: () => {
      throw new Error(`${name} was read`)
    },
  })
  const view = { ...account(options), instrument: () => trap('instrument').get() }
  for (const name of ['equityExact', 'highWaterMark', 'dayStart', 'cash']) Object.defineProperty(view, name, trap(name))
  return view
}

const held = { positions: { [btc.id]: 10 }, stops: { [btc.id]: 95 } }
const shorts = { positions: { [eth.id]: -10 }, stops: { [eth.id]: 105 } }
const losing = { equity: '9900', dayStart: '10000', highWaterMark: '10000' }
const fallen = { equity: '9200.1', dayStart: '9200.1', highWaterMark: '10000' }
const scale = gradedSize()
const stop = { protectiveStop: 95 }
const bare = { costs: 0 }

/** A rule, an account, the largest order that doubles clear, and one that they leave to exact money. */
const cases: readonly (readonly [
  name: string,
  rule: RiskRule,
  view: Account,
  order: Order,
  most: number,
  over: number,
])[] = [
  ['clip', clipSize(), {}, {}, 4.999, 5],
  ['graded clip', clipSize({ scale }), losing, {}, 3.299, 3.3],
  ['position', maxPosition(), held, {}, 14.999, 15],
  ['graded position', maxPosition({ scale }), { ...losing, ...held }, {}, 9.833, 9.834],
  ['position risk', positionRisk(bare), {}, stop, 39.999, 40],
  ['position risk with costs', positionRisk(), {}, stop, 37.735, 37.736],
  [
    'position risk of a short',
    positionRisk({ costs: 0.01 }),
    {},
    { side: 'sell', protectiveStop: 105 },
    33.057,
    33.058,
  ],
  ['position risk beside a position', positionRisk(bare), held, stop, 29.999, 30],
  ['position risk and costs beside a position', positionRisk({ costs: 0.01 }), held, stop, 23.249, 23.25],
  ['graded position risk', positionRisk({ ...bare, scale }), losing, stop, 26.399, 26.4],
  ['position risk at a limit', positionRisk(bare), {}, { ...stop, type: 'limit', limit: 98 }, 66.666, 66.667],
  ['position risk without a stop', positionRisk(bare), {}, {}, 1.999, 2],
  ['portfolio', portfolioRisk(bare), {}, stop, 159.999, 160],
  ['portfolio with costs beside a position', portfolioRisk({ costs: 0.01 }), shorts, stop, 123.249, 123.25],
  ['portfolio by its cushion', portfolioRisk(bare), { ...fallen, ...shorts }, stop, 30.019, 30.02],
  ['graded portfolio', portfolioRisk({ ...bare, scale }), losing, stop, 105.599, 105.6],
  ['gross exposure', grossExposure(), held, {}, 89.999, 90],
  ['venue', venueCap(), held, {}, 39.999, 40],
  ['cluster', clusterCap({ clusters: { one: [btc.id] } }), held, {}, 39.999, 40],
  ['free balance', freeBalance({ costs: 0.25 }), {}, {}, 79.999, 80],
]

describe('a first look', () => {
  it.each(cases)(
    'clears a %s up to its limit without exact money, and leaves what is at it',
    (_, rule, view, asked, most, over) => {
      expect(rule.check(order({ ...asked, quantity: most }), inDoubles(view)).kind).toBe('approve')
      expect(() => rule.check(order({ ...asked, quantity: over }), inDoubles(view))).toThrow('was read')
    },
  )

  it('clears a day and a drawdown above their levels, and leaves what is at them', () => {
    for (const [rule, level, figures] of [
      [dailyLoss(), '9700', { dayStart: '10000', highWaterMark: '20000' }],
      [maxDrawdown(), '9000', { dayStart: '20000', highWaterMark: '10000' }],
    ] as const) {
      const above = inDoubles({ ...figures, equity: `${level}.0001` })
      expect(rule.check(order(), above).kind).toBe('approve')
      expect(rule.watch!(above)).toBeUndefined()
      expect(() => rule.check(order(), inDoubles({ ...figures, equity: level }))).toThrow('was read')
      expect(() => rule.watch!(inDoubles({ ...figures, equity: level }))).toThrow('was read')
    }
  })

  it('leaves what is no number, and no size, to those who can say so', () => {
    for (const [, rule, view, asked] of cases) {
      const odd = { ...order(asked), quantity: 0 } as ReturnType<typeof order>
      expect(() => rule.check(odd, inDoubles(view))).toThrow('was read')
      expect(() => rule.check(order(asked), { ...inDoubles(view), ...poison(Number.NaN) })).toThrow('was read')
    }
  })
})

function poison(figure: number) {
  const marks = { markPrice: () => figure, lossToStops: () => figure }
  return { equity: figure, grossExposure: figure, freeCash: figure, ...marks }
}

describe('the first look at the gates', () => {
  const now = account().now
  const look = gateLook({ lookAlikeMs: 3000 })
  const placed = (ms: number, count = 1) =>
    Array.from({ length: count }, (_, n) => ({ order: order({ number: 9 + n }), time: (now - ms) as typeof now }))

  it('clears a market order on sound data with nothing under way', () => {
    expect(look.clears(order(), account())).toBe(true)
    expect(look.clears(order({ type: 'stop', trigger: 110 }), account())).toBe(true)
  })

  it.each<readonly [string, Order, Account]>([
    ['a limit', { type: 'limit', limit: 90 }, {}],
    ['an order under way', {}, { openOrders: [order({ number: 5 })] }],
    ['a gap', {}, { gaps: [btc.id] }],
    ['an entry a moment ago', {}, { placed: placed(2999) }],
    ['an entry just now', {}, { placed: placed(0) }],
    ['a full day', {}, { placed: placed(7_200_000, 200) }],
  ])('leaves %s to the gates', (_, asked, view) => {
    expect(look.clears(order(asked), account(view))).toBe(false)
  })

  it('clears again once that is over', () => {
    expect(look.clears(order(), account({ placed: placed(3001) }))).toBe(true)
    expect(look.clears(order(), account({ placed: placed(7_200_000, 199) }))).toBe(true)
    expect(look.clears(order(), account({ placed: placed(13 * 3_600_000, 200) }))).toBe(true)
    expect(gateLook({ lookAlikeMs: 1, perDay: 5 }).clears(order(), account({ placed: placed(7_200_000, 5) }))).toBe(
      false,
    )
    expect(gateLook({ lookAlikeMs: 1 }).clears(order(), account({ placed: placed(999) }))).toBe(false)
    expect(gateLook({ lookAlikeMs: 1 }).clears(order(), account({ placed: placed(1001) }))).toBe(true)
  })

  it('looks at the age of data and at cancels where that is asked for', () => {
    const aged = gateLook({ lookAlikeMs: 1, dataAgeMs: 500 })
    expect(aged.clears(order(), account({ markAgeMs: 500 }))).toBe(true)
    expect(aged.clears(order(), account({ markAgeMs: 501 }))).toBe(false)
    expect(aged.clears(order(), account({ markAgeMs: Number.NaN }))).toBe(false)
    const counting = gateLook({ lookAlikeMs: 1, cancelsPerFill: 3 })
    expect(counting.clears(order(), account())).toBe(true)
    expect(counting.clears(order(), account({ cancelsToday: 1 }))).toBe(false)
    expect(look.clears(order(), account({ cancelsToday: 1e6 }))).toBe(true)
  })

  it('clears exits that have no limit, whatever else there is', () => {
    const busy = account({ openOrders: [order({ number: 5 })], gaps: [btc.id], placed: placed(0) })
    expect(look.clears(order({ reduceOnly: true }), busy)).toBe(true)
    expect(look.clears(order({ reduceOnly: true, type: 'limit', limit: 90 }), account())).toBe(false)
    expect(look.clears(order(), { ...account(), now: Number.NaN as typeof now })).toBe(false)
  })
})
