import {
  formatMoney,
  type Instrument,
  type InstrumentId,
  type Money,
  money,
  type Price,
  type RiskView,
  type Sizer,
} from '@astertrade/core'
import { type CapitalTierOptions, capitalTiers } from '../capitalTiers.js'
import { checkOptionChoice, checkOptionNames } from '../limits/checkOptions.js'
import { costsOf, costsSeed } from '../limits/costsOf.js'
import { grossExact } from '../limits/grossExact.js'
import { standingLoss } from '../limits/standingLoss.js'
import { type Ceilings, seedTiers } from '../seedFigures.js'
import { heldTier, tierMemory } from '../tierMemory.js'
import { checkFigure } from './checkFigure.js'
import { type PositionSizeOptions, positionSize, type SizeAccount } from './positionSize.js'

/** A figure of an instrument as it is now. */
export type SizerFigure<Value> = (instrument: InstrumentId, view: RiskView) => Value

/** What `positionSizer` takes; each figure that is a function is asked at every size. */
export interface PositionSizerOptions {
  /** Distance of the stop from the price, as a share of it (default 0.05, as `policyStop`); `none` counts an entry in full. */
  readonly stop?: number | 'none' | SizerFigure<number>
  /** Tiers of capital (default the seed tiers). */
  readonly tiers?: readonly CapitalTierOptions[]
  readonly costs?: PositionSizeOptions['costs']
  /** Kelly's share of equity, already fractional (default none: it is no cap). */
  readonly kelly?: SizerFigure<number>
  /** Value that value at risk and expected shortfall leave (default none). */
  readonly measures?: SizerFigure<number>
  /** Base units that the market takes (default none). */
  readonly liquidity?: SizerFigure<number>
  /** Factors from 0 to 1 by name, such as volatility, day, drawdown and model health (default none). */
  readonly multiples?: SizerFigure<Readonly<Record<string, number>>>
  readonly limits?: PositionSizeOptions['limits']
  /** `margin` leaves what a buy costs to the engine's buying power (default `spot`). */
  readonly account?: 'spot' | 'margin'
  /** Default `seed`: a limit above its seed figure is refused. */
  readonly ceilings?: Ceilings
}

const known = [
  'stop',
  'tiers',
  'costs',
  'kelly',
  'measures',
  'liquidity',
  'multiples',
  'limits',
  'account',
  'ceilings',
] as const

/**
 * The composed size as a sizer: an exposure wants its share of the budget, and the position grows towards it by at most `positionSize` at a
 * time, the smallest of all caps.
 *
 * A position that is to become smaller or to end does so at once. One that is to turn around is closed, and enters the other side from
 * nothing. Where `positionSize` skips (no tier, no edge, cold, below the venue's minimum), and without a price above 0, the position stays as
 * it is. What the account
 * holds in an instrument is counted over all strategies, so give an instrument to one of them.
 *
 * @throws ConfigError `BAD_FIGURE` for a distance outside (0, 1], `UNKNOWN_OPTION` for another option; what `positionSize` and
 * `capitalTiers` throw.
 * @example
 * positionSizer().size(btc, 1, 10_000, 65_000, view) // => 0.00769, the clip, as in the example of positionSize
 */
export function positionSizer(options: PositionSizerOptions = {}): Sizer {
  checkOptionNames('positionSizer', options, known)
  const { stop = 0.05, ceilings = 'seed', tiers: given = seedTiers } = options
  checkOptionChoice('account', options.account ?? 'spot', ['spot', 'margin'])
  costsOf('positionSizer', options.costs ?? costsSeed)
  const tiers = capitalTiers(given, ceilings)
  const memory = tierMemory(tiers)
  if (typeof stop === 'number') checkFigure('stop', stop, 'fraction')
  return {
    name: `positionSize(${typeof stop === 'function' ? 'own stop' : stop === 'none' ? 'no stop' : `stop ${stop}`})`,
    size(instrument, exposure, budget, price, view) {
      const wanted = (exposure * budget) / Math.abs(price)
      const held = view.exposure(instrument.id).quantity
      const kept = Math.sign(wanted) === Math.sign(held) ? held : 0
      if (Math.abs(wanted) <= Math.abs(kept)) return wanted
      const distance = typeof stop === 'function' ? stop(instrument.id, view) : stop
      const account = accountOf(options, instrument, view)
      if (account === undefined || !(price > 0) || Number.isNaN(distance)) return kept
      const side = wanted > 0 ? 'buy' : 'sell'
      const sized = positionSize({
        ...figuresOf(options, instrument.id, view),
        instrument,
        side,
        entry: instrument.price(price, 'nearest'),
        stop: distance === 'none' ? distance : stopAt(instrument, price, side === 'buy' ? -distance : distance),
        account,
        tier: heldTier(tiers, memory, view),
        ceilings,
      })
      const most = sized.kind === 'size' ? sized.quantity : 0
      return kept + Math.sign(wanted) * Math.min(most, Math.abs(wanted - kept))
    },
  }
}

/** The account by its rules' figures, each rounded against the size; undefined while one of them has no price to be known by. */
function accountOf(
  { costs = costsSeed, account = 'spot' }: PositionSizerOptions,
  instrument: Instrument,
  view: RiskView,
): SizeAccount | undefined {
  const exit = costsOf('positionSizer', costs)
  const near = [standingLoss(view, exit, instrument), standingLoss(view, exit), view.freeCash]
  if (!near.every(Number.isFinite)) return undefined
  const [positionRisk, openRisk, freeCash] = [
    moneyOf(near[0]!, Math.ceil),
    moneyOf(near[1]!, Math.ceil),
    moneyOf(near[2]!, Math.floor),
  ]
  const { equityExact: equity } = view
  const isHigh = equity > view.highWaterMark
  const highWaterMark = isHigh ? equity : view.highWaterMark
  const position = money(formatMoney(grossExact(view, [instrument])))
  const base = { equity, highWaterMark, position, positionRisk, openRisk }
  return account === 'spot' ? { ...base, freeCash } : base
}

/** A double as money, rounded at a millionth. */
function moneyOf(amount: number, rounded: (value: number) => number): Money {
  return money((rounded(amount * 1e6) / 1e6).toFixed(6))
}

function stopAt(instrument: Instrument, price: number, way: number): Price {
  checkFigure('stop', Math.abs(way), 'fraction')
  return instrument.price(price * (1 + way), 'nearest')
}

function figuresOf(
  { costs, kelly, measures, liquidity, multiples, limits }: PositionSizerOptions,
  id: InstrumentId,
  view: RiskView,
): Pick<PositionSizeOptions, 'costs' | 'kelly' | 'measures' | 'liquidity' | 'multiples' | 'limits'> {
  return {
    ...(costs !== undefined && { costs }),
    ...(limits !== undefined && { limits }),
    ...(kelly !== undefined && { kelly: kelly(id, view) }),
    ...(measures !== undefined && { measures: measures(id, view) }),
    ...(liquidity !== undefined && { liquidity: liquidity(id, view) }),
    ...(multiples !== undefined && { multiples: multiples(id, view) }),
  }
}
