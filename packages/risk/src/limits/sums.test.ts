import { type Money, money } from '@astertrade/core'
import { ruleContract } from '@astertrade/core/testing'
import { describe, expect, it } from 'vitest'
import { account, btc, eth, order, reasonOf, said, sol } from './account.rig.js'
import { clipSize } from './clipSize.js'
import { type ClusterCapOptions, clusterCap } from './clusterCap.js'
import { type GrossExposureOptions, grossExposure } from './grossExposure.js'
import { maxPosition } from './maxPosition.js'
import { portfolioRisk } from './portfolioRisk.js'
import { positionRisk } from './positionRisk.js'
import { stressCap } from './stressCap.js'
import { type VenueCapOptions, venueCap } from './venueCap.js'

const majors = { majors: [btc.id, eth.id] }
const positions = { [eth.id]: 30, [sol.id]: -30 }

describe('grossExposure', () => {
  const rule = grossExposure()

  it('adds long and short positions, orders under way and unknown ones at their worst', () => {
    expect(said(rule, order({ quantity: 40 }), account({ positions }))).toBe('approve')
    expect(said(rule, order({ quantity: 41 }), account({ positions }))).toBe('shrink 40 GROSS_EXPOSURE')
    const busy = account({
      positions,
      openOrders: [order({ number: 2, quantity: 10 }), order({ number: 3, quantity: 5, side: 'sell' })],
      unknownOrders: [order({ number: 4, instrument: eth, quantity: 10 })],
    })
    expect(said(rule, order({ quantity: 40 }), busy)).toBe('shrink 20 GROSS_EXPOSURE')
    expect(reasonOf(rule.check(order({ quantity: 40 }), busy))).toMatchObject({ limit: '10000', got: '12000' })
  })

  it('sees one unit of 1e-18 at the limit', () => {
    const short = (money('10000') - 1n) as Money
    expect(said(rule, order({ quantity: 40 }), account({ positions, equity: short }))).toBe(
      'shrink 39.999 GROSS_EXPOSURE',
    )
  })

  it('refuses where a position has no price, and passes exits', () => {
    const blind = account({ positions, marks: { [eth.id]: Number.NaN } })
    expect(said(rule, order(), blind)).toBe('refuse NOT_FINITE')
    expect(said(rule, order({ reduceOnly: true, quantity: 1e6 }), blind)).toBe('approve')
    expect(said(rule, order({ quantity: 1 }), account({ positions: { [eth.id]: 200 } }))).toBe('refuse GROSS_EXPOSURE')
  })

  it('refuses a limit above one', () => {
    expect(() => grossExposure({ limit: 2, ceilings: 'own' })).toThrow(
      'grossExposure limit "2" is not a number above 0',
    )
    expect(() => grossExposure({ max: 1 } as GrossExposureOptions)).toThrow('grossExposure has no option "max".')
  })

  describe('keeps the rule contract', () => {
    for (const check of ruleContract({ create: grossExposure, instrument: btc })) it(check.name, () => check.run())
  })
})

describe('venueCap', () => {
  const rule = venueCap()

  it('adds the positions at the venue of the order', () => {
    expect(said(rule, order({ quantity: 20 }), account({ positions }))).toBe('approve')
    expect(said(rule, order({ quantity: 21 }), account({ positions }))).toBe('shrink 20 VENUE_CAP')
    expect(said(rule, order({ instrument: sol, side: 'sell', quantity: 21 }), account({ positions }))).toBe(
      'shrink 20 VENUE_CAP',
    )
    expect(said(rule, order({ quantity: 1 }), account({ positions: { [eth.id]: 50 } }))).toBe('refuse VENUE_CAP')
  })

  it('refuses a limit above half without saying so', () => {
    expect(() => venueCap({ limit: 0.6 })).toThrow('venueExposure limit "0.6" is looser than the seed figure 0.5.')
    expect(venueCap({ limit: 0.6, ceilings: 'own' }).name).toBe('venueCap(60%, seed 50%)')
    expect(() => venueCap({ max: 1 } as VenueCapOptions)).toThrow('venueCap has no option "max".')
  })

  describe('keeps the rule contract', () => {
    for (const check of ruleContract({ create: venueCap, instrument: btc })) it(check.name, () => check.run())
  })
})

describe('clusterCap', () => {
  const create = () => clusterCap({ clusters: majors })
  const rule = create()

  it('adds the positions that move together, up to twice the share of the tier', () => {
    expect(said(rule, order({ quantity: 20 }), account({ positions }))).toBe('approve')
    expect(said(rule, order({ quantity: 21 }), account({ positions }))).toBe('shrink 20 CLUSTER_CAP')
    expect(said(rule, order({ quantity: 1 }), account({ equity: '200', positions: { [eth.id]: 0.4 } }))).toBe(
      'refuse CLUSTER_CAP',
    )
    expect(said(rule, order({ instrument: sol, quantity: 200 }), account({ positions }))).toBe('approve')
  })

  it('says what is wrong with an equity that is no number before it looks for a tier', () => {
    const view = { ...account({ equity: '50' }), equity: Number.NaN }
    expect(said(clusterCap({ clusters: majors }), order(), view)).toBe('refuse NOT_FINITE')
    const tiers = [{ from: '100', risk: 0.005, position: 0.1 }]
    expect(said(clusterCap({ clusters: majors, tiers }), order(), view)).toBe('refuse NOT_FINITE')
  })

  it('is refused below the first tier', () => {
    expect(said(rule, order({ quantity: 0.001 }), account({ equity: '99' }))).toBe('refuse TIER_NONE')
  })

  it.each([
    [{ clusters: { one: ['A.x'], two: ['A.x'] } }, 'Instrument "A.x" of cluster "two" is in another one already.'],
    [{ clusters: majors, multiple: 3 }, 'A cluster of "3" positions is no integer from 1 to 2.'],
    [{ clusters: majors, multiple: 1.5 }, 'A cluster of "1.5" positions is no integer from 1 to 2.'],
    [{ clusters: majors, ceiling: 'own' }, 'Did you mean "ceilings"?'],
  ])('refuses the options %o', (options, message) => {
    expect(() => clusterCap(options as unknown as ClusterCapOptions)).toThrow(message)
  })

  it('loosens when told so', () => {
    expect(clusterCap({ clusters: majors, multiple: 3, ceilings: 'own' }).name).toBe('clusterCap(3 positions)')
  })

  describe('keeps the rule contract', () => {
    for (const check of ruleContract({ create, instrument: btc })) it(check.name, () => check.run())
  })
})

describe('limits on value', () => {
  it('take an endless equity for no figure', () => {
    const view = { ...account(), equity: Number.POSITIVE_INFINITY }
    const rules = [clipSize(), maxPosition(), positionRisk(), portfolioRisk(), stressCap({ assetClasses: {} })]
    for (const rule of [...rules, grossExposure(), venueCap(), clusterCap({ clusters: majors })]) {
      expect(said(rule, order({ protectiveStop: 95 }), view), rule.name).toBe('refuse NOT_FINITE')
    }
  })
})
