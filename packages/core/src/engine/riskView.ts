import { InvariantError } from '../errors.js'
import type { Mode } from '../events.js'
import type { Instrument, InstrumentId } from '../instrument.js'
import { booksOf } from '../ledger.js'
import { limbsToMoney } from '../limbs.js'
import type { Money } from '../money.js'
import type { OrderRequest } from '../order.js'
import type { ExposureView, RiskView } from '../risk.js'
import type { Timestamp } from '../time.js'
import { entriesOfSince, entriesSince, listEntriesSince } from './entryLog.js'
import type { Kernel } from './kernel.js'
import { lossToStops, lossToStopsExact, plannedStop } from './lossToStops.js'
import { type Book, dayStart, equityNow, highWaterMark, isMarketExit, type OrderRecord, type Slot } from './state.js'

/** The engine's state as rules may see it; each figure is computed when it is read. */
export function createRiskView(kernel: Kernel): RiskView {
  const slotOf = (id: InstrumentId): Slot => kernel.slots[kernel.slotIndex(id)]!
  const bookOf = (id: InstrumentId, strategy: string): Book => {
    const { strategies } = kernel
    const index = kernel.slotIndex(id)
    for (let i = 0; i < strategies.length; i++)
      if (strategies[i]!.name === strategy) return strategies[i]!.books[index]!
    throw new InvariantError(`The engine does not know the strategy "${strategy}".`)
  }
  const select = (id: InstrumentId | undefined, wanted: (record: OrderRecord) => boolean): readonly OrderRequest[] => {
    const found: OrderRequest[] = []
    for (const record of kernel.orders.list) {
      if ((id === undefined || record.request.instrument === id) && wanted(record)) found.push(record.request)
    }
    return found
  }
  let names: readonly string[] = []
  return {
    get strategies(): readonly string[] {
      // The view is made before the strategies are.
      if (names.length !== kernel.strategies.length) names = kernel.strategies.map(({ name }) => name)
      return names
    },
    get now(): Timestamp {
      return kernel.now
    },
    get mode(): Mode {
      return kernel.mode
    },
    get equity(): number {
      return kernel.equityNear()
    },
    get equityExact(): Money {
      kernel.valueExactly()
      return limbsToMoney(kernel.exact, equityNow)
    },
    get highWaterMark(): Money {
      return limbsToMoney(kernel.exact, highWaterMark)
    },
    get dayStart(): Money {
      return limbsToMoney(kernel.exact, dayStart)
    },
    get highWaterMarkNear(): number {
      return kernel.highWaterMarkNear
    },
    get dayStartNear(): number {
      return kernel.dayStartNear
    },
    get cash(): Money {
      return booksOf(kernel.ledger).cash
    },
    get grossExposure(): number {
      return grossExposure(kernel)
    },
    get freeCash(): number {
      return freeCash(kernel)
    },
    get openOrderCount(): number {
      return kernel.orders.list.length
    },
    get cancelsToday(): number {
      return kernel.cancelsToday
    },
    get fillsToday(): number {
      return kernel.fillsToday
    },
    instruments: kernel.slots.map((slot) => slot.instrument),
    instrument: (id: InstrumentId): Instrument => slotOf(id).instrument,
    exposure: (id, strategy) =>
      exposureOf(slotOf(id).instrument, strategy === undefined ? slotOf(id) : bookOf(id, strategy)),
    openOrders: (id) => select(id, () => true),
    unknownOrders: (id) => select(id, (record) => record.state === 'unknown'),
    ordersSince: (time, strategy) =>
      strategy === undefined ? entriesSince(kernel.entries, time) : entriesOfSince(kernel.entries, time, strategy),
    placedSince: (time) => listEntriesSince(kernel.entries, time),
    plannedStop: (order) => plannedStop(kernel, order),
    lossToStops: (order, scope) => lossToStops(kernel, order, scope),
    lossToStopsExact: (order, scope) => lossToStopsExact(kernel, order, scope),
    hasGap(id) {
      const slot = slotOf(id)
      return slot.hasGap || slot.isAway
    },
    memory(name) {
      const { memories } = kernel
      for (let index = 0; index < memories.length; index++) {
        if (memories[index]!.memory.name === name) return memories[index]!.state
      }
      return undefined
    },
    markPrice: (id) => kernel.marks[kernel.slotIndex(id)]!,
    markAgeMs(id) {
      const index = kernel.slotIndex(id)
      return Number.isNaN(kernel.marks[index]!) ? Number.NaN : kernel.now - kernel.markTimes[index]!
    },
    mark(id) {
      const { index } = slotOf(id)
      const price = kernel.marks[index]!
      return Number.isNaN(price) ? undefined : { price, ageMs: kernel.now - kernel.markTimes[index]! }
    },
  }
}

function exposureOf(instrument: Instrument, held: Slot | Book): ExposureView {
  const { scale } = instrument.lot
  return {
    quantity: held.points / scale,
    pendingBuy: held.pendingBuy / scale,
    pendingSell: held.pendingSell / scale,
    pendingExit: held.pendingExit / scale,
  }
}

/**
 * Sum over instruments and strategies of the larger of the long and the short worst case, at the last price. Opposite positions
 * of two strategies do not cancel out: each is closed on its own.
 */
function grossExposure(kernel: Kernel): number {
  const { slots, marks, strategies } = kernel
  let sum = 0
  for (let index = 0; index < slots.length; index++) {
    const { scale } = slots[index]!.instrument.lot
    for (let owner = 0; owner < strategies.length; owner++) {
      const { points, pendingBuy, pendingSell, pendingExit } = strategies[owner]!.books[index]!
      if (points === 0 && pendingBuy === 0 && pendingSell === 0) continue
      const long = points + pendingBuy + (points < 0 ? pendingExit : 0)
      const short = -points + pendingSell + (points > 0 ? pendingExit : 0)
      const worst = Math.max(Math.abs(long), Math.abs(short))
      sum += (worst / scale) * Math.abs(marks[index]!)
    }
  }
  return sum
}

/** Cash less what buys under way may still cost: entries, and market exits of short positions. */
function freeCash(kernel: Kernel): number {
  const { list } = kernel.orders
  let free = kernel.ledger.cashNear
  for (let index = 0; index < list.length; index++) {
    const { direction, request, remaining, book } = list[index]!
    if (direction < 0 || (request.reduceOnly && !isMarketExit(request))) continue
    const { slot } = book
    free -= (remaining / slot.instrument.lot.scale) * (request.limit ?? kernel.marks[slot.index]!)
  }
  return free
}
