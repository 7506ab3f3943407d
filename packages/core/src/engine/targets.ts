import { InvariantError } from '../errors.js'
import type { Opening } from '../events.js'
import { type Instrument, pointsOf } from '../instrument.js'
import { RuleError } from '../ruleError.js'
import type { TargetIntent } from '../strategy.js'
import type { Kernel } from './kernel.js'
import { marketOrder, placeExit, placeOrder, requestCancel } from './place.js'
import { maintainStop, protectiveStopPrice } from './protectiveStop.js'
import { type Book, heldBack, type OrderRecord, type StrategyState } from './state.js'

/**
 * Takes a target: resolves it at the last price, or keeps it for the next opening.
 *
 * @throws InvariantError if the exposure is not a number between -1 and 1.
 */
export function onTarget(kernel: Kernel, state: StrategyState, intent: TargetIntent): void {
  const { exposure } = intent
  if (!(exposure >= -1 && exposure <= 1)) badExposure(state, exposure)
  const book = state.books[kernel.slotIndex(intent.instrument)]!
  book.deferred = undefined
  if (kernel.targets === 'atOpen') book.deferred = { exposure, stop: intent.stop }
  else resolveTarget(kernel, book, exposure, intent.stop, kernel.marks[book.slot.index]!)
}

function badExposure(state: StrategyState, exposure: number): never {
  throw new InvariantError(`Strategy "${state.name}" wished for an exposure of "${exposure}".`, {
    code: 'BAD_EXPOSURE',
    hints: [
      "An exposure is a number from -1 (fully short) to 1 (fully long) of the strategy's allocation.",
      'A cold indicator is NaN: wish for nothing until it is ready.',
    ],
  })
}

/** The first price of a bar: deferred targets are sized at it, and strategies may answer. */
export function onOpening(kernel: Kernel, event: Opening): void {
  const index = kernel.slotIndex(event.instrument)
  kernel.mark(event.instrument, event.price)
  for (const state of kernel.strategies) {
    const book = state.books[index]!
    const { deferred } = book
    if (deferred !== undefined) {
      book.deferred = undefined
      resolveTarget(kernel, book, deferred.exposure, deferred.stop, event.price)
    }
    if (state.strategy.onOpening === undefined) continue
    kernel.asking = state
    kernel.wish(state, state.strategy.onOpening(event, state.view))
    kernel.asking = undefined
  }
}

/**
 * Orders the difference between what is wished for and what is held and under way; repeating it orders nothing.
 *
 * Entries under way that lead away from the wish are taken back first, and what would open a position waits until their end
 * is known: a cancel can lose the race against a fill.
 */
function resolveTarget(
  kernel: Kernel,
  book: Book,
  exposure: number,
  stop: number | 'none' | undefined,
  price: number,
): void {
  book.stopWish = undefined
  const desired = desiredPoints(kernel, book, exposure, price)
  const held = heldBack(book)
  let delta = desired - held - book.pendingEntry
  const waits = delta * book.pendingEntry < 0
  if (waits) {
    takeBackEntries(kernel, book)
    book.deferred = { exposure, stop }
    delta = desired - held
  }
  const direction = delta > 0 ? 1 : -1
  if (delta * held < 0) {
    const points = Math.min(Math.abs(held), Math.abs(delta))
    placeExit(kernel, book, points, 'strategy')
    delta -= direction * points
  }
  if (waits && delta !== 0) return
  const entry = delta === 0 ? undefined : placeEntry(kernel, book, delta, stop)
  if (stop === undefined || (delta !== 0 && delta * book.points <= 0)) return
  if (entry === undefined) moveStop(kernel, book, stop)
  else book.stopWish = { entry, stop }
}

function placeEntry(
  kernel: Kernel,
  book: Book,
  delta: number,
  stop: number | 'none' | undefined,
): OrderRecord | undefined {
  const direction = delta > 0 ? 1 : -1
  const protectiveStop = protectiveStopPrice(kernel, book, direction, stop)
  const request = marketOrder(kernel, book, delta > 0 ? 'buy' : 'sell', Math.abs(delta), 'entry', protectiveStop)
  return placeOrder(kernel, book, request, 'strategy')
}

/** Resolves a target that waited for orders to end. */
export function resumeTarget(kernel: Kernel, book: Book): void {
  const { deferred } = book
  if (deferred === undefined || book.pendingEntry !== 0 || kernel.targets === 'atOpen') return
  book.deferred = undefined
  resolveTarget(kernel, book, deferred.exposure, deferred.stop, kernel.marks[book.slot.index]!)
}

/** An entry ended: where nothing of it filled, the stop that came with it moves the one of what is held. */
export function resumeStop(kernel: Kernel, entry: OrderRecord): void {
  const { book } = entry
  const { stopWish } = book
  if (stopWish?.entry !== entry) return
  book.stopWish = undefined
  if (entry.filled === 0 && entry.direction * book.points > 0) moveStop(kernel, book, stopWish.stop)
}

function moveStop(kernel: Kernel, book: Book, stop: number | 'none'): void {
  if (book.points === 0) return
  const level = protectiveStopPrice(kernel, book, book.points > 0 ? 1 : -1, stop)
  book.stopPrice = level === 'none' ? undefined : level
  maintainStop(kernel, book)
}

function takeBackEntries(kernel: Kernel, book: Book): void {
  for (const record of kernel.orders.list) {
    if (record.book === book && !record.request.reduceOnly) requestCancel(kernel, record)
  }
}

function desiredPoints(kernel: Kernel, book: Book, exposure: number, price: number): number {
  if (exposure === 0) return 0
  if (!(Math.abs(price) > 0)) return unsized(book, exposure > 0 ? 1 : -1)
  const { instrument } = book.slot
  // What it costs to enter is kept aside, so that a full target can be paid for.
  const budget = (book.strategy.allocation * kernel.equityNear()) / (1 + kernel.costs)
  const units = budget > 0 ? sizeOf(kernel, instrument, exposure, { budget, price }) : 0
  const points = pointsOf(instrument.lot, instrument.quantity(Math.abs(units)))
  return units < 0 ? -points : points
}

/**
 * Without a price, or at one of 0, one lot more stands for the wish: the engine's own rule refuses it, and it is counted. A
 * position of the other side is closed even so.
 */
function unsized(book: Book, direction: 1 | -1): number {
  const present = heldBack(book) + book.pendingEntry
  return present * direction > 0 ? present + direction : direction
}

function sizeOf(
  kernel: Kernel,
  instrument: Instrument,
  exposure: number,
  { budget, price }: { readonly budget: number; readonly price: number },
): number {
  const { sizer } = kernel
  let units: number
  try {
    units = sizer.size(instrument, exposure, budget, price, kernel.riskView)
  } catch (error) {
    throw new RuleError('Sizer', sizer.name, error)
  }
  if (Number.isFinite(units)) return units
  throw new RuleError(
    'Sizer',
    sizer.name,
    new InvariantError(`size answered "${units}" base units for ${instrument.id} at "${price}".`),
  )
}
