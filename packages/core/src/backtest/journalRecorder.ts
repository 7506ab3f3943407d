import type { Command } from '../command.js'
import type { JournalContent, JournalEntry, JournalEvent } from '../journal.js'
import { journalCommand } from '../journalCommand.js'
import type { Timestamp } from '../time.js'

/** Writes a run as journal rows: market data by reference, everything else whole. */
export interface JournalRecorder {
  /** One more row of market data was stepped. */
  bar(time: Timestamp): void
  event(event: JournalEvent): void
  /** A timestamp ended; it is written only where something more happens at the same time. */
  closed(time: Timestamp): void
  commands(commands: readonly Command[]): void
  /** Writes what market data is still unwritten. */
  finish(): void
}

/** Starts a journal for the merged market data with the given name and digest. */
export function createJournalRecorder(
  sink: (entry: JournalEntry) => void,
  market: { readonly dataset: string; readonly digest: string },
): JournalRecorder {
  let seq = 0
  let written = 0
  let seen = 0
  let now = 0 as Timestamp
  let closedAt = Number.NaN
  const write = (content: JournalContent): void => {
    seq++
    sink({ seq, epoch: 0, seenAt: now, ...content })
  }
  const writeMarket = (): void => {
    if (seen === written) return
    write({ kind: 'market', ...market, from: written, to: seen })
    written = seen
  }
  // Replay ends a timestamp when a later one comes; what happens after its end at the same time needs the end in writing.
  const writeClosed = (): void => {
    write({ kind: 'event', event: { kind: 'closed', time: closedAt as Timestamp } })
    closedAt = Number.NaN
  }
  return {
    bar(time) {
      seen++
      now = time
    },
    event(event) {
      writeMarket()
      if (event.time === closedAt) writeClosed()
      now = event.time
      write({ kind: 'event', event })
    },
    closed(time) {
      closedAt = time
    },
    commands(commands) {
      writeMarket()
      if (closedAt === now) writeClosed()
      const cause = seq
      for (const command of commands) write({ kind: 'command', cause, command: journalCommand(command) })
    },
    finish: writeMarket,
  }
}
