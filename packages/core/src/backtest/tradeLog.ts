import type { Bar } from '../bar.js'
import type { OrderRecord } from '../engine/state.js'
import type { Fill } from '../fill.js'
import { type OrderId, printOrderId } from '../order.js'
import type { FillRow, RoundTrip } from './report.js'

/** What the log knows of the instruments and strategies by index. */
export interface TradeLogOptions {
  readonly run: string
  readonly instruments: readonly string[]
  readonly strategies: readonly string[]
}

const fillColumns = 8
const tripColumns = 12

/** Per position: what has happened since it opened. One object serves all round trips of a position, one after the other. */
interface OpenTrip {
  /** +1 long, -1 short, 0 while there is no position. */
  direction: number
  entryTime: number
  entryQuantity: number
  entryValue: number
  exitQuantity: number
  exitValue: number
  fees: number
  largest: number
  held: number
  high: number
  low: number
}

/**
 * Collects fills and round trips in growing typed columns; objects are made when somebody reads them.
 *
 * A reversal ends one trip and begins the next at the same fill, its fee split by quantity.
 */
export class TradeLog {
  /** Traded value of all fills. */
  notional = 0
  /** Positions that are open, counted by strategy: opposite ones do not cancel out. */
  openTrips = 0
  private readonly options: TradeLogOptions
  private readonly fills = new Rows(fillColumns)
  private readonly trips = new Rows(tripColumns)
  private readonly open: readonly OpenTrip[]
  private readonly slots: number

  constructor(options: TradeLogOptions) {
    this.options = options
    this.slots = options.instruments.length
    this.open = Array.from({ length: options.instruments.length * options.strategies.length }, noTrip)
  }

  get fillCount(): number {
    return this.fills.length
  }

  /** Takes one fill; `heldBefore` is the signed position in lot points. */
  onFill(record: OrderRecord, fill: Fill, heldBefore: number, fee: number): void {
    const { book, direction, request } = record
    const { scale } = book.slot.instrument.lot
    const { quantity, price, time } = fill
    const row = this.fills.push()
    const { values } = this.fills
    values[row] = time
    values[row + 1] = request.id
    values[row + 2] = book.index
    values[row + 3] = direction
    values[row + 4] = quantity
    values[row + 5] = price
    values[row + 6] = fee
    values[row + 7] = fill.liquidity === 'maker' ? 1 : 0
    this.notional += quantity * Math.abs(price)
    const held = heldBefore / scale
    if (held * direction >= 0) this.enter(book.index, { direction, quantity, price, time, fee })
    else this.exit(book.index, { direction, quantity, price, time, fee, held: Math.abs(held) })
  }

  private enter(
    book: number,
    fill: { direction: number; quantity: number; price: number; time: number; fee: number },
  ): void {
    const trip = this.open[book]!
    if (trip.direction === 0) {
      begin(trip, fill)
      this.openTrips++
    }
    trip.entryQuantity += fill.quantity
    trip.entryValue += fill.quantity * fill.price
    trip.fees += fill.fee
    trip.held += fill.quantity
    if (trip.held > trip.largest) trip.largest = trip.held
  }

  private exit(
    book: number,
    fill: { direction: number; quantity: number; price: number; time: number; fee: number; held: number },
  ): void {
    const trip = this.open[book]!
    const closing = Math.min(fill.quantity, fill.held)
    const share = closing / fill.quantity
    trip.exitQuantity += closing
    trip.exitValue += closing * fill.price
    trip.fees += fill.fee * share
    trip.held -= closing
    if (fill.price > trip.high) trip.high = fill.price
    if (fill.price < trip.low) trip.low = fill.price
    if (closing < fill.held) return
    this.store(book, trip, fill.time, 'closed')
    trip.direction = 0
    this.openTrips--
    const rest = fill.quantity - closing
    if (rest > 0) this.enter(book, { ...fill, quantity: rest, fee: fill.fee * (1 - share) })
  }

  /**
   * Takes a bar's high and low for the worst and best moments of an instrument's positions. Of the bar inside which one opened
   * the close alone: what came before the entry is not known.
   */
  markSlot(slot: number, bar: Bar): void {
    const { open } = this
    for (let book = slot; book < open.length; book += this.slots) {
      const trip = open[book]!
      if (trip.direction === 0) continue
      const isInside = trip.entryTime === bar.time
      const high = isInside ? bar.close : bar.high
      const low = isInside ? bar.close : bar.low
      if (high > trip.high) trip.high = high
      if (low < trip.low) trip.low = low
    }
  }

  private store(book: number, trip: OpenTrip, time: number, state: 'closed' | 'open'): void {
    const entryPrice = trip.entryValue / trip.entryQuantity
    const exitPrice = trip.exitValue / trip.exitQuantity
    const row = this.trips.push()
    const { values } = this.trips
    values[row] = book
    values[row + 1] = trip.direction
    values[row + 2] = trip.largest
    values[row + 3] = trip.entryTime
    values[row + 4] = time
    values[row + 5] = entryPrice
    values[row + 6] = exitPrice
    values[row + 7] = trip.fees
    values[row + 8] = trip.direction * (trip.exitValue - trip.entryValue) - trip.fees
    values[row + 9] = trip.high
    values[row + 10] = trip.low
    values[row + 11] = state === 'open' ? 1 : 0
  }

  /** Values positions still open at the last prices, as trips of their own kind. */
  finish(time: number, marks: (book: number) => number): void {
    for (const [book, trip] of this.open.entries()) {
      if (trip.direction === 0) continue
      const mark = marks(book)
      trip.exitQuantity += trip.held
      trip.exitValue += trip.held * mark
      this.store(book, trip, time, 'open')
    }
  }

  /** The raw numbers of fills and trips, for the result hash. */
  columns(): readonly Float64Array[] {
    return [this.fills.used(), this.trips.used()]
  }

  fillRows(): readonly FillRow[] {
    const { values, length } = this.fills
    const { run, instruments, strategies } = this.options
    return Array.from({ length }, (_, index) => {
      const row = index * fillColumns
      const book = values[row + 2]!
      return {
        time: values[row]!,
        orderId: printOrderId(run, values[row + 1] as OrderId),
        instrument: instruments[book % instruments.length]!,
        strategy: strategies[Math.floor(book / instruments.length)]!,
        side: values[row + 3]! > 0 ? 'buy' : 'sell',
        quantity: values[row + 4]!,
        price: values[row + 5]!,
        fee: values[row + 6]!,
        liquidity: values[row + 7] === 1 ? 'maker' : 'taker',
      }
    })
  }

  roundTrips(): readonly RoundTrip[] {
    const { values, length } = this.trips
    const { instruments, strategies } = this.options
    return Array.from({ length }, (_, index) => {
      const row = index * tripColumns
      const book = values[row]!
      const direction = values[row + 1]!
      const quantity = values[row + 2]!
      const entryPrice = values[row + 5]!
      const profit = values[row + 8]!
      const [high, low] = [values[row + 9]!, values[row + 10]!]
      const best = direction > 0 ? high - entryPrice : entryPrice - low
      const worst = direction > 0 ? low - entryPrice : entryPrice - high
      return {
        strategy: strategies[Math.floor(book / instruments.length)]!,
        instrument: instruments[book % instruments.length]!,
        direction: direction > 0 ? 'long' : 'short',
        quantity,
        entryTime: values[row + 3]!,
        exitTime: values[row + 4]!,
        entryPrice,
        exitPrice: values[row + 6]!,
        fees: values[row + 7]!,
        profit,
        profitRatio: profit / Math.abs(quantity * entryPrice),
        maxAdverse: Math.min(0, worst * quantity),
        maxFavorable: Math.max(0, best * quantity),
        open: values[row + 11] === 1,
      }
    })
  }
}

function noTrip(): OpenTrip {
  return {
    direction: 0,
    entryTime: Number.NaN,
    entryQuantity: Number.NaN,
    entryValue: Number.NaN,
    exitQuantity: Number.NaN,
    exitValue: Number.NaN,
    fees: Number.NaN,
    largest: Number.NaN,
    held: Number.NaN,
    high: Number.NaN,
    low: Number.NaN,
  }
}

function begin(trip: OpenTrip, { direction, time, price }: { direction: number; time: number; price: number }): void {
  trip.direction = direction
  trip.entryTime = time
  trip.entryQuantity = 0
  trip.entryValue = 0
  trip.exitQuantity = 0
  trip.exitValue = 0
  trip.fees = 0
  trip.largest = 0
  trip.held = 0
  trip.high = price
  trip.low = price
}

/** Rows of doubles that double their room when full. */
class Rows {
  length = 0
  values: Float64Array
  private readonly width: number

  constructor(width: number) {
    this.width = width
    this.values = new Float64Array(width * 256)
  }

  /** Offset of a new row. */
  push(): number {
    const row = this.length * this.width
    if (row === this.values.length) {
      const grown = new Float64Array(row * 2)
      grown.set(this.values)
      this.values = grown
    }
    this.length++
    return row
  }

  used(): Float64Array {
    return this.values.subarray(0, this.length * this.width)
  }
}
