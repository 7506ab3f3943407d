import { amend, buy, type OverrideUse, type RiskRule } from '@astertrade/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clipSize } from '../limits/clipSize.js'
import { createSession, markets, type Session } from '../session.rig.js'
import { auditFlaw } from './auditLink.js'
import { manualOverride, noOverrides, type OverrideRules, type OverrideState } from './manualOverride.js'
import { noted } from './noted.js'
import { overridable } from './overridable.js'
import type { OverrideEvent } from './overrideEvent.js'
import { overrideLog } from './overrideLog.js'
import { ann, bob, day, eve, hour, minute, reason } from './people.rig.js'

const numRuns = Number(process.env.FC_NUM_RUNS ?? 60)
const settings: OverrideRules = { operators: 2, ceilings: { CLIP: { configured: 0.02, seed: 0.05 } } }
const clip = overridable({
  rule: clipSize({ limit: 0.02 }),
  code: 'CLIP',
  raised: (limit) => clipSize({ limit }),
  rules: settings,
})
const [a, b] = markets
type Asked = Partial<Extract<OverrideEvent, { kind: 'requested' }>>

const start = (rules: readonly RiskRule[] = [overrideLog(settings), clip]): Session => createSession(() => rules)
const kept = (session: Session): OverrideState => session.engine.view.memory('overrides') as OverrideState
const tell = (session: Session, fact: OverrideEvent): void => session.step(noted('overrides', fact))

/** Has an override of 4 % requested and approved. */
function grant(session: Session, asked: Asked = {}): void {
  const time = session.now
  const id = `o${kept(session).overrides.length + 1}`
  const scope = { code: 'CLIP', notionalMax: 400 }
  const base = { kind: 'requested', id, time, by: ann, reason, scope, limit: 0.04, uses: 1 } as const
  tell(session, { ...base, expiresAt: (time + 30 * minute) as typeof time, ...asked })
  tell(session, { kind: 'approved', id: asked.id ?? id, time, by: bob })
}

/** What an order of so many units at 100 became. */
function bought(session: Session, quantity: number): number | undefined {
  session.bar(0, 100, buy(a!.id, quantity, { limit: 90 }))
  return session.placed[0]?.quantity
}

describe('overrideLog', () => {
  it('has an override admit as many orders as it was granted for, and records each', () => {
    const session = start()
    expect(bought(session, 4)).toBe(2.222)
    grant(session, { uses: 2 })
    expect(bought(session, 4)).toBe(4)
    expect(bought(session, 2)).toBe(2)
    expect(bought(session, 4)).toBe(4)
    expect(bought(session, 4)).toBe(2.222)
    const [override] = kept(session).overrides
    const commands = session.journal.flatMap((row) => (row.kind === 'command' ? [row.command] : []))
    const marked = commands.flatMap((command) => (command.kind === 'place' && command.overrides ? [command] : []))
    expect(marked.map(({ overrides }) => overrides)).toEqual([['o1'], ['o1']])
    expect(override!.orders).toEqual(marked.map(({ order }) => order.id))
    expect(kept(session).audit.map(({ entry }) => entry.kind)).toEqual(['requested', 'approved', 'used', 'used'])
    expect(auditFlaw(kept(session).audit)).toBeUndefined()
  })

  it('refuses to be used again, by the fact as by an order', () => {
    const session = start()
    grant(session)
    expect(bought(session, 4)).toBe(4)
    const before = kept(session)
    const again = { kind: 'used', id: 'o1', time: session.now, orderId: session.placed[0]!.id } as const
    expect(manualOverride(before, again, settings)).toMatchObject({ code: 'USED_UP' })
    tell(session, again)
    expect(kept(session)).toBe(before)
  })

  it('lets one of two orders of the same step pass where it was granted for one', () => {
    const session = start()
    grant(session)
    session.bar(0, 100, [buy(a!.id, 4, { limit: 90 }), buy(b!.id, 4, { limit: 90 })])
    expect(session.placed.map(({ quantity }) => quantity)).toEqual([4])
    session.bar(1, 100)
    session.bar(0, 100, [buy(a!.id, 4, { limit: 90 }), buy(b!.id, 4, { limit: 90 })])
    expect(session.placed.map(({ quantity }) => quantity)).toEqual([2.222, 2.222])
  })

  it('counts an amendment that needs it', () => {
    const session = start()
    session.bar(0, 100, buy(a!.id, 1, { limit: 90 }))
    const { id } = session.placed[0]!
    session.step({ kind: 'accepted', orderId: id, time: session.now })
    grant(session)
    session.bar(0, 100, amend(id, { quantity: 4 }))
    expect(kept(session).overrides[0]!.orders).toEqual([id])
  })

  it('keeps what it was told through a restart', () => {
    const session = start()
    grant(session, { uses: 2 })
    expect(bought(session, 4)).toBe(4)
    const before = kept(session)
    expect(session.restart()).toBeUndefined()
    expect(kept(session)).toEqual(before)
    expect(bought(session, 4)).toBe(4)
    expect(session.restart()).toBeUndefined()
    expect(bought(session, 4)).toBe(2.222)
  })

  it('keeps its state where a fact is refused or is none', () => {
    const session = start()
    const before = kept(session)
    expect(before).toBe(noOverrides)
    grant(session, { by: eve })
    expect(kept(session)).toBe(before)
    const said = { kind: 'noted', time: session.now, memory: 'overrides' } as const
    session.engine.step({ ...said, fact: '{"kind":"granted"}' })
    expect(kept(session)).toBe(before)
    for (const fact of ['', 'null', '[]', '1', '{"kind":']) {
      expect(() => session.engine.step({ ...said, fact })).toThrow('A fact for "overrides" is no JSON object')
    }
    expect(kept(session)).toBe(before)
  })

  it('fails where an order was admitted by what is not in force', () => {
    const session = start()
    const { admitted } = overrideLog(settings).memory!
    const use: OverrideUse = { id: 'o9', time: session.now, orderId: 7 as OverrideUse['orderId'] }
    expect(() => admitted!(noOverrides, use)).toThrow('Override "o9" admitted order "7", and cannot be used.')
  })
})

describe('a session with overrides', () => {
  const anyStep = fc.oneof(
    { weight: 4, arbitrary: fc.record({ kind: fc.constant('buy' as const), lots: fc.integer({ min: 1, max: 6000 }) }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('grant' as const), uses: fc.integer({ min: 0, max: 3 }) }) },
    { weight: 1, arbitrary: fc.constant({ kind: 'revoke' as const }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('wait' as const), ms: fc.constantFrom(hour, day) }) },
  )
  type Step = typeof anyStep extends fc.Arbitrary<infer T> ? T : never

  function take(session: Session, step: Step): string {
    if (step.kind === 'buy') return String(bought(session, step.lots / 1000))
    if (step.kind === 'wait') session.wait(step.ms)
    if (step.kind === 'grant') grant(session, { uses: step.uses })
    const last = kept(session).overrides.at(-1)
    if (step.kind === 'revoke' && last) {
      tell(session, { kind: 'revoked', id: last.request.id, time: session.now, by: ann })
    }
    return JSON.stringify(kept(session))
  }

  it('decides the same wherever it is restarted, and never admits more orders than were granted', () => {
    const seen = { used: 0, usedUp: 0, restarts: 0 }
    fc.assert(
      fc.property(
        fc.array(anyStep, { minLength: 1, maxLength: 20 }),
        fc.array(fc.integer({ min: 0, max: 19 }), { maxLength: 4 }),
        (steps, restarts) => {
          const [through, restarted] = [start(), start()]
          for (const [index, step] of steps.entries()) {
            if (restarts.includes(index)) {
              seen.restarts++
              expect(restarted.restart()).toBeUndefined()
            }
            expect(take(restarted, step)).toBe(take(through, step))
          }
          expect(kept(restarted)).toEqual(kept(through))
          const { overrides, audit } = kept(through)
          expect(auditFlaw(audit)).toBeUndefined()
          const marked = through.journal.flatMap((row) =>
            row.kind === 'command' && row.command.kind === 'place' ? (row.command.overrides ?? []) : [],
          )
          expect(marked.length).toBe(overrides.reduce((sum, { orders }) => sum + orders.length, 0))
          for (const { orders, request } of overrides) {
            expect(orders.length).toBeLessThanOrEqual(request.uses)
            seen.used += orders.length
            if (orders.length === request.uses) seen.usedUp++
          }
        },
      ),
      { numRuns },
    )
    for (const [what, count] of Object.entries(seen)) expect(count, what).toBeGreaterThan(numRuns / 20)
  })
})
