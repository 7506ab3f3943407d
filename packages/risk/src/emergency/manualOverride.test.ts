import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { btc, eth, order } from '../limits/account.rig.js'
import { auditFlaw } from './auditLink.js'
import { idle, manualOverride, noOverrides, type OverrideOutcome, type OverrideState } from './manualOverride.js'
import type { OverrideEvent } from './overrideEvent.js'
import { overrideFor } from './overrideFor.js'
import { approve, type Requested, request, rules, told } from './overrides.rig.js'
import { ann, at, bob, day, eve, hour, minute } from './people.rig.js'

const numRuns = Number(process.env.FC_NUM_RUNS ?? 300)
const codeOf = (outcome: OverrideOutcome): string => (outcome.kind === 'done' ? 'done' : outcome.code)
const question = { code: 'CLIP', instrument: btc.id, notional: 300, time: at(2 * minute) }
const limit = (state: OverrideState, rest: Partial<typeof question> = {}, given = rules) =>
  overrideFor(state, { ...question, ...rest }, given)?.limit

describe('manualOverride', () => {
  it('raises a limit for its scope, its value, its time and its number of orders', () => {
    const { state } = told([request(), approve()])
    expect(limit(state)).toBe(0.04)
    expect(limit(state, { notional: 400 })).toBe(0.04)
    expect(limit(state, { notional: 401 })).toBeUndefined()
    expect(limit(state, { code: 'GROSS_EXPOSURE' })).toBeUndefined()
    expect(limit(state, { time: at(minute) })).toBe(0.04)
    expect(limit(state, { time: at(minute - 1) })).toBeUndefined()
    expect(limit(state, { time: at(30 * minute - 1) })).toBe(0.04)
    expect(limit(state, { time: at(30 * minute) })).toBeUndefined()
    const used = (n: number): OverrideEvent => ({
      kind: 'used',
      id: 'o1',
      time: at(2 * minute),
      orderId: order({ number: n }).id,
    })
    expect(limit(told([request(), approve(), used(1)]).state)).toBe(0.04)
    const both = told([request(), approve(), used(1), used(2)])
    expect(limit(both.state)).toBeUndefined()
    expect(both.state.overrides[0]!.orders).toEqual([order({ number: 1 }).id, order({ number: 2 }).id])
    expect(told([request(), approve(), used(1), used(2), used(3)]).last).toEqual({
      kind: 'refused',
      code: 'USED_UP',
      needed: 'at most 2 orders',
    })
  })

  it('takes any value above 0, and up to a hundred orders', () => {
    expect(codeOf(told([request({ scope: { code: 'CLIP', notionalMax: 0.5 } })]).last)).toBe('done')
    expect(codeOf(told([request({ uses: 100 })]).last)).toBe('done')
    expect(codeOf(told([request({ uses: 101 })]).last)).toBe('BAD_SCOPE')
  })

  it('is for one instrument where it says so', () => {
    const { state } = told([request({ scope: { code: 'CLIP', instrument: btc.id, notionalMax: 400 } }), approve()])
    expect(limit(state)).toBe(0.04)
    expect(limit(state, { instrument: eth.id })).toBeUndefined()
  })

  it('does nothing before a second person has approved, or after somebody took it back', () => {
    expect(limit(told([request()]).state)).toBeUndefined()
    expect(codeOf(told([request(), approve({ by: ann })]).last)).toBe('SECOND_PERSON')
    const revoked: OverrideEvent = { kind: 'revoked', id: 'o1', time: at(minute), by: ann }
    expect(limit(told([request(), approve(), revoked]).state)).toBeUndefined()
    expect(codeOf(told([request(), revoked, approve()]).last)).toBe('ALREADY_DECIDED')
    const used = (ms: number): OverrideEvent => ({ kind: 'used', id: 'o1', time: at(ms), orderId: order().id })
    expect(codeOf(told([request(), used(0)]).last)).toBe('NOT_APPROVED')
    expect(codeOf(told([request(), approve(), revoked, used(minute)]).last)).toBe('REVOKED')
    expect(codeOf(told([request(), approve(), used(30 * minute - 1)]).last)).toBe('done')
    expect(codeOf(told([request(), approve(), used(30 * minute)]).last)).toBe('EXPIRED')
    expect(codeOf(told([request(), { ...revoked, by: eve }]).last)).toBe('FORBIDDEN')
    expect(codeOf(told([request(), { ...revoked, by: { name: 'o', roles: ['OPERATOR'] } }]).last)).toBe('done')
    expect(codeOf(told([request(), approve(), approve()]).last)).toBe('ALREADY_DECIDED')
  })

  it('takes a day where one person operates, and an hour from then at most', () => {
    const one = { ...rules, operators: 1 } as const
    const late = request({ expiresAt: at(day + 30 * minute) })
    expect(codeOf(told([late, approve({ by: ann, time: at(day - 1) })], one).last)).toBe('TOO_EARLY')
    expect(codeOf(told([late, approve({ by: ann, time: at(hour) })], one).last)).toBe('BAD_EXPIRY')
    expect(
      codeOf(
        told([request({ expiresAt: at(day + 59 * minute) }), approve({ by: ann, time: at(day - minute) })], one).last,
      ),
    ).toBe('TOO_EARLY')
    const { state } = told([late, approve({ by: ann, time: at(day) })], one)
    expect(limit(state, { time: at(day) }, one)).toBe(0.04)
    expect(codeOf(told([request({ expiresAt: at(day + hour + 1) })], one).last)).toBe('BAD_EXPIRY')
  })

  it('never raises above twice the limit or the seed figure, also when these were tightened since', () => {
    expect(codeOf(told([request({ limit: 0.0400001 })]).last)).toBe('ABOVE_CEILING')
    expect(codeOf(told([request({ limit: 0.02 })]).last)).toBe('ABOVE_CEILING')
    expect(codeOf(told([request({ limit: Number.NaN })]).last)).toBe('ABOVE_CEILING')
    const seed = { ...rules, ceilings: { CLIP: { configured: 0.04, seed: 0.05 } } }
    expect(codeOf(told([request({ limit: 0.06 })], seed).last)).toBe('ABOVE_CEILING')
    expect(codeOf(told([request({ limit: 0.05 })], seed).last)).toBe('done')
    const { state } = told([request(), approve()])
    const at1 = { ...rules, ceilings: { CLIP: { configured: 0.01, seed: 0.05 } } }
    expect(limit(state, {}, at1)).toBe(0.02)
    expect(limit(state, {}, { ...rules, ceilings: { CLIP: { configured: 0.02, seed: 0.03 } } })).toBe(0.03)
    expect(limit(state, {}, { ...rules, ceilings: { CLIP: { configured: 0.05, seed: 0.05 } } })).toBeUndefined()
    expect(limit(state, {}, { ...rules, ceilings: { CLIP: { configured: 0.04, seed: 0.05 } } })).toBeUndefined()
    expect(limit(state, {}, { ...rules, ceilings: {} })).toBeUndefined()
  })

  it('takes the highest of several', () => {
    const second = request({
      id: 'o2',
      by: bob,
      time: at(2 * minute),
      limit: 0.03,
      scope: { code: 'CLIP', notionalMax: 1000 },
    })
    const third: OverrideEvent = approve({ id: 'o2', time: at(2 * minute), by: { ...ann, name: 'zoe' } })
    const { state, last } = told([request(), approve(), second, third])
    expect(codeOf(last)).toBe('done')
    expect(limit(state)).toBe(0.04)
    expect(limit(state, { notional: 900 })).toBe(0.03)
    const equal = told([request(), approve(), { ...second, limit: 0.04 }, third]).state
    expect(overrideFor(equal, question, rules)?.id).toBe('o1')
  })

  it.each([
    [request({ by: eve }), 'FORBIDDEN'],
    [request({ reason: 'too short' }), 'REASON_TOO_SHORT'],
    [request({ scope: { code: 'MODE_FORBIDS', notionalMax: 1 } }), 'NOT_OVERRIDABLE'],
    [request({ scope: { code: 'toString', notionalMax: 1 } }), 'NOT_OVERRIDABLE'],
    [request({ scope: { code: 'CLIP', notionalMax: 0 } }), 'BAD_SCOPE'],
    [request({ scope: { code: 'CLIP', notionalMax: Number.POSITIVE_INFINITY } }), 'BAD_SCOPE'],
    [request({ uses: 0 }), 'BAD_SCOPE'],
    [request({ uses: 1.5 }), 'BAD_SCOPE'],
    [request({ uses: 101 }), 'BAD_SCOPE'],
    [request({ expiresAt: at(0) }), 'BAD_EXPIRY'],
    [request({ expiresAt: at(hour + 1) }), 'BAD_EXPIRY'],
    [request({ expiresAt: Number.NaN as Requested['expiresAt'] }), 'BAD_EXPIRY'],
    [request({ time: Number.NaN as Requested['time'] }), 'TIME_WENT_BACK'],
    [approve(), 'NOT_REQUESTED'],
  ])('refuses %o with %s, and keeps its state', (event, code) => {
    const { state, last } = told([event])
    expect(codeOf(last)).toBe(code)
    expect(state).toBe(noOverrides)
  })

  it.each([
    undefined,
    'requested',
    {},
    { kind: 'granted', id: 'o1', time: at(0), by: ann },
    { kind: 'toString', id: 'o1', time: at(0), by: ann },
    { ...request(), id: 1 },
    { ...request(), time: '0' },
    { ...request(), by: 'ann' },
    { ...request(), by: { name: 'ann', roles: 'RISK_ADMIN' } },
    { ...request(), by: { name: 'ann', roles: [1, 'RISK_ADMIN'] } },
    { ...request(), by: { roles: ['RISK_ADMIN'] } },
    { ...request(), reason: 20 },
    { ...request(), scope: null },
    { ...request(), scope: { code: 'CLIP' } },
    { ...request(), scope: { code: 15, notionalMax: 1 } },
    { ...request(), scope: { code: 'CLIP', instrument: 1, notionalMax: 1 } },
    { ...request(), limit: '0.04' },
    { ...request(), expiresAt: null },
    { ...request(), uses: '2' },
    { kind: 'approved', id: 'o1', time: at(0) },
    { kind: 'used', id: 'o1', time: at(0) },
  ])('refuses the fact %o, which lacks something', (fact) => {
    expect(manualOverride(noOverrides, fact as OverrideEvent, rules)).toMatchObject({ code: 'BAD_FACT' })
  })

  it('refuses an approval that comes too late, a name that was used, and time that goes back', () => {
    expect(codeOf(told([request(), approve({ time: at(30 * minute) })]).last)).toBe('EXPIRED')
    expect(codeOf(told([request(), request()]).last)).toBe('ID_USED')
    expect(codeOf(told([request(), approve({ time: at(-1) })]).last)).toBe('TIME_WENT_BACK')
    expect(codeOf(told([request({ expiresAt: at(hour) }), approve({ time: at(0) })]).last)).toBe('done')
  })

  it('is not renewed by the same two people within a day', () => {
    const again = (time: number, requester = ann, approver = bob, code = 'CLIP', raised = 0.04): OverrideEvent[] => [
      request({
        id: 'o2',
        time: at(time),
        by: requester,
        expiresAt: at(time + 30 * minute),
        scope: { code, notionalMax: 400 },
        limit: raised,
      }),
      approve({ id: 'o2', time: at(time), by: approver }),
    ]
    const start = [request(), approve()]
    expect(codeOf(told([...start, ...again(hour)]).last)).toBe('RENEWAL')
    expect(codeOf(told([...start, ...again(hour, bob, ann)]).last)).toBe('RENEWAL')
    expect(codeOf(told([...start, ...again(hour, bob, { ...ann, name: 'Ann ' })]).last)).toBe('RENEWAL')
    expect(codeOf(told([...start, ...again(hour, ann, { ...bob, name: 'zoe' })]).last)).toBe('done')
    expect(codeOf(told([...start, ...again(hour, ann, bob, 'GROSS_EXPOSURE', 0.5)]).last)).toBe('done')
    // A request that nobody approved stands in nobody's way.
    expect(codeOf(told([request(), ...again(hour)]).last)).toBe('done')
    expect(codeOf(told([...start, ...again(day + minute - 1)]).last)).toBe('RENEWAL')
    expect(codeOf(told([...start, ...again(day + minute)]).last)).toBe('done')
  })

  it('keeps a chain over every fact that it accepted, and replays to the same state', () => {
    const anyEvent = fc.record({
      kind: fc.constantFrom('requested', 'approved', 'revoked', 'used'),
      id: fc.constantFrom('a', 'b', 'c'),
      after: fc.integer({ min: -minute, max: 20 * minute }),
      by: fc.constantFrom(ann, bob, eve, { ...ann, name: 'zoe' }),
      limit: fc.constantFrom(0.03, 0.04, 0.05),
      uses: fc.integer({ min: 0, max: 3 }),
    })
    const seen = { done: 0, refused: 0, active: 0 }
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 25 }), (list) => {
        let time = 0
        const events = list.map(({ kind, id, after, by, limit: raised, uses }): OverrideEvent => {
          time += after
          switch (kind) {
            case 'requested':
              return request({ id, time: at(time), by, limit: raised, uses, expiresAt: at(time + 30 * minute) })
            case 'used':
              return { kind: 'used', id, time: at(time), orderId: order({ number: 1 }).id }
            default:
              return { kind: kind as 'approved' | 'revoked', id, time: at(time), by }
          }
        })
        const accepted: OverrideEvent[] = []
        let state = noOverrides
        for (const event of events) {
          const outcome = manualOverride(state, event, rules)
          seen[outcome.kind]++
          if (outcome.kind === 'refused') continue
          accepted.push(event)
          state = outcome.state
          for (const override of state.overrides) if (idle(override, event.time) === undefined) seen.active++
        }
        expect(state.audit.map(({ entry }) => entry)).toEqual(accepted)
        expect(auditFlaw(state.audit)).toBeUndefined()
        expect(told(accepted).state).toEqual(state)
        // Whatever was granted, everything is as configured when the last of it has ended.
        expect(limit(state, { time: at(time + hour) })).toBeUndefined()
        for (const { orders, request: asked } of state.overrides) expect(orders.length).toBeLessThanOrEqual(asked.uses)
      }),
      { numRuns },
    )
    for (const [kind, count] of Object.entries(seen)) expect(count, kind).toBeGreaterThan(numRuns / 200)
  })
})
