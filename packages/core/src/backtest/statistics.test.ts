import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { alphaBeta } from '../stats/alphaBeta.js'
import { logReturns } from '../stats/returns.js'
import { dayMs } from '../time.js'
import { dailyReturns } from './dailyReturns.js'
import { periodsPerYear } from './periodsPerYear.js'
import type { EquityCurve, RoundTrip } from './report.js'
import { type StatisticsInput, statistics } from './statistics.js'

// Reference numbers of third parties; their place is known to this project's machines alone.
const data = process.env.ASTER_DATA

const runs = { numRuns: Number(process.env.FC_NUM_RUNS ?? 200) }
const hour = dayMs / 24

function curve(rows: readonly (readonly [time: number, equity: number])[]): EquityCurve {
  return {
    length: rows.length,
    time: Float64Array.from(rows, ([time]) => time),
    equity: Float64Array.from(rows, ([, equity]) => equity),
  }
}

function trade(fields: Partial<RoundTrip>): RoundTrip {
  return {
    strategy: 's',
    instrument: 'A.sim',
    direction: 'long',
    quantity: 1,
    entryTime: 0,
    exitTime: dayMs,
    entryPrice: 100,
    exitPrice: 100,
    fees: 0,
    profit: 0,
    profitRatio: 0,
    maxAdverse: 0,
    maxFavorable: 0,
    open: false,
    ...fields,
  }
}

function input(fields: Partial<StatisticsInput>): StatisticsInput {
  return {
    equity: curve([]),
    trades: [],
    periodsPerYear: 252,
    buyAndHoldReturn: 0,
    exposure: 0,
    fees: 0,
    turnover: 0,
    orders: 0,
    ...fields,
  }
}

describe.skipIf(!data)('a whole backtest of moving averages on daily bars of GOOG', () => {
  const at = `${data}/reference/backtest_goog_smacross`
  const table = (text: string): string[][] =>
    text
      .trim()
      .split(/\r?\n/)
      .map((line) => line.split(','))
  const day = (text: string): number => Date.parse(`${text}T00:00:00Z`) + dayMs
  const load = () => {
    const expected = JSON.parse(readFileSync(`${at}/expected.json`, 'utf8')).commission_0
    const [, ...equityRows] = table(gunzipSync(readFileSync(`${at}/equity_commission_0.csv.gz`)).toString())
    const [header = [], ...tradeRows] = table(
      readFileSync(`${at}/trades_commission_0.csv`, 'utf8').replaceAll(/"[^"]*"/g, 'quoted'),
    )
    const closes = table(readFileSync(`${at}/GOOG.csv`, 'utf8'))
      .slice(1)
      .map((row) => Number(row[4]))
    const trades = tradeRows.map((row) => {
      const field = (name: string): string => row[header.indexOf(name)]!
      return trade({
        direction: Number(field('Size')) > 0 ? 'long' : 'short',
        entryTime: day(field('EntryTime')),
        exitTime: day(field('ExitTime')),
        profit: Number(field('PnL')),
        profitRatio: Number(field('ReturnPct')),
      })
    })
    const held = new Set(
      tradeRows.flatMap((row) => {
        const [from, to] = [Number(row[1]), Number(row[2])]
        return Array.from({ length: to - from + 1 }, (_, i) => from + i)
      }),
    )
    const equity = curve(equityRows.map(([date, value]) => [day(date!), Number(value)]))
    return { expected, equity, trades, closes, exposure: held.size / equity.length }
  }

  it('reproduces every figure of backtesting.py', () => {
    const { expected, equity, trades, closes, exposure } = load()
    const figures = statistics(
      input({
        equity,
        trades,
        periodsPerYear: periodsPerYear(equity.time),
        // That project holds from the first bar on which all indicators have a value, the 20th, and from its close.
        buyAndHoldReturn: closes[closes.length - 1]! / closes[19]! - 1,
        exposure,
      }),
    )
    const days = (ms: number): string => `${Math.ceil(ms / dayMs)} days 00:00:00`
    const market = alphaBeta(logReturns(equity.equity), logReturns(closes))
    const ours = {
      Start: expected.Start,
      End: expected.End,
      Duration: days(equity.time[equity.length - 1]! - equity.time[0]!),
      'Exposure Time [%]': figures.exposure * 100,
      'Equity Final [$]': figures.equityFinal,
      'Equity Peak [$]': figures.equityPeak,
      'Return [%]': figures.totalReturn * 100,
      'Buy & Hold Return [%]': figures.buyAndHoldReturn * 100,
      'Return (Ann.) [%]': figures.annualReturn * 100,
      'Volatility (Ann.) [%]': figures.compoundedVolatility * 100,
      'CAGR [%]': figures.cagr * 100,
      'Sharpe Ratio': figures.sharpeCompounded,
      'Sortino Ratio': figures.sortinoCompounded,
      'Calmar Ratio': figures.calmar,
      // Beta there is of daily log returns; alpha is the total return less beta times that of holding.
      'Alpha [%]': (figures.totalReturn - market.beta * figures.buyAndHoldReturn) * 100,
      Beta: market.beta,
      'Max. Drawdown [%]': -figures.maxDrawdown * 100,
      'Avg. Drawdown [%]': -figures.averageDrawdown * 100,
      'Max. Drawdown Duration': days(figures.maxDrawdownDuration),
      'Avg. Drawdown Duration': days(figures.averageDrawdownDuration),
      '# Trades': figures.trades,
      'Win Rate [%]': figures.winRate * 100,
      'Best Trade [%]': figures.bestTrade * 100,
      'Worst Trade [%]': figures.worstTrade * 100,
      'Avg. Trade [%]': figures.averageTrade * 100,
      'Max. Trade Duration': days(figures.maxTradeDuration),
      'Avg. Trade Duration': days(figures.averageTradeDuration),
      'Profit Factor': figures.profitFactor,
      'Expectancy [%]': figures.expectancy * 100,
      SQN: figures.sqn,
      'Kelly Criterion': figures.kelly,
    }
    expect(Object.keys(ours)).toEqual(Object.keys(expected))
    for (const [name, value] of Object.entries(ours)) {
      if (typeof value === 'string') expect(value, name).toBe(expected[name])
      else expect(value / expected[name] - 1, name).toBeCloseTo(0, 9)
    }
  })
})

describe('daily returns', () => {
  it('take the last row of each day, and a row at midnight closes the day before', () => {
    const equity = curve([
      [hour, 100],
      [dayMs, 110],
      [dayMs + hour, 50],
      [2 * dayMs, 99],
      [4 * dayMs - 1, 198],
    ])
    const { day, returns } = dailyReturns(equity)
    expect(Array.from(day)).toEqual([0, dayMs, 3 * dayMs])
    expect(Array.from(returns)).toEqual([0.1, -0.1, 1])
  })

  it('leave out a first day in which nothing can have happened, but not a cost on the first bar', () => {
    const equity = curve([
      [dayMs, 100],
      [2 * dayMs, 110],
    ])
    expect(Array.from(dailyReturns(equity).returns)).toEqual([0.1])
    expect(Array.from(dailyReturns(equity, { equityStart: 100 }).returns)).toEqual([0.1])
    expect(Array.from(dailyReturns(equity, { equityStart: 125 }).returns)).toEqual([-0.2, 0.1])
  })

  it('are missing after a day that ended in debt', () => {
    const { returns } = dailyReturns(
      curve([
        [dayMs, 100],
        [2 * dayMs, -10],
        [3 * dayMs, 5],
        [4 * dayMs, 10],
      ]),
    )
    expect(Array.from(returns)).toEqual([-1.1, Number.NaN, 1])
  })

  it('compound to the whole return', () => {
    const rows = fc.array(fc.tuple(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 1, max: 1000 })), {
      minLength: 1,
    })
    fc.assert(
      fc.property(rows, (steps) => {
        let time = 0
        const equity = curve(
          steps.map(([hours, value]) => {
            time += hours * hour
            return [time, value] as const
          }),
        )
        const { returns } = dailyReturns(equity)
        const product = returns.reduce((factor, value) => factor * (1 + value), 1)
        expect(product).toBeCloseTo(equity.equity[equity.length - 1]! / equity.equity[0]!, 6)
      }),
      runs,
    )
  })
})

describe('days a year', () => {
  const days = (count: number, keep: (weekday: number) => boolean, offset = 0): number[] =>
    Array.from({ length: count }, (_, i) => i * dayMs + offset).filter((time) =>
      keep(new Date(time - offset).getUTCDay()),
    )

  it('are 365 where bars fall on weekends, by the day or by the minute', () => {
    expect(periodsPerYear(days(400, () => true))).toBe(365)
    expect(periodsPerYear(Array.from({ length: 20_000 }, (_, i) => i * 60_000))).toBe(365)
  })

  it('are 252 for working days, whichever midnight names a bar, and for a market that opens on Sunday evening', () => {
    const weekday = (day: number): boolean => day > 0 && day < 6
    expect(periodsPerYear(days(400, weekday))).toBe(252)
    expect(periodsPerYear(days(400, weekday, dayMs))).toBe(252)
    const hours = Array.from({ length: 24 * 70 }, (_, i) => i * hour)
    expect(periodsPerYear(hours.filter((time) => weekday(new Date(time + 2 * hour).getUTCDay())))).toBe(252)
    expect(periodsPerYear([])).toBe(252)
    expect([7, 30, 31, 91, 365, 3_650].map((length) => periodsPerYear([], length * dayMs))).toEqual([
      52, 12, 12, 4, 1, 1,
    ])
  })
})

describe('statistics', () => {
  const losing = curve([
    [dayMs, 1000],
    [2 * dayMs, 900],
    [3 * dayMs, 990],
    [4 * dayMs, 800],
  ])

  it('describes a losing run as fully as a winning one', () => {
    const figures = statistics(
      input({
        equity: losing,
        trades: [
          trade({ profit: -100, profitRatio: -0.1 }),
          trade({ profit: 90, profitRatio: 0.1, entryTime: dayMs, exitTime: 4 * dayMs }),
          trade({ profit: -190, profitRatio: -0.2 }),
          trade({ profit: 500, profitRatio: 0.5, open: true }),
        ],
      }),
    )
    for (const [name, value] of Object.entries(figures)) expect(value, name).not.toBeNaN()
    expect(figures.totalReturn).toBeCloseTo(-0.2, 12)
    expect(figures.sharpe).toBeLessThan(0)
    expect(figures.maxDrawdown).toBeCloseTo(0.2, 12)
    expect(figures.maxDrawdownDuration).toBe(3 * dayMs)
    expect(figures).toMatchObject({ trades: 3, bestTrade: 0.1, worstTrade: -0.2, maxTradeDuration: 3 * dayMs })
    expect(figures.winRate).toBeCloseTo(1 / 3, 12)
    expect(figures.profitFactor).toBeCloseTo(1 / 3, 12)
    expect(figures.averageTrade).toBeCloseTo((0.9 * 1.1 * 0.8) ** (1 / 3) - 1, 12)
    expect(figures.kelly).toBeCloseTo(1 / 3 - 2 / 3 / (90 / 145), 12)
  })

  it('says NaN for what it cannot know, and 0 for what did not happen', () => {
    const figures = statistics(
      input({
        equity: curve([
          [dayMs, 100],
          [2 * dayMs, 100],
          [3 * dayMs, 100],
        ]),
      }),
    )
    expect(figures).toMatchObject({ totalReturn: 0, annualReturn: 0, annualVolatility: 0, maxDrawdown: 0, trades: 0 })
    for (const name of ['sharpe', 'sortino', 'calmar', 'omega', 'winRate', 'averageTrade', 'sqn', 'kelly'] as const) {
      expect(figures[name], name).toBeNaN()
    }
    const empty = statistics(input({}))
    expect(empty.equityFinal).toBeNaN()
    expect(empty.annualReturn).toBeNaN()
    expect(empty.cagr).toBeNaN()
  })

  it('counts a cost on the first bar when the start is given', () => {
    expect(statistics(input({ equity: losing, equityStart: 1250 }))).toMatchObject({
      equityStart: 1250,
      equityPeak: 1250,
      totalReturn: 800 / 1250 - 1,
    })
  })

  it('does not turn a debt into growth', () => {
    const figures = statistics(
      input({
        equity: curve([
          [dayMs, 100],
          [2 * dayMs, -50],
          [3 * dayMs, -60],
        ]),
      }),
    )
    expect(figures.totalReturn).toBeCloseTo(-1.6, 12)
    expect(figures.annualReturn).toBeNaN()
    expect(figures.maxDrawdown).toBeCloseTo(1.6, 12)
    const ruined = tradeWith(-1.2)
    expect(ruined.averageTrade).toBe(-1)
  })

  it('ignores what lies beyond the length of the curve', () => {
    const longer = {
      ...losing,
      time: Float64Array.of(...losing.time, 5 * dayMs),
      equity: Float64Array.of(...losing.equity, 9e9),
    }
    expect(statistics(input({ equity: longer }))).toEqual(statistics(input({ equity: losing })))
  })

  it('names a number of days that makes no year', () => {
    expect(() => statistics(input({ periodsPerYear: 0 }))).toThrow(
      expect.objectContaining({ code: 'BAD_PARAMETER', message: expect.stringMatching(/periodsPerYear "0"/) }),
    )
  })

  function tradeWith(profitRatio: number) {
    return statistics(input({ trades: [trade({ profitRatio, profit: profitRatio * 100 })] }))
  }
})
