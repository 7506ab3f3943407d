import { type Bars, defineInstrument, type Grid, type Instrument, onInterval } from '@astertrade/core'
import {
  type BacktestOptions,
  constantLatency,
  fixedSlippage,
  inferInstrument,
  makerTaker,
  noSlippage,
  type SlippageModel,
  tickSlippage,
} from '@astertrade/core/backtest'
import { riskPolicy } from '@astertrade/risk'
import type { LoadedStrategy } from '../strategy/loadStrategy.js'
import type { RunConditions, SlippageSetting } from './runSettings.js'

/**
 * The engine's options for a run.
 *
 * @throws ConfigError if a figure is out of range.
 */
export function backtestOptions(
  conditions: RunConditions,
  { definition }: LoadedStrategy,
  series: readonly Bars[],
): BacktestOptions {
  const { params, every, cash, fees, slippage, latencyMs, barFill, path, leverage, policy, allocation, seed } =
    conditions
  return {
    strategy: [{ strategy: every === undefined ? definition : onInterval(definition, every), params, allocation }],
    data: series,
    instruments: series.map((bars) => instrumentOf(bars, conditions)),
    cash,
    fees: makerTaker(fees),
    slippage: slippageModel(slippage),
    latency: constantLatency(latencyMs),
    fillPolicy: { barFill, path },
    rules: policy === 'default' ? riskPolicy() : [],
    leverage,
    seed,
    bars: conditions.bars,
  }
}

function slippageModel({ kind, size }: SlippageSetting): SlippageModel {
  switch (kind) {
    case 'bps':
      return fixedSlippage({ bps: size })
    case 'ticks':
      return tickSlippage({ ticks: size })
    case 'none':
      return noSlippage
  }
}

/** Grids that fit the data, replaced where others were given. */
function instrumentOf(bars: Bars, { tick, lot }: Pick<RunConditions, 'tick' | 'lot'>): Instrument {
  if (tick !== undefined && lot !== undefined) return defineInstrument({ id: bars.instrument, tick, lot })
  const fitting = inferInstrument(bars)
  if (tick === undefined && lot === undefined) return fitting
  return defineInstrument({
    id: bars.instrument,
    tick: tick ?? decimalText(fitting.tick),
    lot: lot ?? decimalText(fitting.lot),
  })
}

function decimalText({ size, decimals }: Grid): string {
  return size.toFixed(decimals)
}
