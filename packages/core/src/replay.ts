import { advanceBar, type Bar, type Bars, sealedBar } from './bar.js'
import { canonicalJson } from './canonicalJson.js'
import type { Command } from './command.js'
import type { Engine } from './engine.js'
import { ConfigError } from './errors.js'
import { createHasher } from './hasher.js'
import type { JournalEntry } from './journal.js'
import { journalCommand } from './journalCommand.js'
import { createMerge } from './merge.js'

/** Market data that a journal refers to, in the order it was stepped. */
export interface ReplayMarket {
  readonly digest: string
  /** Steps the rows up to, not including, `to`; rows are asked for in order, each once. */
  step(to: number, each: (bar: Bar) => void): void
}

/** What a replay found. */
export interface ReplayResult {
  /** Commands in the journal. */
  readonly commands: number
  /** SHA-256 of the replayed commands. */
  readonly hash: string
  /** The first row where the replay asked for something else; undefined when all commands are equal, byte for byte. */
  readonly difference:
    | { readonly seq: number; readonly journaled: string | undefined; readonly replayed: string | undefined }
    | undefined
}

/**
 * Steps a journal through a fresh engine and compares every command with the journaled one.
 *
 * The engine has to be made with the options of the recorded run. Reading a journal mints no approval: the engine reviews
 * every order anew.
 *
 * @throws ConfigError if the market data is not that of the journal.
 */
export function replay(engine: Engine, entries: Iterable<JournalEntry>, market: ReplayMarket): ReplayResult {
  const asked: string[] = []
  let read = 0
  let commands = 0
  let lastSeq = 0
  const hasher = createHasher()
  const take = (list: readonly Command[]): void => {
    for (const command of list) asked.push(canonicalJson(journalCommand(command)))
  }
  for (const entry of entries) {
    lastSeq = entry.seq
    if (entry.kind === 'event') take(engine.step(entry.event))
    if (entry.kind === 'market') {
      checkDigest(entry.digest, market.digest)
      market.step(entry.to, (bar) => take(engine.step(bar)))
    }
    if (entry.kind !== 'command') continue
    commands++
    const journaled = canonicalJson(entry.command)
    const replayed = asked[read]
    read++
    if (replayed !== journaled)
      return { commands, hash: hasher.digest(), difference: { seq: entry.seq, journaled, replayed } }
    hasher.text(journaled)
  }
  const extra = asked[read]
  const difference = extra === undefined ? undefined : { seq: lastSeq, journaled: undefined, replayed: extra }
  return { commands, hash: hasher.digest(), difference }
}

function checkDigest(journaled: string, given: string): void {
  if (journaled === given) return
  throw new ConfigError(`The journal refers to market data with digest "${journaled}", this one has "${given}".`, {
    code: 'WRONG_DATA',
    hints: ['Give the files of the recorded run, unchanged and in the same order.'],
  })
}

/** Series in memory as the market of a journal: merged by time, then by their order, as a backtest steps them. */
export function mergedMarket(series: readonly Bars[], digest: string): ReplayMarket {
  const merge = createMerge(series.map((bars) => bars.time))
  const cursors = series.map((bars, slot) => sealedBar(bars, slot))
  let row = 0
  return {
    digest,
    step(to, each) {
      for (; row < to; row++) {
        if (merge.top < 0)
          throw new ConfigError(`The journal refers to row ${to}, the data ends at ${row}.`, { code: 'WRONG_DATA' })
        const bar = cursors[merge.top]!
        advanceBar(bar)
        each(bar)
        merge.pop()
      }
    },
  }
}
