import type { Bars } from '../bar.js'
import { createKernel } from '../engine/createKernel.js'
import type { StrategyAllocation } from '../engine.js'
import { hashBars } from '../hashBars.js'
import { createHasher } from '../hasher.js'
import type { Instrument } from '../instrument.js'
import type { Timestamp } from '../time.js'
import { affordable } from './affordable.js'
import { type Audit, createAudit } from './audit.js'
import { type BacktestOptions, backtestDefaults } from './backtest.js'
import { engineOptions } from './engineOptions.js'
import { type FillPolicy, fillPolicy } from './fillPolicy.js'
import { createJournalRecorder } from './journalRecorder.js'
import { barsOfDelay } from './latency.js'
import { type Run, settle, stepOpening } from './run.js'
import { SimVenue } from './simVenue.js'
import { TradeLog } from './tradeLog.js'

/** A run ready to play, with what its report is made from. */
export interface StartedRun {
  readonly run: Run
  readonly audit: Audit
  readonly instruments: readonly Instrument[]
  readonly strategies: readonly StrategyAllocation[]
  readonly policy: FillPolicy
  readonly options: BacktestOptions
}

/** Checks the options and connects engine, venue and listeners. */
export function startRun(options: BacktestOptions, series: readonly Bars[]): StartedRun {
  const base = engineOptions(options, series)
  const { instruments, strategies } = base
  const {
    fees = backtestDefaults.fees,
    slippage = backtestDefaults.slippage,
    latency = backtestDefaults.latency,
  } = options
  const { leverage = backtestDefaults.leverage, run: name = backtestDefaults.run } = options
  const policy = fillPolicy(options.fillPolicy)
  const log = new TradeLog({
    run: name,
    instruments: instruments.map(({ id }) => id),
    strategies: strategies.map(({ strategy }) => strategy.name),
  })
  const audit = createAudit(log, series.length === 1 ? series[0]!.length : 0)
  const charged = fees.fresh()
  const kernel = createKernel({ ...base, observer: audit })
  audit.attach(kernel)
  const openings =
    base.targets === 'atOpen' || kernel.strategies.some(({ strategy }) => strategy.onOpening !== undefined)
  const venue: SimVenue = new SimVenue({
    instruments,
    policy,
    fees: charged,
    slippage,
    delays: series.map(({ interval }) => barsOfDelay(latency, interval) * interval),
    affordable: (entry) => affordable(kernel, { leverage, fees: charged }, entry),
    settle: () => settle(run),
    opening: openings ? (slot, price, time) => stepOpening(run, slot, price, time) : undefined,
  })
  const run: Run = {
    kernel,
    venue,
    log,
    recorder:
      options.journal &&
      createJournalRecorder(options.journal, { dataset: datasetName(series), digest: datasetDigest(series) }),
    openings,
    onProgress: options.onProgress,
    barsDone: 0,
    lendsBars: (options.bars ?? backtestDefaults.bars) === 'lent',
  }
  start(run, name, series)
  return { run, audit, instruments, strategies, policy, options }
}

function start(run: Run, name: string, series: readonly Bars[]): void {
  const first = Math.min(...series.map(({ time, interval }) => time[0]! - interval))
  const event = { kind: 'started', time: first as Timestamp, run: name, epoch: 0 } as const
  run.recorder?.event(event)
  run.kernel.step(event)
}

/** Name of merged market data in a journal. */
export function datasetName(series: readonly Bars[]): string {
  return series.map(({ instrument }) => instrument).join('+')
}

/** Digest of merged market data in a journal. */
export function datasetDigest(series: readonly Bars[]): string {
  const hasher = createHasher()
  for (const bars of series) hasher.text(hashBars(bars))
  return hasher.digest()
}
