import { ConfigError, type FirstLook, type RiskRule } from '@astertrade/core'
import { type CapitalTierOptions, capitalTiers } from './capitalTiers.js'
import { checkCeilings } from './checkCeilings.js'
import { overridable } from './emergency/overridable.js'
import { overrideLog } from './emergency/overrideLog.js'
import { allowList } from './limits/allowList.js'
import { checkOptionChoice, checkOptionNames } from './limits/checkOptions.js'
import { clipSize } from './limits/clipSize.js'
import { clusterCap } from './limits/clusterCap.js'
import { costsOf } from './limits/costsOf.js'
import { dailyLoss } from './limits/dailyLoss.js'
import { freeBalance } from './limits/freeBalance.js'
import { gateLook } from './limits/gateLook.js'
import { fullSize, gradedSize, type SizeScale } from './limits/gradedSize.js'
import { grossExposure } from './limits/grossExposure.js'
import { limitRatio } from './limits/limitRatio.js'
import { lookAlike } from './limits/lookAlike.js'
import { maxDrawdown } from './limits/maxDrawdown.js'
import { maxPosition } from './limits/maxPosition.js'
import { orderRate } from './limits/orderRate.js'
import { policyLook } from './limits/policyLook.js'
import { portfolioRisk } from './limits/portfolioRisk.js'
import { positionRisk } from './limits/positionRisk.js'
import { collarSeed, priceCollar } from './limits/priceCollar.js'
import { riskBacktest } from './limits/riskBacktest.js'
import { selfCross } from './limits/selfCross.js'
import { staleData } from './limits/staleData.js'
import { stressCap } from './limits/stressCap.js'
import { tailRisk } from './limits/tailRisk.js'
import { venueCap } from './limits/venueCap.js'
import { policyDefaults, type RiskPolicyOptions, type SettledPolicy, settlePolicy } from './policyOptions.js'
import { overrideRulesOf } from './policyOverrides.js'
import { tierMemory } from './tierMemory.js'

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
 * riskPolicy({ clipSize: 0.02 }).map((rule) => rule.name).find((name) => name.startsWith('clip')) // => 'clipSize(2%)'
 */
export function riskPolicy(options: RiskPolicyOptions = {}): readonly RiskRule[] {
  checkOptionNames('riskPolicy', options, Object.keys(policyDefaults))
  const all = settlePolicy(options)
  checkOptionChoice('perTradeScope', all.perTradeScope, ['order', 'position'])
  checkOptionChoice('account', all.account, ['spot', 'margin'])
  checkOptionChoice('deRisking', all.deRisking, ['graded', 'none'])
  limitRatio('maxDrawdown', all.maxDrawdown, all.ceilings)
  limitRatio('dailyLoss', all.dailyLoss, all.ceilings)
  checkCeilings(all)
  checkOrder(all)
  checkComputed(options)
  const [gate, size] = [gateLook({ ...all, ...all.orderRate }), sizeLook(all)]
  const raise = raiseOf(all)
  return [
    ...logs(all).map((rule) => oneShape(rule)),
    ...lists(all).map((rule) => oneShape(rule)),
    ...gates(all).map((rule) => oneShape(rule, gate)),
    ...[...sizes(all, raise), ...sums(all, raise)].map((rule) => oneShape(rule, size)),
    ...tails(all, raise).map((rule) => oneShape(rule)),
  ]
}

/** Rules of one shape, since the engine asks them in a loop. */
function oneShape({ name, check, watch, watchBelow, use, memory }: RiskRule, firstLook?: FirstLook): RiskRule {
  return { name, check, watch, watchBelow, use, memory, firstLook } as RiskRule
}

function sizeLook(all: SettledPolicy): FirstLook {
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

/** Makes the rule of a limit, which a manual override can raise where the policy has operators. */
type Raise = (code: string, limit: number, make: (limit: number) => RiskRule) => RiskRule

function raiseOf(all: SettledPolicy): Raise {
  const { operators } = all
  if (operators === undefined) return (_, limit, make) => make(limit)
  const rules = overrideRulesOf(all, operators)
  return (code, limit, make) => overridable({ rule: make(limit), code, raised: make, rules })
}

/** Refuses nothing, and keeps the overrides. */
function logs(all: SettledPolicy): RiskRule[] {
  return all.operators === undefined ? [] : [overrideLog(overrideRulesOf(all, all.operators))]
}

/** Check 7, which no look clears. */
function lists({ instruments }: SettledPolicy): RiskRule[] {
  return instruments === undefined ? [] : [allowList({ instruments })]
}

/** Checks 9 to 14: whether an order may be at all. */
function gates({ dataAgeMs, lookAlikeMs, priceCollar: limit, orderRate: rate }: SettledPolicy): RiskRule[] {
  return [
    staleData(dataAgeMs === undefined ? {} : { ageMs: dataAgeMs }),
    lookAlike({ withinMs: lookAlikeMs }),
    priceCollar({ limit, hard: Math.max(limit, collarSeed) }),
    orderRate(rate),
    selfCross(),
  ]
}

/** Checks 15 to 20: how large it may be. */
function sizes(all: SettledPolicy, raise: Raise): RiskRule[] {
  const { ceilings, costs, tiers, dailyLoss: day, maxDrawdown: fall } = all
  const scale = scaleOf(all)
  const cap = all.perTradeScope === 'order' ? tiers : tiers.map((tier) => strict(tier, all.clipSize))
  return [
    raise('CLIP', all.clipSize, (limit) => clipSize({ limit, scale, ceilings })),
    maxPosition({ tiers: cap, scale, ceilings }),
    positionRisk({ tiers, costs, scale, ceilings }),
    ...(all.account === 'spot' ? [freeBalance({ costs })] : []),
    dailyLoss({ limit: day, acknowledge: all.acknowledge, ceilings }),
    maxDrawdown({ limit: fall, onTrip: all.onTrip, ceilings }),
  ]
}

/** Check 21: what it makes of the whole. */
function sums(all: SettledPolicy, raise: Raise): RiskRule[] {
  const { ceilings, clusters, tiers, costs, maxDrawdown: fall } = all
  const scale = scaleOf(all)
  return [
    raise('PORTFOLIO_RISK', all.portfolioRisk, (limit) =>
      portfolioRisk({ limit, maxDrawdown: fall, costs, scale, ceilings }),
    ),
    raise('GROSS_EXPOSURE', all.grossExposure, (limit) => grossExposure({ limit, ceilings })),
    ...(clusters === undefined ? [] : [clusterCap({ clusters, tiers, ceilings })]),
    raise('VENUE_CAP', all.venueExposure, (limit) => venueCap({ limit, ceilings })),
  ]
}

/** The rest of check 21, which no look clears. */
function tails(all: SettledPolicy, raise: Raise): RiskRule[] {
  const { book, valueAtRisk, expectedShortfall, assetClasses, gapStress, ceilings } = all
  return [
    ...(book === undefined ? [] : [riskBacktest(), tailRisk({ book, valueAtRisk, expectedShortfall, ceilings })]),
    ...(assetClasses === undefined
      ? []
      : [raise('STRESS', gapStress, (limit) => stressCap({ assetClasses, limit, ceilings }))]),
  ]
}

/** Half size from half the drawdown limit on, a quarter from four fifths of it. */
function scaleOf({ deRisking, dailyLoss: day, maxDrawdown: fall }: SettledPolicy): SizeScale {
  if (deRisking === 'none') return { ...fullSize, label: 'no de-risking' }
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

/** A limit that nothing computes would be believed in. */
function checkComputed({ book, assetClasses, valueAtRisk, expectedShortfall, gapStress }: RiskPolicyOptions): void {
  const lacks = [
    [{ valueAtRisk, expectedShortfall }, book, 'scenarios', 'book: () => scenarioBook(…)'],
    [{ gapStress }, assetClasses, 'asset classes', "assetClasses: { 'BTC-USDT.binance': 'bitcoin' }"],
  ] as const
  for (const [limits, source, needed, hint] of lacks) {
    const given = Object.entries(limits).find(([, limit]) => limit !== undefined)
    if (source !== undefined || given === undefined) continue
    throw new ConfigError(`${given[0]} "${given[1]}" has no ${needed} to be computed from.`, {
      code: 'CONTRADICTION',
      hints: [`Give the policy both, such as riskPolicy({ ${hint} }).`],
    })
  }
}

/** One loss at the portfolio's limit, taken at the peak, has to stay inside the drawdown limit, and a day inside both. */
function checkOrder({ portfolioRisk: portfolio, maxDrawdown: fall, dailyLoss: day }: SettledPolicy): void {
  for (const [name, limit] of Object.entries({ portfolioRisk: portfolio, dailyLoss: day })) {
    if (!(limit > fall)) continue
    throw new ConfigError(`${name} "${limit}" is above maxDrawdown "${fall}", which would be reached first.`, {
      code: 'CONTRADICTION',
      hints: ['Tighten both, such as riskPolicy({ maxDrawdown: 0.05, portfolioRisk: 0.04, dailyLoss: 0.02 }).'],
    })
  }
}
