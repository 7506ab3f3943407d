import type { Kernel } from '../engine/kernel.js'
import type { Book } from '../engine/state.js'
import { booksOf } from '../ledger.js'
import type { FeeModel } from './fees.js'

/** An entry that is about to fill. */
export interface AskedEntry {
  readonly strategy: string
  readonly slot: number
  readonly direction: 1 | -1
  /** Price after slippage, on the grid and without its sign. */
  readonly price: number
  /** Lot points. */
  readonly points: number
}

/**
 * Lot points of an entry that equity times leverage can carry after its costs: what is held counts at its mark.
 *
 * What closes a position of the other side is always carried, and frees the money that the position holds.
 */
export function affordable(
  kernel: Kernel,
  limits: { readonly leverage: number; readonly fees: FeeModel },
  entry: AskedEntry,
): number {
  const { marks } = kernel
  const { leverage, fees } = limits
  const { direction, price, points } = entry
  const { points: owned, slot } = bookOf(kernel, entry)
  const { scale } = slot.instrument.lot
  const { perUnit, perFill } = fees.fixed ?? nothingFixed
  let equity = kernel.equityNear()
  let gross = heldValue(kernel)
  const size = equity + gross
  const closing = direction * owned < 0 ? Math.abs(owned) : 0
  if (points <= closing) return points
  if (closing > 0) {
    const mark = Math.abs(marks[slot.index]!)
    const units = closing / scale
    equity -= units * (direction * (price - mark) + price * fees.highestRate + perUnit)
    gross -= units * mark
  }
  const room = leverage * (equity - perFill) - gross
  const each = (price * (1 + leverage * fees.highestRate) + leverage * perUnit) / scale
  const wanted = points - closing
  const most = wanted * each <= room ? wanted : Math.max(0, Math.floor(room / each))
  const isNear = Math.abs(most * each - room) <= (size + room) * 1e-12
  return closing + (isNear && most > 0 && !isPaid(kernel, limits, { ...entry, points: most }) ? most - 1 : most)
}

function bookOf({ strategies }: Kernel, { strategy, slot }: AskedEntry): Book {
  const owner = strategies.length === 1 ? strategies[0]! : strategies.find(({ name }) => name === strategy)!
  return owner.books[slot]!
}

/** Value of all positions without their signs, each strategy's own: opposite ones are closed one at a time. */
function heldValue({ strategies, held, quantities, marks }: Kernel): number {
  let value = 0
  if (strategies.length === 1) {
    for (let i = 0; i < held.length; i++) value += Math.abs(quantities[held[i]!.index]! * marks[held[i]!.index]!)
    return value
  }
  for (let owner = 0; owner < strategies.length; owner++) {
    const { books } = strategies[owner]!
    for (let index = 0; index < books.length; index++) {
      const { points, slot } = books[index]!
      if (points !== 0) value += Math.abs((points / slot.instrument.lot.scale) * marks[index]!)
    }
  }
  return value
}

const nothingFixed = { perUnit: 0, perFill: 0 } as const

/** Decides a close call exactly where cash alone pays: a double may be off by its last digit, and cash never goes below 0. */
function isPaid(
  kernel: Kernel,
  limits: { readonly leverage: number; readonly fees: FeeModel },
  entry: AskedEntry,
): boolean {
  const { leverage, fees } = limits
  if (leverage !== 1 || entry.direction < 0 || kernel.strategies.some(({ books }) => books.some(isShort))) return true
  if (fees.fixed !== undefined) return false
  const { instrument } = kernel.slots[entry.slot]!
  const price = instrument.price(entry.price, 'nearest')
  const quantity = instrument.quantity(entry.points / instrument.lot.scale)
  const rate = Math.ceil(fees.highestRate * 1e6 - 1e-6)
  const cost = instrument.notional(price, quantity) + instrument.share(price, quantity, rate)
  return booksOf(kernel.ledger).cash >= cost
}

function isShort(book: Book): boolean {
  return book.points < 0
}
