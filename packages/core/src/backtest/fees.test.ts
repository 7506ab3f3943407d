import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { defineInstrument } from '../instrument.js'
import { formatMoney, moneyToNumber } from '../money.js'
import { type FeeModel, fixedFees, makerTaker, noFees, sumFees, tieredFees } from './fees.js'

const btc = defineInstrument({ id: 'BTC-USDT.sim', tick: '0.01', lot: '0.001' })
const fee = (model: FeeModel, price: number, quantity: number, liquidity: 'maker' | 'taker' = 'taker'): string =>
  formatMoney(
    model.charge({ instrument: btc, price: btc.price(price, 'nearest'), quantity: btc.quantity(quantity), liquidity }),
  )

describe('makerTaker', () => {
  it('charges each side its own rate', () => {
    const model = makerTaker({ maker: 0.0002, taker: 0.0005 })
    expect(fee(model, 40_000, 0.5, 'maker')).toBe('4')
    expect(fee(model, 40_000, 0.5, 'taker')).toBe('10')
    expect(model).toMatchObject({ name: 'maker 0.0002, taker 0.0005', highestRate: 0.0005 })
    expect(model.fresh()).toBe(model)
  })

  it('pays a rebate, and keeps nothing aside for one', () => {
    const model = makerTaker({ maker: -0.0001, taker: 0 })
    expect(fee(model, 40_000, 0.5, 'maker')).toBe('-2')
    expect(model.highestRate).toBe(0)
  })

  it('refuses a rate that is no whole number of parts per million, or all of the value', () => {
    for (const rate of [0.0000001, 1, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => makerTaker({ maker: rate, taker: 0 })).toThrow(
        `The maker fee "${rate}" is not a ratio on whole parts per million.`,
      )
      expect(() => makerTaker({ maker: 0, taker: rate })).toThrow(expect.objectContaining({ code: 'BAD_FEES' }))
    }
    expect(() => makerTaker({ maker: 0.000001, taker: 0.999999 })).not.toThrow()
  })
})

describe('tieredFees', () => {
  const tiers = [
    { from: 0, maker: 0.001, taker: 0.002 },
    { from: 1000, maker: 0.0005, taker: 0.001 },
    { from: 5000, maker: 0, taker: 0.0005 },
  ]

  it('charges by the value that was traded before each fill', () => {
    const model = tieredFees(tiers)
    const fees = Array.from({ length: 8 }, () => fee(model, 500, 2))
    expect(fees).toEqual(['2', '1', '1', '1', '1', '0.5', '0.5', '0.5'])
    expect(model.highestRate).toBe(0.002)
    expect(model.name).toBe(
      'tiers 0: maker 0.001, taker 0.002; 1000: maker 0.0005, taker 0.001; 5000: maker 0, taker 0.0005',
    )
  })

  it('starts anew for a new run', () => {
    const model = tieredFees(tiers)
    fee(model, 500, 20)
    expect(fee(model, 500, 2)).toBe('0.5')
    expect(fee(model.fresh(), 500, 2)).toBe('2')
  })

  it('refuses tiers that do not start at 0 and rise', () => {
    for (const bad of [[], [tiers[1]!], [tiers[0]!, tiers[0]!], [tiers[0]!, tiers[2]!, tiers[1]!]]) {
      expect(() => tieredFees(bad)).toThrow('Fee tiers do not start at 0 and rise.')
    }
    expect(() => tieredFees([{ from: 0, maker: 2, taker: 0 }])).toThrow(expect.objectContaining({ code: 'BAD_FEES' }))
  })
})

describe('fixedFees', () => {
  it('charges per unit, per fill, and at least a minimum', () => {
    expect(fee(fixedFees({ perUnit: '0.005' }), 100, 200)).toBe('1')
    expect(fee(fixedFees({ perUnit: '0.005', flat: '0.35' }), 100, 200)).toBe('1.35')
    expect(fee(fixedFees({ perUnit: '0.005', minimum: '1' }), 100, 10)).toBe('1')
    expect(fee(fixedFees({ perUnit: '0.005', minimum: '1' }), 100, 201)).toBe('1.005')
    expect(fee(fixedFees({}), 100, 200)).toBe('0')
  })

  it('rounds up the last of 18 decimals', () => {
    expect(fee(fixedFees({ perUnit: '0.000000000000000001' }), 100, 0.001)).toBe('0.000000000000000001')
  })

  it('keeps aside what a fill may cost at most', () => {
    const model = fixedFees({ perUnit: '0.005', flat: '0.35', minimum: '1' })
    expect(model.fixed).toEqual({ perUnit: 0.005, perFill: 1 })
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000_000 }), (lots) => {
        const quantity = lots / 1000
        expect(Number(fee(model, 100, quantity))).toBeLessThanOrEqual(quantity * 0.005 + 1 + 1e-9)
      }),
    )
  })

  it('refuses what is no amount or is negative', () => {
    expect(() => fixedFees({ flat: '-1' })).toThrow('The fee "-1" is negative.')
    expect(() => fixedFees({ perUnit: '-0.1' })).toThrow(expect.objectContaining({ code: 'BAD_FEES' }))
    expect(() => fixedFees({ minimum: 'much' })).toThrow(expect.objectContaining({ code: 'BAD_MONEY' }))
  })
})

describe('sumFees', () => {
  it('charges several models together', () => {
    const model = sumFees([
      makerTaker({ maker: 0.001, taker: 0.001 }),
      fixedFees({ flat: '0.5' }),
      fixedFees({ perUnit: '0.1' }),
    ])
    expect(fee(model, 100, 10)).toBe('2.5')
    expect(model).toMatchObject({ highestRate: 0.001, fixed: { perUnit: 0.1, perFill: 0.5 } })
    expect(model.name).toBe(
      'maker 0.001, taker 0.001 + 0 per unit, 0.5 per fill, at least 0 + 0.1 per unit, 0 per fill, at least 0',
    )
  })

  it('is nothing where there is nothing to add', () => {
    const model = sumFees([])
    expect([fee(model, 100, 10), model.name, model.highestRate, model.fixed]).toEqual(['0', 'none', 0, undefined])
    expect([fee(noFees, 100, 10), noFees.name]).toEqual(['0', 'none'])
  })

  it('starts each model anew for a new run', () => {
    const model = sumFees([
      tieredFees([
        { from: 0, maker: 0.002, taker: 0.002 },
        { from: 1, maker: 0.001, taker: 0.001 },
      ]),
    ])
    expect([fee(model, 100, 10), fee(model, 100, 10), fee(model.fresh(), 100, 10)]).toEqual(['2', '1', '2'])
  })
})

it('no fee is above the rate that entries keep aside', () => {
  const models = [
    makerTaker({ maker: -0.0001, taker: 0.0004 }),
    tieredFees([
      { from: 0, maker: 0.001, taker: 0.002 },
      { from: 100, maker: 0.003, taker: 0 },
    ]),
    sumFees([makerTaker({ maker: 0.001, taker: 0.002 }), makerTaker({ maker: 0.002, taker: 0.001 })]),
  ]
  fc.assert(
    fc.property(
      fc.constantFrom(...models),
      fc.integer({ min: 1, max: 10_000_000 }),
      fc.integer({ min: 1, max: 10_000_000 }),
      fc.constantFrom('maker' as const, 'taker' as const),
      (model, ticks, lots, liquidity) => {
        const charged = {
          instrument: btc,
          price: btc.price(ticks / 100, 'nearest'),
          quantity: btc.quantity(lots / 1000),
          liquidity,
        }
        const value = moneyToNumber(btc.notional(charged.price, charged.quantity))
        expect(moneyToNumber(model.fresh().charge(charged))).toBeLessThanOrEqual(
          value * model.highestRate * (1 + 1e-12),
        )
      },
    ),
  )
})

describe('a fee on a price below zero', () => {
  it('is a cost even so', () => {
    expect(fee(makerTaker({ maker: 0.001, taker: 0.001 }), -40, 0.5)).toBe('0.02')
    expect(fee(makerTaker({ maker: 0.001, taker: 0.001 }), -123_456_789.12, 1_000_000)).toBe('123456789120')
    expect(fee(makerTaker({ maker: -0.001, taker: 0 }), -40, 0.5, 'maker')).toBe('-0.02')
  })
})
