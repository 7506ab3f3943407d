import { ConfigError, type FirstLook, type RiskRule } from '@astertrade/core'
import { type CapitalTierOptions, capitalTiers } from './capitalTiers.js'
import { allowList } from './limits/allowList.js'
import { checkOptionChoice, checkOptionNames } from './limits/checkOptions.js'
import { clipSize } from './limits/clipSize.js'
import { clusterCap } from './limits/clusterCap.js'
import { costsOf } from './limits/costsOf.js'
import { type DailyLossOptions, dailyLoss } from './limits/dailyLoss.js'
import { freeBalance } from './limits/freeBalance.js'
import { gateLook } from './limits/gateLook.js'
import { fullSize, gradedSize, type SizeScale } from './limits/gradedSize.js'
import { grossExposure } from './limits/grossExposure.js'
import { limitRatio } from './limits/limitRatio.js'
import { lookAlike } from './limits/lookAlike.js'
import { type MaxDrawdownOptions, maxDrawdown } from './limits/maxDrawdown.js'
import { maxPosition } from './limits/maxPosition.js'
import { type OrderRateOptions, orderRate } from './limits/orderRate.js'
import { policyLook } from './limits/policyLook.js'
import { portfolioRisk } from './limits/portfolioRisk.js'
import { positionRisk } from './limits/positionRisk.js'
import { priceCollar } from './limits/priceCollar.js'
import { selfCross } from './limits/selfCross.js'
import { staleData } from './limits/staleData.js'
import { type TailRiskOptions, tailRisk } from './limits/tailRisk.js'
import { venueCap } from './limits/venueCap.js'
import { type Ceilings, seedFigures, seedTiers } from './seedFigures.js'
import { tierMemory } from './tierMemory.js'

/** What `riskPolicy` takes; limits are shares of equity. */
export interface RiskPolicyOptions {
  /** Instruments in which positions may be opened (default: all that the engine knows). */
  readonly instruments?: readonly string[]
  /** Oldest last price that is still believed, in milliseconds (default: any, since bars are as old as they are long). */
  readonly dataAgeMs?: number
  /** How long an order is remembered by its looks, in milliseconds (default 1000). */
  readonly lookAlikeMs?: number
  /** How far an entry's limit may reach through the market (default 0.02; exits 0.05). */
  readonly priceCollar?: number
  /** Entry orders per second and day (default 5 a strategy, 10 the account, 200 a day). */
  readonly orderRate?: OrderRateOptions
  /** Largest value of one entry order (default 0.05). */
  readonly clipSize?: number
  /** Tiers of capital: what a position may be worth, and lose at its stop. */
  readonly tiers?: readonly CapitalTierOptions[]
  /** `position` makes the clip size a limit on the whole position too (default `order`). */
  readonly perTradeScope?: 'order' | 'position'
  /** `margin` leaves what a buy costs to the engine's buying power (default `spot`). */
  readonly account?: 'spot' | 'margin'
  /** Fees, slippage and a buffer for gaps on the way out of a position, as a ratio of its value (default 0.003). */
  readonly costs?: number
  /** Loss since 00:00 UTC that stops new risk (default 0.03). */
  readonly dailyLoss?: number
  /** Fall from the high-water mark that halts the account (default 0.1). */
  readonly maxDrawdown?: number
  /** How sizes change on the way to these two: smaller and smaller (default `graded`), or not at all. */
  readonly deRisking?: 'graded' | 'none'
  /** Loss if every protective stop is hit (default 0.08). */
  readonly portfolioRisk?: number
  /** Sum of all positions (default 1). */
  readonly grossExposure?: number
  /** Ids of instruments that move together, by the name of their cluster (default none). */
  readonly clusters?: Readonly<Record<string, readonly string[]>>
  /** Sum of the positions at one venue (default 0.5). */
  readonly venueExposure?: number
  /** Scenarios for the limits on value at risk and expected shortfall (default none: these two are not asked). */
  readonly book?: TailRiskOptions['book']
  /** Value at risk of a day at 95 % (default 0.03). */
  readonly valueAtRisk?: number
  /** Expected shortfall of a day at 99 % (default 0.08). */
  readonly expectedShortfall?: number
  /** What ends a day's stop (default `nextDay`; live trading takes `operator`). */
  readonly acknowledge?: NonNullable<DailyLossOptions['acknowledge']>
  /** What becomes of positions at the halt (default `flatten`). */
  readonly onTrip?: NonNullable<MaxDrawdownOptions['onTrip']>
  /** Default `seed`: a limit above a seed figure is refused. */
  readonly ceilings?: Ceilings
}

const defaults = {
  ...seedFigures,
  instruments: undefined,
  dataAgeMs: undefined,
  lookAlikeMs: 1000,
  priceCollar: 0.02,
  orderRate: {},
  tiers: seedTiers,
  perTradeScope: 'order',
  account: 'spot',
  costs: 0.003,
  deRisking: 'graded',
  clusters: undefined,
  book: undefined,
  acknowledge: 'nextDay',
  onTrip: 'flatten',
  ceilings: 'seed',
} as const

/** The stop that entries get with this policy where they name none: hand it to the engine as `defaultStop`. */
export const policyStop = { kind: 'fraction', ratio: 0.05 } as const

/**
 * The safe default: the pre-trade checks in the order in which they are asked, with the figures AsterAI starts from.
 *
 * One entry is worth at most 5 % of equity, a position at most 10, 15, 20 or 25 % and loses at most 0.5, 1, 1.5 or 2 % at its stop,
 * by capital tier; all stops together lose at most 8 %. Losses shrink every size; a day that has lost 3 % takes no new risk; 10 %
 * below the high-water mark everything is closed and the account halts until an operator lifts the latch. What has no stop counts in
 * full: give the engine `defaultStop: policyStop`, or let wishes name theirs.
 *
 * @throws ConfigError for a limit outside its range or above its seed figure, limits that contradict each other, or an unknown option.
 * @example
 * riskPolicy({ clipSize: 0.02 }).map((rule) => rule.name)[4] // => 'clipSize(2%)'
 */
export function riskPolicy(options: RiskPolicyOptions = {}): readonly RiskRule[] {
  checkOptionNames('riskPolicy', options, Object.keys(defaults))
  const all = settle(options)
  checkOptionChoice('perTradeScope', all.perTradeScope, ['order', 'position'])
  checkOptionChoice('account', all.account, ['spot', 'margin'])
  checkOptionChoice('deRisking', all.deRisking, ['graded', 'none'])
  limitRatio('maxDrawdown', all.maxDrawdown, all.ceilings)
  limitRatio('dailyLoss', all.dailyLoss, all.ceilings)
  checkOrder(all)
  const [gate, size] = [gateLook({ ...all, ...all.orderRate }), sizeLook(all)]
  return [
    ...lists(all).map((rule) => oneShape(rule)),
    ...gates(all).map((rule) => oneShape(rule, gate)),
    ...[...sizes(all), ...sums(all)].map((rule) => oneShape(rule, size)),
    ...tails(all).map((rule) => oneShape(rule)),
  ]
}

/** Rules of one shape, since the engine asks them in a loop. */
function oneShape({ name, check, watch, watchBelow, memory }: RiskRule, firstLook?: FirstLook): RiskRule {
  return { name, check, watch, watchBelow, memory, firstLook } as RiskRule
}

function sizeLook(all: Settled): FirstLook {
  const tiers = capitalTiers(all.tiers, all.ceilings)
  return policyLook({
    ...all,
    exposure: Math.min(all.grossExposure, all.venueExposure),
    tiers,
    memory: tierMemory(tiers),
    positionMost: all.perTradeScope === 'position' ? all.clipSize : 1,
    costs: costsOf('riskPolicy', all.costs),
    firstStep: all.deRisking === 'none' ? undefined : firstStepOf(all.maxDrawdown),
  })
}

type Absent = 'instruments' | 'dataAgeMs' | 'clusters' | 'book'
type Settled = Omit<Required<RiskPolicyOptions>, Absent> & Pick<RiskPolicyOptions, Absent>

/** Limits that stand behind a tightened drawdown limit are tightened with it, unless they were given. */
function settle(options: RiskPolicyOptions): Settled {
  const { maxDrawdown: fall } = { ...defaults, ...options }
  // A limit that is no number is left to the rule that names it.
  const within = (limit: number): number => Math.min(fall > 0 ? fall : limit, limit)
  const bounded = { portfolioRisk: within(defaults.portfolioRisk), dailyLoss: within(defaults.dailyLoss) }
  return { ...defaults, ...bounded, ...options }
}

/** Check 7, which no look clears. */
function lists({ instruments }: Settled): RiskRule[] {
  return instruments === undefined ? [] : [allowList({ instruments })]
}

/** Checks 9 to 14: whether an order may be at all. */
function gates({ dataAgeMs, lookAlikeMs, priceCollar: limit, orderRate: rate }: Settled): RiskRule[] {
  return [
    staleData(dataAgeMs === undefined ? {} : { ageMs: dataAgeMs }),
    lookAlike({ withinMs: lookAlikeMs }),
    priceCollar({ limit, hard: Math.max(limit, 0.05) }),
    orderRate(rate),
    selfCross(),
  ]
}

/** Checks 15 to 20: how large it may be. */
function sizes(all: Settled): RiskRule[] {
  const { ceilings, costs, tiers, dailyLoss: day, maxDrawdown: fall } = all
  const scale = scaleOf(all)
  const cap = all.perTradeScope === 'order' ? tiers : tiers.map((tier) => strict(tier, all.clipSize))
  return [
    clipSize({ limit: all.clipSize, scale, ceilings }),
    maxPosition({ tiers: cap, scale, ceilings }),
    positionRisk({ tiers, costs, scale, ceilings }),
    ...(all.account === 'spot' ? [freeBalance({ costs })] : []),
    dailyLoss({ limit: day, acknowledge: all.acknowledge, ceilings }),
    maxDrawdown({ limit: fall, onTrip: all.onTrip, ceilings }),
  ]
}

/** Check 21: what it makes of the whole. */
function sums(all: Settled): RiskRule[] {
  const { ceilings, clusters, tiers, costs, maxDrawdown: fall } = all
  const scale = scaleOf(all)
  return [
    portfolioRisk({ limit: all.portfolioRisk, maxDrawdown: fall, costs, scale, ceilings }),
    grossExposure({ limit: all.grossExposure, ceilings }),
    ...(clusters === undefined ? [] : [clusterCap({ clusters, tiers, ceilings })]),
    venueCap({ limit: all.venueExposure, ceilings }),
  ]
}

/** The rest of check 21, which no look clears. */
function tails({ book, valueAtRisk, expectedShortfall, ceilings }: Settled): RiskRule[] {
  return book === undefined ? [] : [tailRisk({ book, valueAtRisk, expectedShortfall, ceilings })]
}

/** Half size from half the drawdown limit on, a quarter from four fifths of it. */
function scaleOf({ deRisking, dailyLoss: day, maxDrawdown: fall }: Settled): SizeScale {
  if (deRisking === 'none') return fullSize
  const steps = [
    { from: firstStepOf(fall), factor: 0.5 },
    { from: Math.round(fall * 0.8e6) / 1e6, factor: 0.25 },
  ]
  return gradedSize({ dailyLoss: day, maxDrawdown: fall, steps })
}

function firstStepOf(fall: number): number {
  return Math.round(fall * 0.5e6) / 1e6
}

function strict(tier: CapitalTierOptions, clip: number): CapitalTierOptions {
  return { ...tier, position: Math.min(tier.position, clip) }
}

/** One loss at the portfolio's limit, taken at the peak, has to stay inside the drawdown limit, and a day inside both. */
function checkOrder({ portfolioRisk: portfolio, maxDrawdown: fall, dailyLoss: day }: Settled): void {
  for (const [name, limit] of Object.entries({ portfolioRisk: portfolio, dailyLoss: day })) {
    if (!(limit > fall)) continue
    throw new ConfigError(`${name} "${limit}" is above maxDrawdown "${fall}", which would be reached first.`, {
      code: 'CONTRADICTION',
      hints: ['Tighten both, such as riskPolicy({ maxDrawdown: 0.05, portfolioRisk: 0.04, dailyLoss: 0.02 }).'],
    })
  }
}
