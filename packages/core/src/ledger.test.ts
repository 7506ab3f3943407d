import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bookCost, bookFill, booksOf, createLedger, depositMoney } from './ledger.js'
import { notionalScale } from './limbs.js'
import { type Money, money, moneyToNumber } from './money.js'

const numRuns = Number(process.env.FC_NUM_RUNS ?? 500)
const fillArbitrary = fc.record({
  book: fc.integer({ min: 0, max: 2 }),
  direction: fc.constantFrom(1 as const, -1 as const),
  price: fc.oneof(fc.constantFrom(1, 6_500_000, 99_999_999), fc.integer({ min: 1, max: 10_000_000 })),
  quantity: fc.oneof(fc.constantFrom(1, 3, 7), fc.integer({ min: 1, max: 1_000_000_000 })),
  fee: fc.bigInt({ min: -(10n ** 18n), max: 10n ** 20n }) as fc.Arbitrary<Money>,
})
const decimals = 7
const scale = notionalScale(decimals)
const unit = 10n ** BigInt(18 - decimals)

/** The definition in bigint, one fill at a time. */
function model(start: bigint) {
  const state = { cash: start, deposits: start, realised: 0n, fees: 0n, costs: [0n, 0n, 0n], held: [0, 0, 0] }
  return {
    state,
    fill(f: { book: number; direction: 1 | -1; price: number; quantity: number; fee: bigint }) {
      const value = (quantity: number) => BigInt(f.price) * BigInt(quantity) * unit
      const sign = BigInt(f.direction)
      const held = state.held[f.book]!
      state.cash -= sign * value(f.quantity) + f.fee
      state.fees += f.fee
      const closing = held * f.direction < 0 ? Math.min(f.quantity, Math.abs(held)) : 0
      if (closing > 0) {
        const product = state.costs[f.book]! * BigInt(closing)
        const points = BigInt(Math.abs(held))
        const release = product / points - (product % points < 0n ? 1n : 0n)
        state.costs[f.book]! -= release
        state.realised += -sign * value(closing) - release
      }
      state.costs[f.book]! += sign * value(f.quantity - closing)
      state.held[f.book] = held + f.direction * f.quantity
    },
  }
}

describe('ledger', () => {
  it('conserves cash to 1e-18 and agrees with bigint arithmetic on any fills', () => {
    let closes = 0
    let reversals = 0
    fc.assert(
      fc.property(fc.array(fillArbitrary, { maxLength: 40 }), (fills) => {
        const start = money('1000000')
        const ledger = createLedger(3, start)
        const reference = model(start)
        for (const fill of fills) {
          const held = reference.state.held[fill.book]!
          if (held * fill.direction < 0) closes++
          if (held * fill.direction < 0 && fill.quantity > Math.abs(held)) reversals++
          bookFill(ledger, { ...fill, held, scale })
          reference.fill(fill)
          const books = booksOf(ledger)
          const { cash, realised, fees, costs } = reference.state
          expect(books.cash).toBe(cash)
          expect(books.realised).toBe(realised)
          expect(books.fees).toBe(fees)
          expect([0, 1, 2].map((book) => bookCost(ledger, book))).toEqual(costs)
          expect(books.cost).toBe(costs[0]! + costs[1]! + costs[2]!)
          expect(books.cash + books.cost).toBe(books.deposits + books.realised - books.fees)
          expect(ledger.cashNear).toBeCloseTo(moneyToNumber(cash as Money), 3)
        }
      }),
      { numRuns },
    )
    expect(closes).toBeGreaterThan(0)
    expect(reversals).toBeGreaterThan(0)
  })

  it('realises the profit of a round trip and leaves no cost behind', () => {
    const ledger = createLedger(1, money('1000'))
    const fill = { book: 0, quantity: 3, fee: money('0.01'), scale: notionalScale(0) }
    bookFill(ledger, { ...fill, direction: 1, price: 100, held: 0 })
    bookFill(ledger, { ...fill, direction: -1, price: 110, held: 3 })
    expect(booksOf(ledger)).toEqual({
      cash: money('1029.98'),
      deposits: money('1000'),
      realised: money('30'),
      fees: money('0.02'),
      cost: 0n,
    })
  })

  it('books a withdrawal as a negative deposit', () => {
    const ledger = createLedger(1, money('1000'))
    depositMoney(ledger, money('-250.5'))
    expect(booksOf(ledger)).toMatchObject({ cash: money('749.5'), deposits: money('749.5') })
  })

  it('stops when an amount leaves the ledger', () => {
    const ledger = createLedger(1, money('0'))
    const huge = { book: 0, direction: 1 as const, price: 1e15 - 1, quantity: 10, held: 0, scale: notionalScale(0) }
    expect(() => bookFill(ledger, { ...huge, fee: money('0') })).toThrow('is beyond the ledger')
  })
})
