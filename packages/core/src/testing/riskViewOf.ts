import { ConfigError } from '../errors.js'
import type { Mode } from '../events.js'
import type { Instrument, InstrumentId } from '../instrument.js'
import { type Money, money, moneyToNumber } from '../money.js'
import type { OrderRequest } from '../order.js'
import type { ExposureView, RiskView } from '../risk.js'
import { type Timestamp, timestamp } from '../time.js'
import { plannedLosses } from './plannedLosses.js'

/** The plain data a `RiskView` is made of. Amounts are decimal text or exact `Money`. */
export interface RiskViewOptions {
  readonly instruments: readonly Instrument[]
  /** Default 2020-01-01T12:00:00Z. */
  readonly now?: Timestamp
  /** Default `normal`. */
  readonly mode?: Mode
  /** Default 10000. */
  readonly equity?: string | Money
  /** These three default to the equity. */
  readonly highWaterMark?: string | Money
  readonly dayStart?: string | Money
  readonly cash?: string | Money
  /** Last price by instrument id; an instrument that is left out has none. */
  readonly marks?: Readonly<Record<string, number>>
  /** Age of all marks (default 0). */
  readonly markAgeMs?: number
  /** Net position in base units by instrument id, negative when short (default 0). */
  readonly positions?: Readonly<Record<string, number>>
  /** Orders under way. */
  readonly openOrders?: readonly OrderRequest[]
  /** Orders whose fate is unknown. */
  readonly unknownOrders?: readonly OrderRequest[]
  /** Protective stop of a position by instrument id; a position that is left out has none. */
  readonly stops?: Readonly<Record<string, number>>
  /** Entry orders approved before, oldest first. */
  readonly placed?: readonly { readonly order: OrderRequest; readonly time: Timestamp }[]
  /** Default 0. */
  readonly cancelsToday?: number
  readonly fillsToday?: number
  /** Instruments whose data has a gap. */
  readonly gaps?: readonly string[]
  /** What memories hold, by name. */
  readonly memories?: Readonly<Record<string, unknown>>
}

/**
 * Builds a frozen view of the account from plain data, to try risk rules without an engine.
 *
 * Exposure and gross exposure are derived: each order counts in full, on its own side or as an exit. Without a mark the gross
 * exposure of a position is `NaN`.
 *
 * @throws ConfigError if an amount is no decimal text. `view.instrument(id)` throws one for an id that was not given.
 * @example
 * const view = riskViewOf({ instruments: [btc], equity: '9500', highWaterMark: '10000', marks: { [btc.id]: 65000 } })
 * maxDrawdown().check(orderRequestOf({ instrument: btc }), view) // => { kind: 'approve' }
 */
export function riskViewOf(options: RiskViewOptions): RiskView {
  const { instruments, openOrders = [], unknownOrders = [], marks = {}, markAgeMs = 0, positions = {} } = options
  const { gaps = [], memories = {} } = options
  const exact = (value: string | Money | undefined, otherwise: Money): Money =>
    value === undefined ? otherwise : typeof value === 'string' ? money(value) : value
  const equity = exact(options.equity, money('10000'))
  const highWaterMark = exact(options.highWaterMark, equity)
  const dayStart = exact(options.dayStart, equity)
  const pending = [...openOrders, ...unknownOrders]
  const exposure = (id: InstrumentId): ExposureView => exposureOf(positions[id] ?? 0, of(pending, id))
  const instrument = (id: InstrumentId): Instrument => instruments.find((one) => one.id === id) ?? unknownInstrument(id)
  const cash = exact(options.cash, equity)
  return Object.freeze({
    now: options.now ?? timestamp('2020-01-01T12:00:00Z'),
    mode: options.mode ?? 'normal',
    equity: moneyToNumber(equity),
    equityExact: equity,
    highWaterMark,
    dayStart,
    highWaterMarkNear: moneyToNumber(highWaterMark),
    dayStartNear: moneyToNumber(dayStart),
    cash,
    freeCash: moneyToNumber(cash) - pending.reduce((sum, order) => sum + costOfBuy(order, marks), 0),
    instruments,
    // That of `orderRequestOf`; it holds everything.
    strategies: ['test'],
    instrument,
    exposure,
    grossExposure: instruments.reduce((sum, { id }) => sum + worstValue(exposure(id), marks[id]), 0),
    worstPoints: (id: InstrumentId) => Math.round(worstOf(exposure(id)) * instrument(id).lot.scale),
    ...ordersOf(options, pending),
    ...plannedLosses({ instruments, positions, marks, stops: options.stops ?? {}, orders: pending }),
    hasGap: (id: InstrumentId) => gaps.includes(id),
    memory: (name: string) => memories[name],
    markPrice: (id: InstrumentId) => marks[id] ?? Number.NaN,
    markAgeMs: (id: InstrumentId) => (marks[id] === undefined ? Number.NaN : markAgeMs),
    mark: (id: InstrumentId) => {
      const price = marks[id]
      return price === undefined ? undefined : { price, ageMs: markAgeMs }
    },
  })
}

/** The part of a view that is about orders. */
function ordersOf(options: RiskViewOptions, pending: readonly OrderRequest[]) {
  const { unknownOrders = [], placed = [], cancelsToday = 0, fillsToday = 0 } = options
  const placedSince = (time: number) => placed.filter((entry) => entry.time >= time).map(({ order }) => order)
  return {
    openOrders: (id?: InstrumentId) => of(pending, id),
    openOrderCount: pending.length,
    unknownOrders: (id?: InstrumentId) => of(unknownOrders, id),
    placedSince,
    ordersSince: (time: number, strategy?: string) =>
      placedSince(time).filter((order) => strategy === undefined || order.strategy === strategy).length,
    cancelsToday,
    fillsToday,
  }
}

function of(orders: readonly OrderRequest[], id: InstrumentId | undefined): readonly OrderRequest[] {
  return id === undefined ? orders : orders.filter((order) => order.instrument === id)
}

function exposureOf(quantity: number, orders: readonly OrderRequest[]): ExposureView {
  const sum = (chosen: (order: OrderRequest) => boolean): number =>
    orders.reduce((total, order) => (chosen(order) ? total + order.quantity : total), 0)
  const exits = (order: OrderRequest): boolean => order.reduceOnly || order.closePosition
  return {
    quantity,
    pendingBuy: sum((order) => !exits(order) && order.side === 'buy'),
    pendingSell: sum((order) => !exits(order) && order.side === 'sell'),
    pendingExit: sum(exits),
  }
}

function costOfBuy(order: OrderRequest, marks: Readonly<Record<string, number>>): number {
  const { side, reduceOnly, type, quantity, limit, instrument } = order
  const waits = reduceOnly && type !== 'market' && type !== 'marketToLimit'
  return side === 'sell' || waits ? 0 : quantity * (limit ?? marks[instrument] ?? Number.NaN)
}

function worstValue(exposure: ExposureView, mark: number | undefined): number {
  const worst = worstOf(exposure)
  return worst === 0 ? 0 : worst * (mark ?? Number.NaN)
}

function worstOf({ quantity, pendingBuy, pendingSell, pendingExit }: ExposureView): number {
  const long = quantity + pendingBuy + (quantity < 0 ? pendingExit : 0)
  const short = -quantity + pendingSell + (quantity > 0 ? pendingExit : 0)
  return Math.max(Math.abs(long), Math.abs(short))
}

function unknownInstrument(id: InstrumentId): never {
  throw new ConfigError(`Instrument "${id}" is not in this view.`, {
    code: 'INSTRUMENT_UNKNOWN',
    hints: ['List it in `instruments`.'],
  })
}
