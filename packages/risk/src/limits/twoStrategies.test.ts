import {
  buy,
  createEngine,
  defineStrategy,
  type Engine,
  type Fill,
  money,
  sell,
  timestamp,
  type Wish,
} from '@astertrade/core'
import { describe, expect, it } from 'vitest'
import { btc, eth, order, reasonOf, said, sol } from './account.rig.js'
import { clusterCap } from './clusterCap.js'
import { grossExact, grossNear } from './grossExact.js'
import { grossExposure } from './grossExposure.js'
import { maxPosition } from './maxPosition.js'
import { portfolioRisk } from './portfolioRisk.js'
import { positionRisk } from './positionRisk.js'
import { tailRisk } from './tailRisk.js'
import { venueCap } from './venueCap.js'

type Asked = Readonly<Record<string, Wish>>

/** An account of 10,000 with two strategies; wishes by strategy, filled at 100 where told so. */
function createAccount() {
  let now = timestamp('2024-01-02T12:00:00Z')
  let asked: Asked = {}
  const strategies = ['left', 'right'].map((name) => ({
    strategy: defineStrategy({ name, params: {}, create: () => ({ onBar: () => asked[name] }) }),
    allocation: 0.5,
  }))
  const engine: Engine = createEngine({ instruments: [btc, eth, sol], strategies, cash: '10000' })
  const bar = (wishes: Asked, instrument = btc) => {
    now = timestamp(now + 60_000)
    asked = wishes
    const prices = { open: 100, high: 100, low: 100, close: 100, volume: 1 }
    return engine.step({ kind: 'bar', instrument: instrument.id, time: now, ...prices })
  }
  bar({})
  return {
    view: engine.view,
    rest: bar,
    trade(wishes: Asked, instrument = btc) {
      for (const command of bar(wishes, instrument)) {
        if (command.kind !== 'place' || command.approved.order.type !== 'market') continue
        const { id, side, quantity } = command.approved.order
        const about = { kind: 'filled', instrument: instrument.id, time: now, orderId: id, tradeId: `${id}` } as const
        const fill: Fill = {
          ...about,
          side,
          quantity,
          price: instrument.price(100, 'nearest'),
          fee: money('0'),
          liquidity: 'taker',
        }
        engine.step(fill)
      }
    },
  }
}

/** Ten held long by one strategy and ten short by the other, each with a stop five away. */
function opposed() {
  const account = createAccount()
  account.trade({ left: buy(btc.id, 10, { stop: 95 }), right: sell(btc.id, 10, { stop: 105 }) })
  expect(account.view.exposure(btc.id).quantity).toBe(0)
  return account.view
}

const stop = { protectiveStop: 95 } as const
const by = (strategy: string, rest: Parameters<typeof order>[0] = {}) => order({ ...stop, ...rest, strategy })

describe('opposite positions of two strategies', () => {
  it('both count, since each is closed on its own', () => {
    const view = opposed()
    expect(view.strategies).toEqual(['left', 'right'])
    expect(grossExact(view)).toBe(money('2000'))
    expect(grossExact(view, [eth, sol])).toBe(0n)
    expect([grossNear(view, [btc]), view.grossExposure]).toEqual([2000, 2000])
  })

  it('leave to every limit on value what both of them leave', () => {
    const view = opposed()
    expect(said(maxPosition(), by('left', { quantity: 30 }), view)).toBe('shrink 5 POSITION_CAP')
    expect(reasonOf(maxPosition().check(by('left', { quantity: 30 }), view))?.got).toBe('5000')
    expect(said(grossExposure({ limit: 0.25 }), by('left', { quantity: 30 }), view)).toBe('shrink 5 GROSS_EXPOSURE')
    expect(said(venueCap({ limit: 0.25 }), by('left', { quantity: 30 }), view)).toBe('shrink 5 VENUE_CAP')
    const clusters = clusterCap({ clusters: { one: [btc.id] }, multiple: 1 })
    expect(said(clusters, by('left', { quantity: 30 }), view)).toBe('shrink 5 CLUSTER_CAP')
  })

  it('pay the costs of getting out of both', () => {
    const view = opposed()
    // Both lose 50 at their stops and 1 % on the way, and cost 1 % of 2000; an order loses 5 and costs 1.
    const free = 200 - 100 * 1.01 - 20
    expect(said(positionRisk({ costs: 0.01 }), by('left', { quantity: 30 }), view)).toBe(
      `shrink ${Math.floor((free / 6) * 1000) / 1000} POSITION_RISK`,
    )
    const room = 800 - 100 * 1.01 - 20
    expect(said(portfolioRisk({ costs: 0.01 }), by('left', { quantity: 300 }), view)).toBe(
      `shrink ${Math.floor((room / 6) * 1000) / 1000} PORTFOLIO_RISK`,
    )
  })

  it('make room for an order of the other side by the one that turns around, and by nobody else', () => {
    const view = opposed()
    const sale = { side: 'sell', protectiveStop: 105, quantity: 60 } as const
    // 20 only bring the seller to the other side; 5 more fill the cap.
    expect(said(maxPosition(), by('left', sale), view)).toBe('shrink 25 POSITION_CAP')
    expect(said(maxPosition(), by('right', sale), view)).toBe('shrink 5 POSITION_CAP')
    expect(said(maxPosition(), by('stranger', sale), view)).toBe('shrink 5 POSITION_CAP')
    expect(reasonOf(maxPosition().check(by('stranger', sale), view))?.got).toBe('8000')
    expect(said(maxPosition(), by('stranger', { quantity: 60 }), view)).toBe('shrink 5 POSITION_CAP')
    // Exactly what only makes up for the other side passes, also where nothing is left.
    const full = maxPosition({ tiers: [{ from: '100', risk: 0.005, position: 0.1 }] })
    expect(said(full, by('left', { ...sale, quantity: 20 }), view)).toBe('approve')
    expect(said(full, by('left', { ...sale, quantity: 20.001 }), view)).toBe('shrink 20 POSITION_CAP')
  })

  it('are netted for value at risk, with what their exits may leave', () => {
    const account = createAccount()
    account.trade({ left: buy(btc.id, 100, { stop: 95 }), right: sell(btc.id, 120, { stop: 105 }) })
    let held = 0
    const book = {
      kind: 'book' as const,
      instruments: [btc.id],
      asOf: account.view.now,
      hold(exposures: Readonly<Record<string, number>>) {
        held = exposures[btc.id] ?? 0
        return undefined
      },
      tail: (_?: string, value = 0) => {
        const level = { valueAtRisk: 0.02 * Math.abs(held + value), expectedShortfall: 0 }
        return {
          kind: 'tail' as const,
          levels: [950, 990].map((confidencePerMille) => ({ confidencePerMille, ...level })),
        }
      },
      fit: () => 0,
    }
    const rule = tailRisk({ book: () => book, ageMs: 3_600_000 })
    const sale = (quantity: number) => by('right', { side: 'sell', protectiveStop: 105, quantity })
    // 20 short in all: 150 units lose 3 % of 10,000.
    expect(said(rule, sale(130), account.view)).toBe('approve')
    expect(said(rule, sale(131), account.view)).toBe('refuse VAR95')
    // Once the long position is on its way out, 120 short may be all there is.
    account.rest({ left: sell(btc.id, 100) })
    expect(account.view.exposure(btc.id)).toMatchObject({ quantity: -20, pendingExit: 100 })
    expect(said(rule, sale(30), account.view)).toBe('approve')
    expect(said(rule, sale(31), account.view)).toBe('refuse VAR95')
  })

  it('count an order under way for the strategy that placed it', () => {
    const account = createAccount()
    account.trade({ left: buy(btc.id, 10, { stop: 95 }) })
    account.rest({ right: sell(btc.id, 10, { limit: 101, stop: 105 }) })
    expect(account.view.grossExposure).toBe(2000)
    expect(grossExact(account.view)).toBe(money('2000'))
    expect(said(maxPosition(), by('right', { quantity: 30, protectiveStop: 95 }), account.view)).toBe(
      'shrink 15 POSITION_CAP',
    )
  })
})
