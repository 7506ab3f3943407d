import { defineInstrument, type Money, money, type Price, type Quantity } from '@astertrade/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { btc } from './account.rig.js'
import { type CushionPosition, cushionStops } from './cushionStops.js'

const numRuns = Number(process.env.FC_NUM_RUNS ?? 200)
const price = (value: number): Price => btc.price(value, 'nearest')
const position = (
  rest: Partial<Record<'quantity' | 'mark' | 'stop', number>> & { side?: 'buy' | 'sell' } = {},
): CushionPosition => ({
  instrument: btc,
  side: rest.side ?? 'buy',
  quantity: btc.quantity(rest.quantity ?? 25),
  mark: price(rest.mark ?? 200),
  stop: price(rest.stop ?? 92),
})
const asked = (equity: string, highWaterMark: string, positions: readonly CushionPosition[], costs = 0) =>
  cushionStops({ equity: money(equity), highWaterMark: money(highWaterMark), positions, costs })

describe('cushionStops', () => {
  it('brings stops nearer where profits could be given back beyond the limit', () => {
    expect(asked('12500', '12500', [position()])).toEqual([{ index: 0, stop: 150, reduceTo: undefined }])
    expect(asked('12500', '12500', [position({ side: 'sell', stop: 308 })])).toEqual([
      { index: 0, stop: 250, reduceTo: undefined },
    ])
  })

  it('leaves stops alone that the cushion can bear, to the last unit', () => {
    expect(asked('12500', '12500', [position({ stop: 150 })])).toEqual([])
    expect(asked('12499.99', '12500', [position({ stop: 150 })])).toHaveLength(1)
    expect(asked('10000', '10000', [])).toEqual([])
  })

  it('counts costs of 0.3 % where none are given', () => {
    const books = { equity: money('12500'), highWaterMark: money('12500'), positions: [position()] }
    expect(cushionStops(books)).toEqual(cushionStops({ ...books, costs: 0.003 }))
    expect(cushionStops(books)).not.toEqual(cushionStops({ ...books, costs: 0 }))
  })

  it('reduces by whole lots of grids with steps of five', () => {
    const odd = defineInstrument({ id: 'ODD-USDT.sim', tick: '1', lot: '0.05' })
    const [mark, quantity] = [odd.price(100, 'nearest'), odd.quantity(10)]
    const held: CushionPosition = { instrument: odd, side: 'buy', quantity, mark, stop: odd.price(90, 'nearest') }
    // The cushion of 5.16 bears 5.16 units whose stop is a tick away: 103 lots.
    expect(asked('905.16', '1000', [held])).toEqual([{ index: 0, stop: 99, reduceTo: 5.15 }])
  })

  it('shares the cushion pro rata, and counts what has no stop in full', () => {
    const moves = asked('10000', '10000', [
      position({ quantity: 10, mark: 100, stop: 80 }),
      { ...position({ quantity: 10, mark: 180 }), stop: 'none' },
    ])
    // 200 and 1800 of 2000; the cushion of 1000 halves both ways.
    expect(moves).toEqual([
      { index: 0, stop: 90, reduceTo: undefined },
      { index: 1, stop: 90, reduceTo: undefined },
    ])
  })

  it('leaves room for the costs of getting out', () => {
    // Way 108 and 2 of costs on 25 units are 2750; 1250 less 50 of costs is a way of 48.
    expect(asked('12500', '12500', [position()], 0.01)).toEqual([{ index: 0, stop: 152, reduceTo: undefined }])
    // Without a stop everything is lost, which costs nothing more: the cushion of 5,000 bears it.
    expect(asked('50000', '50000', [{ ...position(), stop: 'none' }], 0.01)).toEqual([])
  })

  it('reduces where a stop a tick away still loses too much', () => {
    expect(asked('11250.1', '12500', [position()], 0)).toEqual([{ index: 0, stop: 199.99, reduceTo: 10 }])
    expect(asked('11250', '12500', [position()], 0.01)).toEqual([{ index: 0, stop: 199.99, reduceTo: 0 }])
    expect(asked('9000', '12500', [position()], 0.01)).toEqual([{ index: 0, stop: 199.99, reduceTo: 0 }])
    const [small] = asked('11300', '12500', [position()], 0.01)
    expect(small).toEqual({ index: 0, stop: 199.99, reduceTo: 24.875 })
  })

  it('has nothing to move where a stop is passed already', () => {
    expect(asked('9000', '12500', [position({ stop: 210 })])).toEqual([])
    expect(asked('12500', '12500', [position({ stop: 210 }), position()]).map(({ index }) => index)).toEqual([1])
  })

  it('never moves a stop away, and leaves no more to lose than the cushion', () => {
    const any = fc.record({
      quantity: fc.integer({ min: 1, max: 100_000 }),
      mark: fc.integer({ min: 200, max: 50_000 }),
      way: fc.integer({ min: 1, max: 190 }),
      side: fc.constantFrom<'buy' | 'sell'>('buy', 'sell'),
    })
    const seen = { none: 0, moved: 0, reduced: 0 }
    const input = fc.record({
      positions: fc.array(any, { minLength: 1, maxLength: 4 }),
      cushion: fc.integer({ min: 0, max: 1_200 }),
      costs: fc.constantFrom(0, 0.003, 0.02),
    })
    fc.assert(
      fc.property(input, ({ positions, cushion, costs }) => {
        const list = positions.map(({ quantity, mark, way, side }) => {
          const stop = (mark * (side === 'buy' ? 200 - way : 200 + way)) / 200
          return position({ side, quantity: quantity / 1000, mark: mark / 100, stop: stop / 100 })
        })
        const value = list.reduce((sum, { mark, quantity }) => sum + btc.notional(mark, quantity), 0n)
        const peak = value as Money
        // Equity above the limit by thousandths of what is held.
        const equity = ((peak * 9n) / 10n + (value * BigInt(cushion)) / 10_000n) as Money
        const moves = cushionStops({ equity, highWaterMark: peak, positions: list, costs })
        let left = 0n
        for (const [index, { side, stop, mark, quantity }] of list.entries()) {
          const move = moves.find((entry) => entry.index === index)
          const [level, size] = [(move?.stop ?? stop) as Price, (move?.reduceTo ?? quantity) as Quantity]
          if (move) {
            const nearer = side === 'buy' ? level >= (stop as number) : level <= (stop as number)
            expect(nearer || move.reduceTo !== undefined).toBe(true)
            expect(size).toBeLessThanOrEqual(quantity)
          }
          const way = Math.abs(mark - level)
          left += btc.notional(price(way), size) * 1_000_000n
          left += btc.notional((side === 'buy' ? mark : level) as Price, size) * BigInt(costs * 1e6)
        }
        expect(left <= equity * 1_000_000n - peak * 900_000n).toBe(true)
        seen[moves.length === 0 ? 'none' : moves.some(({ reduceTo }) => reduceTo !== undefined) ? 'reduced' : 'moved']++
      }),
      { numRuns },
    )
    for (const [kind, count] of Object.entries(seen)) expect(count, kind).toBeGreaterThan(numRuns / 100)
  })

  it('refuses shares that are none', () => {
    const base = { equity: money('1'), highWaterMark: money('1'), positions: [] }
    expect(() => cushionStops({ ...base, maxDrawdown: 0 })).toThrow(
      'maxDrawdown "0" is not a number above 0 and at most 1.',
    )
    expect(() => cushionStops({ ...base, costs: -1 })).toThrow('cushionStops costs "-1" are not a ratio from 0 to 1.')
  })
})
