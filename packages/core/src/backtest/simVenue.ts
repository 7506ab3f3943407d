import type { Bar } from '../bar.js'
import type { Command } from '../command.js'
import { OrderTable } from '../engine/orderTable.js'
import type { OrderEvent } from '../events.js'
import type { Fill, Liquidity } from '../fill.js'
import { type Instrument, type Price, pointsOf } from '../instrument.js'
import type { OrderId, OrderRequest } from '../order.js'
import { dayMs, type Timestamp } from '../time.js'
import type { AskedEntry } from './affordable.js'
import { badDistance } from './badDistance.js'
import { badFee } from './badFee.js'
import type { FeeModel } from './fees.js'
import type { FillPolicy } from './fillPolicy.js'
import { fillWaiting, isTouched, matchPath } from './matchPath.js'
import { beginBar, createSimMarket, type SimMarket } from './simMarket.js'
import { amendLevel, createSimOrder, endsWithTime, limitOf, type SimOrder } from './simOrder.js'
import type { SlippageModel } from './slippage.js'

/** Part of a bar at which waiting orders are met: its first price, the same for auction orders alone, its end, or all of it. */
type Moment = 'open' | 'auction' | 'close' | 'average'

/** Share of an entry below which a cut is rounding and not worth a word. */
const cutNoticed = 0.01

/** What a simulated venue is made of. */
export interface SimVenueOptions {
  readonly instruments: readonly Instrument[]
  readonly policy: FillPolicy
  readonly fees: FeeModel
  readonly slippage: SlippageModel
  /** Whole milliseconds by which an order reaches later openings, by slot. */
  readonly delays: readonly number[]
  /** Lot points of an entry that the account can pay for; asked before each entry fills. */
  affordable(entry: AskedEntry): number
  /** Steps what the venue has said through the engine and hands back its commands. */
  settle(): void
  /** Hears of each opening while the market trades at it. */
  opening: ((slot: number, price: number, time: Timestamp) => void) | undefined
}

/**
 * The simulated venue: takes commands, fills them on bars as its policy says, and speaks in order events.
 *
 * A market order waits for the next opening; an order with a level is matched along the bar's path. What it says is queued
 * and settled after every fill, since the engine's answer may change what comes next.
 */
export class SimVenue {
  readonly markets: SimMarket[]
  readonly policy: FillPolicy
  /** Orders may fill at the bar that caused them, so each bar has to be met. */
  readonly matchesEveryBar: boolean
  /** Orders waiting for an opening, over all instruments. */
  waitingCount = 0
  /** Bars in which two exits of one position were possible. */
  ambiguousBars = 0
  /** Entries that lost over a hundredth of their size, since the account could not pay for it when they filled. */
  unpaidEntries = 0
  private readonly events: OrderEvent[] = []
  private said = 0
  private heard = 0
  private readonly options: SimVenueOptions
  private readonly orders = new OrderTable<SimOrder>()
  private readonly slotOf: ReadonlyMap<string, number>
  private now = 0 as Timestamp
  private tradeCount = 0

  constructor(options: SimVenueOptions) {
    this.options = options
    this.policy = options.policy
    this.matchesEveryBar = options.policy.barFill === 'close'
    this.slotOf = new Map(options.instruments.map(({ id }, slot) => [id, slot]))
    this.markets = options.instruments.map(createSimMarket)
  }

  /** Orders that have not ended. */
  get openOrders(): number {
    return this.orders.size
  }

  take(commands: readonly Command[], time: Timestamp): void {
    this.now = time
    for (let index = 0; index < commands.length; index++) {
      const command = commands[index]!
      if (command.kind === 'place') this.place(command.approved.order)
      else if (command.kind === 'cancel') this.cancel(command.orderId)
      else this.amend(command.approved.order)
    }
  }

  private place(request: OrderRequest): void {
    const slot = this.slotOf.get(request.instrument)!
    const market = this.markets[slot]!
    const trading = !Number.isNaN(market.live)
    const price = trading ? market.live : market.last
    const delay = this.options.delays[slot]!
    const order = createSimOrder(request, { slot, instrument: market.instrument, price, time: this.now, delay })
    const refusal = refusalOf(order, price)
    if (refusal !== undefined) {
      this.say({ kind: 'rejected', orderId: request.id, time: this.now, reason: refusal })
      return
    }
    this.orders.add(order)
    this.say({ kind: 'accepted', orderId: request.id, time: this.now })
    const { timeInForce } = request
    if (endsWithTime(order)) market.expiring = true
    if (order.phase === 'waiting') {
      const auction = timeInForce === 'atOpen' || timeInForce === 'atClose'
      const { barFill } = this.policy
      const meetsNow = barFill === 'close' || (trading && barFill === 'nextOpen')
      if (meetsNow && !auction && delay === 0) {
        fillWaiting(this, market, order, price)
        // The next command of the same answer has to find the money that this one left.
        this.options.settle()
      }
      if (order.phase === 'waiting') {
        market.waiting.push(order)
        this.waitingCount++
      }
    } else {
      if (trading && delay === 0) this.joinBar(order, price)
      market.resting.push(order)
      market.stale = true
    }
  }

  /** Lets an order that came inside a bar meet the rest of its path. */
  private joinBar(order: SimOrder, price: number): void {
    order.eligibleAt = Number.NEGATIVE_INFINITY
    order.crosses = !order.armed && isTouched(this.policy, order, price)
  }

  private cancel(id: OrderId): void {
    const order = this.orders.get(id)
    if (order !== undefined) this.end(order, 'canceled')
  }

  private amend(request: OrderRequest): void {
    const order = this.orders.get(request.id)
    if (order === undefined) return
    const market = this.markets[order.slot]!
    const filled = pointsOf(market.instrument.lot, order.request.quantity) - order.remaining
    order.request = request
    order.remaining = Math.max(0, pointsOf(market.instrument.lot, request.quantity) - filled)
    if (order.phase === 'resting') this.moveLevel(market, order)
    this.say({ kind: 'amended', orderId: request.id, time: this.now })
    if (order.remaining === 0) this.end(order, 'canceled')
  }

  /** A limit that moves meets the market anew. */
  private moveLevel(market: SimMarket, order: SimOrder): void {
    const { level } = order
    amendLevel(order, market.instrument)
    market.stale = true
    if (order.level === level || order.armed) return
    if (Number.isNaN(market.live)) order.eligibleAt = this.now
    else this.joinBar(order, market.live)
  }

  /** The first price of a bar: what waits for it fills, what is over ends. */
  open(slot: number, bar: Bar, time: Timestamp): void {
    this.now = time
    const market = this.markets[slot]!
    beginBar(market, bar, this.policy)
    if (market.expiring) this.expire(market, time)
    market.live = bar.open
    const { barFill } = this.policy
    this.fillAll(market, bar.open, barFill === 'nextOpen' || barFill === 'close' ? 'open' : 'auction', time)
    this.options.opening?.(slot, bar.open, time)
    market.live = Number.NaN
  }

  /** True while something waits for an opening of a market. */
  waits(slot: number): boolean {
    return this.markets[slot]!.waiting.length > 0
  }

  /** A bar after its opening: levels along the path, then what waits for the close. */
  match(slot: number, bar: Bar, openedAt: number): void {
    const market = this.markets[slot]!
    this.now = bar.time
    market.last = bar.close
    if (this.matchesEveryBar) beginBar(market, bar, this.policy)
    if (market.resting.length > 0) {
      beginBar(market, bar, this.policy)
      if (market.expiring) this.expire(market, openedAt)
      matchPath(this, market, bar, openedAt)
    }
    if (market.waiting.length > 0) {
      beginBar(market, bar, this.policy)
      this.fillAll(market, bar.close, 'close', bar.time)
      // A typical price is that of a whole bar: an order that came inside it has to wait for the next one.
      if (this.policy.barFill === 'nextVwap')
        this.fillAll(market, (bar.high + bar.low + bar.close) / 3, 'average', openedAt)
    }
  }

  private fillAll(market: SimMarket, price: number, moment: Moment, since: number): void {
    const orders = market.waiting
    market.waiting = market.spare
    market.spare = orders
    this.waitingCount -= orders.length
    for (let index = 0; index < orders.length; index++) {
      const order = orders[index]!
      if (order.phase === 'waiting' && this.isDue(order, moment, since)) {
        fillWaiting(this, market, order, price)
        this.options.settle()
      }
      if (order.phase === 'waiting') {
        market.waiting.push(order)
        this.waitingCount++
      }
    }
    // Cutting the length would give the room away.
    while (orders.length > 0) orders.pop()
  }

  private isDue(order: SimOrder, moment: Moment, since: number): boolean {
    if (since < order.eligibleAt) return false
    const { timeInForce } = order.request
    if (timeInForce === 'atOpen') return moment === 'open' || moment === 'auction'
    if (timeInForce === 'atClose') return moment === 'close'
    const { barFill } = this.policy
    return moment === (barFill === 'nextClose' ? 'close' : barFill === 'nextVwap' ? 'average' : 'open')
  }

  /** Steps what was said through the engine. */
  settle(): void {
    this.options.settle()
  }

  private expire(market: SimMarket, openedAt: number): void {
    for (const order of [...market.resting, ...market.waiting]) {
      const { timeInForce, expiresAt } = order.request
      const over =
        (timeInForce === 'gtd' && openedAt >= (expiresAt ?? Number.POSITIVE_INFINITY)) ||
        (timeInForce === 'day' && Math.floor(openedAt / dayMs) > Math.floor(order.sentAt / dayMs))
      if (over) this.end(order, 'expired')
    }
    this.options.settle()
  }

  private say(event: OrderEvent): void {
    this.events[this.said] = event
    this.said++
  }

  /**
   * The next thing it has said and nobody has heard; undefined when it is quiet. The room is used again, since emptying an
   * array gives its memory away.
   */
  hear(): OrderEvent | undefined {
    if (this.heard < this.said) {
      const event = this.events[this.heard]
      this.heard++
      return event
    }
    this.heard = 0
    this.said = 0
    return undefined
  }

  /** Says that an order's trigger was reached. */
  trigger(order: SimOrder): void {
    order.armed = false
    this.say({ kind: 'triggered', orderId: order.request.id, time: this.now })
  }

  /** Turns a triggered order into one that takes what the market gives, now and at later openings. */
  toWaiting(market: SimMarket, order: SimOrder): void {
    market.resting.splice(market.resting.indexOf(order), 1)
    market.stale = true
    order.phase = 'waiting'
    market.waiting.push(order)
    this.waitingCount++
  }

  /** Ends an order that is not complete. */
  end(order: SimOrder, kind: 'canceled' | 'expired'): void {
    this.remove(order)
    this.say({ kind, orderId: order.request.id, time: this.now })
  }

  /** Ends an entry that the account cannot pay for: refused when nothing filled, else canceled. */
  endUnpaid(order: SimOrder): void {
    const asked = pointsOf(this.markets[order.slot]!.instrument.lot, order.request.quantity)
    const filled = order.remaining < asked
    if (order.remaining > asked * cutNoticed) this.unpaidEntries++
    this.remove(order)
    const { id } = order.request
    if (filled) this.say({ kind: 'canceled', orderId: id, time: this.now })
    else this.say({ kind: 'rejected', orderId: id, time: this.now, reason: 'INSUFFICIENT_FUNDS' })
  }

  private remove(order: SimOrder): void {
    const market = this.markets[order.slot]!
    if (order.phase === 'waiting') {
      const index = market.waiting.indexOf(order)
      if (index >= 0) {
        market.waiting.splice(index, 1)
        this.waitingCount--
      }
    } else if (order.phase === 'resting') {
      const index = market.resting.indexOf(order)
      if (index >= 0) market.resting.splice(index, 1)
      market.stale = true
    }
    order.phase = 'done'
    this.orders.delete(order.request.id)
  }

  /** A close-position order is as large as the position when it trades. */
  claim(market: SimMarket, order: SimOrder): void {
    if (order.request.closePosition) order.remaining = this.closable(market, order)
  }

  /** Lot points of its strategy's position that an order would close. */
  private closable(market: SimMarket, order: SimOrder): number {
    return Math.max(0, -order.direction * (market.positions.get(order.request.strategy) ?? 0))
  }

  /** Lot points that may fill now at a price after slippage: position for exits, money for entries, volume for both. */
  fillable(market: SimMarket, order: SimOrder, price: number): number {
    const { remaining, request, direction } = order
    const points = request.reduceOnly
      ? Math.min(remaining, this.closable(market, order))
      : this.options.affordable({
          strategy: request.strategy,
          slot: market.slot,
          direction,
          price: Math.abs(price),
          points: remaining,
        })
    return Math.min(points, market.available - market.used)
  }

  /** Executes lot points at a price after slippage and says so; the order ends when nothing is left. */
  execute(market: SimMarket, order: SimOrder, points: number, price: Price, liquidity: Liquidity): void {
    const { instrument, positions } = market
    const { request, direction } = order
    const quantity = instrument.quantity(points / instrument.lot.scale)
    const fee = this.options.fees.charge({ instrument, price, quantity, liquidity })
    if (typeof fee !== 'bigint') throw badFee(this.options.fees, fee)
    positions.set(request.strategy, (positions.get(request.strategy) ?? 0) + direction * points)
    market.used += points
    order.remaining -= points
    this.tradeCount++
    const fill: Fill = {
      kind: 'filled',
      instrument: instrument.id,
      time: this.now,
      orderId: request.id,
      tradeId: String(this.tradeCount),
      side: request.side,
      price,
      quantity,
      fee,
      liquidity,
    }
    if (order.remaining <= 0) this.remove(order)
    this.say(fill)
  }

  /** Price of a crossing order after slippage for all that is left of it; a limit holds even where slippage says worse. */
  slipped(market: SimMarket, order: SimOrder, price: number): Price {
    const { instrument, volume, range } = market
    const { direction, remaining } = order
    const quantity = remaining / instrument.lot.scale
    const distance = this.options.slippage.distance({ instrument, direction, price, quantity, volume, range })
    if (!(distance >= 0 && distance < Number.POSITIVE_INFINITY)) throw badDistance(this.options.slippage, distance)
    const worse = price + direction * distance
    const limit = limitOf(order)
    const final = this.onGrid(market, order, limit !== undefined && direction * (worse - limit) > 0 ? limit : worse)
    // Slippage alone never makes a seller pay.
    return final > 0 || price <= 0 ? final : instrument.price(instrument.tick.size, 'nearest')
  }

  /** A price on the grid, never better for the order than it was. */
  onGrid(market: SimMarket, order: SimOrder, price: number): Price {
    return market.instrument.price(price, order.direction > 0 ? 'up' : 'down')
  }
}

/** Why the venue refuses an order on arrival, as live venues do. */
function refusalOf(order: SimOrder, price: number): string | undefined {
  const { request, direction } = order
  if (request.triggerSource !== 'last' && order.armed) return 'TRIGGER_SOURCE_UNAVAILABLE'
  if (request.trail !== undefined && Number.isNaN(price)) return 'NO_PRICE'
  const rests = request.type === 'limit' || request.type === 'iceberg'
  if (request.postOnly && rests && direction * (request.limit! - price) >= 0) return 'POST_ONLY_WOULD_CROSS'
  if (request.timeInForce === 'gtd' && request.expiresAt === undefined) return 'NO_EXPIRY'
  return undefined
}
