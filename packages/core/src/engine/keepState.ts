import type { Kernel } from './kernel.js'
import type { KeptMemory } from './trips.js'

/** Takes the next state of a memory; the same object means that nothing changed. */
export function keepState(kernel: Kernel, kept: KeptMemory, state: unknown): void {
  if (state === kept.state) return
  kept.state = state
  kept.alarm = kept.memory.alarm(state)
  kernel.watchStale = true
}
