import type { Bar } from '../bar.js'
import type { Command } from '../command.js'
import { InvariantError } from '../errors.js'
import type { Event, Mode, OrderEvent } from '../events.js'
import type { InstrumentId } from '../instrument.js'
import { addValue, copyCash, type Ledger } from '../ledger.js'
import { compareLimbs, copyLimbs, limbsToNumber } from '../limbs.js'
import { type OrderId, orderId } from '../order.js'
import type { RiskRule, RiskView, Sizer, Trip } from '../risk.js'
import type { Intent, Wish } from '../strategy.js'
import { dayMs, type Timestamp } from '../time.js'
import { onControl } from './control.js'
import type { DefaultStop } from './defaultStop.js'
import { createEntryLog } from './entryLog.js'
import { growRows } from './growRows.js'
import { onIntent } from './intents.js'
import { endLow, endLowOfDay, lowOf } from './lows.js'
import { modeForbids } from './modeForbids.js'
import { notFinite } from './notFinite.js'
import type { EquityRows, FillObserver } from './observer.js'
import { onOrderEvent } from './orderEvents.js'
import { OrderTable } from './orderTable.js'
import { dayStart, equityNow, highWaterMark, type OrderRecord, type Slot, type StrategyState } from './state.js'
import { onOpening } from './targets.js'
import { expireTrips, type KeptMemory, nextAlarm, runWatches } from './trips.js'
import { unknownInstrument } from './unknownInstrument.js'

const noCommands: readonly Command[] = Object.freeze([])

/** What a kernel is made of. */
export interface KernelParts {
  readonly slots: readonly Slot[]
  readonly ledger: Ledger
  readonly rules: readonly RiskRule[]
  readonly sizer: Sizer
  readonly targets: 'atDecision' | 'atOpen'
  readonly costs: number
  readonly defaultStop: DefaultStop
  readonly observer: FillObserver
  /** Ended orders that are kept, so that a repeated fill is known for what it is. */
  readonly endedKept: number
}

/**
 * The engine's state and its path per bar.
 *
 * One class instance, because that is measurably faster than closures; everything rare is a function over it in a file of
 * its own. It is not exported from the package: `createEngine` is the public face.
 */
export class Kernel {
  /** Before the first event, any time may come. */
  now = Number.NEGATIVE_INFINITY as Timestamp
  run = 'run'
  epoch = 0
  orderCount = 0
  /** Orders that no rule refused. */
  placedCount = 0
  /** Orders and amendments that were reviewed. */
  reviewCount = 0
  mode: Mode = 'normal'
  operatorMode: Mode = 'normal'
  operatorCode = modeForbids
  /** The strategy that is being asked, for the message should it fail. */
  asking: StrategyState | undefined
  /** Set while the engine places its own exits, which no mode forbids. */
  maintenance = false
  readonly slots: readonly Slot[]
  readonly slotOf: ReadonlyMap<InstrumentId, Slot>
  readonly strategies: StrategyState[] = []
  readonly ledger: Ledger
  readonly rules: readonly RiskRule[]
  readonly sizer: Sizer
  readonly targets: 'atDecision' | 'atOpen'
  readonly costs: number
  readonly defaultStop: DefaultStop
  readonly observer: FillObserver
  readonly marks: Float64Array
  readonly markTimes: Float64Array
  /** Net position by slot in base units, for valuation. */
  readonly quantities: Float64Array
  /** Slots with a net position. */
  held: Slot[] = []
  readonly orders = new OrderTable<OrderRecord>()
  readonly endedOrders: OrderRecord[] = []
  readonly trips = new Map<string, Trip>()
  readonly entries = createEntryLog()
  cancelsToday = 0
  fillsToday = 0
  /** Set by a fill until the next close. */
  moved = false
  memories: readonly KeptMemory[] = []
  riskView!: RiskView
  highWaterMarkNear = 0
  dayStartNear = 0
  readonly exact = new Float64Array(9)
  private readonly rows: EquityRows | undefined
  private readonly watched: boolean
  /** Set when the marks moved to which `watchBelow` refers. */
  watchStale = true
  private watchLevel = Number.POSITIVE_INFINITY
  private watchCeiling = Number.NEGATIVE_INFINITY
  private watchAt = Number.NEGATIVE_INFINITY
  private commands: Command[] | undefined
  private readonly endedKept: number
  private endedCount = 0
  /** Equity at the last close, `NaN` before the first. */
  private lastEquity = Number.NaN
  /** Lowest equity since the day began and since the last new high, and its time; `NaN`, below which nothing is, where nobody listens. */
  readonly low: Float64Array
  private settled = true
  private nextMidnight = Number.NEGATIVE_INFINITY
  private lastInstrument: InstrumentId | undefined
  private lastSlot = -1

  constructor(parts: KernelParts) {
    this.slots = parts.slots
    this.slotOf = new Map(parts.slots.map((slot) => [slot.instrument.id, slot]))
    this.ledger = parts.ledger
    this.rules = parts.rules
    this.sizer = parts.sizer
    this.targets = parts.targets
    this.costs = parts.costs
    this.defaultStop = parts.defaultStop
    this.observer = parts.observer
    this.rows = parts.observer.rows
    this.low = lowOf(parts.observer)
    this.endedKept = parts.endedKept
    this.watched = parts.rules.some((rule) => rule.watch !== undefined || rule.memory !== undefined)
    this.marks = new Float64Array(parts.slots.length).fill(Number.NaN)
    this.markTimes = new Float64Array(parts.slots.length)
    this.quantities = new Float64Array(parts.slots.length)
    // High-water mark and day start from the present value.
    this.valueExactly()
    for (const mark of [highWaterMark, dayStart]) copyLimbs(this.exact, mark, this.exact, equityNow)
    this.highWaterMarkNear = limbsToNumber(this.exact, highWaterMark)
    this.dayStartNear = limbsToNumber(this.exact, dayStart)
  }

  step(event: Event): readonly Command[] {
    return event.kind === 'bar' ? this.onBar(event) : this.onRare(event)
  }

  private onBar(bar: Bar): readonly Command[] {
    const time = bar.time
    if (time !== this.now) {
      // Written out here: a double that crosses a call is boxed.
      if (!(time > this.now)) this.wentBack(time)
      if (!this.settled) this.close()
      if (this.trips.size > 0 || time > this.nextMidnight) this.turn(time)
      this.now = time
    }
    this.settled = false
    const index = bar.slot ?? this.slotIndex(bar.instrument)
    const close = bar.close
    // A difference of infinities is NaN too.
    if (Number.isNaN(close - close)) notFinite(bar)
    this.marks[index] = close
    this.markTimes[index] = time
    const atr = this.defaultStop.atr
    if (atr !== undefined) atr.update(index, bar)
    const strategies = this.strategies
    for (let i = 0; i < strategies.length; i++) {
      const state = strategies[i]!
      const { strategy } = state
      if (strategy.onBar === undefined) continue
      this.asking = state
      const wish = strategy.onBar(bar, state.view)
      if (wish !== undefined) this.wish(state, wish)
    }
    this.asking = undefined
    return this.commands === undefined ? noCommands : this.flush()
  }

  private onRare(event: Exclude<Event, Bar>): readonly Command[] {
    if (event.time !== this.now) this.advance(event.time)
    switch (event.kind) {
      case 'sent':
      case 'accepted':
      case 'triggered':
      case 'amended':
      case 'canceled':
      case 'expired':
      case 'unknown':
      case 'absent':
      case 'rejected':
      case 'filled':
        this.onOrder(event)
        break
      case 'closed':
        this.close()
        break
      case 'opening':
        onOpening(this, event)
        break
      case 'trade':
      case 'quote':
      case 'book':
      case 'headline':
        this.onMarket(event)
        break
      default:
        onControl(this, event)
    }
    return this.commands === undefined ? noCommands : this.flush()
  }

  private onOrder(event: OrderEvent): void {
    const record = onOrderEvent(this, event)
    if (record === undefined) return
    const state = record.book.strategy
    if (state.strategy.onOrder === undefined) return
    this.asking = state
    const wish = state.strategy.onOrder(event, state.view)
    if (wish !== undefined) this.wish(state, wish)
    this.asking = undefined
  }

  private onMarket(event: Extract<Event, { kind: 'trade' | 'quote' | 'book' | 'headline' }>): void {
    this.settled = false
    if (event.kind === 'trade') this.mark(event.instrument, event.price)
    if (event.kind === 'quote') this.mark(event.instrument, (event.bid + event.ask) / 2)
    for (const state of this.strategies) {
      const { strategy, view } = state
      this.asking = state
      const wish =
        event.kind === 'trade'
          ? strategy.onTrade?.(event, view)
          : event.kind === 'quote'
            ? strategy.onQuote?.(event, view)
            : event.kind === 'headline'
              ? strategy.onHeadline?.(event, view)
              : undefined
      if (wish !== undefined) this.wish(state, wish)
    }
    this.asking = undefined
  }

  /** Takes a new last price. */
  mark(instrument: InstrumentId, price: number): void {
    if (!Number.isFinite(price)) throw new InvariantError(`Price "${price}" of ${instrument} is not finite.`)
    const index = this.slotIndex(instrument)
    this.marks[index] = price
    this.markTimes[index] = this.now
  }

  wish(state: StrategyState, wish: Wish): void {
    if (wish === undefined) return
    if (!Array.isArray(wish)) onIntent(this, state, wish as Intent)
    else for (const intent of wish) onIntent(this, state, intent)
  }

  emit(command: Command): void {
    if (this.commands === undefined) this.commands = [command]
    else this.commands.push(command)
  }

  /** Ends the present timestamp; what its watches caused comes back at once, not with the next bar. */
  closeTime(): readonly Command[] {
    this.close()
    return this.commands === undefined ? noCommands : this.flush()
  }

  private flush(): readonly Command[] {
    const commands = this.commands ?? noCommands
    this.commands = undefined
    return commands
  }

  nextOrderId(): OrderId {
    this.orderCount++
    return orderId(this.epoch, this.orderCount)
  }

  slotIndex(instrument: InstrumentId): number {
    if (instrument === this.lastInstrument) return this.lastSlot
    const slot = this.slotOf.get(instrument)
    if (slot === undefined) throw unknownInstrument(instrument, this.slotOf.keys())
    this.lastInstrument = instrument
    this.lastSlot = slot.index
    return slot.index
  }

  /** Keeps a finished order for a while, since a venue may say the same thing twice. */
  retire(record: OrderRecord): void {
    this.orders.delete(record.request.id)
    this.endedOrders[this.endedCount] = record
    this.endedCount = this.endedCount + 1 === this.endedKept ? 0 : this.endedCount + 1
  }

  private advance(time: Timestamp): void {
    if (!(time > this.now)) this.wentBack(time)
    if (!this.settled) this.close()
    this.turn(time)
    this.now = time
  }

  private wentBack(time: Timestamp): never {
    throw new InvariantError(`Time went back from "${this.now}" to "${time}".`)
  }

  /** What a new time brings: the end of trips, and a new day when it lies beyond midnight. */
  private turn(time: Timestamp): void {
    if (this.trips.size > 0) expireTrips(this, time)
    if (time > this.nextMidnight) this.turnDay(Math.ceil(time / dayMs) * dayMs)
  }

  /** Account value at the last marks. */
  equityNear(): number {
    let equity = this.ledger.cashNear
    const { held, quantities, marks } = this
    for (let i = 0; i < held.length; i++) {
      const index = held[i]!.index
      equity += quantities[index]! * marks[index]!
    }
    return equity
  }

  /** Computes the exact account value, marks taken on the tick grid. */
  valueExactly(): void {
    copyCash(this.ledger, this.exact, equityNow)
    for (const slot of this.held) {
      const { tick } = slot.instrument
      const price = slot.instrument.price(this.marks[slot.index]!, 'nearest')
      addValue(this.exact, equityNow, {
        direction: slot.points > 0 === price >= 0 ? 1 : -1,
        price: Math.abs(Math.round(price * tick.scale)),
        quantity: Math.abs(slot.points),
        scale: slot.scale,
      })
    }
  }

  /** Ends a timestamp, as the `closed` event does: equity row, day change, high-water mark, watches. */
  private close(): void {
    if (this.settled) return
    this.settled = true
    const equity = this.equityNear()
    const { rows } = this
    if (rows !== undefined) {
      const n = rows.length
      if (n === rows.time.length) growRows(rows)
      rows.time[n] = this.now
      rows.equity[n] = equity
      if (this.held.length > 0) rows.exposed++
      rows.length = n + 1
    }
    if (equity !== this.lastEquity || this.now === this.nextMidnight) {
      this.lastEquity = equity
      this.settle()
    }
    if (this.moved) {
      this.moved = false
      this.observer.onMoved?.(this.now)
    }
    if (!this.watched) return
    if (this.watchStale) this.setAlarm()
    if (!(equity > this.watchLevel && equity < this.watchCeiling && this.now < this.watchAt)) runWatches(this)
  }

  private setAlarm(): void {
    const { below, above, at } = nextAlarm(this)
    this.watchLevel = below
    this.watchCeiling = above
    this.watchAt = at
    this.watchStale = false
  }

  private settle(): void {
    // Read again here: a double that crosses a call is boxed.
    const equity = this.lastEquity
    const midnight = this.now === this.nextMidnight
    if (midnight) this.turnDay(this.now + dayMs)
    // The exact value is needed near a limit only; below the mark by more than a rounding there is no new high.
    if (equity > this.highWaterMarkNear * (1 - 1e-9)) {
      this.valueExactly()
      if (compareLimbs(this.exact, equityNow, this.exact, highWaterMark) > 0) {
        endLow(this)
        copyLimbs(this.exact, highWaterMark, this.exact, equityNow)
        this.highWaterMarkNear = limbsToNumber(this.exact, highWaterMark)
        this.watchStale = true
      }
    }
    if (equity < this.low[0]! && !midnight) {
      this.low[0] = equity
      this.low[1] = this.now
    }
  }

  /** A day starts from the value at midnight, or from the last one before it. */
  private turnDay(nextMidnight: number): void {
    endLowOfDay(this, this.nextMidnight, this.lastEquity)
    this.valueExactly()
    copyLimbs(this.exact, dayStart, this.exact, equityNow)
    this.dayStartNear = limbsToNumber(this.exact, dayStart)
    this.watchStale = true
    this.cancelsToday = 0
    this.fillsToday = 0
    this.nextMidnight = nextMidnight
  }
}
