import { buy } from '@astertrade/core'
import { describe, expect, it } from 'vitest'
import type { OverrideState } from './emergency/manualOverride.js'
import { noted } from './emergency/noted.js'
import type { OverrideEvent } from './emergency/overrideEvent.js'
import { ann, bob, minute, reason } from './emergency/people.rig.js'
import { riskPolicy } from './policy.js'
import type { RiskPolicyOptions } from './policyOptions.js'
import { policyOverrides } from './policyOverrides.js'
import { createSession, markets, type Session } from './session.rig.js'

const [a] = markets
const options: RiskPolicyOptions = { clipSize: 0.02, operators: 2 }

/** Has an override requested and approved. */
function grant(session: Session, code: string, limit: number): void {
  const time = session.now
  const scope = { code, notionalMax: 10_000 }
  const expiresAt = (time + 30 * minute) as typeof time
  const facts: readonly OverrideEvent[] = [
    { kind: 'requested', id: code, time, by: ann, reason, scope, limit, expiresAt, uses: 1 },
    { kind: 'approved', id: code, time, by: bob },
  ]
  for (const fact of facts) session.step(noted('overrides', fact))
}

/** What a buy at the market, with a stop at 5 %, becomes. */
function bought(session: Session, quantity: number): number | undefined {
  session.bar(0, 100, buy(a!.id, quantity, { stop: 95, limit: 100 }))
  return session.placed[0]?.quantity
}

describe('riskPolicy with operators', () => {
  it.each([
    ['CLIP', { clipSize: 0.02 }, 0.04, 4, 2],
    ['PORTFOLIO_RISK', { portfolioRisk: 0.001 }, 0.002, 3.773, 1.886],
    ['GROSS_EXPOSURE', { grossExposure: 0.02 }, 0.03, 3, 2],
    ['VENUE_CAP', { venueExposure: 0.02 }, 0.03, 3, 2],
    ['STRESS', { assetClasses: { [a!.id]: 'bitcoin' }, gapStress: 0.01 }, 0.02, 4, 2],
  ] as const)('lets an override raise %s for as many orders as were granted', (code, limits, raised, more, less) => {
    const session = createSession(() => riskPolicy({ ...limits, operators: 2 }))
    session.bar(0, 100)
    grant(session, code, raised)
    expect(bought(session, 4.5)).toBe(more)
    const { overrides } = session.engine.view.memory('overrides') as OverrideState
    expect(overrides[0]!.orders).toEqual([session.placed[0]!.id])
    session.step({ kind: 'canceled', orderId: session.placed[0]!.id, time: session.now })
    expect(session.restart()).toBeUndefined()
    expect(bought(session, 4.5)).toBe(less)
  })

  it('keeps its rules and their names, with the one that keeps the overrides before them', () => {
    const names = (given: RiskPolicyOptions) => riskPolicy(given).map(({ name }) => name)
    expect(names(options)).toEqual(['overrides', ...names({ clipSize: 0.02 })])
  })

  it('gives what nobody overrides the verdict of the policy without', () => {
    const [plain, open] = [{ clipSize: 0.02 }, options].map((given) => createSession(() => riskPolicy(given)))
    for (const quantity of [1, 2, 2.001, 50]) {
      expect(bought(open!, quantity)).toBe(bought(plain!, quantity))
    }
  })
})

describe('policyOverrides', () => {
  it('has the configured figures and their seeds', () => {
    expect(policyOverrides({ ...options, operators: 1 })).toEqual({
      operators: 1,
      ceilings: {
        CLIP: { configured: 0.02, seed: 0.05 },
        PORTFOLIO_RISK: { configured: 0.08, seed: 0.08 },
        GROSS_EXPOSURE: { configured: 1, seed: 1 },
        VENUE_CAP: { configured: 0.5, seed: 0.5 },
        STRESS: { configured: 0.25, seed: 0.25 },
      },
    })
  })

  it('raises the risk of the portfolio never above the drawdown limit', () => {
    const tight = policyOverrides({ maxDrawdown: 0.05, portfolioRisk: 0.03, operators: 2 })
    expect(tight.ceilings.PORTFOLIO_RISK).toEqual({ configured: 0.03, seed: 0.05 })
  })

  it('refuses another number of operators', () => {
    expect(() => policyOverrides({ operators: 3 as 2 })).toThrow('operators 3 is not 1 or 2.')
    expect(() => riskPolicy({ operators: '2' as never })).toThrow('operators "2" is not 1 or 2.')
  })
})
