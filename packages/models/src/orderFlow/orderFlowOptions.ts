import { ConfigError, duration } from '@astertrade/core'

/** What `orderFlow` takes. */
export interface OrderFlowOptions {
  /**
   * What it lives on: trades with their aggressors and, where they come, quotes with sizes; or bars, whose volume is split by bulk
   * classification (default `trades`).
   */
  readonly source?: 'trades' | 'bars'
  /** Windows of the flow, in milliseconds for `trades`; for `bars` in bars (default 1 s, 10 s and 60 s; 1, 10 and 60 bars). */
  readonly windows?: readonly number[]
  /** Time, or bars, until a forecast can be judged (default 10 s, or 10 bars). */
  readonly horizon?: number
  /** Time from one sample to the next (default the shortest window); for `bars` each bar is one. */
  readonly step?: number
  /** Penalty on squared weights, as a share of the number of labels (default 1e-3). */
  readonly ridge?: number
  /** Labels after which one has lost about two thirds of its weight (default 5000). */
  readonly memory?: number
  /** Statistic of its own past forecasts from which on it speaks (default 3, as it looks again and again). */
  readonly evidenceMin?: number
}

/** Options with everything filled in. */
export type OrderFlowSettings = Required<OrderFlowOptions>

const shared = { ridge: 1e-3, memory: 5000, evidenceMin: 3 } as const
const ofTrades = { source: 'trades', windows: [1_000, 10_000, 60_000], horizon: 10_000, ...shared } as const
const ofBars = { source: 'bars', windows: [1, 10, 60], horizon: 10, ...shared } as const

/**
 * Fills in and checks options.
 *
 * @throws ConfigError `BAD_PARAMETER` that names what is out of range.
 */
export function orderFlowSettings(options: OrderFlowOptions): OrderFlowSettings {
  const base = options.source === 'bars' ? ofBars : ofTrades
  const filled = { ...base, ...options }
  const settings = { step: filled.source === 'bars' ? 1 : Math.min(...[filled.windows].flat()), ...filled }
  const { source, windows, horizon, step, ridge, memory, evidenceMin } = settings
  if (source !== 'trades' && source !== 'bars') throw outOfRange('source', String(source), 'One of trades, bars.')
  const isSpan = (value: number): boolean => Number.isSafeInteger(value) && value >= 1
  const [shortest, longest] = [Math.min(...[windows].flat()), Math.max(...[windows].flat())]
  if (
    !Array.isArray(windows) ||
    windows.length < 1 ||
    windows.length > 6 ||
    !windows.every(isSpan) ||
    longest > 1_000 * shortest
  ) {
    throw outOfRange(
      'windows',
      `[${windows}]`,
      'One to six whole numbers, the longest at most 1000 times the shortest.',
    )
  }
  if (!isSpan(horizon) || !isSpan(step) || horizon > 10_000 * step || (source === 'bars' && step !== 1)) {
    throw outOfRange(
      'horizon/step',
      `${horizon}/${step}`,
      'Whole numbers, the horizon at most 10000 steps; 1 for bars.',
    )
  }
  if (!(Number.isFinite(ridge) && ridge > 0 && ridge <= 100))
    throw outOfRange('ridge', String(ridge), 'Above 0, such as 0.001.')
  if (!(Number.isFinite(memory) && memory >= 100 && memory <= 1e9))
    throw outOfRange('memory', String(memory), 'From 100 labels, such as 5000.')
  if (!(Number.isFinite(evidenceMin) && evidenceMin >= 0 && evidenceMin <= 100)) {
    throw outOfRange('evidenceMin', String(evidenceMin), 'From 0, such as 3.')
  }
  if (source === 'trades') duration(horizon)
  return settings
}

function outOfRange(option: string, value: string, hint: string): ConfigError {
  return new ConfigError(`${option} "${value}" of orderFlow is out of range.`, {
    code: 'BAD_PARAMETER',
    hints: [hint],
  })
}

/** The parameters as text for an id. */
export function orderFlowId({ source, windows, horizon, step, ridge, memory, evidenceMin }: OrderFlowSettings): string {
  return `orderFlow(${source}, ${windows.join(' ')}, ${horizon}/${step}, ${ridge}, ${memory}, ${evidenceMin})`
}
