import type { Bars } from '../bar.js'
import { buyingPower } from '../buyingPower.js'
import type { EngineOptions, StrategyAllocation } from '../engine.js'
import { ConfigError } from '../errors.js'
import type { Instrument } from '../instrument.js'
import { type BacktestOptions, backtestDefaults } from './backtest.js'
import { inferInstrument } from './inferInstrument.js'

/** The part of a backtest's options that makes the engine: a live run takes the same. */
export function engineOptions(options: BacktestOptions, series: readonly Bars[]): EngineOptions {
  const { fees, slippage, leverage, targets } = { ...backtestDefaults, ...options }
  const costs = fees.highestRate + slippage.ratio
  const instruments = options.instruments ?? series.map((bars) => inferInstrument(bars))
  checkSeries(instruments, series)
  return {
    instruments,
    strategies: strategiesOf(options),
    cash: options.cash,
    rules: [...(options.rules ?? []), buyingPower({ leverage, costs })],
    costs,
    ...(options.sizer === undefined ? {} : { sizer: options.sizer }),
    targets,
    defaultStop: options.defaultStop ?? backtestDefaults.defaultStop,
    // The simulated venue says nothing twice.
    endedKept: 16,
  }
}

function strategiesOf(options: BacktestOptions): readonly StrategyAllocation[] {
  const { strategy, params } = options
  if ('create' in strategy) return [{ strategy, allocation: 1, ...(params === undefined ? {} : { params }) }]
  if (params !== undefined) {
    throw new ConfigError('params stand beside several strategies.', {
      code: 'BAD_PARAMETER',
      hints: ['Give each its own: [{ strategy, params, allocation }].'],
    })
  }
  return strategy
}

function checkSeries(instruments: readonly Instrument[], series: readonly Bars[]): void {
  if (series.length === 0) throw new ConfigError('A backtest needs at least one series of bars.', { code: 'NO_DATA' })
  for (const [index, { instrument }] of series.entries()) {
    const given = instruments[index]
    if (given?.id !== instrument) {
      throw new ConfigError(
        given === undefined
          ? `Series ${index} is "${instrument}", but there is no instrument ${index}.`
          : `Series ${index} is "${instrument}", but instrument ${index} is "${given.id}".`,
        {
          code: 'BAD_INSTRUMENT',
          hints: ['Give one instrument per series, in the same order.'],
        },
      )
    }
  }
}
