import type { FillPolicy, MakerTaker } from '@astertrade/core/backtest'
import type { RiskPolicyOptions } from '@astertrade/risk'
import type { MarketSource } from '../market/marketSource.js'
import type { StrategyReference } from '../strategy/strategyReference.js'

/** How much worse than the bar says a crossing order fills. */
export interface SlippageSetting {
  readonly kind: 'none' | 'bps' | 'ticks'
  /** Basis points or ticks; 0 for none. */
  readonly size: number
}

/** `default` is `riskPolicy()`, options are given to it; `none` leaves the engine's own limits. */
export type PolicySetting = 'default' | 'none' | Omit<RiskPolicyOptions, 'book'>

/** The conditions of a run; every default is in `runDefaults`. */
export interface RunConditions {
  /** Changes to the strategy's parameters. */
  readonly params: Readonly<Record<string, unknown>>
  /** Length of the bars that the strategy decides on, such as `1h`; absent, those of the data. Orders fill on the data's. */
  readonly every: string | undefined
  /** Opening deposit as decimal text. */
  readonly cash: string
  /** Fees as ratios: 0.001 is 0.1 %. */
  readonly fees: MakerTaker
  readonly slippage: SlippageSetting
  /** From decision to arrival at the venue, in milliseconds. */
  readonly latencyMs: number
  readonly barFill: FillPolicy['barFill']
  readonly path: FillPolicy['path']
  /** Largest gross exposure over equity. */
  readonly leverage: number
  readonly policy: PolicySetting
  /** Share of equity the strategy may use, above 0 and at most 1. */
  readonly allocation: number
  readonly seed: number
  /** Grids as decimal text, for every instrument (default: what fits the data). */
  readonly tick: string | undefined
  readonly lot: string | undefined
  /** `lent` bars throw when a strategy keeps one beyond its call; `shared` ones are faster. */
  readonly bars: 'lent' | 'shared'
}

/** What is run, on what, under which conditions: plain data, kept with each run and enough to repeat it. */
export interface RunSettings extends RunConditions {
  readonly strategy: StrategyReference
  readonly market: MarketSource
  /** Whether data is held in memory (default `whole`), or read in `pieces`, which leaves no journal. */
  readonly reading?: 'whole' | 'pieces' | undefined
}

/** Conditions where none are given: costs of a spot venue's first tier, one side at a time, the safe limits. */
export const runDefaults: RunConditions = {
  params: {},
  every: undefined,
  cash: '10000',
  fees: { maker: 0.001, taker: 0.001 },
  slippage: { kind: 'bps', size: 2 },
  latencyMs: 0,
  barFill: 'nextOpen',
  path: 'adaptive',
  leverage: 1,
  policy: 'default',
  allocation: 1,
  seed: 1,
  tick: undefined,
  lot: undefined,
  bars: 'lent',
}
