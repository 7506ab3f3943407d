import type { OrderRequest } from '../order.js'
import { approve, type RiskReason, type RiskRule, type RiskUnit, type Verdict } from '../risk.js'
import type { Kernel } from './kernel.js'
import { modeForbids } from './modeForbids.js'
import { isMarketExit, type Slot } from './state.js'

function refuse(code: string, limit: string, got: string, unit: RiskUnit): Verdict {
  const reason: RiskReason = { code, rule: 'engine', limit, got, unit }
  return { kind: 'refuse', reason }
}

/**
 * The rules no account is without, asked before all others: the mode, an instrument reduced to exits, an order of unknown
 * fate, and a price to judge by.
 */
export function builtInRule(kernel: () => Kernel): RiskRule {
  return {
    name: 'engine',
    check(order: OrderRequest): Verdict {
      const { mode, operatorMode, operatorCode, maintenance, slots, marks, slotOf } = kernel()
      if (maintenance) return approve
      if (mode !== 'normal' && !(mode === 'reduceOnly' && order.reduceOnly))
        return refuse(mode === operatorMode ? operatorCode : modeForbids, mode, order.type, 'count')
      const slot = slots.length === 1 ? slots[0]! : slotOf.get(order.instrument)!
      if (order.reduceOnly) return slot.unknown > 0 ? besideUnknown(kernel(), order, slot) : approve
      if (slot.reduceOnly) return refuse('INSTRUMENT_REDUCE_ONLY', '0', String(order.quantity), 'base')
      if (slot.unknown > 0) return refuse('UNKNOWN_OUTSTANDING', '0', String(slot.unknown), 'count')
      const mark = marks[slot.index]!
      // At a price of 0 a market order has no size that money could limit.
      if (Number.isNaN(mark) || (mark === 0 && order.type === 'market')) return refuse('NO_MARK', '1', '0', 'count')
      return approve
    },
  }
}

/** A market exit beside an order of unknown fate closes no more than exits under way leave of the position. */
function besideUnknown(kernel: Kernel, order: OrderRequest, slot: Slot): Verdict {
  if (!isMarketExit(order)) return approve
  const book = kernel.strategies.find(({ name }) => name === order.strategy)!.books[slot.index]!
  const { scale } = slot.instrument.lot
  const left = slot.instrument.quantity(Math.max(0, Math.abs(book.points) - book.pendingExit) / scale)
  if (order.quantity <= left) return approve
  const reason: RiskReason = {
    code: 'UNKNOWN_OUTSTANDING',
    rule: 'engine',
    limit: String(left),
    got: String(order.quantity),
    unit: 'base',
  }
  return left > 0 ? { kind: 'shrink', quantity: left, reason } : { kind: 'refuse', reason }
}
