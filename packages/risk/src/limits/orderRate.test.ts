import { dayMs, floorTo, timestamp } from '@astertrade/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { account, order, reasonOf, said } from './account.rig.js'
import { lookAlike } from './lookAlike.js'
import { type OrderRateOptions, orderRate } from './orderRate.js'

const now = timestamp('2020-01-01T12:00:00Z')
const ago = (ms: number) => timestamp(now - ms)
const placed = (...times: readonly number[]) =>
  times.map((ms, n) => ({ order: order({ number: 100 + n, quantity: n + 2 }), time: ago(ms) }))

describe('orderRate', () => {
  const rule = orderRate()

  it('allows five entries of a strategy in any second', () => {
    expect(said(rule, order(), account({ placed: placed(999, 999, 500, 0) }))).toBe('approve')
    expect(said(rule, order(), account({ placed: placed(999, 999, 500, 0, 0) }))).toBe('refuse RATE_STRATEGY')
    expect(said(rule, order(), account({ placed: placed(1000, 999, 500, 0, 0) }))).toBe('approve')
    expect(said(rule, order({ strategy: 'other' }), account({ placed: placed(9, 9, 9, 9, 9) }))).toBe('approve')
  })

  it('looks back the same second for a strategy as for the account', () => {
    const own = placed(1000, 999, 500, 0, 0)
    const others = placed(9, 9).map((entry, n) => ({ ...entry, order: order({ number: 200 + n, strategy: 'other' }) }))
    expect(said(rule, order(), account({ placed: [...own, ...others] }))).toBe('approve')
    const five = account({ placed: [...placed(999, 999, 500, 0, 0), ...others] })
    expect(reasonOf(rule.check(order(), five))).toMatchObject({ code: 'RATE_STRATEGY', limit: '5', got: '6' })
  })

  it('allows ten entries of the account in any second', () => {
    const nine = placed(9, 9, 9, 9, 9, 8, 8, 8, 8).map((entry, n) => ({
      ...entry,
      order: order({ number: 100 + n, strategy: `s${n % 3}` }),
    }))
    expect(said(rule, order({ strategy: 'new' }), account({ placed: nine }))).toBe('approve')
    const ten = [...nine, ...placed(7)]
    expect(reasonOf(rule.check(order({ strategy: 'new' }), account({ placed: ten })))).toEqual({
      code: 'RATE_ACCOUNT',
      rule: 'orderRate(5/s, account 10/s, 200/day)',
      limit: '10',
      got: '11',
      unit: 'count',
    })
  })

  it('looks back less than a second for the account', () => {
    const spread = (...times: readonly number[]) =>
      placed(...times).map((entry, n) => ({ ...entry, order: order({ number: 100 + n, strategy: `s${n}` }) }))
    const ten = (first: number) => account({ placed: spread(first, ...Array(9).fill(500)) })
    expect(said(rule, order(), ten(1000))).toBe('approve')
    expect(said(rule, order(), ten(999))).toBe('refuse RATE_ACCOUNT')
    expect([rule.use?.(ten(1000)), rule.use?.(ten(999))]).toEqual([0.9, 1])
    expect(rule.use?.(account({ placed: placed(...Array(20).fill(2000)) }))).toBe(0.1)
  })

  it('names each limit that is above its seed figure', () => {
    for (const options of [{ strategyPerSecond: 6 }, { accountPerSecond: 11 }, { perDay: 201 }]) {
      expect(orderRate(options).name).toMatch(/, above seed\)$/)
    }
    expect(orderRate({ strategyPerSecond: 5, accountPerSecond: 10, perDay: 200 }).name).toBe(rule.name)
  })

  it('looks back over midnight', () => {
    const midnight = timestamp('2020-01-02T00:00:00Z')
    const before = Array.from({ length: 5 }, (_, n) => ({
      order: order({ number: 100 + n }),
      time: timestamp(midnight - 999),
    }))
    expect(said(rule, order(), account({ now: midnight, placed: before }))).toBe('refuse RATE_STRATEGY')
    expect(said(rule, order(), account({ now: timestamp(midnight + 1), placed: before }))).toBe('approve')
  })

  it('admits no more than a burst and the rate in any window, whenever entries come', () => {
    const limits = { strategyPerSecond: 2, accountPerSecond: 3, perDay: 12 }
    const strict = orderRate(limits)
    const numRuns = Number(process.env.FC_NUM_RUNS ?? 200)
    const refusals = new Map<string, number>()
    const gap = fc.oneof(fc.constantFrom(0, 1, 499, 500, 999, 1000, 1001), fc.integer({ min: 0, max: 1500 }))
    fc.assert(
      fc.property(
        fc.integer({ min: -8000, max: 1000 }),
        fc.array(fc.tuple(gap, fc.constantFrom('a', 'b')), { minLength: 30, maxLength: 40 }),
        (from, arrivals) => {
          let time = timestamp('2020-01-02T00:00:00Z') + from
          const admitted: { order: ReturnType<typeof order>; time: ReturnType<typeof timestamp> }[] = []
          for (const [wait, strategy] of arrivals) {
            time += wait
            const asked = order({ number: 100 + admitted.length, strategy })
            const verdict = strict.check(asked, account({ now: timestamp(time), placed: admitted }))
            if (verdict.kind === 'approve') admitted.push({ order: asked, time: timestamp(time) })
            else refusals.set(reasonOf(verdict)!.code, (refusals.get(reasonOf(verdict)!.code) ?? 0) + 1)
          }
          for (const { time: start } of admitted) {
            const within = admitted.filter((entry) => entry.time >= start && entry.time < start + 1000)
            expect(within.length).toBeLessThanOrEqual(3)
            for (const strategy of ['a', 'b']) {
              expect(within.filter((entry) => entry.order.strategy === strategy).length).toBeLessThanOrEqual(2)
            }
            expect(
              admitted.filter((entry) => floorTo(entry.time, dayMs) === floorTo(start, dayMs)).length,
            ).toBeLessThanOrEqual(12)
          }
        },
      ),
      { numRuns },
    )
    for (const code of ['RATE_STRATEGY', 'RATE_ACCOUNT', 'RATE_DAY'])
      expect(refusals.get(code) ?? 0, code).toBeGreaterThan(numRuns / 2)
  })

  it('allows 200 entries on a UTC day', () => {
    const times = Array.from({ length: 200 }, (_, n) => 12 * 3_600_000 - n * 2000)
    expect(said(rule, order(), account({ placed: placed(...times.slice(1)) }))).toBe('approve')
    expect(said(rule, order(), account({ placed: placed(...times) }))).toBe('refuse RATE_DAY')
    expect(reasonOf(rule.check(order(), account({ placed: placed(...times) })))).toMatchObject({
      limit: '200',
      got: '201',
    })
    const yesterday = times.map((time) => time + 1)
    expect(said(rule, order(), account({ placed: placed(...yesterday) }))).toBe('approve')
  })

  it('asks for the ratio of cancels to fills when told to', () => {
    const strict = orderRate({ cancelsPerFill: 10 })
    expect(strict.name).toBe('orderRate(5/s, account 10/s, 200/day, 10 cancels/fill)')
    expect(said(strict, order(), account({ cancelsToday: 9 }))).toBe('approve')
    expect(said(strict, order(), account({ cancelsToday: 10 }))).toBe('refuse CANCEL_RATIO')
    expect(said(strict, order(), account({ cancelsToday: 20, fillsToday: 2 }))).toBe('approve')
    expect(said(strict, order(), account({ cancelsToday: 21, fillsToday: 2 }))).toBe('refuse CANCEL_RATIO')
    expect(reasonOf(strict.check(order(), account({ cancelsToday: 21, fillsToday: 2 })))).toMatchObject({
      limit: '20',
      got: '21',
    })
    expect(said(rule, order(), account({ cancelsToday: 1000 }))).toBe('approve')
  })

  it('lets exits pass at any rate', () => {
    expect(said(rule, order({ reduceOnly: true }), account({ placed: placed(...Array(20).fill(0)) }))).toBe('approve')
  })

  it('refuses without a time', () => {
    const view = { ...account(), now: Number.NaN as typeof now }
    expect(said(rule, order(), view)).toBe('refuse NOT_FINITE')
    expect(said(lookAlike(), order(), view)).toBe('refuse NOT_FINITE')
  })

  it.each([
    [{ perDay: 0 }, 'perDay "0" is not a whole number from 1 to 1000.'],
    [{ perDay: 1001 }, 'perDay "1001" is not a whole number from 1 to 1000.'],
    [{ strategyPerSecond: 1.5 }, 'strategyPerSecond "1.5" is not a whole number'],
    [{ accountPerSecond: '3' }, 'accountPerSecond "3" is not a whole number'],
    [{ cancelsPerFill: -1 }, 'cancelsPerFill "-1" is not a whole number'],
    [{ perHour: 1 }, 'orderRate has no option "perHour".'],
  ])('refuses the options %o', (options, message) => {
    expect(() => orderRate(options as OrderRateOptions)).toThrow(message)
  })
})
