import { type Instrument, type Money, money, type Price, type Quantity, review } from '@astertrade/core'
import { orderRequestOf, riskViewOf } from '@astertrade/core/testing'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { btc, eth, sol } from './limits/account.rig.js'
import { cushionStops } from './limits/cushionStops.js'
import { riskPolicy } from './policy.js'

const numRuns = Number(process.env.FC_NUM_RUNS ?? 100)
const instruments = [btc, eth, sol]
/** Costs of getting out, which each exit pays in full. */
const costs = 0.003
/** Positions as large as they get, so that the cushion has work to do. */
const rules = riskPolicy({
  costs,
  deRisking: 'none',
  account: 'margin',
  clipSize: 0.5,
  venueExposure: 1,
  tiers: [{ from: '100', risk: 0.08, position: 0.5 }],
  ceilings: 'own',
})

interface Held {
  readonly instrument: Instrument
  readonly side: 'buy' | 'sell'
  quantity: Quantity
  stop: Price
}

/** An account whose stops fill at their levels: prices never jump over them. */
function createAccount() {
  let cash: bigint = money('10000')
  let peak: bigint = cash
  let deepest = 0
  const marks = new Map(instruments.map((instrument) => [instrument, instrument.price(100, 'nearest')]))
  const held = new Map<Instrument, Held>()
  const worthOf = ({ instrument, side, quantity }: Held, price: Price): bigint =>
    (side === 'buy' ? 1n : -1n) * instrument.notional(price, quantity)
  const equity = (): bigint =>
    [...held.values()].reduce((sum, each) => sum + worthOf(each, marks.get(each.instrument)!), cash)
  const look = (): void => {
    if (equity() > peak) peak = equity()
    deepest = Math.max(deepest, Number(((peak - equity()) * 1_000_000n) / peak) / 1e6)
  }
  const close = (each: Held, price: Price, quantity = each.quantity): void => {
    const part = { ...each, quantity }
    const fee = (each.instrument.notional(price, quantity) * BigInt(costs * 1e6)) / 1_000_000n
    cash += worthOf(part, price) - fee
    each.quantity = each.instrument.quantity(each.quantity - quantity)
    if (each.quantity === 0) held.delete(each.instrument)
    look()
  }
  return {
    held,
    deepest: () => deepest,
    enter(instrument: Instrument, side: 'buy' | 'sell', quantity: number, way: number) {
      if (held.has(instrument)) return undefined
      const mark = marks.get(instrument)!
      const stop = instrument.price(mark * (side === 'buy' ? 1 - way : 1 + way), 'nearest')
      const positions = Object.fromEntries(
        [...held.values()].map((each) => [each.instrument.id, (each.side === 'buy' ? 1 : -1) * each.quantity]),
      )
      const view = riskViewOf({
        instruments,
        equity: equity() as Money,
        highWaterMark: peak as Money,
        dayStart: equity() as Money,
        marks: Object.fromEntries([...marks].map(([{ id }, price]) => [id, price])),
        positions,
        stops: Object.fromEntries([...held.values()].map((each) => [each.instrument.id, each.stop])),
      })
      const outcome = review(
        orderRequestOf({ instrument, side, quantity, protectiveStop: stop }),
        instrument,
        rules,
        view,
      )
      if (outcome.kind === 'refused') return outcome.reason.code
      cash -= (side === 'buy' ? 1n : -1n) * instrument.notional(mark, outcome.order.quantity)
      held.set(instrument, { instrument, side, quantity: outcome.order.quantity, stop })
      return 'entered'
    },
    /** Moves a price; a stop on the way fills at its level. */
    move(instrument: Instrument, ratio: number) {
      const next = instrument.price(Math.max(1, marks.get(instrument)! * ratio), 'nearest')
      const each = held.get(instrument)
      const isHit = each !== undefined && (each.side === 'buy' ? next <= each.stop : next >= each.stop)
      if (each && isHit) {
        marks.set(instrument, each.stop)
        close(each, each.stop)
      }
      marks.set(instrument, next)
      look()
      return isHit
    },
    exit(instrument: Instrument) {
      const each = held.get(instrument)
      if (each) close(each, marks.get(instrument)!)
    },
    protect() {
      const list = [...held.values()]
      const moves = cushionStops({
        equity: equity() as Money,
        highWaterMark: peak as Money,
        positions: list.map((each) => ({ ...each, mark: marks.get(each.instrument)! })),
        costs,
      })
      for (const { index, stop, reduceTo } of moves) {
        const each = list[index]!
        const isNearer = each.side === 'buy' ? stop > each.stop : stop < each.stop
        if (isNearer) each.stop = stop
        if (reduceTo !== undefined)
          close(each, marks.get(each.instrument)!, each.instrument.quantity(each.quantity - reduceTo))
      }
      return moves.length
    },
  }
}

const step = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('enter' as const),
      slot: fc.nat(2),
      side: fc.constantFrom<'buy' | 'sell'>('buy', 'sell'),
      size: fc.integer({ min: 1, max: 60 }),
      way: fc.integer({ min: 5, max: 300 }),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('move' as const),
      slot: fc.nat(2),
      by: fc.oneof(fc.integer({ min: -60, max: 60 }), fc.integer({ min: -300, max: 400 })),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('exit' as const), slot: fc.nat(2) }) },
)

function played(
  steps: readonly (typeof step extends fc.Arbitrary<infer T> ? T : never)[],
  protects: 'protected' | 'bare',
) {
  const account = createAccount()
  const seen = { entered: 0, stops: 0, raised: 0 }
  for (const each of steps) {
    const instrument = instruments[each.slot]!
    if (each.kind === 'enter') {
      const said = account.enter(instrument, each.side, each.size, each.way / 1000)
      if (said === 'entered') seen.entered++
    } else if (each.kind === 'move') seen.stops += account.move(instrument, 1 + each.by / 1000) ? 1 : 0
    else account.exit(instrument)
    if (protects === 'protected') seen.raised += account.protect()
  }
  return { deepest: account.deepest(), seen }
}

describe('the drawdown limit', () => {
  it('is not passed by any sequence of trades, prices and stops while losses stay within their budgets', () => {
    const sum = { entered: 0, stops: 0, raised: 0 }
    let deepest = 0
    fc.assert(
      fc.property(fc.array(step, { minLength: 20, maxLength: 150 }), (steps) => {
        const run = played(steps, 'protected')
        expect(run.deepest).toBeLessThanOrEqual(0.1)
        deepest = Math.max(deepest, run.deepest)
        for (const key of Object.keys(sum) as (keyof typeof sum)[]) sum[key] += run.seen[key]
      }),
      { numRuns },
    )
    for (const [kind, count] of Object.entries(sum)) expect(count, kind).toBeGreaterThan(numRuns / 10)
    expect(deepest).toBeGreaterThan(0.05)
  })

  it('would be passed without the cushion, which shows that the property can fail', () => {
    const broken = fc.check(
      fc.property(fc.array(step, { minLength: 100, maxLength: 300 }), (steps) => played(steps, 'bare').deepest <= 0.1),
      { numRuns: 5_000, endOnFailure: true },
    )
    expect(broken.failed).toBe(true)
  })
})
