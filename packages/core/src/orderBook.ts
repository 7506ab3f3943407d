import { type BookLadder, createLadder } from './bookLadder.js'
import { ConfigError } from './errors.js'
import type { InstrumentId } from './instrument.js'
import type { Side } from './order.js'
import type { Quote } from './quote.js'
import type { Timestamp } from './time.js'

/** One level of a book changed to `quantity`; 0 removes it. */
export interface BookDelta {
  readonly kind: 'book'
  readonly instrument: InstrumentId
  readonly time: Timestamp
  readonly side: Side
  readonly price: number
  readonly quantity: number
  /** The venue's update number, where it gives one; a jump by more than one is a gap. */
  readonly sequence?: number
}

/** What is offered at one price. */
export interface BookLevel {
  readonly price: number
  /** In base units. */
  readonly quantity: number
}

/** Levels of both sides, best first. */
export interface BookDepth {
  readonly bids: readonly BookLevel[]
  readonly asks: readonly BookLevel[]
}

/** A whole book, levels in any order. */
export interface BookSnapshot extends BookDepth {
  readonly time: Timestamp
  /** Update number of the last change it contains, where the venue gives one. */
  readonly sequence?: number
}

/**
 * Whether a book may be read: `syncing` before its first snapshot, `live`, `crossed` while a bid is not below an ask, as in
 * the middle of a message, and `stale` from a gap to the next snapshot.
 */
export type BookState = 'syncing' | 'live' | 'crossed' | 'stale'

/** What became of a delta: it counts, it is older than the book or the book waits for a snapshot, or it shows a gap. */
export type DeltaOutcome = 'applied' | 'ignored' | 'gap'

/** The resting orders of one instrument by price. */
export interface OrderBook {
  readonly instrument: InstrumentId
  readonly state: BookState
  /** Update number of the last change, where there is one. */
  readonly sequence: number | undefined
  /**
   * Replaces the whole book.
   *
   * @throws ConfigError `BAD_BOOK` if a level is invalid; the book stays as it was.
   */
  load(snapshot: BookSnapshot): void
  /**
   * Changes one level. Several deltas may share an update number.
   *
   * @throws ConfigError `BAD_BOOK` if the delta is invalid or of another instrument; the book stays as it was.
   */
  apply(delta: BookDelta): DeltaOutcome
  /**
   * Best bid and ask; undefined while a side is empty.
   *
   * @throws ConfigError `BOOK_NOT_LIVE` unless the book is live.
   */
  best(): Quote | undefined
  /**
   * The best `count` levels of each side.
   *
   * @throws ConfigError `BOOK_NOT_LIVE` unless the book is live.
   */
  depth(count: number): BookDepth
  /** Number of levels of a side. */
  levels(side: Side): number
}

/**
 * Starts an empty book that waits for a snapshot.
 *
 * @example
 * const book = createOrderBook(id)
 * book.load({ time, sequence: 7, bids: [{ price: 99, quantity: 1 }], asks: [{ price: 101, quantity: 2 }] })
 * book.apply({ kind: 'book', instrument: id, time, side: 'buy', price: 100, quantity: 3, sequence: 8 }) // => 'applied'
 * book.best()?.bid // => 100
 * book.apply({ kind: 'book', instrument: id, time, side: 'buy', price: 98, quantity: 1, sequence: 10 }) // => 'gap'
 */
export function createOrderBook(instrument: InstrumentId): OrderBook {
  let bids = createLadder()
  let asks = createLadder()
  let phase: 'syncing' | 'live' | 'stale' = 'syncing'
  let sequence: number | undefined
  let time = 0 as Timestamp
  const stateNow = (): BookState =>
    phase === 'live' && bids.length > 0 && asks.length > 0 && bids.best() >= -asks.best() ? 'crossed' : phase
  const checkLive = (): void => {
    const state = stateNow()
    if (state !== 'live') throw notLive(instrument, state)
  }
  return {
    instrument,
    get state() {
      return stateNow()
    },
    get sequence() {
      return sequence
    },
    load(snapshot) {
      checkSequence(snapshot.sequence, instrument)
      ;[bids, asks] = [fill(snapshot.bids, 1, instrument), fill(snapshot.asks, -1, instrument)]
      sequence = snapshot.sequence
      time = snapshot.time
      phase = 'live'
    },
    apply(delta) {
      checkDelta(delta, instrument)
      const outcome = phase === 'live' ? outcomeOf(delta.sequence, sequence) : 'ignored'
      if (outcome === 'gap') phase = 'stale'
      if (outcome !== 'applied') return outcome
      if (delta.side === 'buy') bids.set(delta.price, delta.quantity)
      else asks.set(-delta.price, delta.quantity)
      sequence = delta.sequence ?? sequence
      time = delta.time
      return outcome
    },
    best() {
      checkLive()
      const [bid, ask] = [bids.top(1, 1)[0], asks.top(1, -1)[0]]
      return bid && ask ? quoteOf(bid, ask, instrument, time) : undefined
    },
    depth(count) {
      checkLive()
      return { bids: bids.top(count, 1), asks: asks.top(count, -1) }
    },
    levels: (side) => (side === 'buy' ? bids : asks).length,
  }
}

function quoteOf(bid: BookLevel, ask: BookLevel, instrument: InstrumentId, time: Timestamp): Quote {
  const sizes = { bidSize: bid.quantity, askSize: ask.quantity }
  return { kind: 'quote', instrument, time, bid: bid.price, ask: ask.price, ...sizes }
}

function fill(levels: readonly BookLevel[], sign: 1 | -1, instrument: InstrumentId): BookLadder {
  const ladder = createLadder()
  // Worst first, so that each goes to the end.
  for (const level of [...levels].sort((a, b) => sign * (a.price - b.price))) {
    checkLevel(level, instrument)
    ladder.set(level.price * sign, level.quantity)
  }
  return ladder
}

/** Without numbers on both sides nothing can be missed. */
function outcomeOf(next: number | undefined, last: number | undefined): DeltaOutcome {
  if (next === undefined || last === undefined) return 'applied'
  return next < last ? 'ignored' : next > last + 1 ? 'gap' : 'applied'
}

function checkDelta(delta: BookDelta, instrument: InstrumentId): void {
  if (delta.instrument !== instrument) throw badBook(instrument, `a delta of ${delta.instrument}`)
  checkSequence(delta.sequence, instrument)
  checkLevel(delta, instrument)
}

function checkSequence(sequence: number | undefined, instrument: InstrumentId): void {
  if (sequence === undefined || Number.isSafeInteger(sequence)) return
  throw badBook(instrument, `the update number "${sequence}"`)
}

function checkLevel({ price, quantity }: BookLevel, instrument: InstrumentId): void {
  const isPrice = price > 0 && price < Number.POSITIVE_INFINITY
  if (isPrice && quantity >= 0 && quantity < Number.POSITIVE_INFINITY) return
  throw badBook(instrument, `a level of "${quantity}" at "${price}"`)
}

function badBook(instrument: InstrumentId, what: string): ConfigError {
  return new ConfigError(`The book of ${instrument} cannot take ${what}.`, {
    code: 'BAD_BOOK',
    hints: ['Prices are finite and above zero, quantities finite and not negative, update numbers integers.'],
  })
}

function notLive(instrument: InstrumentId, state: BookState): ConfigError {
  return new ConfigError(`The book of ${instrument} is ${state} and has no prices.`, {
    code: 'BOOK_NOT_LIVE',
    hints: ['Load a snapshot, and read between messages; book.state tells whether it is live.'],
  })
}
