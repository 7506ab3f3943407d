import { describe, expect, it } from 'vitest'
import { money } from '../money.js'
import { approve, type RiskRule, type RiskView, type Trip } from '../risk.js'
import { buy, sell, target } from '../strategy.js'
import { dayMs, floorTo, timestamp } from '../time.js'
import { a, createEngineRig } from './engineRig.rig.js'

const hour = 3_600_000

/** A rule that alarms when a figure falls by a share of another. */
function watching(
  code: string,
  trip: Omit<Trip, 'reason' | 'until'> & { until: (view: RiskView) => Trip['until'] },
  fallen: (view: RiskView) => boolean,
): RiskRule {
  return {
    name: code.toLowerCase(),
    check: () => approve,
    watch: (view) =>
      fallen(view)
        ? {
            ...trip,
            until: trip.until(view),
            reason: { code, rule: code.toLowerCase(), limit: '', got: '', unit: 'ratio' },
          }
        : undefined,
  }
}

const dayLoss = watching(
  'DAY',
  { mode: 'reduceOnly', flatten: false, until: ({ now }) => timestamp(floorTo(now, dayMs) + dayMs) },
  ({ equityExact, dayStart }) => equityExact * 100n <= dayStart * 97n,
)
const drawdown = watching(
  'DRAWDOWN',
  { mode: 'halted', flatten: true, until: () => 'operator' },
  ({ equityExact, highWaterMark }) => equityExact * 10n <= highWaterMark * 9n,
)

const invested = (rules: readonly RiskRule[]) => {
  const rig = createEngineRig({ rules })
  rig.bar(100, buy(a.id, 50))
  rig.fill(1, {})
  rig.say(1, 'accepted')
  return rig
}
const close = (rig: ReturnType<typeof invested>) => rig.step({ kind: 'closed' })

describe('a day loss', () => {
  it('trips at the close of the time that reached it, takes entries back and lets exits pass', () => {
    const rig = invested([dayLoss])
    rig.bar(100, buy(a.id, 1, { limit: 50 }))
    rig.bar(94, buy(a.id, 1, { limit: 51 }))
    expect(close(rig)).toEqual(['cancel 2', 'cancel 3'])
    expect(rig.heard).toEqual(['trip DAY reduceOnly'])
    expect(rig.view().mode).toBe('reduceOnly')
    expect(rig.bar(94, buy(a.id, 1))).toEqual([])
    expect(rig.heard.at(-1)).toBe('refused MODE_FORBIDS')
    expect(rig.bar(94, sell(a.id, 10))).toEqual(['place 5 sell 10 market exit'])
  })

  it('trips at its limit exactly, and not a tick above', () => {
    // 50 units that lose 6 each are 300 of 10000.
    for (const [price, heard] of [
      [94, ['trip DAY reduceOnly']],
      [95, []],
    ] as const) {
      const rig = invested([dayLoss])
      rig.bar(price)
      close(rig)
      expect(rig.heard).toEqual(heard)
    }
  })

  it('ends with the day, and the next day starts from the equity at midnight', () => {
    const rig = invested([dayLoss])
    rig.bar(94)
    rig.wait(12 * hour - 3 * 60_000)
    rig.bar(94)
    expect(rig.view().mode).toBe('reduceOnly')
    rig.wait(0)
    expect(rig.bar(94, buy(a.id, 1))).toEqual(['place 2 buy 1 market'])
    expect(rig.heard).toEqual(['trip DAY reduceOnly', 'end DAY'])
    expect(rig.kernel.riskView.dayStart).toBe(money('9700'))
  })

  it('may trip again on the next day', () => {
    const rig = invested([dayLoss])
    rig.bar(94)
    rig.wait(dayMs)
    rig.bar(88)
    close(rig)
    expect(rig.heard).toEqual(['trip DAY reduceOnly', 'end DAY', 'trip DAY reduceOnly'])
  })
})

describe('a latch', () => {
  it('halts, takes entries back and closes every position once', () => {
    const rig = invested([drawdown])
    rig.bar(100, [buy(a.id, 1, { limit: 50 }), sell(a.id, 10, { limit: 200, reduceOnly: true })])
    rig.bar(80)
    expect(close(rig)).toEqual(['cancel 2', 'place 4 sell 50 market exit'])
    rig.bar(79)
    expect(close(rig)).toEqual([])
    expect(rig.heard).toEqual(['trip DRAWDOWN halted'])
    rig.fill(4, { price: 79 })
    expect(rig.bar(80, [target(a.id, 1), buy(a.id, 1), sell(a.id, 1)])).toEqual([])
  })

  it('is lifted by an operator alone, who starts the drawdown anew from what is left', () => {
    const rig = invested([drawdown])
    rig.bar(80)
    close(rig)
    rig.fill(2, { price: 80 })
    rig.wait(7 * dayMs)
    rig.bar(200)
    expect(rig.view().mode).toBe('halted')
    rig.step({ kind: 'acknowledged', code: 'OTHER' })
    expect(rig.view().mode).toBe('halted')
    rig.step({ kind: 'acknowledged', code: 'DRAWDOWN' })
    expect(rig.view().mode).toBe('normal')
    expect(rig.kernel.riskView.highWaterMark).toBe(money('9000'))
    close(rig)
    expect(rig.bar(200, target(a.id, 1))).toEqual(['place 3 buy 45 market'])
    expect(rig.heard).toEqual(['trip DRAWDOWN halted', 'end DRAWDOWN'])
  })

  it('closes what an entry opens that fills while its cancel is on the way', () => {
    const rig = invested([drawdown])
    rig.bar(100, buy(a.id, 10))
    rig.bar(80)
    expect(close(rig)).toEqual(['cancel 2', 'place 3 sell 50 market exit'])
    rig.fill(3, { price: 80 })
    expect(rig.fill(2, { price: 80, quantity: 4 })).toEqual(['place 4 sell 4 market exit'])
    expect(rig.fill(2, { price: 80, quantity: 6 })).toEqual(['place 5 sell 6 market exit'])
  })

  it('closes only what is not on its way out already', () => {
    const rig = invested([drawdown])
    rig.bar(80, sell(a.id, 20))
    expect(close(rig)).toEqual(['place 3 sell 30 market exit'])
  })
})

describe('several alarms', () => {
  it('leave the strictest mode in force until the last has ended', () => {
    const rig = invested([dayLoss, drawdown])
    rig.bar(80)
    close(rig)
    expect(rig.heard).toEqual(['trip DAY reduceOnly', 'trip DRAWDOWN halted'])
    rig.step({ kind: 'acknowledged', code: 'DRAWDOWN' })
    expect(rig.view().mode).toBe('reduceOnly')
    rig.wait(dayMs)
    rig.bar(80)
    expect(rig.view().mode).toBe('normal')
  })

  it('stand beside the mode that an operator set', () => {
    const rig = invested([dayLoss])
    rig.step({ kind: 'mode', mode: 'cancelOnly', by: 'operator', reason: 'test' })
    rig.bar(90)
    close(rig)
    expect(rig.view().mode).toBe('cancelOnly')
    rig.step({ kind: 'mode', mode: 'normal', by: 'operator', reason: 'test' })
    expect(rig.view().mode).toBe('reduceOnly')
  })
})

describe('a watch', () => {
  it('is asked after each closed time, also while equity stands still', () => {
    let asked = 0
    const rule: RiskRule = { name: 'count', check: () => approve, watch: () => void asked++ as undefined }
    const rig = createEngineRig({ rules: [rule] })
    for (let bars = 0; bars < 5; bars++) {
      rig.bar(100 + bars)
      rig.step({ kind: 'closed' })
      rig.step({ kind: 'closed' })
    }
    expect(asked).toBe(5)
  })

  it('sees the close of a time that ends because the next one comes', () => {
    const rig = invested([dayLoss])
    rig.bar(94)
    expect(rig.bar(94, buy(a.id, 1))).toEqual([])
    expect(rig.heard).toEqual(['trip DAY reduceOnly', 'refused MODE_FORBIDS'])
  })
})
