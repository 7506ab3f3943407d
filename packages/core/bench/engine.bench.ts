import { createRequire } from 'node:module'
import { type Bars, crossover, defineStrategy, type StrategyDefinition, target } from '@astertrade/core'
import { backtest } from '@astertrade/core/backtest'
import { Sma } from '@astertrade/indicators'
import { compare } from '../../../bench/compare.js'
import { fastPeriod, fusedLoop, slowPeriod, standardJob, walk } from './engineJob.js'

const length = 1_000_000
const bars = walk(length)
const equity = new Float64Array(length)
const trades = new Float64Array(length)
const loop = { name: 'fused loop, no engine', run: () => fusedLoop(bars, equity, trades) }

/** The engine and the loop have to have made the same trades, or their times mean nothing. */
function checkSameTrades(): void {
  const report = backtest(standardJob([bars]))
  const engine = report.trades.filter(({ open }) => !open).length
  const fused = Math.floor(fusedLoop(bars, equity, trades))
  const [ours, theirs] = [report.statistics.equityFinal, equity[length - 1]!]
  // Fills lie on the price grid in the engine and off it in the loop, and a running sum decides a few exact ties otherwise.
  if (Math.abs(engine - fused) > 3 || Math.abs(ours / theirs - 1) > 1e-4) {
    throw new Error(`The engine made ${engine} trades and ${ours}, the loop ${fused} and ${theirs}.`)
  }
}

checkSameTrades()
compare({
  name: 'Engine, averages 10/30, one order per 26 bars, all costs and limits on',
  items: length,
  cases: [
    loop,
    { name: 'engine', run: () => backtest(standardJob([bars])).equity.length },
    // What every command of the runner pays besides: SHA-256 of data, equity and fills, and all statistics.
    { name: 'engine, result hash and statistics', run: () => backtest(standardJob([bars])).resultHash.length },
  ],
  gates: [{ subject: 'engine', base: loop.name, ratioMax: 16, goal: 7 }],
})

/** One order per 1,000 bars, with the same averages running. */
const seldom: StrategyDefinition<{ every: number }> = defineStrategy({
  name: 'seldom',
  params: { every: 1_000 },
  create({ every }) {
    const [quick, calm, cross] = [new Sma({ period: fastPeriod }), new Sma({ period: slowPeriod }), crossover()]
    let seen = 0
    return {
      onBar(bar) {
        cross.next(quick.next(bar.close), calm.next(bar.close))
        seen++
        if (seen % every === 0) return target(bar.instrument, seen % (2 * every) === 0 ? 0 : 0.001)
      },
    }
  },
})

compare({
  name: 'Engine, one order per 1,000 bars',
  items: length,
  cases: [loop, { name: 'engine', run: () => backtest({ ...standardJob([bars]), strategy: seldom }).equity.length }],
  gates: [{ subject: 'engine', base: loop.name, ratioMax: 9, goal: 7 }],
})

const many = Array.from({ length: 10 }, (_, index) => walk(length / 10, `WALK${index}.bench`, index + 1))

/** The standard strategy with averages of its own for each instrument. */
const crossEach: StrategyDefinition<Record<string, never>> = defineStrategy({
  name: 'cross-each',
  params: {},
  create() {
    const states = many.map(() => ({
      quick: new Sma({ period: fastPeriod }),
      calm: new Sma({ period: slowPeriod }),
      cross: crossover(),
    }))
    const slots = new Map(many.map(({ instrument }, index) => [instrument, states[index]!]))
    return {
      onBar(bar) {
        const { quick, calm, cross } = slots.get(bar.instrument)!
        const side = cross.next(quick.next(bar.close), calm.next(bar.close))
        if (side) return target(bar.instrument, side === 'above' ? 0.001 : 0)
      },
    }
  },
})

compare({
  name: 'Engine, ten instruments merged by time, averages 10/30 on each',
  items: length,
  cases: [loop, { name: 'engine', run: () => backtest({ ...standardJob(many), strategy: crossEach }).equity.length }],
  // The goal stands for 5 million events a second on a loop that does 75 million.
  gates: [{ subject: 'engine', base: loop.name, ratioMax: 30, goal: 15 }],
})

comparePeer(walk(100_000))

interface Row {
  readonly close: number
  readonly side: string | undefined
}

/** What is used here of data-forge, the data frames that the peer works on. */
interface Frame {
  deflate(pick: (row: Row) => number): Frame
  rollingWindow(period: number): {
    select(
      pair: (window: { last(): unknown; average(): number; getIndex(): { last(): unknown } }) => [unknown, number],
    ): Frame
  }
  withIndex(pick: (pair: [unknown, number]) => unknown): Frame
  select(pick: (pair: [unknown, number]) => number): Frame
  withSeries(name: string, series: Frame): Frame
  skip(count: number): Frame
  bake(): Frame
}

/**
 * The npm package grademark 0.3.0, with signals found for it beforehand, and doing the whole job with the moving averages of its
 * data frames. It knows no fees, slippage, limits or equity curve, and hears no entry signal on the bar after an exit, so it
 * makes about a twentieth fewer trades.
 */
function comparePeer(data: Bars): void {
  const require = createRequire(import.meta.url)
  const grademark = require('grademark') as { backtest(strategy: object, input: Frame): readonly unknown[] }
  const { DataFrame } = require('data-forge') as { DataFrame: new (options: object) => Frame }
  const [quick, calm, cross] = [new Sma({ period: fastPeriod }), new Sma({ period: slowPeriod }), crossover()]
  const values = Array.from({ length: data.length }, (_, i) => ({
    time: new Date(data.time[i]!),
    open: data.open[i]!,
    high: data.high[i]!,
    low: data.low[i]!,
    close: data.close[i]!,
    volume: data.volume[i]!,
    side: cross.next(quick.next(data.close[i]!), calm.next(data.close[i]!)),
  }))
  const frame = new DataFrame({ values, index: values.map(({ time }) => time) })
  type Act = (options?: object) => void
  const signals = {
    entryRule: (enter: Act, { bar }: { bar: Row }) => {
      if (bar.side === 'above') enter({ direction: 'long' })
    },
    exitRule: (exit: Act, { bar }: { bar: Row }) => {
      if (bar.side === 'below') exit()
    },
  }
  const given = (): number => grademark.backtest(signals, frame).length
  const average = (period: number): Frame =>
    frame
      .deflate(({ close }) => close)
      .rollingWindow(period)
      .select((window) => [window.getIndex().last(), window.average()])
      .withIndex(([index]) => index)
      .select(([, value]) => value)
  const whole = (): number => {
    const input = frame
      .withSeries('fast', average(fastPeriod))
      .withSeries('slow', average(slowPeriod))
      .skip(slowPeriod)
      .bake()
    const watch = crossover()
    let side: string | undefined
    const see = (bar: Row & { fast: number; slow: number }): void => {
      side = watch.next(bar.fast, bar.slow) ?? side
    }
    const rules = {
      entryRule: (enter: Act, { bar }: { bar: Row & { fast: number; slow: number } }) => {
        see(bar)
        if (side === 'above') enter({ direction: 'long' })
      },
      exitRule: (exit: Act, { bar }: { bar: Row & { fast: number; slow: number } }) => {
        see(bar)
        if (side === 'below') exit()
      },
    }
    return grademark.backtest(rules, input).length
  }
  const engine = (): number => backtest(standardJob([data])).trades.length
  for (const [name, trades] of [
    ['signals given', given()],
    ['the whole job', whole()],
  ] as const) {
    if (Math.abs(trades / engine() - 1) > 0.1)
      throw new Error(`grademark, ${name}: ${trades} trades, the engine ${engine()}.`)
  }
  compare({
    name: 'Engine against grademark 0.3.0, averages 10/30',
    items: data.length,
    rounds: 3,
    cases: [
      { name: 'grademark, the whole job', run: whole },
      { name: 'grademark, signals given', run: given },
      { name: 'engine, the whole job with costs and limits', run: engine },
    ],
    gates: [
      { subject: 'engine, the whole job with costs and limits', base: 'grademark, signals given', ratioMax: 1 },
      { subject: 'engine, the whole job with costs and limits', base: 'grademark, the whole job', ratioMax: 0.05 },
    ],
  })
}
