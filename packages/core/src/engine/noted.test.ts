import { describe, expect, it } from 'vitest'
import type { Command } from '../command.js'
import { ConfigError } from '../errors.js'
import { journalCommand } from '../journalCommand.js'
import { approve, type OverrideUse, type RiskMemory, type RiskRule } from '../risk.js'
import { amend, buy } from '../strategy.js'
import { a, createEngineRig, nth } from './engineRig.rig.js'

interface Leave {
  readonly left: number
  readonly uses: readonly OverrideUse[]
}

/** A memory of how many orders may still pass by leave, told as a number. */
const leave: RiskMemory<Leave> = {
  name: 'leave',
  start: () => ({ left: 0, uses: [] }),
  next: (state) => state,
  alarm: () => ({ below: Number.NEGATIVE_INFINITY, above: Number.POSITIVE_INFINITY, at: Number.POSITIVE_INFINITY }),
  hear(state, { fact }) {
    const left = Number(fact)
    if (Number.isNaN(left)) throw new ConfigError(`"${fact}" is no number.`, { code: 'BAD_FACT' })
    return left === state.left ? state : { ...state, left }
  },
  admitted: ({ left, uses }, use) => ({ left: left - 1, uses: [...uses, use] }),
}

/** Refuses orders above ten, unless one may pass by leave. */
const tenAtMost: RiskRule = {
  name: 'tenAtMost',
  memory: leave,
  check(order, view) {
    if (order.quantity <= 10) return approve
    const { left } = view.memory('leave') as Leave
    if (left > 0) return { kind: 'approve', override: 'o1' }
    return { kind: 'refuse', reason: { code: 'TEN', rule: 'tenAtMost', limit: '10', got: '', unit: 'base' } }
  },
}

const rigWith = (...rules: readonly RiskRule[]) => {
  const rig = createEngineRig({ rules: [tenAtMost, ...rules] })
  const state = () => rig.kernel.riskView.memory('leave') as Leave
  return { rig, state }
}
const note = (fact: string, memory = 'leave') => ({ kind: 'noted', memory, fact }) as const

describe('a noted fact', () => {
  it('reaches the memory that it names', () => {
    const { rig, state } = rigWith()
    expect(rig.step(note('2'))).toEqual([])
    expect(state().left).toBe(2)
  })

  it('that the memory cannot read throws and leaves its state', () => {
    const { rig, state } = rigWith()
    rig.step(note('2'))
    const before = state()
    expect(() => rig.step(note('two'))).toThrow('"two" is no number.')
    expect(state()).toBe(before)
  })

  it('for a memory that no rule keeps names those that there are', () => {
    const { rig } = rigWith()
    expect(() => rig.step(note('2', 'leaves'))).toThrow(
      'No rule keeps a memory "leaves".\n  Memories that hear facts: leave.',
    )
    expect(() => createEngineRig().step(note('2'))).toThrow('No rule of this engine hears facts.')
  })
})

describe('an order that an override admitted', () => {
  it('carries its id into the journal, and counts before the next order is reviewed', () => {
    const commands: Command[] = []
    const { rig, state } = rigWith()
    rig.step(note('1'))
    const step = rig.kernel.step.bind(rig.kernel)
    rig.kernel.step = (event) => {
      const asked = step(event)
      commands.push(...asked)
      return asked
    }
    rig.bar(10, [buy(a.id, 20), buy(a.id, 21), buy(a.id, 5)])
    expect(rig.heard).toEqual(['refused TEN'])
    expect(state()).toEqual({ left: 0, uses: [{ id: 'o1', time: rig.kernel.now, orderId: nth(1) }] })
    expect(
      commands.map(journalCommand).map(({ kind, ...rest }) => [kind, 'overrides' in rest && rest.overrides]),
    ).toEqual([
      ['place', ['o1']],
      ['place', false],
    ])
  })

  it('counts again where an amendment needs it', () => {
    const { rig, state } = rigWith()
    rig.step(note('1'))
    rig.bar(10, buy(a.id, 5, { limit: 9 }))
    rig.say(1, 'accepted')
    expect(rig.bar(10, amend(nth(1), { quantity: 12 }))).toEqual(['amend 1 buy 12 limit limit 9'])
    expect(state().uses).toHaveLength(1)
    rig.say(1, 'amended')
    expect(rig.bar(10, amend(nth(1), { quantity: 14 }))).toEqual([])
    expect(rig.heard).toEqual(['refused TEN'])
  })

  it('counts nothing where another rule refuses the order', () => {
    const reason = { code: 'NO', rule: 'no', limit: '', got: '', unit: 'count' } as const
    const { rig, state } = rigWith({ name: 'no', check: () => ({ kind: 'refuse', reason }) })
    rig.step(note('1'))
    rig.bar(10, buy(a.id, 20))
    expect(rig.heard).toEqual(['refused NO'])
    expect(state()).toEqual({ left: 1, uses: [] })
  })

  it('names the memory that fails to count it', () => {
    const memory: RiskMemory<Leave> = {
      ...leave,
      start: () => ({ left: 1, uses: [] }),
      admitted: () => {
        throw new Error('no ink')
      },
    }
    const rig = createEngineRig({ rules: [{ ...tenAtMost, memory }] })
    expect(() => rig.bar(10, buy(a.id, 20))).toThrow('Rule "leave" failed: no ink')
  })
})

describe('a mode with a code', () => {
  it('refuses by that code, and by the usual one after another mode', () => {
    const { rig } = rigWith()
    const mode = { kind: 'mode', mode: 'halted', by: 'operator', reason: 'a test' } as const
    rig.step({ ...mode, code: 'KILLED' })
    rig.bar(10, buy(a.id, 1))
    rig.step(mode)
    rig.bar(10, buy(a.id, 1))
    rig.step({ ...mode, mode: 'reduceOnly', code: 'KILLED' })
    rig.bar(10, buy(a.id, 1))
    expect(rig.heard).toEqual(['refused KILLED', 'refused MODE_FORBIDS', 'refused KILLED'])
  })

  it('leaves refusals by a stricter mode of an alarm as they are', () => {
    const reason = { code: 'DAY', rule: 'alarm', limit: '', got: '', unit: 'ratio' } as const
    const alarm: RiskRule = {
      name: 'alarm',
      check: () => approve,
      watch: () => ({ mode: 'halted', until: 'operator', flatten: false, reason }),
    }
    const { rig } = rigWith(alarm)
    rig.step({ kind: 'mode', mode: 'reduceOnly', by: 'operator', reason: 'a test', code: 'OWN' })
    rig.bar(10)
    rig.step({ kind: 'closed' })
    rig.bar(10, buy(a.id, 1))
    expect(rig.heard).toEqual(['trip DAY halted', 'refused MODE_FORBIDS'])
  })
})
