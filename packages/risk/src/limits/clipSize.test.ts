import { approve, defineInstrument, type Money, money } from '@astertrade/core'
import { orderRequestOf, riskViewOf, ruleContract } from '@astertrade/core/testing'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type ClipSizeOptions, clipSize } from './clipSize.js'

const numRuns = Number(process.env.FC_NUM_RUNS ?? 500)
const btc = defineInstrument({ id: 'BTC-USDT.sim', tick: '0.01', lot: '0.001' })
const cent = defineInstrument({ id: 'X-USD.sim', tick: '0.0001', lot: '5' })
const at = (mark: number, equity: string | Money = '10000') =>
  riskViewOf({ instruments: [btc], equity, marks: { [btc.id]: mark } })
const order = (quantity: number, rest: Partial<Parameters<typeof orderRequestOf>[0]> = {}) =>
  orderRequestOf({ instrument: btc, quantity, ...rest })

describe('clipSize', () => {
  it('lets a small entry pass with the shared verdict', () => {
    expect(clipSize().check(order(1), at(100))).toBe(approve)
  })

  it('shrinks a large entry to the largest lot within 5 % of equity', () => {
    expect(clipSize().check(order(10), at(99))).toEqual({
      kind: 'shrink',
      quantity: 5.05,
      reason: { code: 'CLIP', rule: 'clipSize(5%)', limit: '500', got: '990', unit: 'quote' },
    })
  })

  it('passes an order of exactly the limit, and shrinks one that is a lot larger', () => {
    expect(clipSize().check(order(5), at(100))).toBe(approve)
    expect(clipSize().check(order(5.001), at(100))).toMatchObject({ kind: 'shrink', quantity: 5 })
  })

  it('sees one unit of 1e-18 of equity at the limit', () => {
    const unit = 1n
    const [enough, short] = [money('10000'), (money('10000') - unit) as Money]
    expect(clipSize().check(order(5), at(100, enough))).toBe(approve)
    expect(clipSize().check(order(5), at(100, short))).toMatchObject({ kind: 'shrink', quantity: 4.999 })
  })

  it('refuses where not even one lot fits', () => {
    const reason = { code: 'CLIP', rule: 'clipSize(5%)', limit: '5', got: '65', unit: 'quote' }
    expect(clipSize().check(order(0.001), at(65_000, '100'))).toEqual({ kind: 'refuse', reason })
    for (const equity of ['0', '-1000']) {
      expect(clipSize().check(order(1), at(100, equity))).toMatchObject({ kind: 'refuse', reason: { code: 'CLIP' } })
    }
  })

  it('lets an exit pass whatever its size', () => {
    expect(clipSize().check(order(1e6, { reduceOnly: true }), at(100))).toBe(approve)
  })

  it('values a buy at its limit and a sell at the mark at least', () => {
    const rule = clipSize()
    expect(rule.check(order(10, { type: 'limit', limit: 40 }), at(100))).toBe(approve)
    expect(rule.check(order(10, { type: 'limit', limit: 200 }), at(10))).toMatchObject({ quantity: 2.5 })
    expect(rule.check(order(10, { side: 'sell', type: 'limit', limit: 0.01 }), at(100))).toMatchObject({ quantity: 5 })
    expect(rule.check(order(10, { side: 'sell', type: 'limit', limit: 200 }), at(100))).toMatchObject({ quantity: 2.5 })
  })

  it('values a stop at its trigger or the mark, whichever is higher', () => {
    const rule = clipSize()
    expect(rule.check(order(10, { type: 'stop', trigger: 125 }), at(100))).toMatchObject({ quantity: 4 })
    expect(rule.check(order(10, { side: 'sell', type: 'stop', trigger: 80 }), at(100))).toMatchObject({ quantity: 5 })
  })

  it('rounds an average mark up to the tick, against us', () => {
    expect(clipSize().check(order(10), at(99.991))).toMatchObject({ quantity: 5, reason: { got: '1000' } })
  })

  it('refuses with NO_MARK where nothing gives a price, and passes a buy limit that has its own', () => {
    const view = riskViewOf({ instruments: [btc] })
    const reason = { code: 'NO_MARK', rule: 'clipSize(5%)', limit: 'a price', got: 'none', unit: 'price' }
    expect(clipSize().check(order(1), view)).toEqual({ kind: 'refuse', reason })
    expect(clipSize().check(order(1, { side: 'sell', type: 'limit', limit: 100 }), view)).toEqual({
      kind: 'refuse',
      reason,
    })
    expect(clipSize().check(order(1, { type: 'limit', limit: 100 }), view)).toBe(approve)
  })

  it('refuses with NOT_FINITE what is no usable number', () => {
    for (const mark of [Number.NaN, Number.POSITIVE_INFINITY, -1, 0, 1e300]) {
      expect(clipSize().check(order(1), at(mark))).toMatchObject({
        kind: 'refuse',
        reason: { code: 'NOT_FINITE', unit: 'price' },
      })
    }
    const odd = { ...order(1), quantity: Number.NaN } as ReturnType<typeof order>
    expect(clipSize().check(odd, at(100))).toMatchObject({
      kind: 'refuse',
      reason: { code: 'NOT_FINITE', unit: 'base' },
    })
    for (const equity of [Number.NaN, Number.POSITIVE_INFINITY]) {
      const view = { ...at(100), equity }
      expect(clipSize().check(order(1), view)).toMatchObject({
        kind: 'refuse',
        reason: { code: 'NOT_FINITE', unit: 'quote' },
      })
    }
  })

  it('never exceeds the cap, shrinks as little as it must, and approves its own answer', () => {
    const seen = { approve: 0, shrink: 0, refuse: 0 }
    const arbitrary = fc.record({
      instrument: fc.constantFrom(btc, cent),
      ticks: fc.oneof(fc.constantFrom(1, 9_999, 10_000, 6_500_000), fc.integer({ min: 1, max: 20_000_000 })),
      lots: fc.oneof(fc.constantFrom(1, 2, 1_000), fc.integer({ min: 1, max: 1_000_000 })),
      equity: fc.oneof(fc.constantFrom(100n, 500n, 2_000n, 10_000n), fc.bigInt({ min: 0n, max: 10_000_000n })),
      nudge: fc.constantFrom(-1n, 0n, 1n),
      ppm: fc.oneof(fc.constantFrom(1, 50_000, 49_999), fc.integer({ min: 1, max: 50_000 })),
    })
    fc.assert(
      fc.property(arbitrary, ({ instrument, ticks, lots, equity, nudge, ppm }) => {
        const price = instrument.price(ticks / instrument.tick.scale, 'nearest')
        const asked = orderRequestOf({ instrument, quantity: lots * instrument.lot.size })
        const exact = (equity * 10n ** 18n + nudge) as Money
        const view = riskViewOf({ instruments: [instrument], equity: exact, marks: { [instrument.id]: price } })
        const rule = clipSize({ limit: ppm / 1e6 })
        const within = (quantity: typeof asked.quantity) =>
          instrument.notional(price, quantity) * 1_000_000n <= exact * BigInt(ppm)
        const verdict = rule.check(asked, view)
        seen[verdict.kind]++
        expect(verdict.kind === 'approve').toBe(within(asked.quantity))
        if (verdict.kind === 'refuse') expect(within(instrument.quantity(instrument.lot.size))).toBe(false)
        if (verdict.kind !== 'shrink') return
        expect(verdict.quantity).toBeLessThan(asked.quantity)
        expect(within(verdict.quantity)).toBe(true)
        expect(within(instrument.quantity(verdict.quantity + instrument.lot.size))).toBe(false)
        expect(rule.check({ ...asked, quantity: verdict.quantity }, view)).toBe(approve)
      }),
      { numRuns },
    )
    for (const count of Object.values(seen)) expect(count).toBeGreaterThan(numRuns / 100)
  })

  it('holds at the exact limit for any grid, one lot to either side', () => {
    const arbitrary = fc.record({
      ticks: fc.integer({ min: 1, max: 10_000_000 }),
      lots: fc.integer({ min: 2, max: 1_000_000 }),
      ppm: fc.constantFrom(50_000, 20_000, 10_000),
    })
    fc.assert(
      fc.property(arbitrary, ({ ticks, lots, ppm }) => {
        const price = btc.price(ticks / btc.tick.scale, 'nearest')
        const asked = order(lots / btc.lot.scale)
        const value = btc.notional(price, asked.quantity)
        const equity = ((value * 1_000_000n) / BigInt(ppm)) as Money
        const rule = clipSize({ limit: ppm / 1e6 })
        expect(rule.check(asked, at(price, equity))).toBe(approve)
        expect(rule.check(asked, at(price, (equity - 1n) as Money))).toMatchObject({
          quantity: (lots - 1) / btc.lot.scale,
        })
      }),
      { numRuns },
    )
  })

  it.each([
    [{ limit: '5"' }, 'clipSize limit "5\\"" is not a number above 0 and at most 1.'],
    [{ limit: 0 }, 'clipSize limit "0" is not a number above 0 and at most 1.'],
    [{ limit: -0.01 }, 'clipSize limit "-0.01" is not a number above 0 and at most 1.'],
    [{ limit: Number.NaN }, 'clipSize limit "NaN" is not a number above 0 and at most 1.'],
    [{ limit: 5 }, 'A limit is a share of equity: 5 % is 0.05. The seed figure is 0.05.'],
    [{ limit: '0.05' }, 'clipSize limit "0.05" is not a number above 0 and at most 1.'],
    [{ limit: 0.01234567 }, 'Limits are whole parts per million, such as 0.012346.'],
    [{ limit: 0.08 }, "To loosen knowingly add ceilings: 'own'"],
    [{ limt: 0.01 }, 'Did you mean "limit"?'],
    [{ ceilings: 'mine' }, 'ceilings "mine" is not one of seed, own.'],
  ])('refuses the options %o', (options, message) => {
    expect(() => clipSize(options as ClipSizeOptions)).toThrow(message)
  })

  it('carries a loosened limit in its name', () => {
    expect(clipSize({ limit: 0.08, ceilings: 'own' }).name).toBe('clipSize(8%, seed 5%)')
    expect(clipSize({ limit: 0.0125, ceilings: 'own' }).name).toBe('clipSize(1.25%)')
  })

  for (const instrument of [btc, cent]) {
    describe(`keeps the rule contract on ${instrument.id}`, () => {
      for (const check of ruleContract({ create: clipSize, instrument })) it(check.name, () => check.run())
    })
  }
})
