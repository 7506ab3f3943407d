import { describe, expect, it } from 'vitest'
import type { JournalEntry } from '../journal.js'
import { buy, cancel } from '../strategy.js'
import { nth, playScript, type Row, start, unit } from './playScript.rig.js'

const { id } = unit
const flat: Row = [100, 101, 99, 100]

function journalOf(wishes: Parameters<typeof playScript>[0]['wishes'], bars = Array<Row>(4).fill(flat)) {
  const entries: JournalEntry[] = []
  playScript({ bars, wishes: wishes ?? {}, journal: (entry) => entries.push(entry) })
  return entries
}

const line = (entry: JournalEntry): string => {
  switch (entry.kind) {
    case 'event':
      return `event ${entry.event.kind}`
    case 'market':
      return `market ${entry.from} ${entry.to}`
    case 'command':
      return `command ${entry.command.kind} for ${entry.cause}`
    default:
      return entry.kind
  }
}

describe('the journal of a backtest', () => {
  it('numbers its rows from 1 without gaps, in one epoch, at times that never go back', () => {
    const entries = journalOf({ 0: buy(id, 1), 1: buy(id, 2, { limit: 50 }), 2: cancel(nth(2)) })
    expect(entries.map(({ seq }) => seq)).toEqual(entries.map((_, index) => index + 1))
    expect(new Set(entries.map(({ epoch }) => epoch))).toEqual(new Set([0]))
    const times = entries.map(({ seenAt }) => seenAt)
    expect(times.slice(1).every((time, index) => time >= times[index]!)).toBe(true)
  })

  it('keeps market data by reference and everything else whole, commands behind their cause', () => {
    expect(journalOf({ 1: buy(id, 1) }).map(line)).toEqual([
      'event started',
      'market 0 2',
      'command place for 2',
      'event accepted',
      'event closed',
      'event filled',
      'market 2 4',
    ])
  })

  it('refers to data without a decision in one row', () => {
    expect(journalOf({}).map(line)).toEqual(['event started', 'market 0 4'])
  })

  it('begins with the run and the opening of the first bar', () => {
    const [first] = journalOf({})
    expect(first).toEqual({
      seq: 1,
      epoch: 0,
      seenAt: start,
      kind: 'event',
      event: { kind: 'started', time: start, run: 'backtest', epoch: 0 },
    })
  })

  it('names its market data by instrument and digest', () => {
    const market = (bars: readonly Row[]) => journalOf({}, [...bars]).find((entry) => entry.kind === 'market')
    const [one, same, other] = [
      [flat, flat],
      [flat, flat],
      [flat, [100, 101, 99, 101] as Row],
    ].map(market)
    expect(one).toMatchObject({ dataset: 'A.sim' })
    expect(same).toEqual(one)
    expect(other).not.toEqual(one)
  })
})
