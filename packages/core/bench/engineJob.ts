import {
  type Bars,
  buy,
  createBars,
  createRandom,
  crossover,
  defineInstrument,
  defineStrategy,
  type Instrument,
  type RiskRule,
  type StrategyDefinition,
  sell,
} from '@astertrade/core'
import { type BacktestOptions, fixedSlippage, makerTaker } from '@astertrade/core/backtest'
import { Sma } from '@astertrade/indicators'
import { riskPolicy } from '@astertrade/risk'

/** Cost of a trade in the job: 0.1 % a side and one basis point of slippage. */
export const feeRate = 0.001
/** Slippage of the job, as a ratio. */
export const slippageRate = 0.0001
/** Averages of the job. */
export const fastPeriod = 10
/** Averages of the job. */
export const slowPeriod = 30

/** Seeded minutes on a 0.01 grid, a walk around 10,000. */
export function walk(length: number, id = 'WALK.bench', seed = 1): Bars {
  const bars = createBars(id, 60_000, length)
  const steps = createRandom(seed).stream('walk')
  let price = 10_000
  for (let i = 0; i < length; i++) {
    const open = price
    price = Math.round(open * (1 + (steps.uniform() - 0.5) * 0.002) * 100) / 100
    bars.time[i] = 1_546_300_800_000 + (i + 1) * 60_000
    bars.open[i] = open
    bars.high[i] = Math.max(open, price)
    bars.low[i] = Math.min(open, price)
    bars.close[i] = price
    bars.volume[i] = 10
  }
  return bars
}

/** Long one unit above the crossing of two averages, flat below. */
export const crossOneUnit: StrategyDefinition<{ fast: number; slow: number }> = defineStrategy({
  name: 'cross-one-unit',
  params: { fast: fastPeriod, slow: slowPeriod },
  create({ fast, slow }) {
    const [quick, calm, cross] = [new Sma({ period: fast }), new Sma({ period: slow }), crossover()]
    return {
      onBar(bar) {
        const side = cross.next(quick.next(bar.close), calm.next(bar.close))
        if (side === 'above') return buy(bar.instrument, 1)
        if (side === 'below') return sell(bar.instrument, 1, { reduceOnly: true })
      },
    }
  },
})

/** The grids of the job's instruments. */
export function grids(series: readonly Bars[]): readonly Instrument[] {
  return series.map(({ instrument }) => defineInstrument({ id: instrument, tick: '0.01', lot: '0.00001' }))
}

/** The standard job: fees, slippage, order events, trades, equity and risk review on. */
export function standardJob(
  data: readonly Bars[],
  rules: readonly RiskRule[] = riskPolicy({ acknowledge: 'nextDay' }),
): BacktestOptions {
  return {
    strategy: crossOneUnit,
    data,
    instruments: grids(data),
    cash: '10000000',
    fees: makerTaker({ maker: feeRate, taker: feeRate }),
    slippage: fixedSlippage({ bps: slippageRate * 10_000 }),
    rules,
    bars: 'shared',
  }
}

/** The same work in one fused loop without an engine: the machine's own speed, to which the gates refer. */
export function fusedLoop(bars: Bars, equity: Float64Array, trades: Float64Array): number {
  const { open, close, length } = bars
  const [fastRing, slowRing] = [new Float64Array(fastPeriod), new Float64Array(slowPeriod)]
  let [fastSum, slowSum, fastAt, slowAt] = [0, 0, 0, 0]
  let [cash, position, wanted, side, entry, count] = [10_000_000, 0, -1, 0, 0, 0]
  let [peak, drawdown] = [cash, 0]
  for (let i = 0; i < length; i++) {
    if (wanted >= 0 && wanted !== position) {
      const price = open[i]! * (wanted === 1 ? 1 + slippageRate : 1 - slippageRate)
      cash -= (wanted - position) * price + price * feeRate
      if (wanted === 1) entry = price
      else trades[count++] = price - entry
      position = wanted
    }
    const price = close[i]!
    fastSum += price - fastRing[fastAt]!
    fastRing[fastAt] = price
    fastAt = fastAt + 1 === fastPeriod ? 0 : fastAt + 1
    slowSum += price - slowRing[slowAt]!
    slowRing[slowAt] = price
    slowAt = slowAt + 1 === slowPeriod ? 0 : slowAt + 1
    if (i >= slowPeriod - 1) {
      const distance = fastSum / fastPeriod - slowSum / slowPeriod
      const now = distance > 0 ? 1 : distance < 0 ? -1 : side
      if (now !== side) {
        if (side !== 0) wanted = now > 0 ? 1 : 0
        side = now
      }
    }
    const value = cash + position * price
    equity[i] = value
    if (value > peak) peak = value
    else if ((peak - value) / peak > drawdown) drawdown = (peak - value) / peak
  }
  return count + drawdown
}
