import { describe, expect, it } from 'vitest'
import { approve, type RiskRule } from '../risk.js'
import { buy, target } from '../strategy.js'
import { dayMs, floorTo, type Timestamp, timestamp } from '../time.js'
import { playScript, type Row, start, unit } from './playScript.rig.js'

const { id } = unit
const at = (price: number): Row => [price, price, price, price]
const cap: RiskRule = {
  name: 'cap',
  check: (order) => {
    const reason = { code: 'CAP', rule: 'cap', limit: '5', got: String(order.quantity), unit: 'base' } as const
    if (order.quantity <= 5) return approve
    return order.quantity > 20
      ? { kind: 'refuse', reason }
      : { kind: 'shrink', quantity: 5 as typeof order.quantity, reason }
  },
}
const dayLoss: RiskRule = {
  name: 'dayLoss',
  check: () => approve,
  watch: ({ equity, dayStartNear, now }) =>
    equity > dayStartNear * 0.97
      ? undefined
      : {
          mode: 'reduceOnly',
          until: timestamp(floorTo(now, dayMs) + dayMs),
          flatten: true,
          reason: { code: 'DAY', rule: 'dayLoss', limit: '0.97', got: String(equity), unit: 'quote' },
        },
}

describe('the report', () => {
  it('counts what each rule refused and shrank, the busiest first, with the first figures as an example', () => {
    const bars = Array<Row>(5).fill(at(100))
    const wishes = { 0: buy(id, 10), 1: [buy(id, 30), buy(id, 0)], 2: buy(id, 11) }
    expect(playScript({ bars, rules: [cap], wishes }).report.refusals).toEqual([
      {
        code: 'CAP',
        rule: 'cap',
        refused: 1,
        shrunk: 2,
        firstTime: start + 60_000,
        lastTime: start + 180_000,
        example: '10 against 5 (base)',
        cutMean: (5 / 10 + 6 / 11) / 2,
        cutMost: 6 / 11,
      },
      {
        code: 'BELOW_MIN_QUANTITY',
        rule: 'review',
        refused: 1,
        shrunk: 0,
        firstTime: start + 120_000,
        lastTime: start + 120_000,
        example: '0 against 1 (base)',
        cutMean: 0,
        cutMost: 0,
      },
    ])
  })

  it('lists each trip with its beginning and end, and the exits that it caused', () => {
    const from = (start + dayMs - 4 * 60_000) as Timestamp
    const bars = [at(100), at(100), at(90), at(90), at(90), at(90)]
    const { report, fills } = playScript({
      bars,
      from,
      rules: [dayLoss],
      wishes: { 0: target(id, 1), 3: buy(id, 1), 5: buy(id, 1) },
    })
    expect(report.trips).toEqual([
      {
        time: from + 3 * 60_000,
        code: 'DAY',
        rule: 'dayLoss',
        mode: 'reduceOnly',
        limit: '0.97',
        got: '9000',
        until: start + dayMs,
      },
    ])
    expect(fills).toEqual(['1 buy 100 @ 100', '3 sell 100 @ 90'])
    expect(report.refusals.map(({ code }) => code)).toEqual(['MODE_FORBIDS'])
  })

  it('leaves a trip open that still stands at the end', () => {
    const { report } = playScript({
      bars: [at(100), at(100), at(90), at(90)],
      rules: [dayLoss],
      wishes: { 0: target(id, 1) },
    })
    expect(report.trips.map(({ until }) => until)).toEqual([undefined])
  })
})
