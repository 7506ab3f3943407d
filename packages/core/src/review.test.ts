import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { defineInstrument } from './instrument.js'
import type { OrderRequest } from './order.js'
import { type Approved, isApproved, type Refused, review } from './review.js'
import { approve, type RiskReason, type RiskRule } from './risk.js'
import { orderRequestOf } from './testing/orderRequestOf.js'
import { riskViewOf } from './testing/riskViewOf.js'

const btc = defineInstrument({ id: 'BTC-USDT.sim', tick: '0.01', lot: '0.001', minNotional: 10 })
const view = riskViewOf({ instruments: [btc], marks: { [btc.id]: 40_000 } })
const order = (quantity = 1, changes: Partial<Parameters<typeof orderRequestOf>[0]> = {}): OrderRequest =>
  orderRequestOf({ instrument: btc, quantity, ...changes })

const reason = (code: string): RiskReason => ({ code, rule: code.toLowerCase(), limit: '1', got: '2', unit: 'base' })
const shrinkTo = (quantity: number, code = 'SHRINK'): RiskRule => ({
  name: code.toLowerCase(),
  check: (asked) =>
    asked.quantity <= quantity
      ? approve
      : { kind: 'shrink', quantity: quantity as OrderRequest['quantity'], reason: reason(code) },
})
const refuse: RiskRule = { name: 'refuse', check: () => ({ kind: 'refuse', reason: reason('REFUSE') }) }

const approved = (outcome: Approved | Refused): Approved => {
  if (outcome.kind === 'refused') throw new Error(outcome.reason.code)
  return outcome
}
const refused = (outcome: Approved | Refused): string => (outcome.kind === 'refused' ? outcome.reason.code : 'approved')

describe('review', () => {
  it('seals an order that no rule objects to, the very order', () => {
    const asked = order()
    const outcome = approved(review(asked, btc, [], view))
    expect(outcome.order).toBe(asked)
    expect(outcome.shrunk).toEqual([])
    expect(isApproved(outcome)).toBe(true)
  })

  it('asks the rules in order, each about what the one before left', () => {
    const seen: number[] = []
    const looking: RiskRule = {
      name: 'looking',
      check: ({ quantity }) => (seen.push(quantity) > 0 ? approve : approve),
    }
    const rules = [looking, shrinkTo(0.5, 'FIRST'), looking, shrinkTo(0.2, 'SECOND'), looking]
    const outcome = approved(review(order(1), btc, rules, view))
    expect(seen).toEqual([1, 0.5, 0.2])
    expect(outcome.order).toEqual({ ...order(1), quantity: 0.2 })
    expect(outcome.shrunk.map(({ code }) => code)).toEqual(['FIRST', 'SECOND'])
  })

  it('refuses a quantity that is no number or off the grid of lots, but for exits', () => {
    const of = (quantity: unknown, changes = {}) =>
      review({ ...order(1, changes), quantity: quantity as OrderRequest['quantity'] }, btc, [], view)
    expect(of('1')).toMatchObject({ reason: { code: 'NOT_FINITE', got: '1' } })
    expect(of(1.0005)).toMatchObject({ reason: { code: 'OFF_LOT', limit: '0.001', got: '1.0005' } })
    expect(of(1.001).kind).toBe('approved')
    expect(of(1.0005, { reduceOnly: true }).kind).toBe('approved')
    expect(of('1', { reduceOnly: true })).toMatchObject({ reason: { code: 'NOT_FINITE' } })
  })

  it('stops at the first rule that refuses', () => {
    let asked = 0
    const counting: RiskRule = { name: 'counting', check: () => (asked++ >= 0 ? approve : approve) }
    const outcome = review(order(1), btc, [counting, refuse, counting], view)
    expect(outcome).toEqual({ kind: 'refused', order: order(1), reason: reason('REFUSE') })
    expect(asked).toBe(1)
  })

  it('puts what a rule left on the lot grid, down', () => {
    expect(approved(review(order(1), btc, [shrinkTo(0.12345)], view)).order.quantity).toBe(0.123)
  })

  it('changes no order that it was given', () => {
    const asked = Object.freeze(order(1))
    approved(review(asked, btc, [shrinkTo(0.5)], view))
    expect(asked.quantity).toBe(1)
  })

  it('refuses what falls below the smallest quantity, on the boundary exactly', () => {
    const coarse = defineInstrument({ id: 'BTC-USDT.sim', tick: '0.01', lot: '0.001', minQuantity: 0.5 })
    expect(refused(review(order(0.5), coarse, [], view))).toBe('approved')
    expect(refused(review(order(0.499), coarse, [], view))).toBe('BELOW_MIN_QUANTITY')
    expect(refused(review(order(1), coarse, [shrinkTo(0.499)], view))).toBe('BELOW_MIN_QUANTITY')
    expect(refused(review(order(0), btc, [], view))).toBe('BELOW_MIN_QUANTITY')
    expect(refused(review(order(1), btc, [shrinkTo(0)], view))).toBe('BELOW_MIN_QUANTITY')
  })

  it('refuses an entry below the smallest value at its limit, trigger or mark; exits pass', () => {
    const dear = defineInstrument({ id: 'BTC-USDT.sim', tick: '0.01', lot: '0.001', minNotional: 40 })
    const price = (changes: Parameters<typeof order>[1]): string =>
      refused(review(order(0.001, changes), dear, [], view))
    expect(price({})).toBe('approved')
    expect(price({ type: 'limit', limit: 39_999.99 })).toBe('BELOW_MIN_NOTIONAL')
    expect(price({ type: 'limit', limit: 40_000 })).toBe('approved')
    expect(price({ type: 'stop', trigger: 39_999.99 })).toBe('BELOW_MIN_NOTIONAL')
    expect(price({ type: 'limit', limit: 1, reduceOnly: true })).toBe('approved')
    const blind = riskViewOf({ instruments: [dear] })
    expect(refused(review(order(1), dear, [], blind))).toBe('BELOW_MIN_NOTIONAL')
  })

  it('names the figures of a refusal of its own', () => {
    const outcome = review(order(0.0004), btc, [], view)
    expect(outcome.kind === 'refused' && outcome.reason).toEqual({
      code: 'BELOW_MIN_QUANTITY',
      rule: 'review',
      limit: '0.001',
      got: '0',
      unit: 'base',
    })
  })

  it('gives the same quantity when it is asked again about what it approved', () => {
    const rules = [shrinkTo(0.5), shrinkTo(0.2)]
    const once = approved(review(order(1), btc, rules, view))
    const twice = approved(review(once.order, btc, rules, view))
    expect(twice.order.quantity).toBe(once.order.quantity)
    expect(twice.shrunk).toEqual([])
  })

  it('stops a rule that enlarges, answers less than nothing or no number', () => {
    for (const quantity of [1.001, -0.001, Number.NaN, Number.POSITIVE_INFINITY]) {
      const rule: RiskRule = {
        name: 'broken',
        check: () => ({ kind: 'shrink', quantity: quantity as OrderRequest['quantity'], reason: reason('X') }),
      }
      expect(() => review(order(1), btc, [rule], view)).toThrow(
        `Rule "broken" turned a quantity of "1" into "${quantity}".`,
      )
    }
  })

  it('never approves more than was asked for, whatever rules there are', () => {
    let shrunk = 0
    const lots = fc.integer({ min: 0, max: 3_000 })
    fc.assert(
      fc.property(lots, fc.array(lots, { maxLength: 5 }), (asked, limits) => {
        const outcome = review(
          order(asked / 1000),
          btc,
          limits.map((limit) => shrinkTo(limit / 1000)),
          view,
        )
        const least = Math.min(asked, ...limits)
        expect(outcome.order.quantity).toBe(least / 1000)
        expect(outcome.kind).toBe(least >= 1 ? 'approved' : 'refused')
        if (outcome.kind === 'approved' && outcome.shrunk.length > 0) shrunk++
      }),
      { numRuns: Number(process.env.FC_NUM_RUNS ?? 200) },
    )
    expect(shrunk).toBeGreaterThan(0)
  })
})

describe('the seal', () => {
  const sealed = approved(review(order(), btc, [], view))

  it('is lost by every copy', () => {
    const copies: Readonly<Record<string, unknown>> = {
      literal: { kind: 'approved', order: sealed.order, shrunk: [] },
      spread: { ...sealed },
      changed: { ...sealed, order: { ...sealed.order, quantity: 100 } },
      parsed: JSON.parse(JSON.stringify(sealed)),
      cloned: structuredClone({ ...sealed }),
      derived: Object.create(sealed),
      dressed: Object.assign(Object.create(Object.getPrototypeOf(sealed)), sealed),
      order: sealed.order,
      nothing: null,
      text: 'approved',
    }
    for (const [name, copy] of Object.entries(copies)) expect(isApproved(copy), name).toBe(false)
    expect(isApproved(sealed)).toBe(true)
  })

  it('cannot be made by calling the constructor that an approval shows', () => {
    const prototype = Object.getPrototypeOf(sealed) as { constructor: new (...args: unknown[]) => unknown }
    const forge = prototype.constructor
    expect(() => new forge({ ...sealed.order, quantity: 100 }, [])).toThrow('An order is approved by review() alone.')
    expect(() => new forge({ ...sealed.order, quantity: 100 }, [], {})).toThrow(
      'An order is approved by review() alone.',
    )
  })
})
