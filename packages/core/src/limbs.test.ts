import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addLimbs,
  compareLimbs,
  limbsToMoney,
  limbsToNumber,
  notionalScale,
  setMoney,
  setProduct,
  subtractLimbs,
} from './limbs.js'
import { type Money, money, moneyToNumber } from './money.js'

const numRuns = Number(process.env.FC_NUM_RUNS ?? 2_000)
const edges = [0n, 1n, -1n, 10n ** 9n, 10n ** 9n - 1n, 10n ** 18n, 10n ** 18n - 1n, -(10n ** 18n), 10n ** 27n + 1n]
const amount = fc.oneof(
  fc.constantFrom(...edges),
  fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }),
) as fc.Arbitrary<Money>
const points = fc.oneof(
  fc.constantFrom(0, 1, 2 ** 26, 999_999_999_999_999),
  fc.integer({ min: 0, max: 999_999_999_999_999 }),
)

describe('limbs', () => {
  it('returns any money it was given', () => {
    const a = new Float64Array(3)
    fc.assert(
      fc.property(amount, (x) => {
        setMoney(a, 0, x)
        expect(limbsToMoney(a, 0)).toBe(x)
        expect(a[1]! >= 0 && a[1]! < 1e9 && a[2]! >= 0 && a[2]! < 1e9).toBe(true)
      }),
      { numRuns },
    )
  })

  it('adds, subtracts and compares as bigint does', () => {
    const a = new Float64Array(6)
    fc.assert(
      fc.property(amount, amount, (x, y) => {
        setMoney(a, 0, x)
        setMoney(a, 3, y)
        expect(compareLimbs(a, 0, a, 3)).toBe(x > y ? 1 : x < y ? -1 : 0)
        addLimbs(a, 0, a, 3)
        expect(limbsToMoney(a, 0)).toBe(x + y)
        subtractLimbs(a, 0, a, 3)
        subtractLimbs(a, 0, a, 3)
        expect(limbsToMoney(a, 0)).toBe(x - y)
      }),
      { numRuns },
    )
  })

  it('multiplies price by quantity as bigint does, for every number of decimals', () => {
    const a = new Float64Array(3)
    let beyondSafe = 0
    fc.assert(
      fc.property(points, points, fc.integer({ min: 0, max: 18 }), (price, quantity, decimals) => {
        const exact = BigInt(price) * BigInt(quantity) * 10n ** BigInt(18 - decimals)
        fc.pre(exact < 9n * 10n ** 33n)
        if (price * quantity > Number.MAX_SAFE_INTEGER) beyondSafe++
        setProduct(a, 0, price, quantity, notionalScale(decimals))
        expect(limbsToMoney(a, 0)).toBe(exact)
      }),
      { numRuns },
    )
    expect(beyondSafe).toBeGreaterThan(0)
  })

  it('multiplies small numbers exactly too', () => {
    const a = new Float64Array(3)
    const small = fc.integer({ min: 0, max: 94_906_265 })
    fc.assert(
      fc.property(small, small, fc.integer({ min: 0, max: 18 }), (price, quantity, decimals) => {
        setProduct(a, 0, price, quantity, notionalScale(decimals))
        expect(limbsToMoney(a, 0)).toBe(BigInt(price) * BigInt(quantity) * 10n ** BigInt(18 - decimals))
      }),
      { numRuns },
    )
  })

  it('gives a double near the one of the same money', () => {
    const a = new Float64Array(3)
    fc.assert(
      fc.property(amount, (x) => {
        setMoney(a, 0, x)
        const near = moneyToNumber(x)
        expect(Math.abs(limbsToNumber(a, 0) - near)).toBeLessThanOrEqual(Math.max(1, Math.abs(near)) * 2 ** -51)
      }),
      { numRuns },
    )
  })

  it('refuses an amount beyond the safe integers', () => {
    expect(() => setMoney(new Float64Array(3), 0, money('9007199254740993'))).toThrow('beyond the ledger')
  })
})
