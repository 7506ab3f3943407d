import { amend, buy, cancel, dayMs, type Money, type Side, sell, target } from '@astertrade/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { capitalTiers, tierOf } from './capitalTiers.js'
import { policyStop, riskPolicy } from './policy.js'
import {
  createSession,
  type Followed,
  heldOf,
  keyOf,
  markets,
  round,
  type Session,
  scripts,
  sidesOf,
  worstOf,
} from './session.rig.js'

const numRuns = Number(process.env.FC_NUM_RUNS ?? 40)
const costs = 0.003
const policy = () => riskPolicy({ costs, account: 'margin', orderRate: { perDay: 1000 }, ceilings: 'own' })
const tiers = capitalTiers()
const counts = {
  placed: 0,
  unknown: 0,
  absent: 0,
  fills: 0,
  repeats: 0,
  opposed: 0,
  turned: 0,
  restarts: 0,
  transfers: 0,
  trips: 0,
  large: 0,
}

/** True of a session at any time, whatever has happened. */
function check(session: Session): void {
  const { view } = session.engine
  for (const { id } of markets) {
    const { quantity, pendingBuy, pendingSell } = view.exposure(id)
    expect(quantity).toBe(heldOf(session, id))
    for (const strategy of scripts) {
      expect(view.exposure(id, strategy).quantity).toBe(session.held.get(keyOf(strategy, id)) ?? 0)
    }
    const [one, other] = scripts.map((strategy) => session.held.get(keyOf(strategy, id)) ?? 0)
    if (one! * other! < 0) counts.opposed++
    const under = (side: Side): number =>
      round(
        session.open.reduce(
          (sum, { order, remaining }) =>
            order.instrument === id && order.side === side && !order.reduceOnly ? sum + remaining : sum,
          0,
        ),
      )
    expect([pendingBuy, pendingSell], 'what is reserved is what is under way').toEqual([under('buy'), under('sell')])
  }
  const unknown = session.open.filter(({ isUnknown }) => isUnknown).map(({ order }) => order.id)
  expect(
    view
      .unknownOrders()
      .map(({ id }) => id)
      .sort(),
  ).toEqual(unknown.sort())
  if (session.placed.length > 0) checkLimits(session)
}

/** A latch is lifted by an acknowledgement alone. */
function checkLatch(session: Session, before: string, text: string): void {
  if (before !== 'halted' || text === 'acknowledge DRAWDOWN') return
  expect(session.engine.view.mode).toBe('halted')
  expect(session.placed).toEqual([])
}

/** True where the last step took new risk: every limit holds with everything counted, by sums of the outsider. */
function checkLimits(session: Session): void {
  const { view } = session.engine
  const { equity } = view
  const tier = tiers.list[tierOf(tiers, view.equityExact) - 1]!
  const slack = equity * 1e-9
  const sumOf = (chosen: readonly (typeof markets)[number][]): number =>
    chosen.reduce((sum, { id }) => sum + (worstOf(session, id) * view.markPrice(id) || 0), 0)
  const gross = sumOf(markets)
  for (const placed of session.placed) {
    counts.placed++
    const { instrument, side } = placed
    const mark = view.markPrice(instrument)
    const price = Math.max(mark, placed.limit ?? 0, placed.trigger ?? 0)
    expect(placed.quantity * (side === 'buy' ? (placed.limit ?? price) : price)).toBeLessThanOrEqual(
      equity * 0.05 + slack,
    )
    const worst = worstOf(session, instrument) * mark
    const neutral = { ...placed, reduceOnly: true }
    expect(view.lossToStops(neutral, 'instrument') + worst * costs).toBeLessThanOrEqual(equity * tier.risk.near + slack)
    expect(view.lossToStops(neutral, 'account') + gross * costs).toBeLessThanOrEqual(equity * 0.08 + slack)
    // A loss or a withdrawal may leave a position above its cap; turning it around makes nothing larger.
    const sides = sidesOf(session, placed.strategy, instrument)
    if (sides[side] <= sides[side === 'buy' ? 'sell' : 'buy']) {
      counts.turned++
      continue
    }
    if (worst > equity * tier.position.near * 0.5) counts.large++
    expect(worst).toBeLessThanOrEqual(equity * tier.position.near + slack)
    expect(gross).toBeLessThanOrEqual(equity + slack)
    const venue = instrument.slice(instrument.lastIndexOf('.'))
    expect(sumOf(markets.filter(({ id }) => id.endsWith(venue)))).toBeLessThanOrEqual(equity * 0.5 + slack)
  }
  expect(view.equityExact * 10n > view.highWaterMark * 9n).toBe(true)
  expect(view.equityExact * 100n > view.dayStart * 97n).toBe(true)
  expect(
    session.placed.every(
      ({ instrument }) => !session.open.some(({ order, isUnknown }) => isUnknown && order.instrument === instrument),
    ),
  ).toBe(true)
}

type Real = { session: Session }
type Step = fc.Command<object, Real>

/** A step that always applies, checks everything afterwards, and prints itself. */
function command(text: string, run: (session: Session) => void): Step {
  return {
    check: () => true,
    run(_, { session }) {
      const before = session.engine.view.mode
      run(session)
      check(session)
      checkLatch(session, before, text)
    },
    toString: () => text,
  }
}

const slot = fc.nat(2)
const move = fc.oneof(
  { weight: 5, arbitrary: fc.integer({ min: -20, max: 20 }) },
  { weight: 2, arbitrary: fc.integer({ min: -120, max: 130 }) },
  { weight: 1, arbitrary: fc.constantFrom(-500, -300, 400) },
)
const priceAfter = ({ engine }: Session, market: number, thousandths: number): number => {
  const last = engine.view.markPrice(markets[market]!.id)
  // On the tick grid, where doubles and exact money value an account alike.
  return Math.max(1, Math.round((Number.isNaN(last) ? 100 : last) * (1000 + thousandths) * 0.1) / 100)
}

const wishes = fc.oneof(
  fc.record({
    kind: fc.constant('target' as const),
    size: fc.integer({ min: -10, max: 10 }),
    far: fc.integer({ min: 1, max: 30 }),
  }),
  fc.record({
    kind: fc.constant('order' as const),
    side: fc.constantFrom<Side>('buy', 'sell'),
    size: fc.integer({ min: 1, max: 4_000 }),
    off: fc.integer({ min: -30, max: 10 }),
    far: fc.integer({ min: 0, max: 30 }),
  }),
  fc.record({
    kind: fc.constantFrom('cancel' as const, 'amend' as const),
    pick: fc.nat(),
    size: fc.integer({ min: 1, max: 4_000 }),
  }),
)
type Asked = typeof wishes extends fc.Arbitrary<infer T> ? T : never

function pickedOf({ open }: Session, pick: number): Followed | undefined {
  return open[pick % Math.max(1, open.length)]
}

function wishOf(session: Session, market: number, price: number, asked: Asked) {
  const { id } = markets[market]!
  switch (asked.kind) {
    case 'target': {
      const stop = price * (1 - Math.sign(asked.size) * (asked.far / 100))
      return target(id, asked.size / 10, asked.size === 0 ? {} : { stop })
    }
    case 'order': {
      const sign = asked.side === 'buy' ? 1 : -1
      const limit = price * (1 + (sign * asked.off) / 1000)
      const options = asked.far === 0 ? { limit } : { limit, stop: limit * (1 - (sign * asked.far) / 100) }
      return (asked.side === 'buy' ? buy : sell)(id, asked.size / 1000, options)
    }
    default: {
      const found = pickedOf(session, asked.pick)
      if (found === undefined) return undefined
      return asked.kind === 'cancel' ? cancel(found.order.id) : amend(found.order.id, { quantity: asked.size / 1000 })
    }
  }
}

const [wishStep, moveStep, fillStep, sayStep, ...seldom]: readonly fc.Arbitrary<Step>[] = [
  fc.tuple(slot, move, wishes, fc.constantFrom(...scripts)).map(([market, by, asked, strategy]) =>
    command(`bar ${market} ${by} ${strategy} ${JSON.stringify(asked)}`, (session) => {
      const price = priceAfter(session, market, by)
      const owner = 'pick' in asked ? pickedOf(session, asked.pick)?.order.strategy : strategy
      session.bar(market, price, wishOf(session, market, price, asked), owner)
    }),
  ),
  fc
    .tuple(slot, move)
    .map(([market, by]) =>
      command(`bar ${market} ${by}`, (session) => session.bar(market, priceAfter(session, market, by))),
    ),
  fc
    .tuple(fc.nat(), fc.constantFrom(1000, 1000, 1000, 500, 1), fc.integer({ min: -10, max: 10 }))
    .map(([pick, part, slip]) =>
      command(`fill ${pick} ${part} ${slip}`, (session) => {
        const found = pickedOf(session, pick)
        if (found === undefined) return
        const quantity = Math.max(0.001, round((found.remaining * part) / 1000))
        const price =
          found.order.limit ??
          found.order.trigger ??
          priceAfter(
            session,
            markets.findIndex(({ id }) => id === found.order.instrument),
            slip,
          )
        session.fill(found, Math.min(quantity, found.remaining), price)
        counts.fills++
      }),
    ),
  fc
    .tuple(
      fc.nat(),
      fc.constantFrom(
        'unknown',
        'unknown',
        'unknown',
        'absent',
        'absent',
        'absent',
        'absent',
        'accepted',
        'canceled',
        'sent',
      ),
    )
    .map(([pick, word]) =>
      command(`say ${pick} ${word}`, (session) => {
        const found = pickedOf(session, pick)
        if (found === undefined || (word === 'absent' && !found.isUnknown)) return
        if (word === 'unknown') counts.unknown++
        if (word === 'absent') counts.absent++
        if (word === 'unknown' || word === 'accepted') found.isUnknown = word === 'unknown'
        if (word === 'canceled' || word === 'absent') session.open.splice(session.open.indexOf(found), 1)
        session.step({ kind: word as 'sent', orderId: found.order.id, time: session.now })
      }),
    ),
  fc.nat().map((pick) =>
    command(`told again ${pick}`, (session) => {
      const fill = session.fills[pick % Math.max(1, session.fills.length)]
      if (fill === undefined) return
      const books = () => [session.engine.view.equityExact, session.engine.view.cash]
      const before = books()
      session.step({ ...fill, time: session.now })
      counts.repeats++
      expect(books(), 'a fill counts once').toEqual(before)
    }),
  ),
  fc.integer({ min: -4_000, max: 8_000 }).map((amount) =>
    command(`transfer ${amount}`, (session) => {
      // A new day begins before the money comes.
      session.step({ kind: 'timer', time: session.now, name: 'now' })
      const { view } = session.engine
      const before = { equity: view.equityExact, peak: view.highWaterMark, day: view.dayStart }
      const sum = BigInt(amount) * 10n ** 18n
      // An account that is emptied starts anew.
      if (before.equity <= 0n || before.equity + sum <= 10n ** 20n) return
      session.step({ kind: 'transfer', time: session.now, amount: sum as Money })
      counts.transfers++
      // The same fractions as before, but for a division that is rounded once.
      const near = (part: bigint, whole: bigint, oldPart: bigint, oldWhole: bigint): void => {
        const difference = part * oldWhole - oldPart * whole
        expect(difference <= oldWhole && -difference <= oldWhole).toBe(true)
      }
      near(view.highWaterMark, view.equityExact, before.peak, before.equity)
      near(view.dayStart, view.equityExact, before.day, before.equity)
    }),
  ),
  fc
    .integer({ min: 1, max: 30 })
    .map((hours) => command(`wait ${hours}`, (session) => session.wait((hours * dayMs) / 24))),
  fc
    .constantFrom('DAILY_LOSS', 'DRAWDOWN')
    .map((code) =>
      command(`acknowledge ${code}`, (session) => session.step({ kind: 'acknowledged', time: session.now, code })),
    ),
  fc.constant(
    command('restart', (session) => {
      const { view: before } = session.engine
      const { mode, highWaterMark, dayStart, equityExact, freeCash, cancelsToday, fillsToday } = before
      const tier = riskPolicy().find(({ memory }) => memory)!.memory!.name
      const memory = before.memory(tier)
      if (mode !== 'normal') counts.trips++
      expect(session.restart()).toBeUndefined()
      counts.restarts++
      const { view } = session.engine
      expect({
        mode: view.mode,
        highWaterMark: view.highWaterMark,
        dayStart: view.dayStart,
        equityExact: view.equityExact,
      }).toEqual({ mode, highWaterMark, dayStart, equityExact })
      expect([view.freeCash, view.cancelsToday, view.fillsToday]).toEqual([freeCash, cancelsToday, fillsToday])
      expect(memory).toBeDefined()
      expect(view.memory(tier)).toEqual(memory)
    }),
  ),
]

/** Chosen with equal odds, so that what fills an account comes several times. */
const steps = [
  wishStep,
  wishStep,
  wishStep,
  wishStep,
  fillStep,
  fillStep,
  fillStep,
  fillStep,
  moveStep,
  sayStep,
  ...seldom,
].filter((step) => step !== undefined)

describe('the limits of a policy', () => {
  it('hold at every order under any interleaving of prices, wishes, fills, unknown fates, flows, days and restarts', () => {
    expect(policyStop.ratio).toBe(0.05)
    fc.assert(
      fc.property(fc.commands(steps, { maxCommands: 200, size: 'max' }), (list) => {
        const session = createSession(policy)
        fc.modelRun(() => ({ model: {}, real: { session } }), list)
      }),
      { numRuns },
    )
    const { large, trips, ...often } = counts
    for (const [kind, count] of Object.entries(often)) expect(count, kind).toBeGreaterThan(numRuns / 40)
    // A position at its cap and an account that has tripped take long to come about.
    if (numRuns >= 200) expect(Math.min(large, trips)).toBeGreaterThan(numRuns / 40)
  })

  it.each(['clipSize', 'positionRisk'])('are found broken where %s is left out', (name) => {
    const gap = () =>
      policy()
        .filter((rule) => !rule.name.startsWith(name))
        .map(({ firstLook: _, ...rule }) => rule)
    const outcome = fc.check(
      fc.property(fc.commands(steps, { maxCommands: 200, size: 'max' }), (list) => {
        const session = createSession(gap)
        fc.modelRun(() => ({ model: {}, real: { session } }), list)
      }),
      { numRuns: 2_000, endOnFailure: true },
    )
    expect((outcome.errorInstance as Error).name, 'a limit was found broken, and nothing else').toBe('AssertionError')
  })
})
