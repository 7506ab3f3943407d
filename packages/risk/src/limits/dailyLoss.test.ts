import { approve, defineInstrument, type Money, money, timestamp } from '@astertrade/core'
import { orderRequestOf, riskViewOf, ruleContract } from '@astertrade/core/testing'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type DailyLossOptions, dailyLoss } from './dailyLoss.js'

const numRuns = Number(process.env.FC_NUM_RUNS ?? 500)
const btc = defineInstrument({ id: 'BTC-USDT.sim', tick: '0.01', lot: '0.001' })
const order = orderRequestOf({ instrument: btc })
const now = timestamp('2020-02-29T23:59:59.999Z')
const day = (equity: string | Money, dayStart: string | Money = '10000') =>
  riskViewOf({ instruments: [btc], equity, dayStart, now })

describe('dailyLoss', () => {
  it('lets entries pass while the day has lost less than 3 %', () => {
    expect(dailyLoss().check(order, day('9800'))).toBe(approve)
    expect(dailyLoss().watch?.(day('9800'))).toBeUndefined()
  })

  it('speaks at the first touch of exactly 3 %, and not one unit of 1e-18 above', () => {
    const above = (money('9700') + 1n) as Money
    expect(dailyLoss().check(order, day(above))).toBe(approve)
    expect(dailyLoss().watch?.(day(above))).toBeUndefined()
    const reason = { code: 'DAILY_LOSS', rule: 'dailyLoss(3%)', limit: '0.03', got: '0.03', unit: 'ratio' }
    expect(dailyLoss().check(order, day('9700'))).toEqual({ kind: 'refuse', reason })
    const notBefore = timestamp('2020-03-01')
    const trip = { mode: 'reduceOnly', until: 'operator', notBefore, flatten: false, reason }
    expect(dailyLoss().watch?.(day('9700'))).toEqual(trip)
  })

  it('ends its stop at the next UTC midnight, a whole day later when it trips at midnight', () => {
    const midnight = { ...day('9000'), now: timestamp('2020-03-01') }
    const tomorrow = timestamp('2020-03-02')
    expect(dailyLoss().watch?.(midnight)).toMatchObject({ until: 'operator', notBefore: tomorrow })
    expect(dailyLoss({ acknowledge: 'nextDay' }).watch?.(midnight)?.until).toBe(tomorrow)
  })

  it('waits for nobody when asked to, and says so in its name', () => {
    const rule = dailyLoss({ acknowledge: 'nextDay' })
    expect([rule.name, dailyLoss({ acknowledge: 'operator' }).name]).toEqual([
      'dailyLoss(3%, nextDay)',
      'dailyLoss(3%)',
    ])
    expect(rule.watch?.(day('9000'))).not.toHaveProperty('notBefore')
    expect(rule.watch?.(day('9000'))).toMatchObject({ mode: 'reduceOnly', flatten: false })
  })

  it('lets exits pass on the worst day', () => {
    expect(dailyLoss().check({ ...order, reduceOnly: true }, day('1'))).toBe(approve)
  })

  it('counts a day that began with nothing, or less, as lost', () => {
    expect(dailyLoss().check(order, day('0', '0'))).toMatchObject({ kind: 'refuse', reason: { got: '1' } })
    expect(dailyLoss().check(order, day('-5', '-5'))).toMatchObject({ kind: 'refuse', reason: { got: '1' } })
  })

  it('decides exactly below zero too', () => {
    const almost = (money('-970000') - 1n) as Money
    expect(dailyLoss().check(order, day(almost, '-1000000')).kind).toBe('refuse')
    expect(dailyLoss().check(order, day('-970000', '-1000000')).kind).toBe('refuse')
    expect(dailyLoss().check(order, day((money('-970000') + 1n) as Money, '-1000000'))).toBe(approve)
  })

  it('refuses with NOT_FINITE what is no number, and leaves the trip to the exact books', () => {
    for (const equity of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
      const view = { ...day('9800'), equity }
      const reason = {
        code: 'NOT_FINITE',
        rule: 'dailyLoss(3%)',
        limit: 'a number',
        got: String(equity),
        unit: 'quote',
      }
      expect(dailyLoss().check(order, view)).toEqual({ kind: 'refuse', reason })
      expect(dailyLoss().watch?.(view)).toBeUndefined()
      expect(dailyLoss().watch?.({ ...day('9600'), equity: Number.NaN })).toMatchObject({ mode: 'reduceOnly' })
    }
  })

  it('rounds the loss it reports up', () => {
    expect(dailyLoss().check(order, day('9000', '9999'))).toMatchObject({ reason: { got: '0.09991' } })
    // A loss of six times a day start of one unit, and of anything from nothing.
    expect(dailyLoss().check(order, day(-5n as Money, 1n as Money))).toMatchObject({ reason: { got: '6' } })
    expect(dailyLoss().check(order, day(-5n as Money, 0n as Money))).toMatchObject({ reason: { got: '1' } })
  })

  it('decides as the definition in exact arithmetic does', () => {
    const seen = { approve: 0, refuse: 0 }
    const arbitrary = fc.record({
      start: fc.bigInt({ min: 1n, max: 10n ** 25n }),
      ppm: fc.oneof(fc.constantFrom(1, 30_000, 29_999), fc.integer({ min: 1, max: 30_000 })),
      nudge: fc.oneof(fc.constantFrom(-1n, 0n, 1n), fc.bigInt({ min: -(10n ** 24n), max: 10n ** 24n })),
    })
    fc.assert(
      fc.property(arbitrary, ({ start, ppm, nudge }) => {
        const equity = (start * BigInt(1_000_000 - ppm)) / 1_000_000n + nudge
        const lost = (start - equity) * 1_000_000n >= start * BigInt(ppm)
        const rule = dailyLoss({ limit: ppm / 1e6 })
        const view = day(equity as Money, start as Money)
        const verdict = rule.check(order, view)
        expect(verdict.kind).toBe(lost ? 'refuse' : 'approve')
        expect(rule.watch?.(view) !== undefined).toBe(lost)
        seen[lost ? 'refuse' : 'approve']++
      }),
      { numRuns },
    )
    for (const count of Object.values(seen)) expect(count).toBeGreaterThan(numRuns / 100)
  })

  it.each([
    [{ limit: 0.05 }, 'dailyLoss limit "0.05" is looser than the seed figure 0.03.'],
    [{ acknowledge: 'never' }, 'acknowledge "never" is not one of nextDay, operator.'],
    [{ acknowlege: 'operator' }, 'Did you mean "acknowledge"?'],
  ])('refuses the options %o', (options, message) => {
    expect(() => dailyLoss(options as DailyLossOptions)).toThrow(message)
  })

  describe('keeps the rule contract', () => {
    for (const check of ruleContract({ create: dailyLoss, instrument: btc })) it(check.name, () => check.run())
  })
})
