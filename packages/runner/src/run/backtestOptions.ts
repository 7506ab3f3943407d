import { type Bars, onInterval } from '@astertrade/core'
import {
  type BacktestOptions,
  constantLatency,
  fixedSlippage,
  makerTaker,
  noSlippage,
  type SlippageModel,
  tickSlippage,
} from '@astertrade/core/backtest'
import type { LoadedStrategy } from '../strategy/loadStrategy.js'
import { instrumentOf } from './instrumentOf.js'
import { policyLimits } from './policyLimits.js'
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
    ...policyLimits(policy),
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
