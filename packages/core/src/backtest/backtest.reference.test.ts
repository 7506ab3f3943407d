import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { type Bars, createBars } from '../bar.js'
import { crossover } from '../crossover.js'
import { defineInstrument } from '../instrument.js'
import { defineStrategy, target } from '../strategy.js'
import { dayMs } from '../time.js'
import { backtest } from './backtest.js'

const folder = process.env.ASTER_DATA && `${process.env.ASTER_DATA}/reference/backtest_goog_smacross`

/** Long above the crossing, short below; averages summed afresh, since the reference's are rolling means of the closes. */
const reversal = defineStrategy({
  name: 'reversal',
  params: { fast: 10, slow: 20, exposure: 0.9999 },
  create({ fast, slow, exposure }) {
    const closes: number[] = []
    const mean = (count: number): number => closes.slice(-count).reduce((sum, close) => sum + close, 0) / count
    const cross = crossover()
    return {
      onBar(bar) {
        closes.push(bar.close)
        if (closes.length < slow) return
        const side = cross.next(mean(fast), mean(slow))
        if (side) return target(bar.instrument, side === 'above' ? exposure : -exposure)
      },
    }
  },
})

function readDaily(path: string): Bars {
  const rows = readFileSync(path, 'utf8').trim().split(/\r?\n/).slice(1)
  const bars = createBars('GOOG.nasdaq', dayMs, rows.length)
  for (const [index, row] of rows.entries()) {
    const [day, open, high, low, close, volume] = row.split(',')
    bars.time[index] = Date.parse(`${day}T00:00:00Z`) + dayMs
    bars.open[index] = Number(open)
    bars.high[index] = Number(high)
    bars.low[index] = Number(low)
    bars.close[index] = Number(close)
    bars.volume[index] = Number(volume)
  }
  return bars
}

describe.skipIf(!folder)('a whole backtest against an independent engine (needs ASTER_DATA)', () => {
  it('makes the same 93 trades and ends at the same equity to the cent', () => {
    const expected = JSON.parse(readFileSync(`${folder}/expected.json`, 'utf8')).commission_0 as Record<string, number>
    const data = readDaily(`${folder}/GOOG.csv`)
    const report = backtest({
      strategy: reversal,
      data,
      instruments: [defineInstrument({ id: data.instrument, tick: '0.0001', lot: '1' })],
      cash: '10000',
      targets: 'atOpen',
    })
    const { statistics } = report
    const closed = report.trades.filter(({ open }) => !open)
    expect(closed).toHaveLength(expected['# Trades']!)
    expect(statistics.equityFinal).toBeCloseTo(expected['Equity Final [$]']!, 2)
    expect(statistics.equityPeak).toBeCloseTo(expected['Equity Peak [$]']!, 2)
    expect(statistics.maxDrawdown * -100).toBeCloseTo(expected['Max. Drawdown [%]']!, 6)
    expect(statistics.sharpeCompounded).toBeCloseTo(expected['Sharpe Ratio']!, 6)
    expect(statistics.winRate * 100).toBeCloseTo(expected['Win Rate [%]']!, 6)
    expect(statistics.profitFactor).toBeCloseTo(expected['Profit Factor']!, 6)
    expect(statistics.sqn).toBeCloseTo(expected.SQN!, 6)
  })
})
