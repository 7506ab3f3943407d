import type { Approved } from '../review.js'
import { RuleError } from '../ruleError.js'
import { keepState } from './keepState.js'
import type { Kernel } from './kernel.js'

/** Counts the overrides that admitted an order, before the next one is reviewed. */
export function countOverrides(kernel: Kernel, { order, overrides }: Approved): void {
  for (const id of overrides) {
    for (const kept of kernel.memories) {
      const { memory, state } = kept
      if (memory.admitted === undefined) continue
      try {
        keepState(kernel, kept, memory.admitted(state, { id, time: kernel.now, orderId: order.id }))
      } catch (error) {
        throw new RuleError('Rule', memory.name, error)
      }
    }
  }
}
