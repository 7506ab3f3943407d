import { approve, formatMoney, type OrderRequest, type RiskRule, type RiskView, type Verdict } from '@astertrade/core'
import { type Ceilings, seedFigures } from '../seedFigures.js'
import { checkOptionNames } from './checkOptions.js'
import { firstLookMargin } from './firstLook.js'
import { fullSize, type SizeScale } from './gradedSize.js'
import { type LimitRatio, limitRatio, million } from './limitRatio.js'
import { fitInto } from './sizeRoom.js'
import { unusable } from './unusable.js'
import { worstPrice } from './worstPrice.js'

/** What `clipSize` takes. */
export interface ClipSizeOptions {
  /** Largest value of one entry order as a share of equity (default 0.05). */
  readonly limit?: number
  /** Factor on that, such as `gradedSize()` (default 1). */
  readonly scale?: SizeScale
  /** Default `seed`: a limit above the seed figure is refused. */
  readonly ceilings?: Ceilings
}

const defaults = { limit: seedFigures.clipSize, scale: fullSize, ceilings: 'seed' } as const

/**
 * Limits the value of one entry order, a clip, to a share of equity; a larger order shrinks to the largest lot that fits.
 *
 * An order of exactly the limit passes; where not even one lot fits it is refused with `CLIP`. The value is quantity times the
 * worst price known now; without a price the order is refused with `NO_MARK`, never valued at zero. Exits pass. The comparison
 * is exact.
 *
 * @throws ConfigError for a limit outside (0, 1] or above the seed figure, or an unknown option.
 * @example
 * clipSize({ limit: 0.02 }).name // => 'clipSize(2%)'
 */
export function clipSize(options: ClipSizeOptions = {}): RiskRule {
  checkOptionNames('clipSize', options, Object.keys(defaults))
  const { limit: share, scale, ceilings } = { ...defaults, ...options }
  const limit = limitRatio('clipSize', share, ceilings)
  const name = `clipSize(${limit.label}${scale.label === undefined ? '' : `, ${scale.label}`})`
  const firstLook = limit.near * (1 - firstLookMargin)
  return {
    name,
    check(order, view) {
      if (order.reduceOnly) return approve
      const price = worstPrice(order, view)
      const value = price * order.quantity
      const cap = view.equity * firstLook * scale.near(view)
      if (value > 0 && value < cap && cap < Number.POSITIVE_INFINITY) return approve
      return measure(order, view, price, { limit, scale, rule: name })
    },
  }
}

/** The same question in exact money, for what the first look did not clear. */
function measure(
  order: OrderRequest,
  view: RiskView,
  price: number,
  { limit, scale, rule }: { readonly limit: LimitRatio; readonly scale: SizeScale; readonly rule: string },
): Verdict {
  const flaw = unusable(rule, order, view, price, [
    [view.equity, 'quote'],
    [scale.near(view), 'ratio'],
  ])
  if (flaw) return { kind: 'refuse', reason: flaw }
  const instrument = view.instrument(order.instrument)
  // A mark may be an average off the grid; up is against us.
  const onGrid = instrument.price(price, 'up')
  const equity = view.equityExact
  const got = formatMoney(instrument.notional(onGrid, order.quantity))
  const room = {
    cap: equity * limit.ppm,
    held: 0n,
    scale: scale.ppm(view),
    perLot: instrument.notional(onGrid, instrument.quantity(instrument.lot.size)) * million,
    freeLots: 0,
  }
  return fitInto(room, order, instrument, { code: 'CLIP', rule, got, unit: 'quote' })
}
