import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatMoney, type Money, money, moneyScale, moneyToNumber, scaleBy } from './money.js'

const numRuns = Number(process.env.FC_NUM_RUNS ?? 2_000)
const amounts = fc.oneof(
  fc.constantFrom(0n, 1n, -1n, moneyScale, -moneyScale, moneyScale - 1n, 10n ** 40n + 1n),
  fc.bigInt({ min: -(10n ** 36n), max: 10n ** 36n }),
) as fc.Arbitrary<Money>

describe('money', () => {
  it('reads decimal text exactly', () => {
    expect(money('12.34')).toBe(12_340_000_000_000_000_000n)
    expect(money('0.000000000000000001')).toBe(1n)
    expect(money('-0.1')).toBe(-100_000_000_000_000_000n)
    expect(money('+5')).toBe(5n * moneyScale)
    expect(money('-0')).toBe(0n)
    expect(money('007.50')).toBe(7_500_000_000_000_000_000n)
  })

  it('refuses what is no plain decimal', () => {
    const bad = [
      '',
      ' 1',
      '1 ',
      '1e3',
      '.5',
      '1.',
      '1,5',
      '--1',
      'NaN',
      'Infinity',
      '0x10',
      '0.0000000000000000001',
      '1_000',
    ]
    for (const text of bad) {
      expect(() => money(text)).toThrow(`Not an amount of money: ${JSON.stringify(text)}.`)
      expect(() => money(text)).toThrow(expect.objectContaining({ code: 'BAD_MONEY' }))
    }
  })

  it('prints what it reads, and reads what it prints', () => {
    expect(formatMoney(money('-12.340'))).toBe('-12.34')
    expect(formatMoney(money('-0.5'))).toBe('-0.5')
    expect(formatMoney(money('100'))).toBe('100')
    fc.assert(
      fc.property(amounts, (amount) => {
        const text = formatMoney(amount)
        expect(money(text)).toBe(amount)
        expect(text).toMatch(/^-?\d+(\.\d*[1-9])?$/)
      }),
      { numRuns },
    )
  })
})

describe('moneyToNumber', () => {
  it('is the double of the decimal text, or a neighbour of it', () => {
    fc.assert(
      fc.property(amounts, (amount) => {
        const exact = Number(formatMoney(amount))
        expect(Math.abs(moneyToNumber(amount) - exact)).toBeLessThanOrEqual(Math.abs(exact) * 2 ** -52)
      }),
      { numRuns },
    )
    expect(moneyToNumber(money('0.1'))).toBe(0.1)
    expect(moneyToNumber(money('-10000.01'))).toBe(-10_000.01)
  })
})

describe('scaleBy', () => {
  it('multiplies by parts per million, rounded toward positive infinity', () => {
    expect(scaleBy(money('200'), 1000)).toBe(money('0.2'))
    expect(scaleBy(1n as Money, 1)).toBe(1n)
    expect(scaleBy(1n as Money, -1)).toBe(0n)
    expect(scaleBy(-1n as Money, 1)).toBe(0n)
    expect(scaleBy(money('5'), 0)).toBe(0n)
  })

  it('never makes a fee too small nor a rebate too large, by less than one unit of 1e-18', () => {
    let inexact = 0
    fc.assert(
      fc.property(amounts, fc.integer({ min: -2_000_000, max: 2_000_000 }), (amount, ppm) => {
        const over = scaleBy(amount, ppm) * 1_000_000n - amount * BigInt(ppm)
        expect(over >= 0n && over < 1_000_000n).toBe(true)
        if (over > 0n) inexact++
      }),
      { numRuns },
    )
    expect(inexact).toBeGreaterThan(0)
  })

  it('refuses a rate that is no integer', () => {
    for (const ppm of [0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53]) {
      expect(() => scaleBy(money('1'), ppm)).toThrow(`A rate of "${ppm}" parts per million is not an integer.`)
      expect(() => scaleBy(money('1'), ppm)).toThrow(expect.objectContaining({ code: 'BAD_RATE' }))
    }
  })
})
