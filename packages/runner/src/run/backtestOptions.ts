import { type Bars, ConfigError, duration, onInterval } from '@astertrade/core'
import {
  type BacktestOptions,
  constantLatency,
  fixedSlippage,
  makerTaker,
  noSlippage,
  type SlippageModel,
  tickSlippage,
} from '@astertrade/core/backtest'
import { spanText } from '../spanText.js'
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
  if (every !== undefined) requireFit(every, series)
  return {
    strategy: [{ strategy: every === undefined ? definition : onInterval(definition, every), params, allocation }],
    data: series,
    instruments: series.map((bars) => instrumentOf(bars, conditions)),
    cash,
    fees: makerTaker(fees),
    slippage: slippageModel(slippage),
    latency: constantLatency(latencyMs),
    fillPolicy: { barFill, path },
    // Nobody acknowledges a lost day here; the rule's name says so.
    ...policyLimits(policy, { acknowledge: 'nextDay' }),
    leverage,
    seed,
    bars: conditions.bars,
  }
}

function requireFit(every: string, series: readonly Bars[]): void {
  const step = duration(every)
  const longest = Math.max(...series.map((bars) => bars.interval))
  if (step < longest) {
    throw new ConfigError(`--every "${every}" is shorter than a bar: the bars are ${spanText(longest)}.`, {
      code: 'BAD_PARAMETER',
      hints: [`Give ${spanText(longest)} or longer.`],
    })
  }
  const odd = series.find((bars) => step % bars.interval !== 0)
  if (odd === undefined) return
  throw new ConfigError(`--every "${every}" is no multiple of a bar: the bars are ${spanText(odd.interval)}.`, {
    code: 'BAD_PARAMETER',
    hints: [`Give a multiple of ${spanText(odd.interval)}.`],
  })
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
