import { type RiskRule, timestamp } from '@astertrade/core'
import { describe, expect, it } from 'vitest'
import { riskPolicy } from '../policy.js'
import { account, btc, eth, order, sol } from './account.rig.js'
import { clusterCap } from './clusterCap.js'
import { dailyLoss } from './dailyLoss.js'
import { freeBalance } from './freeBalance.js'
import { grossExposure } from './grossExposure.js'
import { maxDrawdown } from './maxDrawdown.js'
import { maxPosition } from './maxPosition.js'
import { orderRate } from './orderRate.js'
import { portfolioRisk } from './portfolioRisk.js'
import { positionRisk } from './positionRisk.js'
import { stressCap } from './stressCap.js'
import { venueCap } from './venueCap.js'

const use = (rule: RiskRule, options: Parameters<typeof account>[0] = {}) => rule.use!(account(options))
/** 1,000 in BTC with a stop 5 away, 2,000 short in ETH with one 10 away, both at one venue; 500 in SOL at another. */
const busy = {
  positions: { [btc.id]: 10, [eth.id]: -20, [sol.id]: 5 },
  stops: { [btc.id]: 95, [eth.id]: 110, [sol.id]: 90 },
}
const clusters = { pair: [btc.id, eth.id], rest: [sol.id] }

describe('the share of a limit in use', () => {
  it('is the fall so far of the fall that is allowed', () => {
    const fallen = { equity: '9850', dayStart: '10000', highWaterMark: '10500' }
    expect(use(dailyLoss(), fallen)).toBeCloseTo(0.5, 12)
    expect(use(maxDrawdown(), fallen)).toBeCloseTo((1 - 9850 / 10_500) / 0.1, 12)
    expect(use(dailyLoss(), { equity: '10100', dayStart: '10000' })).toBe(0)
    expect(use(dailyLoss(), { equity: '1', dayStart: '0' })).toBeNaN()
    expect(use(dailyLoss(), { equity: '0.495', dayStart: '0.5', highWaterMark: '0.5' })).toBeCloseTo(1 / 3, 12)
    expect(use(dailyLoss(), { equity: '-9', dayStart: '-10' })).toBeNaN()
  })

  it('is known of a room of less than one', () => {
    expect(use(venueCap(), { equity: '1', positions: { [btc.id]: 0.001 } })).toBeCloseTo(0.1 / 0.5, 12)
  })

  it('counts a position that is worth one', () => {
    const one = { positions: { [btc.id]: 0.01 } }
    expect(use(positionRisk({ costs: 0 }), one)).toBeCloseTo(1 / 200, 12)
    expect(use(portfolioRisk({ costs: 0 }), one)).toBeCloseTo(1 / 800, 12)
  })

  it('is not known of an account that is worth nothing, and is of one that is worth little', () => {
    const [rich, poor] = [
      { equity: '0.5', cash: '0.25', positions: { [btc.id]: 0.001 } },
      { equity: '0', cash: '-1', positions: { [btc.id]: 0.001 } },
    ]
    expect([use(freeBalance(), rich), use(freeBalance(), poor)]).toEqual([0.5, Number.NaN])
    expect(use(freeBalance(), { ...poor, equity: '-5' })).toBeNaN()
    expect(use(grossExposure(), rich)).toBeCloseTo(0.2, 12)
    expect(use(grossExposure(), poor)).toBeNaN()
  })

  it('is that of the fullest instrument, cluster or venue', () => {
    expect(use(maxPosition(), busy)).toBeCloseTo(2000 / 2500, 12)
    expect(use(maxPosition(), { ...busy, equity: '1000' })).toBeCloseTo(2000 / 150, 12)
    expect(use(maxPosition(), { ...busy, equity: '500' })).toBeCloseTo(2000 / 75, 12)
    expect(use(clusterCap({ clusters }), busy)).toBeCloseTo(3000 / 5000, 12)
    expect(use(venueCap(), busy)).toBeCloseTo(3000 / 5000, 12)
    expect(use(grossExposure({ limit: 0.5 }), busy)).toBeCloseTo(3500 / 5000, 12)
    expect(use(stressCap({ assetClasses: {} }), busy)).toBeCloseTo(1200 / 2500, 12)
  })

  it('counts orders under way', () => {
    const openOrders = [order({ number: 2, quantity: 10, protectiveStop: 90, type: 'limit', limit: 99 })]
    expect(use(maxPosition(), { openOrders })).toBeCloseTo(1000 / 2500, 12)
    expect(use(positionRisk({ costs: 0.01 }), { openOrders })).toBeCloseTo((90 * 1.01 + 10) / 200, 12)
    expect(use(portfolioRisk({ costs: 0.01 }), { openOrders })).toBeCloseTo((90 * 1.01 + 10) / 800, 12)
  })

  it('is what stops would lose of what they may', () => {
    // ETH: 20 · 10; all: 50 + 200 + 50.
    expect(use(positionRisk({ costs: 0 }), busy)).toBeCloseTo(200 / 200, 12)
    expect(use(positionRisk({ costs: 0.01 }), busy)).toBeCloseTo((200 * 1.01 + 20) / 200, 12)
    expect(use(portfolioRisk({ costs: 0 }), busy)).toBeCloseTo(300 / 800, 12)
    expect(use(portfolioRisk({ costs: 0.01 }), busy)).toBeCloseTo((300 * 1.01 + 35) / 800, 12)
    const cushion = { ...busy, equity: '9500', highWaterMark: '10000' }
    expect(use(portfolioRisk({ costs: 0 }), cushion)).toBeCloseTo(300 / 500, 12)
    expect(use(portfolioRisk({ costs: 0 }), { ...busy, equity: '8000', highWaterMark: '10000' })).toBe(
      Number.POSITIVE_INFINITY,
    )
    expect(use(portfolioRisk(), { equity: '8000', highWaterMark: '10000' })).toBe(0)
  })

  it('is the orders of the day, or of the second, of those that are allowed', () => {
    const now = timestamp('2024-01-02T12:00:00Z')
    const placed = Array.from({ length: 20 }, (_, n) => ({ time: timestamp(now - n * 400), order: order() }))
    expect(use(orderRate(), { now })).toBe(0)
    expect(use(orderRate({ perDay: 100 }), { now, placed })).toBeCloseTo(3 / 10, 12)
    expect(use(orderRate({ perDay: 40 }), { now, placed })).toBeCloseTo(20 / 40, 12)
  })

  it('is the share of equity that is not free', () => {
    expect(use(freeBalance())).toBe(0)
    expect(use(freeBalance(), { equity: '10000', cash: '6000' })).toBeCloseTo(0.4, 12)
    expect(use(freeBalance(), { equity: '10000', cash: '14000' })).toBe(0)
    expect(use(freeBalance(), { equity: '0' })).toBeNaN()
  })

  it('is 0 for nothing and NaN where it is not known', () => {
    const [blind, none] = [{ positions: { [btc.id]: 1 }, marks: { [btc.id]: Number.NaN } }, { equity: '0' }]
    for (const rule of [
      maxPosition(),
      clusterCap({ clusters }),
      venueCap(),
      grossExposure(),
      positionRisk(),
      portfolioRisk(),
      stressCap({ assetClasses: {} }),
    ]) {
      expect(use(rule), rule.name).toBe(0)
      expect(use(rule, blind), rule.name).toBeNaN()
      if (!rule.name.startsWith('portfolioRisk')) expect(use(rule, { ...busy, ...none }), rule.name).toBeNaN()
    }
    expect(use(maxPosition(), { ...busy, equity: '99' })).toBeNaN()
  })

  it('is told by every limit of a policy that has one', () => {
    const told = riskPolicy({ clusters, assetClasses: {} }).filter((rule) => rule.use !== undefined)
    expect(told.map(({ name }) => name.replace(/\(.*/, ''))).toEqual([
      'orderRate',
      'maxPosition',
      'positionRisk',
      'freeBalance',
      'dailyLoss',
      'maxDrawdown',
      'portfolioRisk',
      'grossExposure',
      'clusterCap',
      'venueCap',
      'stressCap',
    ])
  })
})
