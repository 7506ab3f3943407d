import { describe, expect, it } from 'vitest'
import { account, btc, lineOf, order } from './account.rig.js'
import { clusterCap } from './clusterCap.js'
import { exposurePrice } from './exposurePrice.js'
import { grossExposure } from './grossExposure.js'
import { maxPosition } from './maxPosition.js'
import { stressCap } from './stressCap.js'
import { venueCap } from './venueCap.js'

describe('exposurePrice', () => {
  it('is the last price at least, and the worst of the order where there is none', () => {
    const limit = (price: number, side: 'buy' | 'sell' = 'buy') => order({ side, type: 'limit', limit: price })
    expect([exposurePrice(limit(90), account()), exposurePrice(limit(110), account())]).toEqual([100, 110])
    expect([exposurePrice(limit(90, 'sell'), account()), exposurePrice(order(), account())]).toEqual([100, 100])
    const dark = account({ marks: { [btc.id]: undefined as unknown as number } })
    expect([exposurePrice(limit(90), dark), exposurePrice(order(), dark)]).toEqual([90, Number.NaN])
  })

  it('keeps a position within its cap when a buy limit below the market joins what is held', () => {
    const low = order({ type: 'limit', limit: 90, quantity: 60, protectiveStop: 89.9 })
    const rules = [
      [maxPosition(), 'shrink 25 POSITION_CAP'],
      [grossExposure({ limit: 0.3 }), 'shrink 30 GROSS_EXPOSURE'],
      [venueCap({ limit: 0.3 }), 'shrink 30 VENUE_CAP'],
      [clusterCap({ clusters: { one: [btc.id] } }), 'shrink 50 CLUSTER_CAP'],
      [stressCap({ assetClasses: { [btc.id]: 'bitcoin' } }), 'shrink 50 STRESS'],
    ] as const
    for (const [rule, verdict] of rules) expect(lineOf(rule.check(low, account())), rule.name).toBe(verdict)
  })
})
