import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { buy, defineStrategy, sell, target } from '../strategy.js'
import { backtest } from './backtest.js'
import { makerTaker } from './fees.js'
import { playScript, type Row, seriesOf, start, unit } from './playScript.rig.js'
import { playRandom, type RandomCase } from './randomRun.rig.js'

const { id } = unit
const at = (price: number): Row => [price, price, price, price]
const minutes = (count: number): number => start + count * 60_000

describe('a round trip', () => {
  it('goes from the first entry to the fill that ends the position, at average prices', () => {
    const bars = [at(100), at(100), at(110), at(120), at(130), at(130)]
    const wishes = { 0: buy(id, 10), 1: buy(id, 10), 2: sell(id, 5), 3: sell(id, 15) }
    const { trades } = playScript({ bars, wishes }).report
    // Bought at 100 and 110, sold at 120 and 130.
    expect(trades).toEqual([
      {
        strategy: 'script',
        instrument: 'A.sim',
        direction: 'long',
        quantity: 20,
        entryTime: minutes(1),
        exitTime: minutes(4),
        entryPrice: 105,
        exitPrice: 127.5,
        fees: 0,
        profit: 450,
        profitRatio: 450 / 2100,
        maxAdverse: -100,
        maxFavorable: 500,
        open: false,
      },
    ])
  })

  it('earns on a falling price when short, its fees taken off', () => {
    const fees = makerTaker({ maker: 0.01, taker: 0.01 })
    const bars = [at(100), at(100), at(80), at(80)]
    const { trades } = playScript({ bars, fees, wishes: { 0: sell(id, 10), 2: buy(id, 10) } }).report
    expect(trades).toHaveLength(1)
    expect(trades[0]).toMatchObject({ direction: 'short', entryPrice: 100, exitPrice: 80, fees: 18, profit: 182 })
  })

  it('ends at a fill that crosses zero, where the next one begins, its fee shared by quantity', () => {
    const fees = makerTaker({ maker: 0.01, taker: 0.01 })
    const bars: readonly Row[] = [at(100), at(100), [100, 121, 100, 120], at(110), at(110)]
    const wishes = { 0: buy(id, 10), 1: sell(id, 30, { limit: 120 }), 3: target(id, 0) }
    const { trades } = playScript({ bars, fees, cash: '100000', wishes }).report
    expect(trades).toHaveLength(2)
    expect(trades[0]).toMatchObject({ direction: 'long', quantity: 10, exitPrice: 120, fees: 22, profit: 178 })
    expect(trades[1]).toMatchObject({
      direction: 'short',
      quantity: 20,
      entryPrice: 120,
      exitPrice: 110,
      fees: 46,
      profit: 154,
    })
    expect(trades[1]?.entryTime).toBe(trades[0]?.exitTime)
  })

  it('that is still open at the end is valued at the last mark and says so', () => {
    const { trades, statistics } = playScript({ bars: [at(100), at(100), at(107)], wishes: { 0: buy(id, 10) } }).report
    expect(trades).toHaveLength(1)
    expect(trades[0]).toMatchObject({ open: true, exitPrice: 107, profit: 70, exitTime: minutes(3) })
    expect(statistics.equityFinal).toBe(10_070)
  })

  it('knows the worst and best it stood at, by highs and lows', () => {
    const bars: readonly Row[] = [at(100), [100, 150, 50, 100], at(90), at(115), at(110), at(110)]
    const { trades } = playScript({ bars, wishes: { 0: buy(id, 10), 4: target(id, 0) } }).report
    expect(trades[0]).toMatchObject({ maxAdverse: -500, maxFavorable: 500 })
    const short = playScript({ bars, wishes: { 0: sell(id, 10), 4: target(id, 0) } }).report.trades
    expect(short[0]).toMatchObject({ maxAdverse: -500, maxFavorable: 500 })
    const winner = playScript({
      bars: [at(100), at(100), at(101), at(101)],
      wishes: { 0: buy(id, 10), 2: target(id, 0) },
    })
    expect(winner.report.trades[0]).toMatchObject({ maxAdverse: 0, maxFavorable: 10 })
  })

  it('counts the price it left at, and of the bar that it entered in no more than the close', () => {
    const stopped = playScript({
      bars: [at(100), at(100), [80, 85, 70, 75]],
      wishes: { 0: buy(id, 10), 1: sell(id, 10, { type: 'stop', trigger: 90, reduceOnly: true }) },
    })
    expect(stopped.report.trades[0]).toMatchObject({ exitPrice: 80, maxAdverse: -200, maxFavorable: 0 })
    const inside = playScript({
      bars: [at(100), [100, 150, 80, 95], at(95)],
      wishes: { 0: buy(id, 10, { limit: 90 }), 1: target(id, 0) },
    })
    expect(inside.report.trades[0]).toMatchObject({ entryPrice: 90, maxAdverse: 0, maxFavorable: 50 })
  })

  it('adds up to the turnover: the traded value over mean equity', () => {
    const bars = [at(100), at(100), at(100), at(100)]
    const { statistics } = playScript({ bars, wishes: { 0: buy(id, 10), 1: target(id, 0) } }).report
    expect(statistics.turnover).toBe(0.2)
  })

  it('counts the orders that were placed, not the wishes that were refused', () => {
    const wishes = { 0: buy(id, 10), 1: sell(id, 0), 2: target(id, 0) }
    expect(playScript({ bars: [at(100), at(100), at(100), at(100)], wishes }).report.statistics.orders).toBe(2)
  })
})

describe('opposite positions of two strategies', () => {
  it('are trips of their own, whose worst and best are known though the account holds nothing', () => {
    const once = (name: string, exposure: number) => ({
      allocation: 0.5,
      strategy: defineStrategy({
        name,
        params: {},
        create: () => ({ onBar: (bar) => target(bar.instrument, exposure) }),
      }),
    })
    const data = seriesOf([at(100), at(100), at(90), at(100)])
    const { trades } = backtest({
      cash: '10000',
      instruments: [unit],
      data,
      strategy: [once('long', 0.2), once('short', -0.2)],
    })
    expect(trades.map(({ strategy, direction }) => [strategy, direction])).toContainEqual(['short', 'short'])
    expect(trades.find(({ strategy }) => strategy === 'long')?.maxAdverse).toBeLessThan(0)
    expect(trades.find(({ strategy }) => strategy === 'short')?.maxFavorable).toBeGreaterThan(0)
  })
})

describe('the fills table', () => {
  it('has a row per fill, with the names that people know', () => {
    const { fills } = playScript({ bars: [at(100), at(100), at(100)], run: 'demo', wishes: { 0: buy(id, 10) } }).report
    expect(fills).toEqual([
      {
        time: minutes(1),
        orderId: 'demo-0-1',
        instrument: 'A.sim',
        strategy: 'script',
        side: 'buy',
        quantity: 10,
        price: 100,
        fee: 0,
        liquidity: 'taker',
      },
    ])
  })

  it('holds more rows than its first room', () => {
    const bars = Array<Row>(700).fill(at(100))
    const wishes = Object.fromEntries(bars.map((_, index) => [index, index % 2 ? sell(id, 1) : buy(id, 1)]))
    const { fills, trades } = playScript({ bars, wishes }).report
    expect(fills).toHaveLength(699)
    expect(trades).toHaveLength(350)
  })
})

describe('all trips of a run together', () => {
  it('earn what the account earned, and pay what it paid', () => {
    let trips = 0
    const cases: fc.Arbitrary<RandomCase> = fc.record({
      seed: fc.integer(),
      bars: fc.integer({ min: 2, max: 80 }),
      series: fc.integer({ min: 1, max: 3 }),
    })
    fc.assert(
      fc.property(cases, (given) => {
        const { report } = playRandom(given)
        const profit = report.trades.reduce((sum, trade) => sum + trade.profit, 0)
        const fees = report.trades.reduce((sum, trade) => sum + trade.fees, 0)
        const earned = report.statistics.equityFinal - Number(report.config.cash)
        expect(Math.abs(fees - Number(report.ledger.fees))).toBeLessThan(1e-6)
        if (report.fills.at(-1)?.time !== report.equity.time[report.equity.length - 1]) {
          expect(Math.abs(profit - earned)).toBeLessThan(1e-5)
        }
        trips += report.trades.length
      }),
      { numRuns: Number(process.env.FC_NUM_RUNS ?? 100) },
    )
    expect(trips).toBeGreaterThan(100)
  })
})
