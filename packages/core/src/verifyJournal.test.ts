import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeEntry, type JournalEntry } from './journal.js'
import { createSealer, genesisSeal } from './seal.js'
import { anyJournal } from './testing/journalArbitraries.rig.js'
import { timestamp } from './time.js'
import { type JournalIssue, verifyJournal } from './verifyJournal.js'

const runs = { numRuns: Number(process.env.FC_NUM_RUNS ?? 300) }
const seenAt = timestamp('2024-01-01')
const fault = (seq: number, epoch = 1): JournalEntry => ({ seq, epoch, seenAt, kind: 'fault', message: `row ${seq}` })
const cancel = (seq: number, cause: number): JournalEntry => {
  const command = { kind: 'cancel', orderId: 1 as never } as const
  return { seq, epoch: 1, seenAt, kind: 'command', cause, command }
}

/** The lines a process writes, with a seal after each of `sealAfter` (counts of rows) and after every thousandth row. */
function write(entries: readonly JournalEntry[], sealAfter: readonly number[] = []): string[] {
  const sealer = createSealer()
  const lines: string[] = []
  for (const [index, entry] of entries.entries()) {
    const line = encodeEntry(entry)
    lines.push(line)
    const seal = sealer.push(line) ?? (sealAfter.includes(index + 1) ? sealer.seal() : undefined)
    if (seal) lines.push(seal)
  }
  return lines
}

const faults = (count: number): JournalEntry[] => Array.from({ length: count }, (_, index) => fault(index + 1))
const kinds = (issues: readonly JournalIssue[]): string[] => issues.map((issue) => issue.kind)

/** A journal of some rows with seals at some places. */
const anyLines = fc
  .tuple(anyJournal(12), fc.array(fc.integer({ min: 1, max: 12 }), { maxLength: 4 }))
  .map(([entries, sealAfter]) => ({ entries, lines: write(entries, sealAfter) }))

describe('verifyJournal', () => {
  it('accepts what was written, and says where it stands', () => {
    fc.assert(
      fc.property(anyLines, ({ entries, lines }) => {
        const report = verifyJournal(lines)
        expect(report).toMatchObject({ ok: true, rows: entries.length, issues: [] })
        expect(report.last).toMatchObject({ seq: entries.length, epoch: entries.at(-1)!.epoch })
        expect(report.seals).toBe(lines.length - entries.length)
        expect(verifyJournal([...lines, ''])).toEqual(report)
      }),
      runs,
    )
  })

  it('accepts an empty journal', () => {
    const last = { seq: 0, epoch: 0, seal: genesisSeal }
    expect(verifyJournal([])).toEqual({ ok: true, rows: 0, seals: 0, unsealed: 0, last, issues: [] })
  })

  it('finds every flipped bit, in rows and in seals', () => {
    fc.assert(
      fc.property(anyLines, fc.nat(), fc.nat(), fc.nat(7), ({ lines }, which, place, bit) => {
        const changed = [...lines]
        const row = which % lines.length
        const line = lines[row]!
        const at = place % line.length
        changed[row] = line.slice(0, at) + String.fromCharCode(line.charCodeAt(at) ^ (1 << bit)) + line.slice(at + 1)
        expect(verifyJournal(changed).ok).toBe(false)
      }),
      { ...runs, numRuns: runs.numRuns * 5 },
    )
  })

  it('finds every flipped bit of the last line, which is no torn tail', () => {
    for (const lines of [write(faults(2)), write(faults(2), [2])]) {
      const last = lines.at(-1)!
      for (let at = 0; at < last.length; at++) {
        for (let bit = 0; bit < 8; bit++) {
          const changed = last.slice(0, at) + String.fromCharCode(last.charCodeAt(at) ^ (1 << bit)) + last.slice(at + 1)
          expect(verifyJournal([...lines.slice(0, -1), changed]).ok).toBe(false)
        }
      }
    }
  })

  it('finds a deleted line, unless everything after it is gone as well', () => {
    fc.assert(
      fc.property(anyLines, fc.nat(), ({ lines }, which) => {
        fc.pre(lines.length > 1)
        const row = which % (lines.length - 1)
        const rest = [...lines.slice(0, row), ...lines.slice(row + 1)]
        const onlyRowsFollow = lines.slice(row + 1).every((line) => !line.startsWith('{"kind":"seal"'))
        // A deleted seal leaves good rows that are not sealed yet, unless another seal follows.
        if (lines[row]!.startsWith('{"kind":"seal"') && onlyRowsFollow) expect(verifyJournal(rest).ok).toBe(true)
        else expect(verifyJournal(rest).ok).toBe(false)
      }),
      runs,
    )
  })

  it('finds swapped and repeated lines', () => {
    fc.assert(
      fc.property(anyLines, fc.nat(), fc.nat(), ({ lines }, a, b) => {
        const [i, j] = [a % lines.length, b % lines.length]
        const repeated = [...lines.slice(0, i), lines[j]!, ...lines.slice(i)]
        expect(verifyJournal(repeated).ok).toBe(false)
        fc.pre(i !== j)
        const swapped = [...lines]
        swapped[i] = lines[j]!
        swapped[j] = lines[i]!
        expect(verifyJournal(swapped).ok).toBe(false)
      }),
      runs,
    )
  })

  it('takes a cut last row for a torn tail, and forgives it unless it began a command', () => {
    fc.assert(
      fc.property(anyJournal(8), fc.nat(), (entries, place) => {
        const lines = write(entries)
        const last = lines.at(-1)!
        const cut = last.slice(0, 1 + (place % (last.length - 1)))
        const fatal = cut.startsWith('{"kind":"c')
        const report = verifyJournal([...lines.slice(0, -1), cut])
        expect(report.issues).toEqual([{ kind: 'tornTail', fatal, line: lines.length, characters: cut.length }])
        expect(report).toMatchObject({ ok: !fatal, rows: entries.length - 1 })
      }),
      runs,
    )
  })

  it('takes a cut seal for a torn tail', () => {
    const lines = write(faults(3), [3])
    for (let length = 1; length < lines[3]!.length; length++) {
      const report = verifyJournal([...lines.slice(0, 3), lines[3]!.slice(0, length)])
      expect(report).toMatchObject({ ok: true, rows: 3, unsealed: 3, issues: [{ kind: 'tornTail', fatal: false }] })
    }
  })

  it('does not forgive a cut in the middle, nor a tail of zero bytes', () => {
    const lines = write(faults(3))
    expect(kinds(verifyJournal([lines[0]!, lines[1]!.slice(0, 20), lines[2]!]).issues)).toEqual([
      'unreadable',
      'sequence',
    ])
    expect(kinds(verifyJournal([...lines, '\0\0\0\0']).issues)).toEqual(['unreadable'])
  })

  it('says which row is missing, repeated, of a lower epoch or without a cause', () => {
    const bad = (entries: readonly JournalEntry[]) => verifyJournal(write(entries)).issues
    expect(bad([fault(1), fault(3)])).toEqual([{ kind: 'sequence', fatal: true, line: 2, expected: 2, got: 3 }])
    expect(bad([fault(1), fault(1)])).toEqual([{ kind: 'sequence', fatal: true, line: 2, expected: 2, got: 1 }])
    expect(bad([fault(2)])).toEqual([{ kind: 'sequence', fatal: true, line: 1, expected: 1, got: 2 }])
    expect(bad([fault(1, 3), fault(2, 2), fault(3, 3)])).toEqual([
      { kind: 'epoch', fatal: true, line: 2, previous: 3, got: 2 },
    ])
    expect(bad([fault(1), cancel(2, 2)])).toEqual([{ kind: 'cause', fatal: true, line: 2, seq: 2, got: 2 }])
    expect(bad([fault(1), cancel(2, 1)])).toEqual([])
  })

  it('names the broken seal and goes on from it', () => {
    const lines = write(faults(6), [2, 4, 6])
    const forged = [...lines]
    forged[3] = encodeEntry({ ...fault(3), message: 'another' } as JournalEntry)
    expect(verifyJournal(forged).issues).toEqual([{ kind: 'seal', fatal: true, line: 6, rows: 2 }])
  })

  it('finds a missing seal when over a thousand rows have none', () => {
    const lines = write(faults(1_001)).filter((line) => !line.startsWith('{"kind":"seal"'))
    expect(verifyJournal(lines).issues).toEqual([{ kind: 'unsealed', fatal: true, line: 1_001, rows: 1_001 }])
    expect(verifyJournal(lines.slice(0, 1_000)).ok).toBe(true)
  })

  it('finds a journal cut at the end of a line by a seal kept elsewhere', () => {
    const lines = write(faults(4), [2, 4])
    const anchor = verifyJournal(lines).last.seal
    expect(verifyJournal(lines, { anchor }).ok).toBe(true)
    expect(verifyJournal(lines.slice(0, 3)).ok).toBe(true)
    expect(verifyJournal(lines.slice(0, 3), { anchor }).issues).toEqual([
      { kind: 'anchor', fatal: true, line: 3, seal: anchor },
    ])
  })

  it('verifies a tail from the point where it begins', () => {
    const lines = write(faults(4), [2, 4])
    const after = verifyJournal(lines.slice(0, 3)).last
    expect(verifyJournal(lines.slice(3), { after })).toMatchObject({ ok: true, rows: 2, last: { seq: 4, epoch: 1 } })
    expect(verifyJournal(lines.slice(3)).ok).toBe(false)
    expect(verifyJournal([], { after, anchor: after.seal }).ok).toBe(true)
  })

  it('reports at most a hundred issues of a file that is no journal', () => {
    const report = verifyJournal(Array.from({ length: 500 }, (_, index) => `line ${index}`))
    expect(report.issues).toHaveLength(100)
    expect(report).toMatchObject({ ok: false, rows: 0 })
    expect(report.issues[0]).toEqual({
      kind: 'unreadable',
      fatal: true,
      line: 1,
      problem: 'Journal line 1 cannot be read: it does not end with a checksum.',
    })
  })
})
