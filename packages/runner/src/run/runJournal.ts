import { createSealer, encodeEntry, type JournalEntry } from '@astertrade/core'

/** Collects the journal of a run as sealed lines. */
export interface RunJournal {
  add(entry: JournalEntry): void
  /** Seals what is left and gives the whole text, one line each, with the digest of its last seal. */
  finish(): SealedJournal
}

/** A finished journal. */
export interface SealedJournal {
  readonly text: string
  /** Rows, seals apart. */
  readonly rows: number
  readonly commands: number
  /** Digest of the newest seal: kept elsewhere, it proves that nothing was cut off. */
  readonly seal: string
}

/** Lines that are joined at a time: a string of its own per line would outweigh the text. */
const linesPerPiece = 4_096

/** Starts a journal in memory. */
export function createRunJournal(): RunJournal {
  const sealer = createSealer()
  const pieces: string[] = []
  let lines: string[] = []
  let rows = 0
  let commands = 0
  const write = (line: string | undefined): void => {
    if (line === undefined) return
    lines.push(line)
    if (lines.length === linesPerPiece) flush()
  }
  const flush = (): void => {
    if (lines.length > 0) pieces.push(`${lines.join('\n')}\n`)
    lines = []
  }
  return {
    add(entry) {
      const line = encodeEntry(entry)
      rows++
      if (entry.kind === 'command') commands++
      write(line)
      write(sealer.push(line))
    },
    finish() {
      write(sealer.seal())
      flush()
      return { text: pieces.join(''), rows, commands, seal: sealer.digest }
    },
  }
}
