import { approve, formatMoney, type OrderRequest, type RiskRule, type RiskView, type Verdict } from '@astertrade/core'
import { type Ceilings, seedFigures } from '../seedFigures.js'
import { checkOptionNames } from './checkOptions.js'
import { costsNote, costsOf, costsSeed, type TradeCosts } from './costsOf.js'
import { firstLookMargin } from './firstLook.js'
import { fullSize, type SizeScale } from './gradedSize.js'
import { grossExact } from './grossExact.js'
import { type LimitRatio, limitRatio, million } from './limitRatio.js'
import { lotsOf } from './lotsOf.js'
import { fitInto } from './sizeRoom.js'
import { standingLoss } from './standingLoss.js'
import { entryPrice } from './stopDistance.js'
import { nearLoss, stopLoss } from './stopLoss.js'
import { unusable } from './unusable.js'

/** What `portfolioRisk` takes. */
export interface PortfolioRiskOptions {
  /** Loss if every protective stop is hit, as a share of equity (default 0.08). */
  readonly limit?: number
  /** Fall from the high-water mark that must not be reached even then (default 0.1). */
  readonly maxDrawdown?: number
  /** Fees, slippage and a buffer for gaps on the way out, as a ratio of the value (default 0.003). */
  readonly costs?: number
  /** Factor on the room, such as `gradedSize()` (default 1). */
  readonly scale?: SizeScale
  /** Default `seed`: a limit above a seed figure is refused. */
  readonly ceilings?: Ceilings
}

const defaults = {
  limit: seedFigures.portfolioRisk,
  maxDrawdown: seedFigures.maxDrawdown,
  costs: costsSeed,
  scale: fullSize,
  ceilings: 'seed',
} as const

/**
 * Limits what equity loses from now on if the stops of all positions and entries are hit together, as if they moved as one.
 *
 * The budget is the smaller of a share of equity (`PORTFOLIO_RISK`) and the cushion, what equity lies above the drawdown limit
 * (`CUSHION`): so all stops together cannot break that limit, gaps beyond the stops excepted. Losses count from the last price, so
 * profits that could be given back are budgeted too. What has no stop counts in full. The order shrinks to the lots that fit. Exits
 * pass. The comparison is exact. The cushion is that of Grossman and Zhou, Optimal Investment Strategies for Controlling Drawdowns
 * (1993).
 *
 * @throws ConfigError for a limit outside (0, 1] or above the seed figure, costs outside [0, 1), or an unknown option.
 * @example
 * portfolioRisk({ limit: 0.06 }).name // => 'portfolioRisk(6%, cushion 10%)'
 */
export function portfolioRisk(options: PortfolioRiskOptions = {}): RiskRule {
  checkOptionNames('portfolioRisk', options, Object.keys(defaults))
  const { limit: share, maxDrawdown, costs, scale, ceilings } = { ...defaults, ...options }
  const limit = limitRatio('portfolioRisk', share, ceilings)
  const fall = limitRatio('maxDrawdown', maxDrawdown, ceilings)
  const exit = costsOf('portfolioRisk', costs)
  const name = `portfolioRisk(${limit.label}, cushion ${fall.label}${costsNote(exit)})`
  return {
    name,
    check(order, view) {
      if (order.reduceOnly) return approve
      const { equity, grossExposure: gross } = view
      const loss = nearLoss(order, view, exit)
      const held = gross === 0 ? 0 : view.lossToStops(order, 'account') * (1 + exit.near) + gross * exit.near
      const budget = equity * limit.near
      const cushion = equity - view.highWaterMarkNear * (1 - fall.near)
      // A cushion is a difference: its error is one of equity.
      const room = Math.min(budget, cushion) - equity * firstLookMargin - held
      if (loss > 0 && loss < room * scale.near(view) && room < Number.POSITIVE_INFINITY) return approve
      return measure(order, view, { limit, fall, scale, exit, rule: name })
    },
    use(view) {
      const cushion = view.equity - view.highWaterMarkNear * (1 - fall.near)
      const held = standingLoss(view, exit)
      return held === 0 ? 0 : held / Math.max(0, Math.min(view.equity * limit.near, cushion))
    },
  }
}

interface Parts {
  readonly limit: LimitRatio
  readonly fall: LimitRatio
  readonly scale: SizeScale
  readonly exit: TradeCosts
  readonly rule: string
}

function measure(order: OrderRequest, view: RiskView, { limit, fall, scale, exit, rule }: Parts): Verdict {
  const flaw = unusable(rule, order, view, entryPrice(order, view), [
    [view.equity, 'quote'],
    [view.highWaterMarkNear, 'quote'],
    [scale.near(view), 'ratio'],
    [view.lossToStops(order, 'account'), 'quote'],
    [view.grossExposure, 'quote'],
  ])
  if (flaw) return { kind: 'refuse', reason: flaw }
  const loss = stopLoss(rule, order, view, exit)
  if (loss.kind === 'invalid') return { kind: 'refuse', reason: loss.reason }
  const instrument = view.instrument(order.instrument)
  const equity = view.equityExact
  const budget = equity * limit.ppm
  const cushion = equity * million - view.highWaterMark * (million - fall.ppm)
  const isCushion = cushion < budget
  const cap = isCushion ? cushion : budget
  const held = view.lossToStopsExact(order, 'account') * (million + exit.ppm) + grossExact(view) * exit.ppm
  return fitInto({ cap, held, scale: scale.ppm(view), perLot: loss.perLot, freeLots: 0 }, order, instrument, {
    code: isCushion ? 'CUSHION' : 'PORTFOLIO_RISK',
    rule,
    got: formatMoney((held + lotsOf(order, instrument) * loss.perLot) / million),
    unit: 'quote',
  })
}
