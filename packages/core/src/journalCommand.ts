import type { Command } from './command.js'
import type { JournalCommand } from './journal.js'

/**
 * A command as the journal holds it: the order as data, with the ids of the manual overrides that admitted it, where there were any.
 *
 * @example
 * journalCommand({ kind: 'cancel', orderId }) // => { kind: 'cancel', orderId }
 */
export function journalCommand(command: Command): JournalCommand {
  if (command.kind === 'cancel') return command
  const { kind, approved } = command
  const { order, overrides } = approved
  return overrides.length === 0 ? { kind, order } : { kind, order, overrides }
}
