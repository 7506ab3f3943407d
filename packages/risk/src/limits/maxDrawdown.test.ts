import { approve, defineInstrument, type Money, money } from '@astertrade/core'
import { orderRequestOf, riskViewOf, ruleContract } from '@astertrade/core/testing'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type MaxDrawdownOptions, maxDrawdown } from './maxDrawdown.js'

const numRuns = Number(process.env.FC_NUM_RUNS ?? 500)
const btc = defineInstrument({ id: 'BTC-USDT.sim', tick: '0.01', lot: '0.001' })
const order = orderRequestOf({ instrument: btc })
const fallen = (equity: string | Money, highWaterMark: string | Money = '10000') =>
  riskViewOf({ instruments: [btc], equity, highWaterMark })

describe('maxDrawdown', () => {
  it('refuses where equity or its mark is no number, each for itself', () => {
    const view = fallen('9800')
    for (const bad of [{ equity: Number.NaN }, { highWaterMarkNear: Number.NaN }]) {
      expect(maxDrawdown().check(order, { ...view, ...bad })).toMatchObject({
        kind: 'refuse',
        reason: { code: 'NOT_FINITE' },
      })
    }
  })

  it('lets entries pass above the floor', () => {
    expect(maxDrawdown().check(order, fallen('9500'))).toBe(approve)
    expect(maxDrawdown().watch?.(fallen('9500'))).toBeUndefined()
  })

  it('halts at the first touch of exactly 10 %, and not one unit of 1e-18 above', () => {
    const above = (money('9000') + 1n) as Money
    expect(maxDrawdown().check(order, fallen(above))).toBe(approve)
    expect(maxDrawdown().watch?.(fallen(above))).toBeUndefined()
    const reason = { code: 'DRAWDOWN', rule: 'maxDrawdown(10%)', limit: '0.1', got: '0.1', unit: 'ratio' }
    expect(maxDrawdown().check(order, fallen('9000'))).toEqual({ kind: 'refuse', reason })
    expect(maxDrawdown().watch?.(fallen('9000'))).toEqual({ mode: 'halted', until: 'operator', flatten: true, reason })
  })

  it('leaves positions to their stops when told to hold', () => {
    const rule = maxDrawdown({ onTrip: 'hold' })
    expect(rule.name).toBe('maxDrawdown(10%, hold)')
    expect(rule.watch?.(fallen('9000'))?.flatten).toBe(false)
  })

  it('lets exits pass', () => {
    expect(maxDrawdown().check({ ...order, reduceOnly: true }, fallen('1'))).toBe(approve)
  })

  it('treats a limit of one as the loss of everything', () => {
    const rule = maxDrawdown({ limit: 1, ceilings: 'own' })
    expect(rule.name).toBe('maxDrawdown(100%, seed 10%)')
    expect(rule.check(order, fallen(1n as Money))).toBe(approve)
    expect(rule.check(order, fallen('0'))).toMatchObject({ kind: 'refuse', reason: { got: '1' } })
  })

  it('trips exactly where 10 E <= 9 H', () => {
    const seen = { stands: 0, trips: 0 }
    const arbitrary = fc.record({
      peak: fc.bigInt({ min: 1n, max: 10n ** 26n }),
      nudge: fc.oneof(fc.constantFrom(-1n, 0n, 1n), fc.bigInt({ min: -(10n ** 25n), max: 10n ** 25n })),
    })
    fc.assert(
      fc.property(arbitrary, ({ peak, nudge }) => {
        const equity = (9n * peak) / 10n + nudge
        const trips = 10n * equity <= 9n * peak
        const view = fallen(equity as Money, peak as Money)
        expect(maxDrawdown().watch?.(view) !== undefined).toBe(trips)
        expect(maxDrawdown().check(order, view).kind).toBe(trips ? 'refuse' : 'approve')
        seen[trips ? 'trips' : 'stands']++
      }),
      { numRuns },
    )
    for (const count of Object.values(seen)) expect(count).toBeGreaterThan(numRuns / 100)
  })

  it.each([
    [{ limit: 0.2 }, 'maxDrawdown limit "0.2" is looser than the seed figure 0.1.'],
    [{ onTrip: 'sell' }, 'onTrip "sell" is not one of flatten, hold.'],
    [{ ontrip: 'hold' }, 'Did you mean "onTrip"?'],
  ])('refuses the options %o', (options, message) => {
    expect(() => maxDrawdown(options as MaxDrawdownOptions)).toThrow(message)
  })

  describe('keeps the rule contract', () => {
    for (const check of ruleContract({ create: maxDrawdown, instrument: btc })) it(check.name, () => check.run())
  })
})
