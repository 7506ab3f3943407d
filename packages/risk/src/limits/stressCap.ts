import {
  approve,
  formatMoney,
  type Instrument,
  type OrderRequest,
  type RiskRule,
  type RiskView,
  type Verdict,
} from '@astertrade/core'
import { type Ceilings, seedFigures } from '../seedFigures.js'
import { stressLosses } from '../stress/stressLosses.js'
import { type AssetClass, type ShockStress, type StressScenario, stressScenarios } from '../stress.js'
import { checkOptionNames } from './checkOptions.js'
import { exposurePrice } from './exposurePrice.js'
import { firstLookMargin } from './firstLook.js'
import { grossNear } from './grossExact.js'
import { type LimitRatio, limitRatio, million } from './limitRatio.js'
import { lotsOf } from './lotsOf.js'
import { fitInto } from './sizeRoom.js'
import { unusable } from './unusable.js'
import { type WorstCase, worstCase } from './worstCase.js'

/** What `stressCap` takes. */
export interface StressCapOptions {
  /** What moves each instrument, by its id; one that is left out moves like a coin, which is the worst. */
  readonly assetClasses: Readonly<Record<string, AssetClass>>
  /** Loss in the worst jump of prices, as a share of equity (default 0.25). */
  readonly limit?: number
  /** Jumps of prices (default those of `stressScenarios`). */
  readonly scenarios?: readonly ShockStress[]
  /** Default `seed`: a limit above the seed figure is refused. */
  readonly ceilings?: Ceilings
}

const isShock = (scenario: StressScenario): scenario is ShockStress => scenario.kind === 'shock'
const defaults = {
  limit: seedFigures.gapStress,
  scenarios: stressScenarios.filter(isShock),
  ceilings: 'seed',
} as const

/**
 * Limits what equity loses when prices jump over all stops: bitcoin by half, coins by 80 %, a stablecoin to 0.88.
 *
 * Positions, orders under way and unknown ones count in full, each strategy on the side that loses; a gain pays for no loss, and what jumps
 * at one venue only counts at all. The order shrinks to the lots that fit the worst scenario, or is refused with `STRESS`; one that loses in
 * no scenario passes. Exits pass. The comparison is exact.
 *
 * @throws ConfigError for a limit outside (0, 1] or above the seed figure, `BAD_SCENARIO` for figures that are none, or an unknown option.
 * @example
 * stressCap({ assetClasses: { 'BTC-USDT.binance': 'bitcoin' } }).name // => 'stressCap(25%)'
 */
export function stressCap(options: StressCapOptions): RiskRule {
  checkOptionNames('stressCap', options, ['assetClasses', ...Object.keys(defaults)])
  const { assetClasses, limit: share, scenarios, ceilings } = { ...defaults, ...options }
  const limit = limitRatio('gapStress', share, ceilings)
  stressLosses({ positions: [] }, scenarios)
  const name = `stressCap(${limit.label})`
  const farthest = Math.max(0, ...scenarios.flatMap(({ shocks }) => Object.values(shocks).map(Math.abs)))
  const parts = { scenarios, limit, rule: name, classOf: ({ id }: Instrument) => assetClasses[id] ?? 'coin' }
  return {
    name,
    check(order, view) {
      if (order.reduceOnly) return approve
      const value = exposurePrice(order, view) * order.quantity
      const room = view.equity * limit.near * (1 - firstLookMargin) - view.grossExposure * farthest
      if (value > 0 && value * farthest < room && room < Number.POSITIVE_INFINITY) return approve
      return measure(order, view, parts)
    },
    use(view) {
      if (!(view.equity > 0 && Number.isFinite(grossNear(view, view.instruments)))) return Number.NaN
      const losses = scenarios.map((scenario) => Number(lossIn(scenario, view, parts.classOf)) / lossScale)
      return Math.max(0, ...losses) / (view.equity * limit.near)
    },
  }
}

interface Parts {
  readonly scenarios: readonly ShockStress[]
  readonly limit: LimitRatio
  readonly rule: string
  readonly classOf: (instrument: Instrument) => AssetClass
}

/** The verdict of the scenario that leaves least. */
function measure(order: OrderRequest, view: RiskView, { scenarios, limit, rule, classOf }: Parts): Verdict {
  const price = exposurePrice(order, view)
  const flaw = unusable(rule, order, view, price, [
    [view.equity, 'quote'],
    [grossNear(view, view.instruments), 'quote'],
  ])
  if (flaw) return { kind: 'refuse', reason: flaw }
  const instrument = view.instrument(order.instrument)
  const lot = instrument.notional(instrument.price(price, 'up'), instrument.quantity(instrument.lot.size))
  const freeLots = oppositeLots(order, view, instrument)
  const added = lotsOf(order, instrument) - BigInt(freeLots)
  let least: Verdict = approve
  for (const scenario of scenarios) {
    const shock = shockOf(scenario, classOf(instrument))
    const perLot = (order.side === 'buy' ? -shock : shock) * lot
    if (perLot <= 0n) continue
    const held = lossIn(scenario, view, classOf)
    const room = { cap: view.equityExact * limit.ppm, held, scale: million, perLot, freeLots }
    const got = formatMoney((held + added * perLot) / million)
    const verdict = fitInto(room, order, instrument, { code: 'STRESS', rule, got, unit: 'quote' })
    if (verdict.kind === 'refuse') return verdict
    if (verdict.kind === 'shrink' && (least.kind !== 'shrink' || verdict.quantity < least.quantity)) least = verdict
  }
  return least
}

/** What `lossIn` counts in one unit of the settlement currency. */
const lossScale = 1e24

/** Lots that only close what the order's strategy has on the other side. */
function oppositeLots({ side, strategy }: OrderRequest, view: RiskView, instrument: Instrument): number {
  if (!view.strategies.includes(strategy)) return 0
  const points = sideOf(worstCase(view.exposure(instrument.id, strategy), instrument), side === 'buy')
  return Math.floor(Math.max(0, -points) / instrument.lot.step)
}

/** What positions lose in a scenario, in units of 1e-18 times a million. */
function lossIn(scenario: ShockStress, view: RiskView, classOf: Parts['classOf']): bigint {
  let loss = 0n
  for (const instrument of view.instruments) {
    const shock = shockOf(scenario, classOf(instrument))
    if (shock === 0n) continue
    let points = 0
    for (const strategy of view.strategies) {
      points += Math.max(0, sideOf(worstCase(view.exposure(instrument.id, strategy), instrument), shock < 0n))
    }
    if (points === 0) continue
    const mark = instrument.price(Math.abs(view.markPrice(instrument.id)), 'up')
    const value = instrument.notional(mark, instrument.quantity(points / instrument.lot.scale))
    loss += value * (shock < 0n ? -shock : shock)
  }
  return loss
}

function sideOf({ long, short }: WorstCase, isLong: boolean): number {
  return isLong ? long : short
}

/** A jump in whole parts per million. */
function shockOf({ shocks }: ShockStress, assetClass: AssetClass): bigint {
  return BigInt(Math.round((shocks[assetClass] ?? 0) * 1e6))
}
