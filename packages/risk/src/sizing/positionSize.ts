import {
  formatMoney,
  type Instrument,
  type Money,
  moneyScale,
  type Price,
  type Quantity,
  type RiskReason,
  type Side,
} from '@astertrade/core'
import type { CapitalTier } from '../capitalTiers.js'
import { costsOf } from '../limits/costsOf.js'
import { limitRatio, million } from '../limits/limitRatio.js'
import { stopDistance } from '../limits/stopDistance.js'
import { type Ceilings, seedFigures } from '../seedFigures.js'
import { checkFigure } from './checkFigure.js'
import { checkSizeOptions } from './checkSizeOptions.js'

/** What may hold a size down. */
export type SizeCap =
  | 'clip'
  | 'position'
  | 'positionRisk'
  | 'portfolioRisk'
  | 'cushion'
  | 'kelly'
  | 'measures'
  | 'liquidity'
  | 'cash'

/** The account as a size depends on it. Amounts are exact. */
export interface SizeAccount {
  readonly equity: Money
  readonly highWaterMark: Money
  /** Worst-case value of the position in the instrument, orders under way and unknown ones in full. */
  readonly position: Money
  /** What that position loses at its stop, from the last price, costs included. */
  readonly positionRisk: Money
  /** What all positions lose if every stop is hit. */
  readonly openRisk: Money
  /** Cash less reservations; absent where cash is no limit. */
  readonly freeCash?: Money
}

/** What `positionSize` takes. */
export interface PositionSizeOptions {
  readonly instrument: Instrument
  readonly side: Side
  readonly entry: Price
  readonly stop: Price | 'none'
  readonly account: SizeAccount
  /** Tier of capital in force; undefined below the first. */
  readonly tier: CapitalTier | undefined
  /** Fees, slippage at its 95th percentile and a buffer for gaps, as a ratio of the value (default 0.003). */
  readonly costs?: number
  /** Share of equity by Kelly's rule, already fractional; absent where it is not used. */
  readonly kelly?: number
  /** Value that the limits on value at risk and expected shortfall leave, in the settlement currency. */
  readonly measures?: number
  /** Base units that the market takes: the smaller of 1 % of a minute's volume and 10 % of the depth inside the collar. */
  readonly liquidity?: number
  /** Factors from 0 to 1 on the size by name, such as volatility, day, drawdown and model health; `NaN` is one that is cold. */
  readonly multiples?: Readonly<Record<string, number>>
  /** Limits (default the seed figures). */
  readonly limits?: { readonly clipSize?: number; readonly portfolioRisk?: number; readonly maxDrawdown?: number }
  /** Default `seed`: a limit above its seed figure is refused. */
  readonly ceilings?: Ceilings
}

/** A size with what held it down, or why there is none. */
export type PositionSize =
  | {
      readonly kind: 'size'
      readonly quantity: Quantity
      /** The smallest cap. */
      readonly binding: SizeCap
      /** Value that each cap leaves before the multiples, as decimal text. */
      readonly caps: Readonly<Partial<Record<SizeCap, string>>>
      /** Product of the multiples, rounded down to parts per million. */
      readonly multiple: number
    }
  | { readonly kind: 'skip'; readonly reason: RiskReason }

const rule = 'positionSize'

/**
 * The composed size of an entry: the smallest of all caps, times the multiples, rounded down to the lot.
 *
 * Caps: the clip, the position share of the tier less the position, the risk share of the tier less the position's risk over the way to
 * the stop, the portfolio's risk and the cushion above the drawdown limit less open risk over that way, Kelly's share, the room of
 * the measures, liquidity, free cash. Every bound is exact; a double is rounded against the size. A size below the venue's minimum is
 * skipped with `BELOW_MIN_QUANTITY` or `BELOW_MIN_NOTIONAL`, never rounded up; without a tier, an edge or a sound stop there is none
 * (`TIER_NONE`, `NO_EDGE`, `STOP_INVALID`, `COLD`).
 *
 * @throws ConfigError `BAD_FIGURE` for a figure out of its range, `BAD_ENTRY` for an entry that is not positive, `BAD_LIMIT` or `ABOVE_SEED`
 * for a limit that is none or looser than its seed figure, `UNKNOWN_OPTION` for an option or a limit that does not exist.
 * @example
 * positionSize({ instrument: btc, side: 'buy', entry: btc.price(65000, 'nearest'), stop: btc.price(61750, 'nearest'), account, tier })
 * // => { kind: 'size', quantity: 0.00769, binding: 'clip', caps: { clip: '500', … }, multiple: 1 }
 */
export function positionSize(options: PositionSizeOptions): PositionSize {
  const { instrument, entry } = options
  checkSizeOptions(options)
  const refused = refusal(options)
  if (refused) return { kind: 'skip', reason: refused }
  const loss = lossOf(options)
  if (loss === undefined) return skip('STOP_INVALID', String(entry), String(options.stop), 'price')
  const multiple = productOf(options.multiples ?? {})
  if (multiple === undefined) return skip('COLD', 'a number', 'NaN', 'ratio')
  const lotValue = lotAt(instrument, entry)
  const caps = capsOf(options, { loss, lotValue })
  const [binding, value] = smallest(caps)
  const lots = value > 0n ? (value * multiple) / (lotValue * million * million) : 0n
  const quantity = instrument.quantity((Number(lots) * instrument.lot.step) / instrument.lot.scale)
  const small = belowMinimum(instrument, entry, quantity)
  if (small) return { kind: 'skip', reason: { ...small, rule: `${rule}(${binding})` } }
  const printed = Object.fromEntries(caps.map(([cap, room]) => [cap, formatMoney(room / million)]))
  return { kind: 'size', quantity, binding, caps: printed, multiple: Number(multiple) / 1e6 }
}

type Cap = readonly [name: SizeCap, value: bigint]

/** Values that the caps leave, in units of 1e-18 times a million. */
function capsOf(
  options: PositionSizeOptions,
  lot: { readonly loss: bigint; readonly lotValue: bigint },
): readonly Cap[] {
  const { account, tier, kelly, measures, liquidity, limits, ceilings = 'seed' } = options
  const { equity, highWaterMark, position, positionRisk, openRisk, freeCash } = account
  const figures = { ...seedFigures, ...limits }
  const ppm = (name: 'clipSize' | 'portfolioRisk' | 'maxDrawdown'): bigint =>
    limitRatio(name, figures[name], ceilings).ppm
  const atStop = (budget: bigint): bigint => (budget > 0n ? (budget * lot.lotValue * million) / lot.loss : 0n)
  const caps: Cap[] = [
    ['clip', equity * ppm('clipSize')],
    ['position', equity * tier!.position.ppm - position * million],
    ['positionRisk', atStop(equity * tier!.risk.ppm - positionRisk * million)],
    ['portfolioRisk', atStop(equity * ppm('portfolioRisk') - openRisk * million)],
    ['cushion', atStop(equity * million - highWaterMark * (million - ppm('maxDrawdown')) - openRisk * million)],
  ]
  if (kelly !== undefined) caps.push(['kelly', equity * partsOf('kelly', kelly)])
  if (measures !== undefined) caps.push(['measures', amountOf('measures', measures) * million])
  if (liquidity !== undefined)
    caps.push(['liquidity', worthOf(options, checkFigure('liquidity', liquidity, 'notNegative'))])
  if (freeCash !== undefined)
    caps.push(['cash', (freeCash * million * million) / (million + costsOf(rule, options.costs ?? 0.003).ppm)])
  return caps
}

function refusal({ tier, kelly, account }: PositionSizeOptions): RiskReason | undefined {
  if (tier === undefined) {
    return { code: 'TIER_NONE', rule, limit: 'a tier', got: formatMoney(account.equity), unit: 'quote' }
  }
  if (kelly === undefined || kelly > 0) return undefined
  return { code: 'NO_EDGE', rule, limit: '0', got: String(kelly), unit: 'ratio' }
}

function skip(code: string, limit: string, got: string, unit: RiskReason['unit']): PositionSize {
  return { kind: 'skip', reason: { code, rule, limit, got, unit } }
}

/** What a lot loses at the stop, in units of 1e-18 times a million; undefined for a stop that is not sound. */
function lossOf({ instrument, side, entry, stop, costs = 0.003 }: PositionSizeOptions): bigint | undefined {
  const { ppm } = costsOf(rule, costs)
  const value = lotAt(instrument, entry)
  if (stop === 'none') return value * million
  const distance = stopDistance(side, entry, stop)
  if (!(distance > 0)) return undefined
  const exit = instrument.price(Math.max(stop, entry), 'nearest')
  const loss = lotAt(instrument, instrument.price(distance, 'nearest')) * million + lotAt(instrument, exit) * ppm
  return loss <= value * million ? loss : undefined
}

function lotAt(instrument: Instrument, price: Price): bigint {
  return instrument.notional(price, instrument.quantity(instrument.lot.size))
}

/** Product of the multiples in parts per million, each rounded down; undefined when one is `NaN`. */
function productOf(multiples: Readonly<Record<string, number>>): bigint | undefined {
  let product = million
  for (const [name, multiple] of Object.entries(multiples)) {
    if (Number.isNaN(multiple)) return undefined
    product = (product * partsOf(name, Math.min(1, checkFigure(name, multiple, 'notNegative')))) / million
  }
  return product
}

function partsOf(name: string, share: number): bigint {
  return BigInt(Math.floor(checkFigure(name, Math.min(share, 1), 'share') * 1e6))
}

/** An amount in units of 1e-18, rounded down to a millionth. */
function amountOf(name: string, amount: number): bigint {
  const most = Math.min(Math.max(0, checkFigure(name, amount, 'finite')), 1e15)
  const whole = Math.floor(most)
  return BigInt(whole) * moneyScale + BigInt(Math.floor((most - whole) * 1e6)) * (moneyScale / million)
}

function worthOf({ instrument, entry }: PositionSizeOptions, quantity: number): bigint {
  const most = Math.min(quantity, (1e15 - 1) / instrument.lot.scale)
  return instrument.notional(entry, instrument.quantity(most)) * million
}

function smallest(caps: readonly Cap[]): Cap {
  return caps.reduce((least, cap) => (cap[1] < least[1] ? cap : least))
}

function belowMinimum(instrument: Instrument, entry: Price, quantity: Quantity): RiskReason | undefined {
  const { minQuantity, minNotional } = instrument
  if (!(quantity > 0 && quantity >= minQuantity)) {
    return { code: 'BELOW_MIN_QUANTITY', rule, limit: String(minQuantity), got: String(quantity), unit: 'base' }
  }
  const notional = entry * quantity
  if (notional >= minNotional) return undefined
  return { code: 'BELOW_MIN_NOTIONAL', rule, limit: String(minNotional), got: String(notional), unit: 'quote' }
}
