import type { Timestamp } from '@astertrade/core'
import { describe, expect, it } from 'vitest'
import { type DualControlOptions, dualControl } from './dualControl.js'
import { confirmLatchReset, type LatchRequest, requestLatchReset } from './latchReset.js'
import { ann, at, bob, day, eve, reason } from './people.rig.js'

const asked = (options: Partial<DualControlOptions> = {}) =>
  dualControl({
    operators: 2,
    requester: ann,
    requestedAt: at(0),
    approver: bob,
    approvedAt: at(0),
    roles: ['RISK_ADMIN'],
    delayMs: 1000,
    ...options,
  })?.code

describe('dualControl', () => {
  it('takes two people at once, or one after the wait', () => {
    expect(asked()).toBeUndefined()
    expect(asked({ approver: ann })).toBe('SECOND_PERSON')
    expect(asked({ operators: 1, approver: ann, approvedAt: at(999) })).toBe('TOO_EARLY')
    expect(asked({ operators: 1, approver: ann, approvedAt: at(1000) })).toBeUndefined()
    expect(asked({ operators: 1, approvedAt: at(999) })).toBe('TOO_EARLY')
  })

  it('takes no other spelling of a name for another person', () => {
    for (const name of ['Ann', ' ann', 'ANN ', 'ａｎｎ'])
      expect(asked({ approver: { ...ann, name } }), name).toBe('SECOND_PERSON')
    expect(asked({ approver: { ...ann, name: 'anna' } })).toBeUndefined()
  })

  it('waits for the cooling off in any case, and never back in time', () => {
    expect(asked({ coolOffMs: 500, approvedAt: at(499) })).toBe('TOO_EARLY')
    expect(asked({ coolOffMs: 500, approvedAt: at(500) })).toBeUndefined()
    expect(asked({ approvedAt: at(-1) })).toBe('TOO_EARLY')
  })

  it('asks both for the role, and for a name', () => {
    expect(asked({ requester: eve })).toBe('FORBIDDEN')
    expect(asked({ approver: eve })).toBe('FORBIDDEN')
    expect(asked({ approver: { ...bob, name: ' ' } })).toBe('FORBIDDEN')
    expect(asked({ approver: { ...bob, roles: [] } })).toBe('FORBIDDEN')
  })
})

describe('the reset of a latch', () => {
  const trippedAt = at(0)
  const request = requestLatchReset({ code: 'DRAWDOWN', by: ann, time: at(0), reason }) as LatchRequest

  it('is the word of a second person a day later', () => {
    expect(confirmLatchReset(request, { by: bob, time: at(day), operators: 2, trippedAt })).toEqual({
      kind: 'acknowledged',
      time: at(day),
      code: 'DRAWDOWN',
    })
    expect(confirmLatchReset(request, { by: bob, time: at(day - 1), operators: 2, trippedAt })).toMatchObject({
      code: 'TOO_EARLY',
    })
    expect(confirmLatchReset(request, { by: ann, time: at(2 * day), operators: 2, trippedAt })).toMatchObject({
      code: 'SECOND_PERSON',
    })
    expect(confirmLatchReset(request, { by: ann, time: at(day), operators: 1, trippedAt })).toMatchObject({
      kind: 'acknowledged',
    })
    expect(confirmLatchReset(request, { by: ann, time: at(day - 1), operators: 1, trippedAt })).toMatchObject({
      code: 'TOO_EARLY',
    })
    expect(confirmLatchReset(request, { by: eve, time: at(day), operators: 2, trippedAt })).toMatchObject({
      code: 'FORBIDDEN',
    })
  })

  it('is not asked for before the trip, so one request lifts one trip', () => {
    const confirm = (tripped: number, time: number = at(day)) =>
      confirmLatchReset(request, { by: bob, time: time as Timestamp, operators: 2, trippedAt: tripped as Timestamp })
    expect(confirm(at(0))).toMatchObject({ kind: 'acknowledged' })
    expect(confirm(at(1))).toEqual({
      kind: 'refused',
      code: 'TOO_EARLY',
      needed: `a request after the trip at ${at(1)}`,
    })
    expect(confirm(Number.NaN)).toMatchObject({ code: 'TOO_EARLY' })
    expect(confirm(at(0), Number.POSITIVE_INFINITY)).toMatchObject({ code: 'TOO_EARLY' })
    for (const time of [Number.NaN as Timestamp, Number.NEGATIVE_INFINITY as Timestamp]) {
      expect(requestLatchReset({ code: 'DRAWDOWN', by: ann, time, reason })).toMatchObject({ code: 'BAD_TIME' })
    }
  })

  it('is asked for by a RISK_ADMIN with a reason', () => {
    expect(requestLatchReset({ code: 'DRAWDOWN', by: eve, time: at(0), reason })).toMatchObject({ code: 'FORBIDDEN' })
    expect(requestLatchReset({ code: 'DRAWDOWN', by: ann, time: at(0), reason: 'because' })).toEqual({
      kind: 'refused',
      code: 'REASON_TOO_SHORT',
      needed: 'a reason of at least 20 characters',
    })
    expect(requestLatchReset({ code: 'DRAWDOWN', by: ann, time: at(0), reason: 'x'.repeat(20) }).kind).toBe('requested')
    expect(requestLatchReset({ code: 'DRAWDOWN', by: ann, time: at(0), reason: `${'x'.repeat(19)} ` }).kind).toBe(
      'refused',
    )
  })
})
