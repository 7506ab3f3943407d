import { describe, expect, it } from 'vitest'
import { btc } from '../limits/account.rig.js'
import { breakerDefaults } from './breakerLimits.js'
import { type BreakerFact, emptyScope, nextScope } from './breakerScope.js'
import type { CircuitBreakerOptions } from './createCircuitBreaker.js'
import { heard, price, type Said, second, steady } from './heard.rig.js'
import { hour, minute } from './people.rig.js'

describe('the figures of a trip', () => {
  const reasonAfter = (facts: Parameters<typeof heard>[0], options?: CircuitBreakerOptions) =>
    heard(facts, options).trips[0]!.reason
  const often = (fact: Said): (readonly [number, Said])[] =>
    Array.from({ length: 20 }, (_, n) => [n * 10 * second, fact] as const)

  it('are the limit and what was seen, each in its unit', () => {
    expect(reasonAfter([...steady(30), [300 * second, price(120)], [315 * second, price(150)]])).toMatchObject({
      code: 'BAND',
      limit: '0.1',
      unit: 'ratio',
    })
    expect(reasonAfter([[0, { kind: 'peg', coin: 'USDT', price: 0.75 }]])).toMatchObject({
      code: 'DEPEG',
      limit: '0.02',
      got: '0.25',
      unit: 'ratio',
    })
    const depth = { kind: 'depth', instrument: btc.id } as const
    expect(reasonAfter([...often({ ...depth, quantity: 64 }), [hour, { ...depth, quantity: 4 }]])).toMatchObject({
      code: 'DEPTH',
      limit: '0.1',
      got: '0.0625',
      unit: 'ratio',
    })
    const refusals = Array.from(
      { length: 5 },
      (_, n) => [n, { kind: 'order', instrument: btc.id, outcome: 'rejected' } as const] as const,
    )
    expect(reasonAfter(refusals)).toEqual({
      code: 'REJECTS',
      rule: 'circuitBreaker',
      limit: '5',
      got: '5',
      unit: 'count',
    })
    expect(reasonAfter([[0, { kind: 'slippage', instrument: btc.id, got: 8, expected: 2 }]])).toMatchObject({
      code: 'SLIPPAGE',
      limit: '3',
      got: '4',
      unit: 'count',
    })
    const errors = Array.from(
      { length: 10 },
      (_, n) => [n, { kind: 'response', venue: 'sim', outcome: n % 2 ? 'ok' : 'error' } as const] as const,
    )
    expect(reasonAfter(errors)).toMatchObject({ code: 'ERROR_RATE', limit: '0.2', got: '0.5', unit: 'ratio' })
  })

  it('hold the spread against its share of the price, not against its width', () => {
    const spread = (middle: number, width: number): Said => ({
      kind: 'spread',
      instrument: btc.id,
      bid: middle - width / 2,
      ask: middle + width / 2,
    })
    expect(heard([...often(spread(100, 0.5)), [hour, spread(1000, 40)]]).codes).toEqual([])
    expect(heard([...often(spread(100, 0.5)), [hour, spread(10, 0.6)]]).codes).toEqual(['SPREAD'])
    expect(Number(reasonAfter([...often(spread(100, 0.5)), [hour, spread(100, 8)]]).got)).toBeCloseTo(16, 9)
  })

  it('are the defaults unless told otherwise', () => {
    expect(breakerDefaults).toEqual({
      band: 0.1,
      bandSigmas: 6,
      outsideMs: 15_000,
      volatilityRatio: 4,
      spreadRatio: 10,
      depthRatio: 0.1,
      pegDistance: 0.02,
      errorShare: 0.2,
      rejects: 5,
      slippageRatio: 3,
      pauseMs: 300_000,
      tripsToLatch: 3,
    })
    expect(heard([[0, { kind: 'peg', coin: 'USDT', price: 0.97 }]], { limits: { pegDistance: 0.5 } }).codes).toEqual([])
    expect(heard([[0, { kind: 'peg', coin: 'USDT', price: 1.02 }]]).codes).toEqual([])
  })
})

describe('refused orders and errors', () => {
  const refused = { kind: 'order', instrument: btc.id, outcome: 'rejected' } as const
  const answer = (outcome: 'ok' | 'error') => ({ kind: 'response', venue: 'sim', outcome }) as const

  it('are counted anew after a trip', () => {
    const five = (from: number) => Array.from({ length: 5 }, (_, n) => [from + n, refused] as const)
    expect(heard([...five(0), ...five(10 * minute)]).codes).toEqual(['REJECTS', 'REJECTS'])
    expect(heard([...five(0), ...five(10 * minute).slice(1)]).codes).toEqual(['REJECTS'])
    const accepted = { ...refused, outcome: 'accepted' } as const
    expect(heard([[0, accepted], ...five(1).slice(1)]).codes).toEqual([])
  })

  it('of a minute ago are forgotten, span by span', () => {
    const three = [0, 1, 2].map((ms) => [ms, answer('error')] as const)
    const calm = (from: number, count: number) =>
      Array.from({ length: count }, (_, n) => [from + n, answer('ok')] as const)
    expect(heard([...three, ...calm(minute - 10, 7)]).codes).toEqual(['ERROR_RATE'])
    expect(heard([...three, ...calm(minute, 7)]).codes).toEqual([])
    const later = [1, 2, 3].map((ms) => [ms, answer('error')] as const)
    expect(heard([...later, ...calm(minute, 7)]).codes).toEqual([])
    const nine = Array.from({ length: 9 }, (_, ms) => [ms, answer('error')] as const)
    expect(heard([...nine, [minute - 1, answer('error')]]).codes).toEqual(['ERROR_RATE'])
    expect(heard([...nine, [minute, answer('error')]]).codes).toEqual([])
    expect(heard([...three, ...calm(4 * second, 6), ...calm(5 * second, 1)]).codes).toEqual(['ERROR_RATE'])
  })
})

describe('what is kept', () => {
  it('has one entry for each span of five seconds in which the venue answered', () => {
    const answers = [0, 6, 7, 11, 12, 13].map(
      (s) => [s * second, { kind: 'response', venue: 'sim', outcome: 'ok' }] as const,
    )
    const { 'venue:sim': scope } = heard(answers).breaker.scopes()
    expect(scope!.answers.map(({ all }) => all)).toEqual([1, 2, 3])
  })

  it('takes a locked book for one without a spread', () => {
    const locked = { kind: 'spread', instrument: btc.id, bid: 100, ask: 100 } as const
    expect(heard([[0, locked]]).codes).toEqual([])
  })
})

describe('a fact of another type', () => {
  it.each([
    [{ kind: 'price', instrument: btc.id, price: '100', time: 0 }, 'price of BTC-USDT.sim is "100".'],
    [{ kind: 'depth', instrument: btc.id, quantity: null, time: 0 }, 'quantity of BTC-USDT.sim is "null".'],
    [{ kind: 'peg', coin: 'USDT', price: 1, time: '0' }, 'A fact of coin:USDT is of "0"'],
    [{ kind: 'order', instrument: btc.id, outcome: 'refused', time: 0 }, 'is "refused", not accepted or rejected.'],
    [{ kind: 'response', venue: 'sim', time: 0 }, 'outcome of venue:sim is "undefined", not ok or error.'],
    [{ kind: 'prise', instrument: btc.id, price: 100, time: 0 }, 'A fact of kind "prise" is none.'],
  ])('is refused: %o', (fact, message) => {
    const hear = () => nextScope(emptyScope, fact as unknown as BreakerFact, breakerDefaults)
    expect(hear).toThrow(message)
    expect(hear).toThrow(expect.objectContaining({ code: 'BAD_FACT' }))
  })
})
