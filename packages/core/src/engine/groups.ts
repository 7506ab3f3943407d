import { pointsOf } from '../instrument.js'
import { amendOrder, onOrderIntent } from './intents.js'
import type { Kernel } from './kernel.js'
import { requestCancel } from './place.js'
import type { OrderRecord } from './state.js'

/** One order of a group filled: its siblings are taken back (OCO), or keep no more than it has left (OUO). */
export function updateGroup(kernel: Kernel, filled: OrderRecord): void {
  const { group } = filled.request
  if (group === undefined) return
  const { lot } = filled.book.slot.instrument
  for (const record of kernel.orders.list) {
    const sibling = record.request.group
    if (record === filled || sibling?.name !== group.name || record.book.strategy !== filled.book.strategy) continue
    const left = pointsOf(lot, filled.request.quantity) - filled.filled
    if (group.kind === 'oco' || left <= 0) requestCancel(kernel, record)
    else if (left < record.remaining)
      amendOrder(kernel, record, {
        kind: 'amend',
        orderId: record.request.id,
        quantity: (record.filled + left) / lot.scale,
      })
  }
}

/**
 * The parent ended with a fill: its children come to life, none larger than what was filled.
 *
 * Their groups are their own: two brackets that share a name are still two.
 */
export function activateChildren(kernel: Kernel, parent: OrderRecord): void {
  const { book, children, request } = parent
  if (children === undefined) return
  parent.children = undefined
  const filled = parent.filled / book.slot.instrument.lot.scale
  // Should a child fail here, its strategy is to be named.
  kernel.asking = book.strategy
  for (const child of children) {
    const { group } = child
    const own = group === undefined ? {} : { group: { kind: group.kind, name: `${group.name} of ${request.id}` } }
    onOrderIntent(kernel, book.strategy, { ...child, ...own, quantity: Math.min(child.quantity, filled) })
  }
  kernel.asking = undefined
}
