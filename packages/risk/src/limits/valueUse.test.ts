import type { RiskRule, RiskView } from '@astertrade/core'
import { riskViewOf } from '@astertrade/core/testing'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { riskPolicy } from '../policy.js'
import { account, btc, eth, lineOf, order, sol } from './account.rig.js'
import { clusterCap } from './clusterCap.js'
import { dailyLoss } from './dailyLoss.js'
import { grossExposure } from './grossExposure.js'
import { maxDrawdown } from './maxDrawdown.js'
import { maxPosition } from './maxPosition.js'
import { portfolioRisk } from './portfolioRisk.js'
import { positionRisk } from './positionRisk.js'
import { venueCap } from './venueCap.js'

const numRuns = Number(process.env.FC_NUM_RUNS ?? 100)
const use = (rule: RiskRule, view: RiskView): number => rule.use!(view)
const held = account({
  positions: { [btc.id]: 10, [eth.id]: -5, [sol.id]: 12 },
  stops: { [btc.id]: 95, [eth.id]: 104 },
})

describe('the share of its limit that a rule tells', () => {
  it('is that of the fullest position, venue or cluster', () => {
    expect(use(maxPosition(), held)).toBeCloseTo(1_200 / 2_500, 12)
    expect(use(venueCap(), held)).toBeCloseTo(1_500 / 5_000, 12)
    expect(use(grossExposure(), held)).toBeCloseTo(2_700 / 10_000, 12)
    expect(use(clusterCap({ clusters: { majors: [btc.id, eth.id] } }), held)).toBeCloseTo(1_500 / 5_000, 12)
  })

  it('counts losses to stops with the costs of getting out, and all of what has no stop', () => {
    expect(use(positionRisk(), held)).toBeCloseTo((1_200 * 1.003 + 1_200 * 0.003) / 200, 12)
    const loss = (10 * 5 + 5 * 4 + 1_200) * 1.003 + 2_700 * 0.003
    expect(use(portfolioRisk(), held)).toBeCloseTo(loss / 800, 12)
    const low = account({
      ...{ positions: { [btc.id]: 1 }, stops: { [btc.id]: 90 } },
      equity: '9100',
      highWaterMark: '10000',
    })
    expect(use(portfolioRisk(), low)).toBeCloseTo((10 * 1.003 + 100 * 0.003) / 100, 12)
  })

  it('is the fall over the allowed one', () => {
    const fallen = account({ equity: '9800', dayStart: '10000', highWaterMark: '10500' })
    expect(use(dailyLoss(), fallen)).toBeCloseTo(0.02 / 0.03, 12)
    expect(use(maxDrawdown(), fallen)).toBeCloseTo(700 / 10_500 / 0.1, 12)
    expect(use(dailyLoss(), account({ equity: '10100', dayStart: '10000' }))).toBe(0)
  })

  it('is nothing where nothing is held, and not known where there is no equity or no price', () => {
    const flat = account()
    for (const rule of riskPolicy()) expect(rule.use?.(flat) ?? 0, rule.name).toBe(0)
    const broke = account({ equity: '0', highWaterMark: '10000', dayStart: '10000' })
    expect(use(grossExposure(), broke)).toBeNaN()
    expect(use(maxDrawdown(), broke)).toBe(10)
    expect(use(maxPosition(), account({ equity: '50' }))).toBeNaN()
    const unpriced = riskViewOf({ instruments: [btc], positions: { [btc.id]: 1 } })
    for (const rule of [maxPosition(), positionRisk(), portfolioRisk(), grossExposure(), venueCap()]) {
      expect(use(rule, unpriced), rule.name).toBeNaN()
    }
  })

  it('reaches 1 exactly where entries end', () => {
    const met = { under: 0, over: 0 }
    const cents = fc.oneof(
      fc.integer({ min: 800_000, max: 1_100_000 }),
      fc.constantFrom(970_000, 900_000, 969_999, 900_001),
    )
    fc.assert(
      fc.property(cents, fc.integer({ min: 0, max: 12_000 }), (equity, lots) => {
        const view = account({
          equity: String(equity / 100),
          highWaterMark: '10000',
          dayStart: '10000',
          positions: { [btc.id]: lots / 100 },
        })
        for (const rule of [dailyLoss(), maxDrawdown(), grossExposure(), venueCap(), maxPosition()]) {
          const share = use(rule, view)
          if (Math.abs(share - 1) < 1e-9) continue
          const verdict = lineOf(rule.check(order({ quantity: 0.001 }), view))
          if (share > 1) {
            met.over++
            expect(verdict, `${rule.name} at ${share}`).toMatch(/^refuse/)
          } else {
            met.under++
            // The last lot may not fit though there is some room.
            if (share < 0.999) expect(verdict, `${rule.name} at ${share}`).toBe('approve')
          }
        }
      }),
      { numRuns },
    )
    expect(Math.min(met.under, met.over)).toBeGreaterThan(numRuns / 10)
  })
})
