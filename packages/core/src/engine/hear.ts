import { ConfigError } from '../errors.js'
import type { ControlEvent } from '../events.js'
import { keepState } from './keepState.js'
import type { Kernel } from './kernel.js'
import type { KeptMemory } from './trips.js'

/** Hands a fact to the memory that it names. */
export function hear(kernel: Kernel, { memory: name, time, fact }: Extract<ControlEvent, { kind: 'noted' }>): void {
  const hearing = kernel.memories.filter(({ memory }) => memory.hear !== undefined)
  const kept = hearing.find(({ memory }) => memory.name === name)
  if (kept === undefined) throw unknownMemory(name, hearing)
  keepState(kernel, kept, kept.memory.hear!(kept.state, { time, fact }))
}

function unknownMemory(name: string, hearing: readonly KeptMemory[]): ConfigError {
  const known = hearing.map(({ memory }) => memory.name)
  return new ConfigError(`No rule keeps a memory "${name}".`, {
    code: 'UNKNOWN_MEMORY',
    hints: [
      known.length === 0 ? 'No rule of this engine hears facts.' : `Memories that hear facts: ${known.join(', ')}.`,
    ],
  })
}
