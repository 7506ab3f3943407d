import { review } from '@astertrade/core'
import { describe, expect, it } from 'vitest'
import { account, btc, order } from './limits/account.rig.js'
import { riskPolicy } from './policy.js'
import type { RiskPolicyOptions } from './policyOptions.js'

describe('the sizes of a policy', () => {
  it('takes less than a clip of a position that is held already in the strict reading', () => {
    const view = account({ positions: { [btc.id]: 3 }, stops: { [btc.id]: 99 } })
    const size = (options: RiskPolicyOptions) => {
      const outcome = review(order({ quantity: 4, protectiveStop: 95 }), btc, riskPolicy(options), view)
      return outcome.kind === 'approved' ? outcome.order.quantity : outcome.reason.code
    }
    expect([size({}), size({ perTradeScope: 'position' })]).toEqual([4, 2])
  })

  it('halves sizes at half the drawdown limit, and quarters them at four fifths of it, to the millionth', () => {
    const sizeAt = (highWaterMark: string, equity: string, maxDrawdown: number) => {
      const view = account({ equity, dayStart: equity, highWaterMark })
      const rules = riskPolicy({ maxDrawdown, ceilings: 'own' })
      const outcome = review(order({ quantity: 999, protectiveStop: 99.9 }), btc, rules, view)
      return outcome.kind === 'approved' ? outcome.order.quantity : 0
    }
    expect([sizeAt('10000', '5000.01', 1), sizeAt('10000', '5000', 1)]).toEqual([2.5, 1.25])
    expect([sizeAt('10000', '2000.01', 1), sizeAt('10000', '2000', 1)]).toEqual([0.5, 0.25])
    // Half of 0.9001 % is rounded up to 0.4501 %.
    expect([sizeAt('1000000', '995500', 0.009_001), sizeAt('1000000', '995499', 0.009_001)]).toEqual([497.75, 248.874])
    // Four fifths of 0.9 % are a hair below 0.72 %.
    expect([sizeAt('1000000', '992800.5', 0.009), sizeAt('1000000', '992800', 0.009)]).toEqual([248.2, 124.1])
  })
})
