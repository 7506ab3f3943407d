import { buy, sell } from '@astertrade/core'
import { describe, expect, it } from 'vitest'
import { createSession, markets } from '../session.rig.js'
import type { Operators } from './dualControl.js'
import { type KillCommand, type KillState, killSwitch, startKilled } from './killSwitch.js'
import { ann, at, bob, eve, minute, reason } from './people.rig.js'

const kill: KillCommand = { kind: 'kill', time: at(0), trigger: 'cli', by: 'ann', reason: 'drill' }

/** Tells a switch a few things; answers the last outcome. */
function told(commands: readonly KillCommand[], operators: Operators = 2, start: KillState = { kind: 'off' }) {
  let state = start
  let outcome = killSwitch(state, commands[0]!, operators)
  for (const command of commands) {
    outcome = killSwitch(state, command, operators)
    if (outcome.kind === 'done') state = outcome.state
  }
  return { state, outcome }
}

const disarm: KillCommand = { kind: 'disarm', time: at(minute), by: ann, reason }
const verified: KillCommand = { kind: 'verified', time: at(minute) }

describe('killSwitch', () => {
  it('has the engine refuse with KILLED, through a restart, until it is lifted', () => {
    const [a] = markets
    const session = createSession(() => [])
    const refused = (): string[] => {
      const before = session.refusals.length
      session.bar(0, 100, [buy(a!.id, 1), sell(a!.id, 1, { reduceOnly: true })])
      return session.refusals.slice(before)
    }
    const outcome = killSwitch({ kind: 'off' }, { ...kill, time: session.now }, 2)
    if (outcome.kind === 'refused') throw new Error(outcome.code)
    for (const event of outcome.events) session.step(event)
    expect(refused()).toEqual(['KILLED', 'KILLED'])
    expect(session.restart()).toBeUndefined()
    expect(refused()).toEqual(['KILLED', 'KILLED'])
    const by = { time: session.now, by: ann }
    const { outcome: lifted } = told(
      [
        { kind: 'verified', time: session.now },
        { kind: 'disarm', ...by, reason },
        { kind: 'confirm', ...by, by: bob },
      ],
      2,
      outcome.state,
    )
    if (lifted.kind === 'refused') throw new Error(lifted.code)
    for (const event of lifted.events) session.step(event)
    expect(refused()).toEqual([])
  })

  it('halts at one word, and closes positions only when told to', () => {
    expect(killSwitch({ kind: 'off' }, kill, 2)).toEqual({
      kind: 'done',
      state: { kind: 'killed', since: at(0), trigger: 'cli', by: 'ann', reason: 'drill', isVerified: false },
      events: [{ kind: 'mode', time: at(0), mode: 'halted', by: 'operator', code: 'KILLED', reason: 'drill' }],
    })
    const flat = killSwitch({ kind: 'off' }, { ...kill, positions: 'flatten' }, 2)
    expect(flat.kind === 'done' && flat.events.map((event) => event.kind)).toEqual(['mode', 'flattened'])
  })

  it('tells who halted: an operator, or a breaker or latch', () => {
    for (const [trigger, by] of [
      ['api', 'operator'],
      ['file', 'operator'],
      ['breaker', 'breaker'],
      ['drawdown', 'breaker'],
    ] as const) {
      expect(killSwitch({ kind: 'off' }, { ...kill, trigger }, 2)).toMatchObject({ events: [{ by }] })
    }
  })

  it('stays set whatever it is told, until two people lift a verified switch', () => {
    const { state } = told([kill, disarm, verified])
    expect(state.kind).toBe('killed')
    const lifted = killSwitch(state, { kind: 'confirm', time: at(minute), by: bob }, 2)
    expect(lifted).toEqual({
      kind: 'done',
      state: { kind: 'off' },
      events: [{ kind: 'mode', time: at(minute), mode: 'normal', by: 'operator', reason }],
    })
    expect(killSwitch(state, { kind: 'confirm', time: at(minute), by: ann }, 2)).toMatchObject({
      code: 'SECOND_PERSON',
    })
  })

  it('takes a reason and fifteen minutes where one person operates', () => {
    const { state } = told([kill, disarm, verified], 1)
    const confirm = (ms: number) => killSwitch(state, { kind: 'confirm', time: at(minute + ms), by: ann }, 1)
    expect(confirm(15 * minute - 1)).toMatchObject({ code: 'TOO_EARLY' })
    expect(confirm(15 * minute)).toMatchObject({ state: { kind: 'off' } })
  })

  it('is not lifted unasked, unverified, without a reason or by the wrong people', () => {
    const confirm: KillCommand = { kind: 'confirm', time: at(minute), by: bob }
    expect(told([kill, verified, confirm]).outcome).toMatchObject({ code: 'NOT_REQUESTED' })
    expect(told([kill, disarm, confirm]).outcome).toMatchObject({ code: 'NOT_VERIFIED' })
    expect(told([kill, { ...disarm, reason: 'short' }]).outcome).toMatchObject({ code: 'REASON_TOO_SHORT' })
    expect(told([kill, { ...disarm, by: eve }]).outcome).toMatchObject({ code: 'FORBIDDEN' })
    expect(told([kill, disarm, verified, { ...confirm, by: eve }]).outcome).toMatchObject({ code: 'FORBIDDEN' })
    for (const command of [disarm, verified, confirm]) {
      expect(killSwitch({ kind: 'off' }, command, 2)).toMatchObject({ code: 'NOT_KILLED' })
    }
  })

  it('forgets a request, and that nothing is open, when it is set again', () => {
    const { state, outcome } = told([kill, disarm, verified, { ...kill, time: at(2 * minute), positions: 'flatten' }])
    expect(state).toEqual({
      kind: 'killed',
      since: at(0),
      trigger: 'cli',
      by: 'ann',
      reason: 'drill',
      isVerified: false,
    })
    expect(outcome).toMatchObject({ events: [{ kind: 'flattened' }] })
    expect(told([kill, kill]).outcome).toMatchObject({ events: [] })
  })

  it('is set at every start', () => {
    expect(startKilled(at(0))).toMatchObject({ kind: 'killed', trigger: 'start', isVerified: false })
    const started = told([disarm, verified, { kind: 'confirm', time: at(minute), by: bob }], 2, startKilled(at(0)))
    expect(started.state.kind).toBe('off')
  })
})
