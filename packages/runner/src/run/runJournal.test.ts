import { type JournalEntry, timestamp, verifyJournal } from '@astertrade/core'
import { expect, it } from 'vitest'
import { createRunJournal } from './runJournal.js'

const entry = (seq: number): JournalEntry => ({
  seq,
  epoch: 0,
  seenAt: timestamp(seq),
  kind: 'fault',
  message: `${seq}`,
})

it.each([0, 1, 999, 1_000, 1_001, 10_000])('seals %i rows so that they verify', (rows) => {
  const journal = createRunJournal()
  for (let seq = 1; seq <= rows; seq++) journal.add(entry(seq))
  const { text, seal, ...counts } = journal.finish()
  expect(counts).toEqual({ rows, commands: 0 })
  expect(verifyJournal(text.split('\n'), { anchor: seal })).toMatchObject({ ok: true, rows, unsealed: 0, issues: [] })
})
