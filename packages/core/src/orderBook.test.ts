import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { InstrumentId } from './instrument.js'
import type { Side } from './order.js'
import { type BookDelta, type BookLevel, createOrderBook } from './orderBook.js'
import { timestamp } from './time.js'

const runs = { numRuns: Number(process.env.FC_NUM_RUNS ?? 300) }
const instrument = 'BTC-USDT.test' as InstrumentId
const time = timestamp('2024-01-01')
const level = (price: number, quantity: number): BookLevel => ({ price, quantity })
const delta = (side: Side, price: number, quantity: number, sequence?: number): BookDelta => {
  const base = { kind: 'book', instrument, time, side, price, quantity } as const
  return sequence === undefined ? base : { ...base, sequence }
}
const loaded = (sequence?: number) => {
  const book = createOrderBook(instrument)
  const sides = { time, bids: [level(99, 1), level(98, 2)], asks: [level(101, 3), level(103, 4)] }
  book.load(sequence === undefined ? sides : { ...sides, sequence })
  return book
}

describe('createOrderBook', () => {
  it('gives best and depth, best first', () => {
    const book = loaded()
    expect(book.best()).toEqual({ kind: 'quote', instrument, time, bid: 99, ask: 101, bidSize: 1, askSize: 3 })
    expect(book.depth(5)).toEqual({ bids: [level(99, 1), level(98, 2)], asks: [level(101, 3), level(103, 4)] })
    expect(book.depth(1)).toEqual({ bids: [level(99, 1)], asks: [level(101, 3)] })
    expect([book.levels('buy'), book.levels('sell')]).toEqual([2, 2])
  })

  it('adds, changes and removes levels, and does not mind removing an unknown one', () => {
    const book = loaded()
    book.apply(delta('buy', 100, 5))
    book.apply(delta('sell', 101, 0))
    book.apply(delta('sell', 103, 7))
    book.apply(delta('sell', 104, 0))
    expect(book.depth(5)).toEqual({ bids: [level(100, 5), level(99, 1), level(98, 2)], asks: [level(103, 7)] })
    book.apply(delta('sell', 103, 0))
    expect(book.best()).toBeUndefined()
  })

  it('agrees with a map of prices after any deltas', () => {
    const step = fc.tuple(
      fc.constantFrom<Side>('buy', 'sell'),
      fc.integer({ min: 1, max: 150 }),
      fc.integer({ min: 0, max: 3 }),
    )
    fc.assert(
      fc.property(fc.array(step, { maxLength: 400 }), (steps) => {
        const book = createOrderBook(instrument)
        book.load({ time, bids: [], asks: [] })
        const sides = { buy: new Map<number, number>(), sell: new Map<number, number>() }
        for (const [side, points, quantity] of steps) {
          const price = (side === 'buy' ? points : 200 + points) / 10
          book.apply(delta(side, price, quantity))
          sides[side].delete(price)
          if (quantity > 0) sides[side].set(price, quantity)
        }
        const sorted = (side: Side, sign: number) =>
          [...sides[side]].map(([price, quantity]) => level(price, quantity)).sort((a, b) => sign * (a.price - b.price))
        expect(book.depth(1_000)).toEqual({ bids: sorted('buy', -1), asks: sorted('sell', 1) })
        expect(book.levels('buy')).toBe(sides.buy.size)
      }),
      runs,
    )
  })

  it('waits for a snapshot', () => {
    const book = createOrderBook(instrument)
    expect(book.apply(delta('buy', 100, 1))).toBe('ignored')
    expect(book.state).toBe('syncing')
    expect(() => book.best()).toThrow('The book of BTC-USDT.test is syncing and has no prices.')
  })

  it('goes stale at a gap in the update numbers, until the next snapshot', () => {
    const book = loaded(7)
    expect(book.apply(delta('buy', 97, 1, 7))).toBe('applied')
    expect(book.apply(delta('buy', 97, 9, 6))).toBe('ignored')
    expect(book.apply(delta('buy', 96, 1, 8))).toBe('applied')
    expect(book.apply(delta('buy', 95, 1, 8))).toBe('applied')
    expect([book.sequence, book.levels('buy')]).toEqual([8, 5])
    expect(book.apply(delta('buy', 94, 1, 10))).toBe('gap')
    expect(book.state).toBe('stale')
    expect(book.apply(delta('buy', 94, 1, 9))).toBe('ignored')
    for (const read of [() => book.best(), () => book.depth(1)]) {
      expect(read).toThrow(expect.objectContaining({ code: 'BOOK_NOT_LIVE' }))
      expect(read).toThrow('The book of BTC-USDT.test is stale and has no prices.')
    }
    book.load({ time, sequence: 20, bids: [level(90, 1)], asks: [level(91, 1)] })
    expect([book.state, book.sequence, book.best()?.bid]).toEqual(['live', 20, 90])
  })

  it('finds every gap and raises none without one', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 30 }), (steps) => {
        const book = loaded(100)
        let sequence = 100
        for (const step of steps) {
          const expected = book.state === 'stale' ? 'ignored' : step > 1 ? 'gap' : 'applied'
          sequence += step
          expect(book.apply(delta('buy', 50 + step, 1, sequence))).toBe(expected)
        }
      }),
      runs,
    )
  })

  it('has no prices while it is crossed or locked, as in the middle of a message', () => {
    const book = loaded()
    for (const price of [101, 102]) {
      book.apply(delta('buy', price, 1))
      expect(book.state).toBe('crossed')
      expect(() => book.depth(1)).toThrow('The book of BTC-USDT.test is crossed and has no prices.')
    }
    book.apply(delta('sell', 101, 0))
    expect([book.state, book.best()?.bid, book.best()?.ask]).toEqual(['live', 102, 103])
  })

  const bad: readonly (readonly [number, number])[] = [
    [0, 1],
    [-1, 1],
    [Number.NaN, 1],
    [Number.POSITIVE_INFINITY, 1],
    [1, -1],
    [1, Number.NaN],
    [1, Number.POSITIVE_INFINITY],
  ]
  it.each(bad)('refuses a level at %d of %d and stays as it was', (price, quantity) => {
    const book = loaded(7)
    const before = book.depth(10)
    const calls = [
      () => book.apply(delta('buy', price, quantity, 8)),
      () => book.load({ time, bids: [level(5, 5)], asks: [level(price, quantity)] }),
    ]
    for (const call of calls) {
      expect(call).toThrow(expect.objectContaining({ code: 'BAD_BOOK' }))
      expect(call).toThrow(`The book of BTC-USDT.test cannot take a level of "${quantity}" at "${price}".`)
    }
    expect([book.depth(10), book.sequence]).toEqual([before, 7])
  })

  it.each([Number.NaN, 8.5, Number.POSITIVE_INFINITY])('refuses the update number %d', (sequence) => {
    const book = loaded(7)
    const sides = { time, sequence, bids: [], asks: [] }
    for (const call of [() => book.apply(delta('buy', 1, 1, sequence)), () => book.load(sides)]) {
      expect(call).toThrow(`The book of BTC-USDT.test cannot take the update number "${sequence}".`)
    }
    expect([book.sequence, book.levels('buy')]).toEqual([7, 2])
  })

  it('refuses a delta of another instrument', () => {
    const other = { ...delta('buy', 1, 1), instrument: 'ETH-USDT.test' as InstrumentId }
    expect(() => loaded().apply(other)).toThrow('The book of BTC-USDT.test cannot take a delta of ETH-USDT.test.')
  })
})

const folder = process.env.ASTER_DATA

// A recorded futures stream, rebuilt by others and checked against the stream of best bids and asks.
describe.skipIf(!folder)('createOrderBook on a recorded stream', () => {
  const rowsOf = (name: string): string[][] => {
    const file = join(folder!, 'market', 'binance-l2-trades-2024-08', `usdm_BTCUSDT_${name}.csv.gz`)
    const [, ...lines] = gunzipSync(readFileSync(file)).toString().trimEnd().split('\n')
    return lines.map((line) => line.split(','))
  }

  it('passes through the published books', () => {
    const file = join(folder!, 'reference', 'book_reconstruction', 'expected.json')
    const expected = JSON.parse(readFileSync(file, 'utf8')).usdm_BTCUSDT
    const snapshot = rowsOf('book_snapshot')
    const sideOf = (name: string) =>
      snapshot.filter((row) => row[1] === name).map((row) => level(Number(row[2]), Number(row[3])))
    const book = createOrderBook(instrument)
    book.load({ time, sequence: 0, bids: sideOf('bid'), asks: sideOf('ask') })
    const books = new Map<number, unknown>()
    const top = () => {
      const { bids, asks } = book.depth(5)
      const pairs = (levels: readonly BookLevel[]) => levels.map(({ price, quantity }) => [price, quantity])
      return { bids: pairs(bids), asks: pairs(asks), n_bids: book.levels('buy'), n_asks: book.levels('sell') }
    }
    const wanted = new Set<number>(expected.checkpoints.map((point: { after_u: number }) => point.after_u))
    let sequence = 0
    let [last, applied] = [Number.NaN, 0]
    for (const [stamp, side, price, quantity, , u, pu] of rowsOf('book_deltas')) {
      const update = Number(u)
      if (update < expected.last_update_id) continue
      if (update !== last) {
        if (wanted.has(last)) books.set(last, top())
        // The first event overlaps the snapshot; each later one names the one before it.
        sequence += applied === 0 || Number(pu) === last ? 1 : 2
        applied++
      }
      last = update
      const outcome = book.apply({
        ...delta(side === 'bid' ? 'buy' : 'sell', Number(price), Number(quantity), sequence),
        time: timestamp(Number(stamp)),
      })
      if (outcome !== 'applied') throw new Error(`Update ${update} was ${outcome}.`)
    }
    books.set(last, top())
    expect(applied).toBe(expected.events_applied)
    for (const { after_u, ...rest } of expected.checkpoints) expect(books.get(after_u)).toEqual(rest)
  })
})
