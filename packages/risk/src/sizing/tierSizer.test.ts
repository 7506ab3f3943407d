import { describe, expect, it } from 'vitest'
import { capitalTiers } from '../capitalTiers.js'
import { account, btc, eth } from '../limits/account.rig.js'
import { riskPolicy } from '../policy.js'
import { tierSizer } from './tierSizer.js'

describe('tierSizer', () => {
  const size = (equity: string, stop: number, exposure = 1, budget = Number(equity)) =>
    tierSizer({ stop }).size(btc, exposure, budget, 100, account({ equity }))

  it.each([
    ['99.99', 0.05, 0],
    ['100', 0.05, 0.1],
    ['500', 0.05, 0.75],
    ['2000', 0.05, 4],
    ['5000', 0.05, 12.5],
    ['5000', 0.08, 12.5],
    ['5000', 0.2, 5],
    ['5000', 1, 1],
  ])('with %s and a stop at %d allows %d units at 100', (equity, stop, units) => {
    expect(size(equity, stop)).toBeCloseTo(units, 12)
  })

  it('gives an exposure its part, of the budget where that is less', () => {
    expect(size('10000', 0.05, -0.5)).toBe(-12.5)
    expect(size('10000', 0.05, 1, 1000)).toBe(10)
    expect(tierSizer({ stop: 0.05 }).size(btc, 1, 10_000, -100, account())).toBe(25)
  })

  it('counts a position without a stop in full, and nothing while its distance is unknown', () => {
    expect(tierSizer().size(btc, 1, 10_000, 100, account())).toBe(2)
    expect(tierSizer({ stop: () => Number.NaN }).size(btc, 1, 10_000, 100, account())).toBe(0)
    const near = tierSizer({ stop: (id) => (id === btc.id ? 0.125 : 0.5) })
    expect([near.size(btc, 1, 10_000, 100, account()), near.size(eth, 1, 10_000, 100, account())]).toEqual([16, 4])
  })

  it('goes by the tier that the account holds', () => {
    const tiers = capitalTiers()
    const { name } = riskPolicy().find(({ memory }) => memory)!.memory!
    const held = account({ memories: { [name]: { tier: 1, above: tiers.list.map(() => undefined) } } })
    expect(tierSizer({ stop: 0.05 }).size(btc, 1, 10_000, 100, held)).toBeCloseTo(10, 12)
  })

  it('names its figures and refuses what are none', () => {
    expect(tierSizer().name).toBe('tiers(10/15/20/25% and 0.5/1/1.5/2% at the stop)')
    expect(() => tierSizer({ stop: 0 })).toThrow('stop "0" is not a number above 0 and at most 1.')
    expect(() => tierSizer({ stop: () => 2 }).size(btc, 1, 1, 1, account())).toThrow('stop "2" is not a number above 0')
    expect(() => tierSizer({ stops: 0.1 } as never)).toThrow('Did you mean "stop"?')
    expect(() => tierSizer({ tiers: [{ from: '100', risk: 0.5, position: 0.1 }] })).toThrow('looser than the seed')
    expect(tierSizer({ tiers: [{ from: '100', risk: 0.5, position: 0.5 }], ceilings: 'own' }).name).toContain(
      'above seed',
    )
  })
})
