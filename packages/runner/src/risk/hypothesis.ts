import { barsOf, ConfigError, type Instrument, money, type OrderRequest, timestamp } from '@astertrade/core'
import { orderRequestOf, riskViewOf } from '@astertrade/core/testing'
import { policyStop } from '@astertrade/risk'
import { type Grids, instrumentOf } from '../run/instrumentOf.js'

/** An order that might be sent, and the account it would be sent from. */
export interface Hypothesis extends Grids {
  /** `SYMBOL.venue`. */
  readonly instrument: string
  readonly side: 'buy' | 'sell'
  /** Last price. */
  readonly price: number
  /** Limit of the order; absent, it is a market order. */
  readonly limit?: number | undefined
  /** Protective stop (default: that of the policy). */
  readonly stop?: number | 'none' | undefined
  /** Base units (default: what the equity buys). */
  readonly quantity?: number | undefined
  /** An exit, which limits on new risk let pass. */
  readonly reduceOnly?: boolean | undefined
  /** Decimal text. */
  readonly equity: string
  /** Falls as ratios: from the high-water mark (default: that of the day), and since 00:00 UTC (default 0). */
  readonly drawdown?: number | undefined
  readonly dayLoss?: number | undefined
  /** Base units held, negative when short (default 0), and the stop that protects them (default: that of the policy). */
  readonly position?: number | undefined
  readonly positionStop?: number | 'none' | undefined
}

/** The order and the view of the account that a hypothesis makes. */
export interface Supposed {
  readonly instrument: Instrument
  readonly order: OrderRequest
  readonly view: ReturnType<typeof riskViewOf>
}

/**
 * Makes order and account of a hypothesis.
 *
 * @throws ConfigError `BAD_PARAMETER` if figures contradict each other, `BAD_INSTRUMENT` if prices fit no grid.
 */
export function suppose(hypothesis: Hypothesis): Supposed {
  const { side, price, limit, reduceOnly = false, position = 0 } = hypothesis
  const instrument = pricedInstrument(hypothesis)
  checkGrids(hypothesis, instrument)
  const equity = money(hypothesis.equity)
  const { dayLoss = 0 } = hypothesis
  const { drawdown = dayLoss } = hypothesis
  checkFalls(drawdown, dayLoss)
  const { id } = instrument
  const held = instrument.notional(instrument.price(price, 'nearest'), instrument.quantity(Math.abs(position)))
  const standing = heldStop(hypothesis)
  const view = riskViewOf({
    instruments: [instrument],
    equity,
    highWaterMark: before(equity, drawdown),
    dayStart: before(equity, dayLoss),
    cash: decimalText(position > 0 ? equity - held : equity + held),
    marks: { [id]: price },
    positions: { [id]: position },
    stops: standing === 'none' ? {} : { [id]: instrument.price(standing, 'nearest') },
  })
  const entry = limit ?? price
  const order = orderRequestOf({
    instrument,
    side,
    type: limit === undefined ? 'market' : 'limit',
    quantity: hypothesis.quantity ?? Number(hypothesis.equity) / entry,
    limit,
    reduceOnly,
    protectiveStop: reduceOnly ? undefined : (hypothesis.stop ?? policyStopAt(entry, side === 'buy')),
  })
  checkQuantity(hypothesis, order, instrument)
  return { instrument, order, view }
}

/** The stop of the position that is held. */
export function heldStop({ position = 0, positionStop, price }: Hypothesis): number | 'none' {
  return positionStop ?? policyStopAt(price, position > 0)
}

function policyStopAt(price: number, isLong: boolean): number {
  return price * (isLong ? 1 - policyStop.ratio : 1 + policyStop.ratio)
}

/** An instrument whose grids hold all prices that were given, as they would those of a bar. */
function pricedInstrument({ instrument, price, limit, stop, positionStop, ...grids }: Hypothesis): Instrument {
  const prices = [price, limit, stop, positionStop].filter((value) => typeof value === 'number')
  const bar = { instrument: instrument as Instrument['id'], time: timestamp('2020-01-01'), open: price, volume: 0 }
  const bars = barsOf([{ ...bar, high: Math.max(...prices), low: Math.min(...prices), close: limit ?? price }], 60_000)
  return instrumentOf(bars, grids)
}

const million = 1_000_000n

/** What an equity fell from, rounded up: a fall of exactly a limit is at the limit. */
function before(equity: bigint, fall: number): string {
  const left = million - BigInt(Math.round(fall * 1e6))
  return decimalText((equity * million + left - 1n) / left)
}

/** Units of 1e-18 as decimal text. */
function decimalText(units: bigint): string {
  const digits = (units < 0n ? -units : units).toString().padStart(19, '0')
  return `${units < 0n ? '-' : ''}${digits.slice(0, -18)}.${digits.slice(-18)}`
}

/** Points that a grid holds. */
const pointsMost = 1e15

function checkGrids(
  { price, limit, stop, quantity, position, ...rest }: Hypothesis,
  { id, tick, lot }: Instrument,
): void {
  const prices = { price, limit, stop, 'position-stop': rest.positionStop }
  const quantities = { quantity, position, equity: Number(rest.equity) / (limit ?? price) }
  for (const [values, grid] of [
    [prices, tick],
    [quantities, lot],
  ] as const) {
    for (const [name, value] of Object.entries(values)) {
      if (typeof value !== 'number' || Math.abs(value) * grid.scale < pointsMost) continue
      throw new ConfigError(`--${name} is too large for ${id}, whose steps are ${grid.size.toFixed(grid.decimals)}.`, {
        code: 'BAD_PARAMETER',
        hints: ['A grid has 15 digits: give a smaller figure, or wider steps with --tick and --lot.'],
      })
    }
  }
}

function checkFalls(drawdown: number, dayLoss: number): void {
  if (drawdown >= dayLoss) return
  throw new ConfigError(`A day that lost ${percent(dayLoss)} cannot leave a drawdown of ${percent(drawdown)}.`, {
    code: 'BAD_PARAMETER',
    hints: [`The high-water mark is at least the day's start: --drawdown ${percent(dayLoss)} or more.`],
  })
}

function checkQuantity({ quantity, instrument: id }: Hypothesis, order: OrderRequest, { lot }: Instrument): void {
  if (order.quantity > 0) return
  const given = quantity === undefined ? 'What the equity buys' : `Quantity "${quantity}"`
  throw new ConfigError(`${given} is below one lot of ${id}, ${lot.size.toFixed(lot.decimals)}.`, {
    code: 'BAD_PARAMETER',
    hints: ['Ask for more, or give the lot of the venue with --lot.'],
  })
}

function percent(ratio: number): string {
  return `${Number((ratio * 100).toFixed(4))}%`
}
