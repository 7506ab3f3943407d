import type { Brand } from './brand.js'
import type { InstrumentId, Price, Quantity } from './instrument.js'
import type { Timestamp } from './time.js'

/**
 * Name of one intended order within a run: `epoch * 2^32 + n` for the n-th order of an epoch, an exact integer.
 *
 * An integer, because it keys every map on the order path; `printOrderId` gives the text `run-epoch-n` that people and
 * venues see. Made by the engine alone, before anything is sent.
 */
export type OrderId = Brand<number, 'OrderId'>

/** Which way an order trades. */
export type Side = 'buy' | 'sell'

/** How an order trades. Market- and limit-on-open or -close are `market` and `limit` with that time in force. */
export type OrderType =
  | 'market'
  | 'limit'
  | 'stop'
  | 'stopLimit'
  | 'trailingStop'
  | 'trailingStopLimit'
  | 'marketIfTouched'
  | 'limitIfTouched'
  | 'marketToLimit'
  | 'iceberg'

/** How long an order lives: until canceled, until a time, this UTC day, at once or never, whole or never, the next open or close. */
export type TimeInForce = 'gtc' | 'gtd' | 'day' | 'ioc' | 'fok' | 'atOpen' | 'atClose'

/** The price that trips a trigger. Bars know `last` alone; a venue without the others rejects the order. */
export type TriggerSource = 'last' | 'mark' | 'index' | 'bidAsk'

/** How far a trailing stop follows the best price since it was placed. */
export type Trail =
  /** A distance in price units. */
  | { readonly kind: 'absolute'; readonly distance: number }
  /** A share of the best price, between 0 and 1. */
  | { readonly kind: 'percent'; readonly ratio: number }
  /** `multiple` times the average true range that the strategy measured when it placed the order. */
  | { readonly kind: 'atr'; readonly multiple: number; readonly atr: number }

/** Orders that depend on each other: one cancels the other, or one updates the other's quantity. */
export interface OrderGroup {
  readonly kind: 'oco' | 'ouo'
  /** Any name; orders of one strategy that share it form the group. */
  readonly name: string
}

/** A complete order, as the engine made it and a review may shrink it. Every key is present, so all orders have one shape. */
export interface OrderRequest {
  readonly id: OrderId
  readonly instrument: InstrumentId
  /** Name of the strategy that wished for it. */
  readonly strategy: string
  readonly side: Side
  readonly type: OrderType
  readonly quantity: Quantity
  /** Worst price of a limit kind. */
  readonly limit: Price | undefined
  /** Level that wakes a stop or if-touched kind. */
  readonly trigger: Price | undefined
  readonly triggerSource: TriggerSource
  readonly trail: Trail | undefined
  /** Distance between trigger and limit of a trailing stop-limit, in price units. */
  readonly limitOffset: number | undefined
  readonly timeInForce: TimeInForce
  /** End of a `gtd` order. */
  readonly expiresAt: Timestamp | undefined
  readonly postOnly: boolean
  /** The order may only bring its strategy's position closer to zero; what exceeds it is not filled. */
  readonly reduceOnly: boolean
  /** Takes the whole position of its strategy when it fills, whatever `quantity` says; implies `reduceOnly`. */
  readonly closePosition: boolean
  /** Visible part of an iceberg. */
  readonly displayQuantity: Quantity | undefined
  readonly group: OrderGroup | undefined
  /** The protective stop planned for what this order opens, for rules that measure risk to the stop. */
  readonly protectiveStop: Price | 'none' | undefined
}

/** Where an order stands. `unknown` keeps its exposure reserved; `absent` is a proven absence. */
export type OrderState =
  | 'intent'
  | 'sent'
  | 'open'
  | 'partial'
  | 'filled'
  | 'canceled'
  | 'expired'
  | 'rejected'
  | 'unknown'
  | 'absent'

/** Kind of an order event that moves the state; `filled` stands for a complete and `partial` for an incomplete fill. */
export type OrderStep =
  | 'sent'
  | 'accepted'
  | 'partial'
  | 'filled'
  | 'canceled'
  | 'expired'
  | 'rejected'
  | 'unknown'
  | 'absent'

type Steps = Readonly<Partial<Record<OrderStep, OrderState>>>

const working: Steps = {
  partial: 'partial',
  filled: 'filled',
  canceled: 'canceled',
  expired: 'expired',
  unknown: 'unknown',
}

/**
 * The life cycle: from each state, the state that a step leads to. A step that is not listed is late or foreign: it changes
 * nothing and is reported. A fill may come before its acknowledgement, and a late acknowledgement never undoes a fill.
 */
export const orderTransitions: Readonly<Record<OrderState, Readonly<Partial<Record<OrderStep, OrderState>>>>> = {
  intent: { ...working, sent: 'sent', accepted: 'open', rejected: 'rejected' },
  sent: { ...working, accepted: 'open', rejected: 'rejected' },
  // A venue may find out when an order trades that nobody can pay for it.
  open: { ...working, rejected: 'rejected' },
  partial: working,
  unknown: { ...working, accepted: 'open', rejected: 'rejected', absent: 'absent' },
  // A fill for an order believed absent is still booked: money moved.
  absent: { partial: 'absent', filled: 'filled' },
  filled: {},
  // A cancel and a fill cross on the wire; the fill is a fact.
  canceled: { partial: 'canceled', filled: 'filled' },
  expired: { partial: 'expired', filled: 'filled' },
  rejected: {},
}

/** True when nothing more is expected of an order. */
export function isTerminal(state: OrderState): boolean {
  switch (state) {
    case 'filled':
    case 'canceled':
    case 'expired':
    case 'rejected':
    case 'absent':
      return true
    default:
      return false
  }
}

const epochSize = 2 ** 32

/** The id of the n-th order of an epoch. */
export function orderId(epoch: number, n: number): OrderId {
  return (epoch * epochSize + n) as OrderId
}

/**
 * The text that people and venues see.
 *
 * @example
 * printOrderId('demo', orderId(1, 7)) // => 'demo-1-7'
 */
export function printOrderId(run: string, id: OrderId): string {
  return `${run}-${Math.floor(id / epochSize)}-${id % epochSize}`
}
