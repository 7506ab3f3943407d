import { buy, type Fill, type Money, money, sell } from '@astertrade/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createSession, markets, scripts } from './session.rig.js'

const numRuns = Number(process.env.FC_NUM_RUNS ?? 200)
/** Parts of an order of 12, in thousandths. */
const parts = fc.array(fc.integer({ min: 1, max: 6_000 }), { minLength: 1, maxLength: 6 })

/** Entries of both strategies in two markets, and what of them is filled. */
function placed(sizes: readonly (readonly number[])[]) {
  const session = createSession(() => [])
  const wishes = [
    [0, buy, 'script'],
    [0, sell, 'rival'],
    [1, buy, 'rival'],
  ] as const
  for (const [market, wish, strategy] of wishes)
    session.bar(market, 100, wish(markets[market]!.id, 12, { stop: 'none' }), strategy)
  const fills = session.open.flatMap(({ order }, n) => {
    let left = 12_000
    return sizes[n]!.flatMap((size, part) => {
      const taken = Math.min(size, left)
      left -= taken
      if (taken === 0) return []
      const instrument = markets.find(({ id }) => id === order.instrument)!
      const fill: Fill = {
        kind: 'filled',
        instrument: instrument.id,
        time: session.now,
        orderId: order.id,
        tradeId: `${n}-${part}`,
        side: order.side,
        price: instrument.price(100 + ((part * 7 + n) % 13) / 100, 'nearest'),
        quantity: instrument.quantity(taken / 1000),
        fee: (money('0.01') + BigInt(part)) as Money,
        liquidity: 'taker',
      }
      return [fill]
    })
  })
  return { session, fills }
}

/** Books after some fills: exact cash, and every position. */
function booksAfter(sizes: readonly (readonly number[])[], choose: (fills: readonly Fill[]) => readonly Fill[]) {
  const { session, fills } = placed(sizes)
  for (const fill of choose(fills)) session.step(fill)
  const { view } = session.engine
  const positions = markets.flatMap(({ id }) => scripts.map((strategy) => view.exposure(id, strategy)))
  return { cash: view.cash, equity: view.equityExact, positions }
}

describe('fills', () => {
  it('give the same positions and cash in any order, and told any number of times', () => {
    let moved = 0
    fc.assert(
      fc.property(
        fc.tuple(parts, parts, parts),
        fc.array(fc.nat(), { minLength: 30, maxLength: 30 }),
        (sizes, keys) => {
          const straight = booksAfter(sizes, (fills) => fills)
          const shuffled = booksAfter(sizes, (fills) => {
            const twice = fills.flatMap((fill, n) => (keys[n % keys.length]! % 3 === 0 ? [fill, fill] : [fill]))
            const order = [...twice.keys()].sort((a, b) => keys[a % keys.length]! - keys[b % keys.length]! || b - a)
            if (order.some((place, n) => place !== n)) moved++
            return order.map((place) => twice[place]!)
          })
          expect(shuffled).toEqual(straight)
        },
      ),
      { numRuns },
    )
    expect(moved).toBeGreaterThan(numRuns / 2)
  })

  it('would not where one of them is lost, which shows that the property can fail', () => {
    const sizes = [[1000, 2000], [3000], [500]]
    const all = booksAfter(sizes, (fills) => fills)
    for (let lost = 0; lost < 4; lost++) {
      expect(booksAfter(sizes, (fills) => fills.filter((_, n) => n !== lost))).not.toEqual(all)
    }
  })

  it('drift by nothing over a long run of them', () => {
    const session = createSession(() => [], '10000')
    const count = process.env.ASTER_LONG ? 1_000_000 : 20_000
    let cash: bigint = money('10000')
    for (let n = 0; n < count; n++) {
      const price = 100 + (n % 17) / 100
      session.fills.length = 0
      session.journal.length = 0
      if (n % 1000 === 0) session.bar(0, 100, buy(markets[0]!.id, 1, { stop: 'none' }))
      session.fill(session.open[0]!, 0.001, price)
      cash -= BigInt(Math.round(price * 100)) * 10n ** 13n + money('0.01')
    }
    expect(session.engine.view.cash).toBe(cash)
  })
})
