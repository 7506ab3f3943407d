import type { Instrument, Price } from '../instrument.js'
import { type NotionalScale, notionalScale } from '../limbs.js'
import type { OrderRequest, OrderState } from '../order.js'
import type { OrderIntent, Strategy, View } from '../strategy.js'

/** Offsets of the exact equity figures in `Kernel.exact`. */
export const equityNow = 0
export const highWaterMark = 3
export const dayStart = 6

/** One instrument inside the engine, over all strategies. Quantities are lot points: base units times `instrument.lot.scale`. */
export interface Slot {
  readonly index: number
  readonly instrument: Instrument
  readonly scale: NotionalScale
  /** Signed net position. */
  points: number
  /** Entries under way. */
  pendingBuy: number
  pendingSell: number
  /** Market exits under way. */
  pendingExit: number
  /** Orders whose fate is unknown. */
  unknown: number
  /** An operator or a fault allows exits only. */
  reduceOnly: boolean
  /** Its data has a gap, its venue is away. */
  hasGap: boolean
  isAway: boolean
}

/** One strategy's position in one instrument. */
export interface Book {
  readonly index: number
  readonly strategy: StrategyState
  readonly slot: Slot
  /** Signed position in lot points. */
  points: number
  /** Signed entries under way. */
  pendingEntry: number
  /** The same by side, without sign. */
  pendingBuy: number
  pendingSell: number
  /** Market exits under way, without sign. */
  pendingExit: number
  /** Level of the protective stop that the position wants. */
  stopPrice: Price | undefined
  /** The protective stop under way. */
  stop: OrderRecord | undefined
  /** A target that waits for the next opening. */
  deferred: DeferredTarget | undefined
  /** The stop of the last target that tops a position up: should nothing of the entry fill, it moves the present one. */
  stopWish: StopWish | undefined
}

/** A stop that came with an entry. */
export interface StopWish {
  readonly entry: OrderRecord
  readonly stop: number | 'none'
}

/** A target to be sized at the next opening. */
export interface DeferredTarget {
  readonly exposure: number
  readonly stop: number | 'none' | undefined
}

/** One strategy on the account. */
export interface StrategyState {
  readonly index: number
  readonly name: string
  readonly allocation: number
  readonly strategy: Strategy
  readonly view: View
  /** By slot. */
  readonly books: Book[]
}

/** What the engine knows of an order. */
export interface OrderRecord {
  request: OrderRequest
  state: OrderState
  readonly book: Book
  /** +1 buys, -1 sells. */
  readonly direction: 1 | -1
  /** Lot points not yet filled. */
  remaining: number
  filled: number
  /** Id of the last trade booked, and of those before, which few orders have. */
  tradeId: string | undefined
  earlierTradeIds: string[] | undefined
  /** Orders that its end with a fill brings to life, once. */
  children: readonly OrderIntent[] | undefined
  /** What an amendment under way will make of the order. */
  amended: OrderRequest | undefined
  /** Set once a cancel is on its way, so that it is asked for once. */
  cancelSent: boolean
}

/** Makes the state of one instrument. */
export function createSlot(instrument: Instrument, index: number): Slot {
  return {
    index,
    instrument,
    scale: notionalScale(instrument.tick.decimals + instrument.lot.decimals),
    points: 0,
    pendingBuy: 0,
    pendingSell: 0,
    pendingExit: 0,
    unknown: 0,
    reduceOnly: false,
    hasGap: false,
    isAway: false,
  }
}

/** Makes the state of one position. */
export function createBook(strategy: StrategyState, slot: Slot, index: number): Book {
  return {
    index,
    strategy,
    slot,
    points: 0,
    pendingEntry: 0,
    pendingBuy: 0,
    pendingSell: 0,
    pendingExit: 0,
    stopPrice: undefined,
    stop: undefined,
    deferred: undefined,
    stopWish: undefined,
  }
}

/** Signed lot points that are held and not yet on their way out. */
export function heldBack(book: Book): number {
  const points = Math.max(0, Math.abs(book.points) - book.pendingExit)
  return book.points > 0 ? points : -points
}

/** True for an exit that trades at once: it counts against the position it will close. */
export function isMarketExit(order: OrderRequest): boolean {
  return order.reduceOnly && (order.type === 'market' || order.type === 'marketToLimit')
}
