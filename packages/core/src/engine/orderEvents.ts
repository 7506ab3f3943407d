import type { OrderEvent } from '../events.js'
import type { Fill } from '../fill.js'
import { pointsOf } from '../instrument.js'
import { bookFill } from '../ledger.js'
import { isTerminal, type OrderStep, orderTransitions } from '../order.js'
import { activateChildren, updateGroup } from './groups.js'
import type { Kernel } from './kernel.js'
import { reserve } from './place.js'
import { maintainStop } from './protectiveStop.js'
import type { OrderRecord, Slot } from './state.js'
import { resumeStop, resumeTarget } from './targets.js'
import { flattenLate } from './trips.js'

/** Takes a fact about an order; answers its record when the fact was news, so that its strategy can hear of it. */
export function onOrderEvent(kernel: Kernel, event: OrderEvent): OrderRecord | undefined {
  const open = kernel.orders.get(event.orderId)
  if (open === undefined) return onLate(kernel, event)
  if (event.kind === 'filled') return onFill(kernel, open, event)
  if (event.kind === 'triggered') return open
  if (event.kind === 'amended') return onAmended(open)
  move(open, event.kind)
  if (isTerminal(open.state)) finish(kernel, open)
  return open
}

/** Facts about orders that ended or were never ours: a fill is booked even so, since money moved; the rest is reported. */
function onLate(kernel: Kernel, event: OrderEvent): OrderRecord | undefined {
  const record = kernel.endedOrders.find((ended) => ended.request.id === event.orderId)
  if (event.kind === 'filled') {
    if (record !== undefined) {
      if (isBooked(record, event)) return undefined
      kernel.observer.onFault?.(`Order ${event.orderId} was ${record.state} and filled after all.`, kernel.now)
      record.book.slot.reduceOnly = true
      return onFill(kernel, record, event)
    }
    const slot = kernel.slotOf.get(event.instrument)
    if (slot !== undefined) slot.reduceOnly = true
  }
  if (record === undefined)
    kernel.observer.onFault?.(`A "${event.kind}" event names the foreign order ${event.orderId}.`, kernel.now)
  return undefined
}

function move(record: OrderRecord, step: OrderStep): void {
  const before = record.state
  const after = orderTransitions[before][step]
  if (after === undefined || after === before) return
  record.state = after
  const { slot } = record.book
  if (after === 'unknown') slot.unknown++
  if (before === 'unknown') slot.unknown--
  if (step === 'rejected' || step === 'canceled') record.cancelSent = true
}

function onAmended(record: OrderRecord): OrderRecord {
  const { amended } = record
  if (amended === undefined) return record
  reserve(record, -record.remaining)
  record.request = amended
  record.amended = undefined
  record.remaining = Math.max(0, pointsOf(record.book.slot.instrument.lot, amended.quantity) - record.filled)
  reserve(record, record.remaining)
  return record
}

/** Books a fill once: ledger, position, reservation, state, then what hangs on it. */
function onFill(kernel: Kernel, record: OrderRecord, fill: Fill): OrderRecord | undefined {
  const { book, direction } = record
  if (isBooked(record, fill)) return undefined
  keepTradeId(record, fill)
  const { slot } = book
  const { tick, lot } = slot.instrument
  const quantity = pointsOf(lot, fill.quantity)
  const held = book.points
  bookFill(kernel.ledger, {
    book: book.index,
    direction,
    price: pointsOf(tick, fill.price),
    quantity,
    fee: fill.fee,
    scale: slot.scale,
    held,
  })
  book.points = held + direction * quantity
  moveNet(kernel, slot, direction * quantity)
  const wasOpen = !isTerminal(record.state)
  const reserved = wasOpen ? Math.min(quantity, record.remaining) : 0
  if (reserved > 0) reserve(record, -reserved)
  if (quantity > record.remaining && wasOpen && !record.request.closePosition) {
    kernel.observer.onFault?.(`Order ${record.request.id} filled more than it asked for.`, kernel.now)
    slot.reduceOnly = true
  }
  record.remaining = Math.max(0, record.remaining - quantity)
  record.filled += quantity
  kernel.fillsToday++
  kernel.moved = true
  kernel.observer.onFill?.(record, fill, held, kernel.ledger.feeNear)
  if (wasOpen && record.request.closePosition) claimPosition(record)
  move(record, record.remaining === 0 ? 'filled' : 'partial')
  if (wasOpen && isTerminal(record.state)) kernel.retire(record)
  settleFill(kernel, record)
  return record
}

function isBooked({ tradeId, earlierTradeIds }: OrderRecord, fill: Fill): boolean {
  return tradeId === fill.tradeId || earlierTradeIds?.includes(fill.tradeId) === true
}

function keepTradeId(record: OrderRecord, { tradeId }: Fill): void {
  if (record.tradeId !== undefined) {
    record.earlierTradeIds ??= []
    record.earlierTradeIds.push(record.tradeId)
  }
  record.tradeId = tradeId
}

/** A close-position order has as much left to do as there is position, whatever it asked for. */
function claimPosition(record: OrderRecord): void {
  reserve(record, -record.remaining)
  record.remaining = Math.max(0, -record.direction * record.book.points)
  reserve(record, record.remaining)
}

function moveNet(kernel: Kernel, slot: Slot, points: number): void {
  const before = slot.points
  slot.points = before + points
  kernel.quantities[slot.index] = slot.points / slot.instrument.lot.scale
  if (before === 0) kernel.held.push(slot)
  else if (slot.points === 0) release(kernel.held, slot)
  if (before === 0 && points === 0) kernel.held.pop()
}

function release(held: Slot[], slot: Slot): void {
  if (held[held.length - 1] === slot) held.pop()
  else held.splice(held.indexOf(slot), 1)
}

function settleFill(kernel: Kernel, record: OrderRecord): void {
  const { book, request } = record
  if (book.stop === record && isTerminal(record.state)) book.stop = undefined
  const { protectiveStop } = request
  if (protectiveStop !== undefined) book.stopPrice = protectiveStop === 'none' ? undefined : protectiveStop
  if (book.stopPrice !== undefined || book.stop !== undefined) maintainStop(kernel, book)
  if (request.group !== undefined) updateGroup(kernel, record)
  if (record.children !== undefined && record.state === 'filled') activateChildren(kernel, record)
  if (book.deferred !== undefined) resumeTarget(kernel, book)
  if (kernel.mode !== 'normal' && !request.reduceOnly) flattenLate(kernel, book)
}

/** Ends an order that did not fill completely: what it reserved is free again. */
function finish(kernel: Kernel, record: OrderRecord): void {
  const { book } = record
  reserve(record, -record.remaining)
  kernel.retire(record)
  if (book.stop === record) {
    book.stop = undefined
    if (record.state === 'rejected')
      kernel.observer.onFault?.(`A protective stop of ${record.request.instrument} was rejected.`, kernel.now)
  }
  if (record.children !== undefined && record.filled > 0) activateChildren(kernel, record)
  if (book.stopWish !== undefined) resumeStop(kernel, record)
  if (book.deferred !== undefined) resumeTarget(kernel, book)
}
