import { buy } from '@astertrade/core'
import { ruleContract } from '@astertrade/core/testing'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { account, btc, order, said } from '../limits/account.rig.js'
import { createSession, markets, type Session } from '../session.rig.js'
import type { BreakerEvent } from './breakerEvent.js'
import type { BreakerScopes } from './breakerScopes.js'
import { circuitBreaker } from './circuitBreaker.js'
import { createCircuitBreaker } from './createCircuitBreaker.js'
import { noted } from './noted.js'
import { ann, bob, day, eve, hour, minute, reason } from './people.rig.js'

const numRuns = Number(process.env.FC_NUM_RUNS ?? 60)
const [a] = markets
type Distribute<T> = T extends unknown ? Omit<T, 'time'> : never
type Told = Distribute<BreakerEvent>

const start = (options: Parameters<typeof circuitBreaker>[0] = {}): Session =>
  createSession(() => [circuitBreaker(options)])
const tell = (session: Session, fact: Told): void =>
  session.step(noted('circuitBreaker', { ...fact, time: session.now } as BreakerEvent))
const kept = (session: Session): BreakerScopes => session.engine.view.memory('circuitBreaker') as BreakerScopes
const isOpen = (session: Session): boolean => {
  session.bar(0, 100, buy(a!.id, 1, { limit: 90 }))
  return session.placed.length === 1
}
const offPeg: Told = { kind: 'peg', coin: 'A', price: 0.9 }
const trip = (session: Session): void => {
  tell(session, offPeg)
  session.wait(6 * minute)
}

describe('circuitBreaker', () => {
  it('refuses entries that a fact stops, for five minutes, through a restart', () => {
    const session = start()
    expect(isOpen(session)).toBe(true)
    tell(session, offPeg)
    expect(isOpen(session)).toBe(false)
    expect(session.restart()).toBeUndefined()
    expect(isOpen(session)).toBe(false)
    session.wait(4 * minute)
    expect(isOpen(session)).toBe(true)
    expect(session.restart()).toBeUndefined()
    expect(isOpen(session)).toBe(true)
  })

  it('stays latched through a restart until two people reset it', () => {
    const session = start()
    for (let n = 0; n < 3; n++) trip(session)
    session.wait(hour)
    expect(isOpen(session)).toBe(false)
    expect(session.restart()).toBeUndefined()
    const reset = { kind: 'reset', scope: 'coin:A', requester: ann, requestedAt: session.now, reason } as const
    for (const approver of [ann, eve]) tell(session, { ...reset, approver })
    expect(isOpen(session)).toBe(false)
    tell(session, { ...reset, approver: bob })
    expect(isOpen(session)).toBe(true)
    expect(session.restart()).toBeUndefined()
    expect(isOpen(session)).toBe(true)
  })

  it('takes a day from one person where one operates', () => {
    const session = start({ operators: 1 })
    for (let n = 0; n < 3; n++) trip(session)
    const reset = { kind: 'reset', scope: 'coin:A', requester: ann, requestedAt: session.now, reason } as const
    session.wait(day - 1)
    const before = kept(session)
    tell(session, { ...reset, approver: ann })
    expect(kept(session)).toBe(before)
    session.wait(1)
    tell(session, { ...reset, approver: ann })
    expect(isOpen(session)).toBe(true)
  })

  it('leaves a reset aside that lacks its people or its latch', () => {
    const session = start()
    const reset = { kind: 'reset', scope: 'coin:A', requestedAt: session.now, reason } as const
    const untouched = kept(session)
    tell(session, { ...reset, requester: ann, approver: bob })
    expect(kept(session)).toBe(untouched)
    for (let n = 0; n < 3; n++) trip(session)
    const latched = kept(session)
    const later = { ...reset, requestedAt: session.now }
    tell(session, { ...later, requester: ann } as unknown as Told)
    tell(session, { ...later, requester: 'ann', approver: bob } as unknown as Told)
    expect(kept(session)).toBe(latched)
  })

  it('refuses facts that are none, and keeps its state', () => {
    const session = start()
    tell(session, offPeg)
    const before = kept(session)
    const bad: readonly (readonly [Told, string])[] = [
      [{ kind: 'peg', coin: 'A', price: Number.NaN }, 'price of coin:A is "NaN".'],
      [{ kind: 'peg', coin: '', price: 1 }, 'A fact of kind "peg" is about "".'],
      [{ kind: 'price', price: 1 } as unknown as Told, 'A fact of kind "price" is about "undefined".'],
      [{ kind: 'response', venue: 7, outcome: 'ok' } as unknown as Told, 'A fact of kind "response" is about "7".'],
      [{ kind: 'weather' } as unknown as Told, 'A fact of kind "weather" is none.'],
    ]
    for (const [fact, message] of bad) {
      const event = noted('circuitBreaker', { ...fact, time: session.now } as BreakerEvent)
      expect(() => session.engine.step(event)).toThrow(message)
    }
    expect(kept(session)).toBe(before)
  })

  it('refuses options that are none', () => {
    expect(() => circuitBreaker({ mayors: [] } as never)).toThrow('Did you mean "majors"?')
    expect(() => circuitBreaker({ limits: { band: -1 } })).toThrow('band')
  })

  it('asks nothing where nothing keeps its facts', () => {
    expect(said(circuitBreaker(), order(), account())).toBe('approve')
  })

  const stopped = createCircuitBreaker()
  stopped.hear({ kind: 'peg', coin: 'USDT', price: 0.9, time: account().now })
  const view = account({ memories: { circuitBreaker: stopped.scopes() } })
  const contract = ruleContract({
    create: () => circuitBreaker(),
    instrument: btc,
    notFinite: 'unread',
    cases: [{ order: order(), view }],
  })
  for (const check of contract) it(check.name, () => check.run())

  it('trips as the one outside an engine does, wherever it is restarted', () => {
    const anyFact = fc.oneof(
      fc.record({ kind: fc.constant('peg' as const), coin: fc.constant('A'), price: fc.constantFrom(1, 0.97, 0.9) }),
      fc.record({
        kind: fc.constant('price' as const),
        instrument: fc.constant(a!.id as string),
        price: fc.constantFrom(100, 101, 130),
      }),
      fc.record({
        kind: fc.constant('order' as const),
        instrument: fc.constant(a!.id as string),
        outcome: fc.constantFrom('accepted' as const, 'rejected' as const, 'rejected' as const),
      }),
      fc.record({
        kind: fc.constant('response' as const),
        venue: fc.constant('one'),
        outcome: fc.constantFrom('ok' as const, 'error' as const),
      }),
    )
    const seen = { stopped: 0, open: 0, latched: 0 }
    const anySteps = fc.array(fc.tuple(anyFact, fc.constantFrom(0, 20_000, 6 * minute, 6 * minute)), {
      minLength: 1,
      maxLength: 30,
    })
    fc.assert(
      fc.property(anySteps, fc.array(fc.integer({ min: 0, max: 29 }), { maxLength: 3 }), (steps, restarts) => {
        const session = start()
        const outside = createCircuitBreaker()
        for (const [index, [fact, ms]] of steps.entries()) {
          if (restarts.includes(index)) expect(session.restart()).toBeUndefined()
          session.wait(ms)
          tell(session, fact)
          outside.hear({ ...fact, time: session.now })
          expect(kept(session)).toEqual(outside.scopes())
          const open = isOpen(session)
          const trip = outside.stops(a!.id, session.now)
          expect(open).toBe(trip === undefined)
          seen[open ? 'open' : 'stopped']++
          if (trip?.until === 'operator') seen.latched++
        }
      }),
      { numRuns },
    )
    for (const [what, count] of Object.entries(seen)) expect(count, what).toBeGreaterThan(numRuns / 20)
  })
})
