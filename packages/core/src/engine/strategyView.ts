import type { Mode } from '../events.js'
import type { InstrumentId } from '../instrument.js'
import { bookCostNear } from '../ledger.js'
import type { OrderId } from '../order.js'
import type { PositionView, View } from '../strategy.js'
import type { Timestamp } from '../time.js'
import type { Kernel } from './kernel.js'
import { heldBack } from './state.js'

/** What one strategy may look at: the account's value and its own positions and orders. */
export function createStrategyView(kernel: Kernel, strategy: number, allocation: number): View {
  return new StrategyView(kernel, strategy, allocation)
}

/** A class, so that the views of two engines have one shape. */
class StrategyView implements View {
  readonly allocation: number
  readonly #kernel: Kernel
  readonly #index: number

  constructor(kernel: Kernel, index: number, allocation: number) {
    this.#kernel = kernel
    this.#index = index
    this.allocation = allocation
  }

  get now(): Timestamp {
    return this.#kernel.now
  }
  get equity(): number {
    return this.#kernel.equityNear()
  }
  get mode(): Mode {
    return this.#kernel.mode
  }

  position(instrument: InstrumentId): PositionView {
    const kernel = this.#kernel
    const book = kernel.strategies[this.#index]!.books[kernel.slotIndex(instrument)]!
    const { scale } = book.slot.instrument.lot
    const exits = heldBack(book) - book.points
    return {
      quantity: book.points / scale,
      averagePrice: book.points === 0 ? 0 : (bookCostNear(kernel.ledger, book.index) / book.points) * scale,
      reserved: (book.pendingEntry + exits) / scale,
    }
  }
  openOrders(instrument?: InstrumentId): readonly OrderId[] {
    const ids: OrderId[] = []
    for (const record of this.#kernel.orders.list) {
      if (record.book.strategy.index !== this.#index) continue
      if (instrument === undefined || record.request.instrument === instrument) ids.push(record.request.id)
    }
    return ids
  }
}
