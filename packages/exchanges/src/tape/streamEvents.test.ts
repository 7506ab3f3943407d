import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { TapeEvent } from './decodeEvent.js'
import { streamEvents } from './streamEvents.js'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tape-events-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const trade = (instrument: string, time: number): string =>
  `${JSON.stringify({ kind: 'trade', instrument, time, aggressor: 'buy', price: 10, quantity: 1 })}\n`

async function all(signal?: AbortSignal): Promise<readonly TapeEvent[]> {
  const events: TapeEvent[] = []
  for await (const batch of streamEvents(folder, {}, signal)) events.push(...batch)
  return events
}

describe('streamEvents', () => {
  it('gives the events of all instruments and files in order of time', async () => {
    writeFileSync(join(folder, 'a.jsonl'), trade('A.sim', 1) + trade('B.sim', 3))
    writeFileSync(join(folder, 'b.jsonl'), `${trade('C.sim', 2)}{"kind":"headline","time":4,"source":"s","text":"t"}\n`)
    const told = (await all()).map((event) => [event.time, 'instrument' in event ? event.instrument : event.kind])
    expect(told).toEqual([
      [1, 'A.sim'],
      [2, 'C.sim'],
      [3, 'B.sim'],
      [4, 'headline'],
    ])
  })

  it('gives a file of bars as bars, and stops where a line is damaged or it is told to', async () => {
    writeFileSync(join(folder, 'X_1m.csv'), 'ts_ms,open,high,low,close,volume\n0,10,12,9,11,1\n60000,10,12,9,11,1\n')
    expect((await all()).map(({ kind, time }) => [kind, time])).toEqual([
      ['bar', 60_000],
      ['bar', 120_000],
    ])
    await expect(all(AbortSignal.abort())).rejects.toThrow('aborted')
    writeFileSync(join(folder, 'a.jsonl'), `${trade('A.sim', 1)}{"kind":"trade","time":2}\n`)
    await expect(all()).rejects.toThrow('a.jsonl:2')
  })

  it('refuses a path that leads nowhere', () => {
    expect(() => streamEvents(join(folder, 'gone.jsonl'))).toThrow(expect.objectContaining({ code: 'NO_FILE' }))
  })
})
