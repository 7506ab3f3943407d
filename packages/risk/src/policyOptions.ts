import type { CapitalTierOptions } from './capitalTiers.js'
import type { Operators } from './emergency/dualControl.js'
import { costsSeed } from './limits/costsOf.js'
import type { DailyLossOptions } from './limits/dailyLoss.js'
import type { MaxDrawdownOptions } from './limits/maxDrawdown.js'
import type { OrderRateOptions } from './limits/orderRate.js'
import type { StressCapOptions } from './limits/stressCap.js'
import type { TailRiskOptions } from './limits/tailRisk.js'
import { type Ceilings, seedFigures, seedTiers } from './seedFigures.js'

/** What `riskPolicy` takes; limits are shares of equity. */
export interface RiskPolicyOptions {
  /** Instruments in which positions may be opened (default: all that the engine knows). */
  readonly instruments?: readonly string[]
  /** Oldest last price that is still believed, in milliseconds (default: any, since bars are as old as they are long). */
  readonly dataAgeMs?: number
  /** How long an order is remembered by its looks, in milliseconds (default 1000). */
  readonly lookAlikeMs?: number
  /** How far an entry's limit may reach through the market (default 0.02; exits 0.05, above which it takes `ceilings: 'own'`). */
  readonly priceCollar?: number
  /** Entry orders per second and day (default 5 a strategy, 10 the account, 200 a day; more takes `ceilings: 'own'`). */
  readonly orderRate?: OrderRateOptions
  /** Largest value of one entry order (default 0.05). */
  readonly clipSize?: number
  /** Tiers of capital: what a position may be worth, and lose at its stop. */
  readonly tiers?: readonly CapitalTierOptions[]
  /** `position` makes the clip size a limit on the whole position too (default `order`). */
  readonly perTradeScope?: 'order' | 'position'
  /** `margin` leaves what a buy costs to the engine's buying power (default `spot`). */
  readonly account?: 'spot' | 'margin'
  /** Fees, slippage and a buffer for gaps on the way out of a position, as a ratio of its value (default 0.003; less takes `ceilings: 'own'`). */
  readonly costs?: number
  /** Loss since 00:00 UTC that stops new risk (default 0.03). */
  readonly dailyLoss?: number
  /** Fall from the high-water mark that halts the account (default 0.1). */
  readonly maxDrawdown?: number
  /** How sizes change on the way to these two: smaller and smaller (default `graded`), or not at all, which takes `ceilings: 'own'`. */
  readonly deRisking?: 'graded' | 'none'
  /** Loss if every protective stop is hit (default 0.08). */
  readonly portfolioRisk?: number
  /** Sum of all positions (default 1). */
  readonly grossExposure?: number
  /** Ids of instruments that move together, by the name of their cluster (default none). */
  readonly clusters?: Readonly<Record<string, readonly string[]>>
  /** Sum of the positions at one venue (default 0.5). */
  readonly venueExposure?: number
  /** What moves each instrument, by its id: for the limit on jumps of prices (default none: it is not asked). */
  readonly assetClasses?: StressCapOptions['assetClasses']
  /** Loss in the worst jump of prices (default 0.25). */
  readonly gapStress?: number
  /** Scenarios for the limits on value at risk and expected shortfall (default none: these two are not asked). */
  readonly book?: TailRiskOptions['book']
  /** Value at risk of a day at 95 % (default 0.03). */
  readonly valueAtRisk?: number
  /** Expected shortfall of a day at 99 % (default 0.08). */
  readonly expectedShortfall?: number
  /** What ends a day's stop (default `operator`: the next day and an acknowledgement; a backtest, in which nobody can, takes `nextDay`). */
  readonly acknowledge?: NonNullable<DailyLossOptions['acknowledge']>
  /** People who may raise a limit for a while by a manual override, under `policyOverrides` (default none: limits stay). */
  readonly operators?: Operators
  /** What becomes of positions at the halt (default `flatten`). */
  readonly onTrip?: NonNullable<MaxDrawdownOptions['onTrip']>
  /** Default `seed`: a limit above a seed figure is refused. */
  readonly ceilings?: Ceilings
}

/** Figures where none are given. */
export const policyDefaults = {
  ...seedFigures,
  instruments: undefined,
  dataAgeMs: undefined,
  lookAlikeMs: 1000,
  priceCollar: 0.02,
  orderRate: {},
  tiers: seedTiers,
  perTradeScope: 'order',
  account: 'spot',
  costs: costsSeed,
  deRisking: 'graded',
  clusters: undefined,
  assetClasses: undefined,
  book: undefined,
  acknowledge: 'operator',
  onTrip: 'flatten',
  operators: undefined,
  ceilings: 'seed',
} as const

type Absent = 'instruments' | 'dataAgeMs' | 'clusters' | 'assetClasses' | 'book' | 'operators'
/** What a policy is made of: every limit has its figure. */
export type SettledPolicy = Omit<Required<RiskPolicyOptions>, Absent> & Pick<RiskPolicyOptions, Absent>

/** Limits that stand behind a tightened drawdown limit are tightened with it, unless they were given. */
export function settlePolicy(options: RiskPolicyOptions): SettledPolicy {
  const { maxDrawdown: fall } = { ...policyDefaults, ...options }
  // A limit that is no number is left to the rule that names it.
  const within = (limit: number): number => Math.min(fall > 0 ? fall : limit, limit)
  const bounded = { portfolioRisk: within(policyDefaults.portfolioRisk), dailyLoss: within(policyDefaults.dailyLoss) }
  return { ...policyDefaults, ...bounded, ...options }
}
