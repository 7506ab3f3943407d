import { type Price, pointsOf } from '../instrument.js'
import { review } from '../review.js'
import { checkStop } from './checkStop.js'
import type { Kernel } from './kernel.js'
import { marketOrder, placeOrder, quantityOf, requestCancel } from './place.js'
import type { Book } from './state.js'

/**
 * The protective stop price of an entry: the one wished for, else the default one.
 *
 * @throws ConfigError with code `BAD_INTENT` if the wished stop is not a finite number.
 */
export function protectiveStopPrice(
  kernel: Kernel,
  book: Book,
  direction: 1 | -1,
  wished: number | 'none' | undefined,
): Price | 'none' | undefined {
  if (wished === 'none') return 'none'
  const { slot } = book
  if (wished !== undefined) {
    checkStop(slot.instrument.id, wished)
    return slot.instrument.price(wished, 'nearest')
  }
  const mark = kernel.marks[slot.index]!
  const distance = kernel.defaultStop.distance(slot.index, mark)
  if (!(distance > 0)) return undefined
  const level = mark - direction * distance
  return level > 0 ? slot.instrument.price(level, 'nearest') : undefined
}

/** Brings the resting protective stop in line with the position: placed, resized, moved, or taken back. */
export function maintainStop(kernel: Kernel, book: Book): void {
  const { points, stop, stopPrice } = book
  if (points === 0 || stopPrice === undefined) {
    if (points === 0) book.stopPrice = undefined
    if (stop !== undefined) requestCancel(kernel, stop)
    book.stop = undefined
    return
  }
  const direction = points > 0 ? -1 : 1
  if (stop !== undefined && stop.direction === direction && !stop.cancelSent) {
    const wanted = stop.amended ?? stop.request
    const size = pointsOf(book.slot.instrument.lot, wanted.quantity)
    if (size - stop.filled !== Math.abs(points) || wanted.trigger !== stopPrice) amendStop(kernel, book)
    return
  }
  if (stop !== undefined) requestCancel(kernel, stop)
  const base = marketOrder(kernel, book, direction > 0 ? 'buy' : 'sell', Math.abs(points), 'exit')
  book.stop = placeOrder(kernel, book, { ...base, type: 'stop', trigger: stopPrice }, 'own')
}

function amendStop(kernel: Kernel, book: Book): void {
  const stop = book.stop!
  const quantity = quantityOf(book, Math.abs(book.points) + stop.filled)
  const request = { ...stop.request, quantity, trigger: book.stopPrice }
  kernel.maintenance = true
  const outcome = review(request, book.slot.instrument, kernel.rules, kernel.riskView)
  kernel.maintenance = false
  kernel.reviewCount++
  if (outcome.kind === 'refused') {
    kernel.observer.onRefused?.(outcome, kernel.now)
    return
  }
  stop.amended = outcome.order
  kernel.emit({ kind: 'amend', approved: outcome })
}
