import type { RiskView } from '@astertrade/core'
import { describe, expect, it } from 'vitest'
import { account, btc, order, said } from '../limits/account.rig.js'
import { clipSize } from '../limits/clipSize.js'
import { overridable } from './overridable.js'
import { approve, request, rules, told } from './overrides.rig.js'
import { at, day, hour, minute } from './people.rig.js'

describe('overridable', () => {
  const configured = clipSize({ limit: 0.02 })
  const rule = overridable({ rule: configured, code: 'CLIP', raised: (limit) => clipSize({ limit }), rules })
  const granted = told([request(), approve()]).state
  const view = (ms: number, overrides = granted): RiskView => account({ now: at(ms), memories: { overrides } })

  it('lets the raised limit decide while an override is in force, and is what it was afterwards', () => {
    expect(rule.name).toBe('clipSize(2%)')
    expect(said(rule, order({ quantity: 4 }), view(2 * minute))).toBe('approve')
    expect(said(rule, order({ quantity: 5 }), view(2 * minute))).toBe('shrink 2 CLIP')
    expect(said(rule, order({ quantity: 4 }), view(0))).toBe('shrink 2 CLIP')
    for (const ms of [30 * minute, hour, day]) {
      for (const quantity of [1, 2, 2.001, 4]) {
        expect(rule.check(order({ quantity }), view(ms))).toEqual(configured.check(order({ quantity }), view(ms)))
      }
    }
  })

  it('leaves other codes, small orders and exits alone', () => {
    expect(said(rule, order({ quantity: 1 }), view(2 * minute))).toBe('approve')
    expect(said(rule, order({ reduceOnly: true, quantity: 99 }), view(0))).toBe('approve')
    expect(
      said(
        rule,
        order({ quantity: 4 }),
        account({ now: at(2 * minute), marks: { [btc.id]: undefined as unknown as number } }),
      ),
    ).toBe('refuse NO_MARK')
  })

  it('asks the raised rule about its own code alone', () => {
    const asked: string[] = []
    const raised = (limit: number) => {
      asked.push(String(limit))
      return clipSize({ limit })
    }
    const other = overridable({ rule: configured, code: 'POSITION_CAP', raised, rules })
    expect(said(other, order({ quantity: 4 }), view(2 * minute))).toBe('shrink 2 CLIP')
    expect(said(other, order({ quantity: 1 }), view(2 * minute))).toBe('approve')
    const own = overridable({ rule: configured, code: 'CLIP', raised, rules })
    expect(said(own, order({ quantity: 1 }), view(2 * minute))).toBe('approve')
    expect(asked).toEqual([])
    expect(said(own, order({ quantity: 4 }), view(2 * minute))).toBe('approve')
    expect(asked).toEqual(['0.04'])
  })

  it('has no first look that could clear what the override has to see', () => {
    const looked = { ...configured, firstLook: { clears: () => true } }
    expect(overridable({ rule: looked, code: 'CLIP', raised: () => configured, rules }).firstLook).toBeUndefined()
  })

  it('names the override without which there would be less, and none where it changes nothing', () => {
    const verdict = (quantity: number, given = rule) => given.check(order({ quantity }), view(2 * minute))
    expect(verdict(2)).toEqual({ kind: 'approve' })
    expect(verdict(4)).toEqual({ kind: 'approve', override: 'o1' })
    const same = overridable({ rule: configured, code: 'CLIP', raised: () => configured, rules })
    expect(verdict(4, same)).toEqual(configured.check(order({ quantity: 4 }), view(2 * minute)))
    const between = overridable({ rule: configured, code: 'CLIP', raised: () => clipSize({ limit: 0.03 }), rules })
    expect(verdict(4, between)).toMatchObject({ kind: 'shrink', quantity: 3, override: 'o1' })
    const strict = overridable({ rule: configured, code: 'CLIP', raised: () => clipSize({ limit: 1e-6 }), rules })
    expect(verdict(4, strict)).toMatchObject({ kind: 'refuse', reason: { code: 'CLIP' } })
    expect(verdict(4, strict)).not.toHaveProperty('override')
  })

  it('stays as configured where nothing keeps overrides', () => {
    expect(said(rule, order({ quantity: 4 }), account({ now: at(2 * minute) }))).toBe('shrink 2 CLIP')
  })
})
