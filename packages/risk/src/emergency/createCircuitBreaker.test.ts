import type { Timestamp } from '@astertrade/core'
import { ruleContract } from '@astertrade/core/testing'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { account, btc, eth, order, said, sol } from '../limits/account.rig.js'
import type { BreakerLimits } from './breakerLimits.js'
import type { BreakerFact } from './breakerScope.js'
import { createCircuitBreaker } from './createCircuitBreaker.js'
import { heard, price, type Said, second, steady } from './heard.rig.js'
import { ann, at, bob, day, eve, hour, minute, reason } from './people.rig.js'

const numRuns = Number(process.env.FC_NUM_RUNS ?? 100)
describe('the price band', () => {
  it('trips after 15 seconds outside 10 % of the mean of five minutes', () => {
    const from = 300 * second
    const calm = steady(30)
    expect(heard([...calm, [from, price(110.1)], [from + 14_999, price(110.1)]]).codes).toEqual([])
    expect(heard([...calm, [from, price(110.1)], [from + 15_000, price(111)]]).codes).toEqual(['BAND'])
    expect(heard([...calm, [from, price(110)], [from + 15_000, price(110)]]).codes).toEqual([])
    expect(heard([...calm, [from, price(89)], [from + 20_000, price(89)]]).codes).toEqual(['BAND'])
  })

  it('starts to count anew when the price comes back', () => {
    const from = 300 * second
    const facts = [...steady(30), [from, price(115)], [from + 10_000, price(100)], [from + 20_000, price(115)]] as const
    expect(heard(facts).codes).toEqual([])
  })

  it('is narrower for majors', () => {
    const from = 300 * second
    const facts = [...steady(30), [from, price(106)], [from + 15_000, price(106)]] as const
    expect(heard(facts).codes).toEqual([])
    const { trips } = heard(facts, { majors: [btc.id] })
    expect(trips[0]).toMatchObject({
      scope: btc.id,
      until: at(from + 15_000) + 5 * minute,
      reason: { code: 'BAND', limit: '0.05', unit: 'ratio' },
    })
  })

  it('is as wide as six deviations of a move of five minutes, once an hour has been seen', () => {
    // Moves of 2 % each ten seconds are usual here; 11 % is no alarm.
    const wild = Array.from({ length: 400 }, (_, n) => [n * 10 * second, price(n % 2 ? 101 : 99)] as const)
    const from = 400 * 10 * second
    expect(
      heard([...wild, [from, price(111.5)], [from + 15_000, price(111.5)]], { limits: { volatilityRatio: 100 } }).codes,
    ).toEqual([])
    const few = wild.slice(0, 100)
    const soon = 100 * 10 * second
    expect(heard([...few, [soon, price(111.5)], [soon + 15_000, price(111.5)]]).codes).toEqual(['BAND'])
  })

  it('trips where quick volatility is over four times the usual', () => {
    const usual = Array.from({ length: 2000 }, (_, n) => [n * 10 * second, price(n % 2 ? 100.01 : 99.99)] as const)
    const from = 2000 * 10 * second
    const burst = Array.from({ length: 30 }, (_, n) => [from + n * 10 * second, price(n % 2 ? 102 : 98)] as const)
    const { codes, trips } = heard([...usual, ...burst])
    expect(codes[0]).toBe('VOLATILITY')
    expect(Number(trips[0]!.reason.got)).toBeGreaterThan(4)
    expect(trips[0]!.reason).toMatchObject({ limit: '4', unit: 'count' })
    expect(heard(usual).codes).toEqual([])
  })
})

describe('the book', () => {
  const spread = (width: number): Said => ({
    kind: 'spread',
    instrument: btc.id,
    bid: 100 - width / 2,
    ask: 100 + width / 2,
  })
  const depth = (quantity: number): Said => ({ kind: 'depth', instrument: btc.id, quantity })
  const often = (fact: Said, count: number): (readonly [number, Said])[] =>
    Array.from({ length: count }, (_, n) => [n * 10 * second, fact] as const)

  it('trips at a spread of over ten times its median', () => {
    expect(heard([...often(spread(0.1), 20), [hour, spread(0.99)]]).codes).toEqual([])
    const { trips } = heard([...often(spread(0.1), 20), [hour, spread(1.01)]])
    expect(trips[0]!.reason).toMatchObject({ code: 'SPREAD', limit: '10', unit: 'count' })
    expect(heard([...often(spread(0.1), 10), [hour, spread(50)]]).codes).toEqual([])
  })

  it('trips at a depth below a tenth of its median', () => {
    expect(heard([...often(depth(50), 20), [hour, depth(5)]]).codes).toEqual([])
    expect(heard([...often(depth(50), 20), [hour, depth(4.9)]]).codes).toEqual(['DEPTH'])
    expect(heard([...often(depth(50), 20), [hour, depth(0)]]).codes).toEqual(['DEPTH'])
    expect(heard([...often(depth(50), 10), [hour, depth(0)]]).codes).toEqual([])
  })

  it('takes a sample each ten seconds, so that a burst does not move what is usual', () => {
    const burst = Array.from({ length: 500 }, (_, n) => [hour + n, spread(0.9)] as const)
    expect(heard([...often(spread(0.1), 20), ...burst, [hour + 600, spread(1.01)]]).codes).toEqual(['SPREAD'])
  })

  it('forgets what lies over a hundred samples back', () => {
    expect(
      heard([
        ...often(depth(50), 20),
        ...often(depth(500), 101).map(([ms, fact]) => [hour + ms, fact] as const),
        [3 * hour, depth(49)],
      ]).codes,
    ).toEqual(['DEPTH'])
  })
})

describe('a venue and a coin', () => {
  const answer = (outcome: 'ok' | 'error'): Said => ({ kind: 'response', venue: 'sim', outcome })

  it('trips at over 20 % of errors among at least ten answers of a minute', () => {
    const answers = (errors: number, count: number) =>
      Array.from({ length: count }, (_, n) => [n * 10, answer(n < errors ? 'error' : 'ok')] as const)
    expect(heard(answers(2, 10)).codes).toEqual([])
    expect(heard(answers(3, 10)).codes).toEqual(['ERROR_RATE'])
    expect(heard(answers(9, 9)).codes).toEqual([])
    const late = answers(1, 1).map(([, fact]) => [2 * minute, fact] as const)
    expect(heard([...answers(2, 10), ...late]).codes).toEqual([])
  })

  it('stops every instrument of the venue, and of the coin that lost its peg', () => {
    const errors = Array.from({ length: 10 }, (_, n) => [n, answer('error')] as const)
    const venue = heard(errors).breaker
    expect([btc, eth, sol].map(({ id }) => venue.stops(id, at(10))?.scope)).toEqual([
      'venue:sim',
      'venue:sim',
      undefined,
    ])
    const peg = (value: number) => heard([[0, { kind: 'peg', coin: 'USDT', price: value }]])
    expect(peg(0.98).codes).toEqual([])
    expect(peg(0.979).codes).toEqual(['DEPEG'])
    expect(peg(1.021).codes).toEqual(['DEPEG'])
    expect(peg(0.9).breaker.stops(sol.id, at(1))?.scope).toBe('coin:USDT')
    expect(peg(0.9).breaker.stops('SOL-USDC.other', at(1))).toBeUndefined()
  })
})

describe('orders', () => {
  const outcome = (word: 'accepted' | 'rejected'): Said => ({ kind: 'order', instrument: btc.id, outcome: word })
  const slipped = (got: number, expected: number): Said => ({ kind: 'slippage', instrument: btc.id, got, expected })

  it('trip when five in a row are refused', () => {
    const rejects = (count: number) => Array.from({ length: count }, (_, n) => [n, outcome('rejected')] as const)
    expect(heard(rejects(4)).codes).toEqual([])
    expect(heard(rejects(5)).codes).toEqual(['REJECTS'])
    expect(heard([...rejects(4), [5, outcome('accepted')], [6, outcome('rejected')]]).codes).toEqual([])
  })

  it('trip when a fill slips over three times as far as expected', () => {
    expect(heard([[0, slipped(0.003, 0.001)]]).codes).toEqual([])
    expect(heard([[0, slipped(0.0031, 0.001)]]).codes).toEqual(['SLIPPAGE'])
    expect(heard([[0, slipped(-0.01, 0.001)]]).codes).toEqual([])
  })
})

describe('a trip', () => {
  const slip = (ms: number) => [ms, { kind: 'slippage', instrument: btc.id, got: 1, expected: 0.001 }] as const

  it('stops entries for five minutes, and does not trip again meanwhile', () => {
    const { breaker, codes } = heard([slip(0), slip(minute), slip(5 * minute - 1)])
    expect(codes).toEqual(['SLIPPAGE'])
    const rule = breaker.rule
    expect(said(rule, order(), account({ now: at(5 * minute - 1) }))).toBe('refuse SLIPPAGE')
    expect(said(rule, order(), account({ now: at(5 * minute) }))).toBe('approve')
    expect(said(rule, order({ instrument: eth }), account({ now: at(1) }))).toBe('approve')
    expect(said(rule, order({ reduceOnly: true }), account({ now: at(1) }))).toBe('approve')
  })

  it('latches when it is the third within an hour, until two people reset it', () => {
    const { breaker, codes, trips } = heard([slip(0), slip(10 * minute), slip(20 * minute), slip(30 * minute)])
    expect(codes).toEqual(['SLIPPAGE', 'SLIPPAGE', 'LATCHED'])
    expect(trips[2]).toMatchObject({
      until: 'operator',
      reason: { rule: 'circuitBreaker(SLIPPAGE)', limit: '3', got: '3' },
      cause: { code: 'SLIPPAGE', rule: 'circuitBreaker', limit: '3', unit: 'count' },
    })
    expect(said(breaker.rule, order(), account({ now: at(9 * day) }))).toBe('refuse LATCHED')
    const reset = {
      scope: btc.id,
      operators: 2,
      requester: ann,
      requestedAt: at(day),
      reason,
      approver: bob,
      approvedAt: at(day),
    } as const
    expect(breaker.reset({ ...reset, approver: ann })).toMatchObject({ code: 'SECOND_PERSON' })
    expect(breaker.reset({ ...reset, approver: eve })).toMatchObject({ code: 'FORBIDDEN' })
    expect(breaker.reset({ ...reset, reason: 'short' })).toMatchObject({ code: 'REASON_TOO_SHORT' })
    expect(breaker.reset({ ...reset, scope: eth.id })).toMatchObject({ code: 'NOT_LATCHED' })
    expect(breaker.reset({ ...reset, operators: 1, approver: ann, approvedAt: at(2 * day - 1) })).toMatchObject({
      code: 'TOO_EARLY',
    })
    expect(breaker.reset({ ...reset, requestedAt: at(20 * minute - 1) })).toMatchObject({ code: 'TOO_EARLY' })
    expect(breaker.reset({ ...reset, requestedAt: Number.NaN as Timestamp })).toMatchObject({ code: 'TOO_EARLY' })
    expect(said(breaker.rule, order(), account({ now: at(9 * day) }))).toBe('refuse LATCHED')
    expect(breaker.reset({ ...reset, requestedAt: at(20 * minute) })).toBeUndefined()
    expect(said(breaker.rule, order(), account({ now: at(9 * day) }))).toBe('approve')
    expect(breaker.reset(reset)).toMatchObject({ code: 'NOT_LATCHED' })
  })

  it('does not latch when the first of three is an hour old', () => {
    expect(heard([slip(0), slip(30 * minute), slip(hour)]).codes).toEqual(['SLIPPAGE', 'SLIPPAGE', 'SLIPPAGE'])
    expect(heard([slip(0), slip(30 * minute), slip(hour - 1)]).codes).toEqual(['SLIPPAGE', 'SLIPPAGE', 'LATCHED'])
  })

  it('stays latched under any facts, and goes on from what was kept', () => {
    const fact = fc.record({
      after: fc.integer({ min: 0, max: 6 * minute }),
      kind: fc.constantFrom('price', 'slippage', 'order', 'depth'),
      size: fc.integer({ min: 1, max: 1000 }),
    })
    let latched = 0
    fc.assert(
      fc.property(fc.array(fact, { maxLength: 60 }), fc.nat(60), (facts, cut) => {
        let time = 0
        const timed = facts.map(({ after, kind, size }): BreakerFact => {
          time += after
          const base = { time: at(time), instrument: btc.id }
          switch (kind) {
            case 'price':
              return { ...base, kind: 'price', price: size }
            case 'slippage':
              return { ...base, kind: 'slippage', got: size / 100, expected: 1 }
            case 'order':
              return { ...base, kind: 'order', outcome: size % 3 ? 'rejected' : 'accepted' }
            default:
              return { ...base, kind: 'depth', quantity: size }
          }
        })
        const whole = createCircuitBreaker()
        let wasLatched = false
        const trips = timed.map((each) => {
          const trip = whole.hear(each)
          if (wasLatched) expect(trip).toBeUndefined()
          wasLatched ||= trip?.until === 'operator'
          expect(whole.stops(btc.id, each.time)?.until === 'operator').toBe(wasLatched)
          return trip
        })
        if (wasLatched) latched++
        const first = createCircuitBreaker()
        const early = timed.slice(0, cut).map((each) => first.hear(each))
        const second = createCircuitBreaker({ scopes: structuredClone(first.scopes()) })
        const late = timed.slice(cut).map((each) => second.hear(each))
        expect([...early, ...late]).toEqual(trips)
        expect(second.scopes()).toEqual(whole.scopes())
      }),
      { numRuns },
    )
    expect(latched).toBeGreaterThan(numRuns / 100)
  })

  describe('keeps the rule contract', () => {
    const create = () => heard([slip(0)]).breaker.rule
    const cases = [{ order: order(), view: account({ now: at(1) }) }]
    for (const check of ruleContract({ create, instrument: btc, notFinite: 'unread', cases }))
      it(check.name, () => check.run())
  })
})

describe('bad facts', () => {
  it.each([
    [price(Number.NaN), `price of ${btc.id} is "NaN".`],
    [price(0), `price of ${btc.id} is "0".`],
    [price(Number.POSITIVE_INFINITY), `price of ${btc.id} is "Infinity".`],
    [{ kind: 'depth', instrument: btc.id, quantity: -1 } as const, `quantity of ${btc.id} is "-1".`],
    [
      { kind: 'spread', instrument: btc.id, bid: 101, ask: 100 } as const,
      `The book of ${btc.id} is crossed: "101" over "100".`,
    ],
    [{ kind: 'spread', instrument: btc.id, bid: 0, ask: 100 } as const, `bid of ${btc.id} is "0".`],
    [{ kind: 'slippage', instrument: btc.id, got: Number.NaN, expected: 1 } as const, `got of ${btc.id} is "NaN".`],
    [{ kind: 'slippage', instrument: btc.id, got: 0, expected: 0 } as const, `expected of ${btc.id} is "0".`],
    [{ kind: 'peg', coin: 'USDT', price: -1 } as const, 'price of coin:USDT is "-1".'],
  ])('such as %o throw and change nothing', (fact, message) => {
    const { breaker } = heard([[0, price(100)]])
    const before = structuredClone(breaker.scopes())
    expect(() => breaker.hear({ ...fact, time: at(1) } as BreakerFact)).toThrow(message)
    expect(breaker.scopes()).toEqual(before)
  })

  it('of an earlier time throw', () => {
    const { breaker } = heard([[10, price(100)]])
    expect(() => breaker.hear({ ...price(100), time: at(9) } as BreakerFact)).toThrow('before')
    for (const time of [Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => breaker.hear({ ...price(100), time } as unknown as BreakerFact)).toThrow('before')
    }
    expect(breaker.hear({ ...price(100), time: at(10) } as BreakerFact)).toBeUndefined()
  })

  it.each([
    [{ band: 0 }, 'band "0" of the circuit breaker is not a positive number.'],
    [{ pauseMs: Number.POSITIVE_INFINITY }, 'pauseMs "Infinity" of the circuit breaker is not a positive number.'],
    [{ rejects: Number.NaN }, 'rejects "NaN" of the circuit breaker is not a positive number.'],
    [{ bond: 1 }, 'The circuit breaker has no limit "bond".'],
  ])('of options such as %o throw', (limits, message) => {
    expect(() => createCircuitBreaker({ limits: limits as Partial<BreakerLimits> })).toThrow(message)
  })
})
