import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { approve, type RiskRule } from '../risk.js'
import { buy, target } from '../strategy.js'
import { dayMs, type Timestamp } from '../time.js'
import { playScript, type Row, start, unit } from './playScript.rig.js'
import type { LimitRow, LimitUse } from './report.js'

const { id } = unit
const at = (price: number): Row => [price, price, price, price]
const numRuns = Number(process.env.FC_NUM_RUNS ?? 50)

/** A fall of a tenth is the limit; it watches, so that every low is seen. */
const fall: RiskRule = {
  name: 'fall',
  check: () => approve,
  watch: () => undefined,
  watchBelow: () => 0,
  use: ({ equity, highWaterMarkNear }) => (1 - equity / highWaterMarkNear) / 0.1,
}
/** Half the equity is the limit. */
const half: RiskRule = {
  name: 'half',
  check: () => approve,
  use: ({ equity, grossExposure }) => grossExposure / (equity * 0.5),
}
const rowOf = (limits: readonly LimitRow[], rule: string): LimitRow => limits.find((row) => row.rule === rule)!
const useOf = (limits: readonly LimitRow[], rule: string): LimitUse => rowOf(limits, rule).use!

describe('the limits of a report', () => {
  it('count for each rule, in their order, the orders that came to it, passed it, shrank and ended', () => {
    const reason = { code: 'ODD', rule: 'odd', limit: '1', got: '2', unit: 'count' } as const
    const odd: RiskRule = {
      name: 'odd',
      check: ({ quantity }) => (quantity % 2 === 0 ? approve : { kind: 'refuse', reason }),
    }
    const cap: RiskRule = {
      name: 'cap',
      check: ({ quantity }) =>
        quantity <= 4
          ? approve
          : { kind: 'shrink', quantity: 4 as typeof quantity, reason: { ...reason, code: 'CAP', rule: 'cap' } },
    }
    const wishes = { 0: [buy(id, 2), buy(id, 3), buy(id, 6)], 1: buy(id, 8) }
    const { limits } = playScript({ bars: Array<Row>(3).fill(at(100)), rules: [odd, cap], wishes }).report
    expect(limits.map(({ use: _, ...row }) => row)).toEqual([
      { rule: 'engine', asked: 4, approved: 4, shrunk: 0, refused: 0 },
      { rule: 'odd', asked: 4, approved: 3, shrunk: 0, refused: 1 },
      { rule: 'cap', asked: 3, approved: 1, shrunk: 2, refused: 0 },
      { rule: 'buyingPower(1)', asked: 3, approved: 3, shrunk: 0, refused: 0 },
      { rule: 'review', asked: 3, approved: 3, shrunk: 0, refused: 0 },
    ])
    expect(rowOf(limits, 'odd').use).toBeUndefined()
  })

  it('say how much was in use at most, when, at the end and on each day, the lowest close of a day included', () => {
    const from = (start + dayMs - 3 * 60_000) as Timestamp
    const bars = [at(100), at(100), at(96), at(99), at(98), at(97)]
    const { limits } = playScript({ bars, from, rules: [fall, half], wishes: { 0: target(id, 0.5) } }).report
    const [worst, last] = [(1 - 9_800 / 10_000) / 0.1, (1 - 9_850 / 10_000) / 0.1]
    const days = { time: Float64Array.of(start + dayMs, start + 2 * dayMs), use: Float64Array.of(worst, last) }
    expect(useOf(limits, 'fall')).toEqual({ most: worst, mostTime: from + 3 * 60_000, last, days })
    expect(useOf(limits, 'half')).toMatchObject({ most: 1, mostTime: from + 2 * 60_000, last: 4_850 / 4_925 })
  })

  it('see a low between two highs of one day, though the day has a lower close', () => {
    const bars = [at(100), at(99), at(120), at(110), at(119), at(121)]
    const { report } = playScript({ bars, rules: [fall], wishes: { 0: target(id, 1) } })
    const { most, mostTime } = useOf(report.limits, 'fall')
    expect(most).toBe((1 - report.equity.equity[3]! / report.equity.equity[2]!) / 0.1)
    expect(mostTime).toBe(start + 4 * 60_000)
    expect(most * 0.1).toBeCloseTo(report.statistics.maxDrawdown, 12)
  })

  it('are never known where a rule never knows, and nothing where nothing was held', () => {
    const unknown: RiskRule = { ...half, name: 'unknown', use: () => Number.NaN }
    const { limits } = playScript({ bars: [at(100), at(90)], rules: [unknown, half] }).report
    expect(useOf(limits, 'unknown')).toMatchObject({ most: Number.NaN, last: Number.NaN })
    expect(useOf(limits, 'half')).toMatchObject({ most: 0, last: 0 })
  })

  it('name a rule that fails while it tells its use', () => {
    const broken: RiskRule = {
      ...half,
      use: () => {
        throw new TypeError('no figure')
      },
    }
    expect(() => playScript({ bars: [at(100)], rules: [broken] })).toThrow('Rule "half" failed: no figure')
  })

  it('give the deepest drawdown of the statistics for any prices, and change nothing of the run', () => {
    const prices = fc.array(fc.integer({ min: 50, max: 150 }), { minLength: 3, maxLength: 40 })
    fc.assert(
      fc.property(prices, fc.integer({ min: 1, max: 20 }), (list, hours) => {
        const script = {
          bars: list.map(at),
          interval: (hours * 3_600_000) as never,
          wishes: { 0: target(id, 1), 7: target(id, 0), 11: target(id, 0.5) },
        }
        const [told, untold] = [fall, { ...fall, use: undefined } as unknown as RiskRule].map(
          (rule) => playScript({ ...script, rules: [rule] }).report,
        )
        const { most, days } = useOf(told!.limits, 'fall')
        expect(most * 0.1).toBeCloseTo(told!.statistics.maxDrawdown, 12)
        expect(Math.max(...days.use)).toBe(Math.max(0, most))
        expect(told!.resultHash).toBe(untold!.resultHash)
      }),
      { numRuns },
    )
  })
})
