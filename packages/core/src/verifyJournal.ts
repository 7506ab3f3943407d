import { lineEndLength } from './journal/line.js'
import { decodeEntry } from './journal.js'
import type { JournalError } from './journalError.js'
import { createChain, genesisSeal, rowsPerSeal, sealLine, sealStart } from './seal.js'

/** A point of a journal: the state after a row. */
export interface JournalPoint {
  readonly seq: number
  readonly epoch: number
  /** Digest of the newest seal at or before that row. */
  readonly seal: string
}

/** One defect of a journal, as data; `line` counts from 1. */
export type JournalIssue =
  | { readonly kind: 'unreadable'; readonly fatal: true; readonly line: number; readonly problem: string }
  /** A gap, a repeated or a swapped row. */
  | {
      readonly kind: 'sequence'
      readonly fatal: true
      readonly line: number
      readonly expected: number
      readonly got: number
    }
  | {
      readonly kind: 'epoch'
      readonly fatal: true
      readonly line: number
      readonly previous: number
      readonly got: number
    }
  /** A command whose cause is no earlier row. */
  | { readonly kind: 'cause'; readonly fatal: true; readonly line: number; readonly seq: number; readonly got: number }
  /** The rows before this seal are not the rows that were sealed. */
  | { readonly kind: 'seal'; readonly fatal: true; readonly line: number; readonly rows: number }
  /** More rows without a seal than are ever written without one. */
  | { readonly kind: 'unsealed'; readonly fatal: true; readonly line: number; readonly rows: number }
  /** A seal that is known from elsewhere does not occur. */
  | { readonly kind: 'anchor'; readonly fatal: true; readonly line: number; readonly seal: string }
  /** The last line is cut off, as by a power cut: it was never committed. Fatal if it began a command. */
  | { readonly kind: 'tornTail'; readonly fatal: boolean; readonly line: number; readonly characters: number }

/** What `verifyJournal` takes. */
export interface VerifyJournalOptions {
  /** Where the lines go on from, as after a snapshot (default: the start, before row 1). The point must be sealed. */
  readonly after?: JournalPoint
  /** Digest of a seal kept outside the host; without one, a journal cut off at the end of a line looks like a shorter one. */
  readonly anchor?: string
}

/** What a journal is found to be. */
export interface JournalReport {
  /** False if an issue is fatal: quarantine the journal and do not trade. */
  readonly ok: boolean
  /** Readable rows, seals apart. */
  readonly rows: number
  readonly seals: number
  /** Rows behind the newest seal. */
  readonly unsealed: number
  /** The newest readable row. */
  readonly last: JournalPoint
  /** The first 100 defects. */
  readonly issues: readonly JournalIssue[]
}

const issuesMax = 100
const start: JournalPoint = { seq: 0, epoch: 0, seal: genesisSeal }

/**
 * Reads a whole journal and checks every row, its order, epochs and seals.
 *
 * It finds any changed character, any deleted, repeated or swapped line before the newest one, and any row of a lower
 * epoch after a higher. It never throws for bad lines, and does not stop at the first.
 *
 * @param lines - The lines without their line ends; an empty last one is the end of the file.
 */
export function verifyJournal(lines: Iterable<string>, options: VerifyJournalOptions = {}): JournalReport {
  const audit = createAudit(options.after ?? start, options.anchor)
  let held: string | undefined
  for (const line of lines) {
    if (held !== undefined) audit.read(held, false)
    held = line
  }
  if (held) audit.read(held, true)
  return audit.report()
}

interface Audit {
  read(text: string, isLast: boolean): void
  report(): JournalReport
}

function createAudit(after: JournalPoint, anchor: string | undefined): Audit {
  const issues: JournalIssue[] = []
  let { seq, epoch, seal } = after
  let [line, rows, seals] = [0, 0, 0]
  let anchored = anchor === undefined || anchor === seal
  let chain = createChain(seal)
  const found = (issue: JournalIssue): void => {
    if (issues.length < issuesMax) issues.push(issue)
  }
  const readSeal = (text: string): void => {
    if (text !== sealLine(chain.rows, chain.digest())) found({ kind: 'seal', fatal: true, line, rows: chain.rows })
    // Going on from the digest that stands there keeps one broken seal from breaking all later ones.
    seal = /"seal":"([0-9a-f]{64})"/.exec(text)?.[1] ?? chain.digest()
    chain = createChain(seal)
    anchored ||= seal === anchor
    seals++
  }
  const readRow = (text: string): void => {
    const entry = decodeEntry(text, line)
    if (entry.seq !== seq + 1) found({ kind: 'sequence', fatal: true, line, expected: seq + 1, got: entry.seq })
    if (entry.epoch < epoch) found({ kind: 'epoch', fatal: true, line, previous: epoch, got: entry.epoch })
    if (entry.kind === 'command' && entry.cause >= entry.seq) {
      found({ kind: 'cause', fatal: true, line, seq: entry.seq, got: entry.cause })
    }
    seq = entry.seq
    epoch = Math.max(epoch, entry.epoch)
    rows++
  }
  return {
    read(text, isLast) {
      line++
      if (isLast && isTorn(text)) return found(tornTail(text, line))
      if (text.startsWith(sealStart)) return readSeal(text)
      try {
        readRow(text)
      } catch (cause) {
        if ((cause as JournalError).code !== 'BAD_JOURNAL_LINE') throw cause
        found({ kind: 'unreadable', fatal: true, line, problem: (cause as JournalError).message.split('\n')[0]! })
      }
      chain.add(text)
      if (chain.rows === rowsPerSeal + 1) found({ kind: 'unsealed', fatal: true, line, rows: chain.rows })
    },
    report() {
      if (!anchored) found({ kind: 'anchor', fatal: true, line, seal: anchor! })
      const ok = issues.every((issue) => !issue.fatal)
      return { ok, rows, seals, unsealed: chain.rows, last: { seq, epoch, seal }, issues }
    },
  }
}

const rowStart = '{"kind":"'
const commandStart = '{"kind":"c'
const endForm = ',"crc":"........"}'
const endMatchesMin = 8

function tornTail(text: string, line: number): JournalIssue {
  return { kind: 'tornTail', fatal: text.startsWith(commandStart), line, characters: text.length }
}

/**
 * True if a last line is a row cut short. A whole line with a flipped bit in its end is no such thing: damage must not pass
 * for a short tail. So the end is compared by position, where a cut shifts it and a flip leaves it in place.
 */
function isTorn(text: string): boolean {
  if (!rowStart.startsWith(text.slice(0, rowStart.length))) return false
  const end = text.slice(-lineEndLength).padStart(lineEndLength)
  let matches = 0
  for (let index = 0; index < lineEndLength; index++) {
    if (endForm[index] !== '.' && endForm[index] === end[index]) matches++
  }
  return matches < endMatchesMin
}
