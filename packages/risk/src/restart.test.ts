import { buy, dayMs, type Money, money } from '@astertrade/core'
import { describe, expect, it } from 'vitest'
import { confirmLatchReset, type LatchRequest, requestLatchReset } from './emergency/latchReset.js'
import { ann, bob, reason } from './emergency/people.rig.js'
import { riskPolicy } from './policy.js'
import { createSession, markets, type Session } from './session.rig.js'

const [a] = markets

/** A session with 2,500 of 10,000 in one market, bought at 100. */
function invested(options: Parameters<typeof riskPolicy>[0] = {}): Session {
  const loose = {
    clipSize: 0.25,
    tiers: [{ from: '100', risk: 0.25, position: 0.25 }],
    portfolioRisk: 0.25,
    maxDrawdown: 0.1,
    ceilings: 'own',
  } as const
  const { maxDrawdown, portfolioRisk: _, ...rest } = loose
  const session = createSession(() => riskPolicy({ ...rest, maxDrawdown, portfolioRisk: 0.1, ...options }))
  session.bar(0, 100, buy(a!.id, 25, { stop: 98 }))
  session.fill(session.open[0]!, 25, 100)
  return session
}

const close = (session: Session): void => session.step({ kind: 'closed', time: session.now })
const mode = (session: Session): string => session.engine.view.mode

describe('the drawdown latch', () => {
  const tripped = (): Session => {
    const session = invested()
    session.bar(0, 59)
    close(session)
    return session
  }

  it('survives a restart, a recovery of equity and a deposit', () => {
    const session = tripped()
    expect(mode(session)).toBe('halted')
    expect(session.restart()).toBeUndefined()
    expect(mode(session)).toBe('halted')
    session.bar(0, 200)
    close(session)
    session.step({ kind: 'transfer', time: session.now, amount: money('5000') as Money })
    session.wait(30 * dayMs)
    session.bar(0, 200, buy(a!.id, 1, { stop: 190 }))
    expect(session.placed).toEqual([])
    expect(mode(session)).toBe('halted')
    expect(session.restart()).toBeUndefined()
    expect(mode(session)).toBe('halted')
  })

  it('is lifted by two people a day later, which starts the drawdown anew', () => {
    const session = tripped()
    const request = requestLatchReset({ code: 'DRAWDOWN', by: ann, time: session.now, reason }) as LatchRequest
    session.wait(dayMs)
    const fact = confirmLatchReset(request, { by: bob, time: session.now, operators: 2, trippedAt: request.time })
    expect(fact.kind).toBe('acknowledged')
    if (fact.kind !== 'acknowledged') return
    session.step(fact)
    // The day had lost as much, and its stop waits for a word of its own.
    expect(mode(session)).toBe('reduceOnly')
    session.step({ kind: 'acknowledged', time: session.now, code: 'DAILY_LOSS' })
    expect(mode(session)).toBe('normal')
    expect(session.engine.view.highWaterMark).toBe(session.engine.view.equityExact)
    expect(session.restart()).toBeUndefined()
    expect(mode(session)).toBe('normal')
  })
})

describe("the day's stop", () => {
  const lost = (acknowledge: 'nextDay' | 'operator'): Session => {
    const session = invested({ acknowledge })
    session.bar(0, 88)
    close(session)
    return session
  }

  it('survives a restart and ends with the day', () => {
    const session = lost('nextDay')
    expect(mode(session)).toBe('reduceOnly')
    expect(session.restart()).toBeUndefined()
    expect(mode(session)).toBe('reduceOnly')
    session.wait(dayMs)
    session.bar(0, 88)
    expect(mode(session)).toBe('normal')
  })

  it('takes the next day and the word of an operator, in either order, where one is asked for', () => {
    const early = lost('operator')
    early.step({ kind: 'acknowledged', time: early.now, code: 'DAILY_LOSS' })
    expect(early.restart()).toBeUndefined()
    expect(mode(early)).toBe('reduceOnly')
    early.wait(dayMs)
    early.bar(0, 88)
    expect(mode(early)).toBe('normal')
    const late = lost('operator')
    late.wait(2 * dayMs)
    late.bar(0, 88)
    expect(mode(late)).toBe('reduceOnly')
    const peak = late.engine.view.highWaterMark
    late.step({ kind: 'acknowledged', time: late.now, code: 'DAILY_LOSS' })
    expect(mode(late)).toBe('normal')
    expect(late.engine.view.highWaterMark).toBe(peak)
  })
})

describe('the tier of capital', () => {
  it('is held through a restart: deposits wait a day, losses count at once', () => {
    const session = createSession(() => riskPolicy(), '400')
    const name = riskPolicy().find(({ memory }) => memory)!.memory!.name
    const tier = (): number => (session.engine.view.memory(name) as { tier: number }).tier
    session.bar(0, 100)
    close(session)
    session.step({ kind: 'transfer', time: session.now, amount: money('9600') as Money })
    const hour = (): void => {
      session.wait(dayMs / 24)
      session.bar(0, 100)
      close(session)
    }
    for (let hours = 0; hours < 24; hours++) {
      expect(tier()).toBe(1)
      hour()
    }
    expect(session.restart()).toBeUndefined()
    expect(tier()).toBe(1)
    hour()
    expect(tier()).toBe(4)
    expect(session.restart()).toBeUndefined()
    expect(tier()).toBe(4)
    session.step({ kind: 'transfer', time: session.now, amount: money('-9000') as Money })
    session.bar(0, 100, buy(a!.id, 1, { stop: 99 }))
    // 15 % of 1,000 bounds the position, 5 % the clip.
    expect(session.placed[0]!.quantity).toBe(0.5)
    close(session)
    expect(tier()).toBe(2)
  })
})
