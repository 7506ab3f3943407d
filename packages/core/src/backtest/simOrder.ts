import { type Instrument, type Price, pointsOf } from '../instrument.js'
import type { OrderRequest } from '../order.js'

/** What an order waits for: a market fill at the next opportunity, or a level. */
export type SimPhase = 'waiting' | 'resting' | 'done'

/** An order at the simulated venue. Quantities are lot points. */
export interface SimOrder {
  request: OrderRequest
  readonly slot: number
  /** +1 buys, -1 sells. */
  readonly direction: 1 | -1
  remaining: number
  phase: SimPhase
  /** Level that fills or triggers it, `NaN` while waiting. */
  level: number
  /** +1 when a price at or above the level does so, -1 at or below. */
  touches: 1 | -1
  /** True while the level is a trigger and not yet a limit. */
  armed: boolean
  /** First opening that it may meet, milliseconds UTC; at later openings a limit has rested in the book. */
  eligibleAt: number
  /** Set while a limit crosses the market as it comes inside a bar: its next fill takes. */
  crosses: boolean
  /** When it was sent. */
  readonly sentAt: number
}

/** Takes an order over at the venue; `price` is the last one, from which a trail starts. */
export function createSimOrder(
  request: OrderRequest,
  place: {
    readonly slot: number
    readonly instrument: Instrument
    readonly price: number
    readonly time: number
    readonly delay: number
  },
): SimOrder {
  const direction = request.side === 'buy' ? 1 : -1
  const order: SimOrder = {
    request,
    slot: place.slot,
    direction,
    remaining: pointsOf(place.instrument.lot, request.quantity),
    phase: 'resting',
    level: Number.NaN,
    touches: direction,
    armed: false,
    eligibleAt: place.time + place.delay,
    crosses: false,
    sentAt: place.time,
  }
  setLevel(order, place.price, place.instrument)
  return order
}

/** Derives phase and level from the request. */
export function setLevel(order: SimOrder, price: number, instrument: Instrument): void {
  const { request, direction } = order
  switch (request.type) {
    case 'market':
    case 'marketToLimit':
      order.phase = 'waiting'
      return
    case 'limit':
    case 'iceberg':
      if (meetsOnce(request)) order.phase = 'waiting'
      rest(order, request.limit!, direction > 0 ? -1 : 1)
      return
    case 'stop':
    case 'stopLimit':
      arm(order, request.trigger!, direction)
      return
    case 'marketIfTouched':
    case 'limitIfTouched':
      arm(order, request.trigger!, direction > 0 ? -1 : 1)
      return
    case 'trailingStop':
    case 'trailingStopLimit':
      arm(order, Number.isNaN(price) ? price : trailLevel(request, price, instrument), direction)
      return
    default:
      request.type satisfies never
  }
}

/** True for an order that meets the market once and then ends. */
export function meetsOnce(request: OrderRequest): boolean {
  const { timeInForce } = request
  return timeInForce === 'ioc' || timeInForce === 'fok' || timeInForce === 'atOpen' || timeInForce === 'atClose'
}

/** True for an order whose life ends at a time of its own. */
export function endsWithTime({ request }: SimOrder): boolean {
  return request.timeInForce === 'gtd' || request.timeInForce === 'day'
}

function rest(order: SimOrder, level: number, touches: 1 | -1): void {
  order.level = level
  order.touches = touches
  order.armed = false
}

function arm(order: SimOrder, level: number, touches: 1 | -1): void {
  order.level = level
  order.touches = touches
  order.armed = true
}

/** The stop level that trails a price. */
export function trailLevel(request: OrderRequest, price: number, instrument: Instrument): Price {
  const { trail } = request
  const distance =
    trail === undefined
      ? 0
      : trail.kind === 'absolute'
        ? trail.distance
        : trail.kind === 'percent'
          ? price * trail.ratio
          : trail.multiple * trail.atr
  // Rounded away from the price, so that the grid never tightens a stop.
  return request.side === 'sell' ? instrument.price(price - distance, 'down') : instrument.price(price + distance, 'up')
}

/** Moves the level of a trailing stop after a favourable price; it never moves back. */
export function trailTo(order: SimOrder, price: number, instrument: Instrument): void {
  const level = trailLevel(order.request, price, instrument)
  if (order.direction < 0 ? level > order.level : level < order.level) order.level = level
}

/** True for an order whose level follows the price. */
export function trails(order: SimOrder): boolean {
  return order.armed && order.request.trail !== undefined
}

/** Turns a triggered order with a limit into that resting limit. */
export function becomeLimit(order: SimOrder, instrument: Instrument): void {
  const { request, direction } = order
  const offset = request.limitOffset ?? 0
  const limit =
    request.type === 'trailingStopLimit'
      ? instrument.price(order.level + direction * offset, direction > 0 ? 'down' : 'up')
      : request.limit!
  rest(order, limit, direction > 0 ? -1 : 1)
}

/** Follows an amendment: a trigger that still waits moves, a limit that rests moves, a trail keeps what it has reached. */
export function amendLevel(order: SimOrder, instrument: Instrument): void {
  const { request, direction } = order
  if (trails(order)) return
  if (order.armed) setLevel(order, Number.NaN, instrument)
  else if (request.limit !== undefined) rest(order, request.limit, direction > 0 ? -1 : 1)
}

/** The worst price that an order accepts now; undefined where it takes any. */
export function limitOf(order: SimOrder): number | undefined {
  const { type, limit } = order.request
  if (order.armed) return undefined
  return type === 'trailingStopLimit' || (type === 'marketToLimit' && order.phase === 'resting') ? order.level : limit
}
