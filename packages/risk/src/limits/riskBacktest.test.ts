import { buy, sell } from '@astertrade/core'
import { ruleContract } from '@astertrade/core/testing'
import { describe, expect, it } from 'vitest'
import type { BacktestEvent } from '../backtests/backtestEvent.js'
import { reviewBacktest } from '../backtests/reviewBacktest.js'
import { noted } from '../emergency/noted.js'
import { ann, eve, reason } from '../emergency/people.rig.js'
import { createSession, markets, type Session } from '../session.rig.js'
import { account, btc, order, reasonOf, said } from './account.rig.js'
import { type BacktestState, backtestInForce, riskBacktest } from './riskBacktest.js'

const [a] = markets
const start = (): Session => createSession(() => [riskBacktest()])
const kept = (session: Session): BacktestState => session.engine.view.memory('riskBacktest') as BacktestState

/** A test on a year of days at 99 %: 5 exceedances are yellow, 10 red. */
function tested(session: Session, exceedances: number, confidencePerMille = 990): void {
  const count = { observations: 250, exceedances, confidencePerMille }
  session.step(noted('riskBacktest', { kind: 'tested', time: session.now, ...count }))
}
const multiplier = (session: Session): number => backtestInForce(session.engine.view).multiplier
const bought = (session: Session): number => {
  session.bar(0, 100, buy(a!.id, 1, { limit: 90 }))
  return session.placed.length
}

describe('riskBacktest', () => {
  it('raises figures by a fifth after a yellow light, until a green one', () => {
    const session = start()
    expect(multiplier(session)).toBe(1)
    tested(session, 4)
    expect(multiplier(session)).toBe(1)
    tested(session, 5)
    expect(multiplier(session)).toBe(1.2)
    expect(bought(session)).toBe(1)
    expect(session.restart()).toBeUndefined()
    expect(multiplier(session)).toBe(1.2)
    tested(session, 0)
    expect(multiplier(session)).toBe(1)
  })

  it('counts the worst light of all levels', () => {
    const session = start()
    tested(session, 5, 990)
    tested(session, 5, 950)
    expect(kept(session).lights).toEqual({ 950: 'green', 990: 'yellow' })
    expect(multiplier(session)).toBe(1.2)
    tested(session, 99, 950)
    expect(backtestInForce(session.engine.view)).toEqual({ multiplier: 1.2, mode: 'reduceOnly', until: 'review' })
  })

  it('stops new risk after a red light, and lets exits pass', () => {
    const session = start()
    session.bar(0, 100, buy(a!.id, 1))
    session.fill(session.open[0]!, 1, 100)
    session.bar(0, 100, buy(a!.id, 1, { limit: 90 }))
    tested(session, 10)
    expect(bought(session)).toBe(0)
    session.step({ kind: 'closed', time: session.now })
    expect(session.engine.view.mode).toBe('reduceOnly')
    expect(session.journal.filter((row) => row.kind === 'command' && row.command.kind === 'cancel')).toHaveLength(1)
    expect(bought(session)).toBe(0)
    session.bar(0, 100, sell(a!.id, 1))
    expect(session.open.some(({ order: exit }) => exit.reduceOnly && exit.type === 'market')).toBe(true)
  })

  it('is lifted by a review alone, through restarts and green lights', () => {
    const session = start()
    tested(session, 10)
    tested(session, 0)
    session.bar(0, 100)
    session.step({ kind: 'closed', time: session.now })
    expect(session.restart()).toBeUndefined()
    expect(session.engine.view.mode).toBe('reduceOnly')
    session.step({ kind: 'acknowledged', time: session.now, code: 'BACKTEST_RED' })
    expect(bought(session)).toBe(0)
    session.step({ kind: 'closed', time: session.now })
    expect(session.engine.view.mode).toBe('reduceOnly')
    const review = reviewBacktest({ time: session.now, by: ann, reason })
    if ('kind' in review) throw new Error(review.code)
    for (const event of review) session.step(event)
    expect(session.engine.view.mode).toBe('normal')
    expect(bought(session)).toBe(1)
    expect(session.restart()).toBeUndefined()
    expect(bought(session)).toBe(1)
  })

  it('raises figures until the test after a review, and latches again where that is red', () => {
    const session = start()
    tested(session, 10)
    const review = { kind: 'reviewed', time: session.now, by: ann, reason } as const
    session.step(noted('riskBacktest', review))
    expect(kept(session)).toEqual({ lights: { 990: 'red' }, isLatched: false })
    expect(multiplier(session)).toBe(1.2)
    tested(session, 10)
    expect(kept(session).isLatched).toBe(true)
  })

  it.each([
    { kind: 'reviewed', by: eve, reason },
    { kind: 'reviewed', by: 'ann', reason },
    { kind: 'reviewed', by: ann, reason: 'too short' },
    { kind: 'reviewed', by: ann },
    { kind: 'forgotten', by: ann, reason },
  ])('leaves %o aside', (fact) => {
    const session = start()
    tested(session, 10)
    const before = kept(session)
    session.step(noted('riskBacktest', { ...fact, time: session.now } as unknown as BacktestEvent))
    expect(kept(session)).toBe(before)
  })

  it('refuses a count that is none, and keeps its state', () => {
    const session = start()
    const before = kept(session)
    const event = noted('riskBacktest', {
      kind: 'tested',
      time: session.now,
      observations: 10,
      exceedances: 11,
      confidencePerMille: 990,
    })
    expect(() => session.engine.step(event)).toThrow('11')
    expect(kept(session)).toBe(before)
  })

  it('says why', () => {
    const latched = account({ memories: { riskBacktest: { lights: { 990: 'red' }, isLatched: true } } })
    expect(reasonOf(riskBacktest().check(order(), latched))).toEqual({
      code: 'BACKTEST_RED',
      rule: 'riskBacktest',
      limit: 'a review',
      got: 'red',
      unit: 'count',
    })
    expect(said(riskBacktest(), order({ reduceOnly: true }), latched)).toBe('approve')
    expect(said(riskBacktest(), order(), account())).toBe('approve')
    const rule = riskBacktest()
    expect([rule.watchBelow!(latched), rule.watchBelow!(account())]).toEqual([
      Number.POSITIVE_INFINITY,
      Number.NEGATIVE_INFINITY,
    ])
    expect(rule.watch!(account())).toBeUndefined()
    expect(rule.watch!(latched)).toMatchObject({ mode: 'reduceOnly', until: 'operator', flatten: false })
  })

  const latched = account({ memories: { riskBacktest: { lights: {}, isLatched: true } } })
  const contract = ruleContract({
    create: riskBacktest,
    instrument: btc,
    notFinite: 'unread',
    cases: [{ order: order(), view: latched }],
  })
  for (const check of contract) it(check.name, () => check.run())
})

describe('reviewBacktest', () => {
  it('refuses who may not review, and what says nothing', () => {
    const time = account().now
    expect(reviewBacktest({ time, by: eve, reason })).toMatchObject({ code: 'FORBIDDEN' })
    expect(reviewBacktest({ time, by: ann, reason: 'fine' })).toMatchObject({ code: 'REASON_TOO_SHORT' })
  })
})
