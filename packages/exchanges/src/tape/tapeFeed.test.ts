import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { type BarQuery, type Batches, type InstrumentId, type MarketDataFeed, timestamp } from '@astertrade/core'
import fc from 'fast-check'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import type { TapeEvent } from './decodeEvent.js'
import { recordTape } from './recordTape.js'
import { tapeFeed } from './tapeFeed.js'

const root = mkdtempSync(join(tmpdir(), 'tape-feed-'))
afterAll(() => rmSync(root, { recursive: true }))
let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(root, 'case-'))
})

const minute = 60_000
const { signal } = new AbortController()
const id = (text: string): InstrumentId => text as unknown as InstrumentId

function write(name: string, text: string): string {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

async function all<T>(batches: Batches<T>): Promise<readonly T[]> {
  const items: T[] = []
  for await (const batch of batches) {
    expect(batch.length).toBeGreaterThan(0)
    items.push(...batch)
  }
  return items
}

const csv = (from: number, to: number): string => {
  const rows = Array.from({ length: to - from }, (_, n) => `${(from + n) * minute},10,12,9,11,1\n`)
  return `ts_ms,open,high,low,close,volume\n${rows.join('')}`
}
const trade = (instrument: string, time: number): string =>
  `${JSON.stringify({ kind: 'trade', instrument, time, aggressor: 'buy', price: 10, quantity: 1 })}\n`

function query(instrument: string, from = 0, to = 1e12): BarQuery {
  return { instrument: id(instrument), from: timestamp(from), to: timestamp(to) }
}

const told = (events: readonly { kind: string; time: number }[]): unknown =>
  events.map(({ kind, time }) => [kind, time / minute])

describe('tapeFeed', () => {
  it('gives closed bars from a time up to, not including, another', async () => {
    write('X_1m.csv', csv(0, 10))
    const feed = tapeFeed(folder)
    const bars = await all(feed.bars(query('X.tape', 3 * minute, 6 * minute), signal))
    expect(bars.map(({ time }) => time / minute)).toEqual([3, 4, 5])
    expect(bars[0]).toEqual({
      kind: 'bar',
      instrument: 'X.tape',
      time: 3 * minute,
      open: 10,
      high: 12,
      low: 9,
      close: 11,
      volume: 1,
    })
    expect(await all(feed.bars(query('X.tape', 20 * minute), signal))).toEqual([])
    expect(await all(feed.bars(query('X.tape'), signal))).toHaveLength(10)
  })

  it('goes over the files of an instrument, and finds its bars in a session of several', async () => {
    write('X_1m_a.csv', csv(0, 3))
    write('X_1m_b.csv', csv(3, 5))
    const bar = { kind: 'bar', instrument: 'Y.binance', time: minute, open: 1, high: 1, low: 1, close: 1, volume: 1 }
    write(
      'session.jsonl',
      `${trade('Y.binance', 1)}${JSON.stringify(bar)}\n${JSON.stringify({ ...bar, instrument: 'Z.binance' })}\n`,
    )
    const feed = tapeFeed(folder)
    expect(await all(feed.bars(query('X.tape'), signal))).toHaveLength(5)
    expect(await all(feed.bars(query('Y.binance'), signal))).toEqual([bar])
  })

  it('merges all files by time and gives what concerns the instruments, and what concerns all', async () => {
    write('X_1m.csv', csv(0, 3))
    write('Y_1m.csv', csv(0, 3))
    const lost = { kind: 'disconnected', time: 1.5 * minute, venue: 'binance' }
    const news = { kind: 'headline', time: 2 * minute, source: 'wire', text: 'up' }
    const lines = [trade('X.tape', 0), trade('Y.tape', 1), `${JSON.stringify(lost)}\n`, `${JSON.stringify(news)}\n`]
    write('session.jsonl', lines.join(''))
    const events = await all(tapeFeed(folder).events([id('X.tape')], signal))
    expect(told(events)).toEqual([
      ['trade', 0],
      ['bar', 1],
      ['disconnected', 1.5],
      ['bar', 2],
      ['headline', 2],
      ['bar', 3],
    ])
  })

  it('keeps the order in which a session was heard, where its times step back', async () => {
    write('session.jsonl', [5, 3, 4, 9].map((time) => trade('X.tape', time * minute)).join(''))
    write('Y_1m.csv', csv(3, 4))
    const events = await all(tapeFeed(folder).events([id('X.tape'), id('Y.tape')], signal))
    expect(told(events)).toEqual([
      ['bar', 4],
      ['trade', 5],
      ['trade', 3],
      ['trade', 4],
      ['trade', 9],
    ])
  })

  it('gives each event once and in order, however many files there are', async () => {
    const steps = fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 30 })
    await fc.assert(
      fc.asyncProperty(fc.array(steps, { minLength: 1, maxLength: 5 }), async (files) => {
        const own = mkdtempSync(join(root, 'merge-'))
        const wanted: number[] = []
        for (const [file, list] of files.entries()) {
          let time = 0
          const times = list.map((step) => {
            time += step
            return time
          })
          wanted.push(...times)
          writeFileSync(join(own, `${file}.jsonl`), times.map((at) => trade('X.tape', at)).join(''))
        }
        const got = await all(tapeFeed(own).events([id('X.tape')], signal))
        expect(got.map(({ time }) => time)).toEqual(wanted.sort((a, b) => a - b))
      }),
      { numRuns: Math.min(Number(process.env.FC_NUM_RUNS ?? 20), 500) },
    )
  })

  it('plays lists of JSON as bars, and one without a line end', async () => {
    write('X_1m.jsonl', '[0,1,2,1,2,5]\n[60000,2,3,2,3,5]')
    write('Y_1m.jsonl', '[0,1,2,1,2,5]')
    expect(told(await all(tapeFeed(folder).events([id('X.tape')], signal)))).toEqual([
      ['bar', 1],
      ['bar', 2],
    ])
    expect(told(await all(tapeFeed(folder).events([id('Y.tape')], signal)))).toEqual([['bar', 1]])
  })

  it('says which instruments were recorded when asked for another', () => {
    write('X_1m.csv', csv(0, 3))
    const unknown = {
      name: 'ConfigError',
      code: 'UNKNOWN_INSTRUMENT',
      message: 'No recording of Z.tape.\n  Recorded: X.tape.',
    }
    const feed: MarketDataFeed = tapeFeed(folder)
    expect(() => feed.bars(query('Z.tape'), signal)).toThrowError(expect.objectContaining(unknown))
    expect(() => feed.events([id('X.tape'), id('Z.tape')], signal)).toThrowError(expect.objectContaining(unknown))
  })

  it('throws where a file is damaged or missing', async () => {
    write('session.jsonl', `${trade('X.tape', 1)}oops\n`)
    await expect(all(tapeFeed(folder).events([id('X.tape')], signal))).rejects.toMatchObject({ code: 'BAD_LINE' })
    expect(() => tapeFeed(join(folder, 'nobody'))).toThrowError(expect.objectContaining({ code: 'NO_FILE' }))
  })

  it('throws the reason when aborted, and reads no further', async () => {
    write('X_1m.csv', csv(0, 20_000))
    const stop = new AbortController()
    const reason = new Error('enough')
    const playing = async (): Promise<void> => {
      for await (const _ of tapeFeed(folder).events([id('X.tape')], stop.signal)) stop.abort(reason)
    }
    await expect(playing()).rejects.toBe(reason)
  })
})

describe('recordTape', () => {
  async function* stream(...batches: readonly (readonly TapeEvent[])[]): Batches<TapeEvent> {
    yield* batches
  }
  const events = ['X.tape', 'Y.tape', 'X.tape'].map((name, n) => JSON.parse(trade(name, n)) as TapeEvent)

  it.each(['session.jsonl', 'session.jsonl.gz'])('records to %s what tapeFeed plays back', async (name) => {
    const path = join(folder, name)
    expect(await recordTape(path, stream(events.slice(0, 2), events.slice(2)))).toBe(3)
    expect(await all(tapeFeed(path).events([id('X.tape'), id('Y.tape')], signal))).toEqual(events)
  })

  it('keeps whole batches when the stream breaks', async () => {
    const reason = new Error('link lost')
    async function* breaking(): Batches<TapeEvent> {
      yield events
      throw reason
    }
    const path = join(folder, 'session.jsonl.gz')
    await expect(recordTape(path, breaking())).rejects.toBe(reason)
    expect(gunzipSync(readFileSync(path)).toString().split('\n')).toHaveLength(4)
  })

  it('touches no file that exists, and refuses other names', async () => {
    const path = write('session.jsonl', 'mine')
    await expect(recordTape(path, stream(events))).rejects.toMatchObject({ name: 'ConfigError', code: 'FILE_EXISTS' })
    expect(readFileSync(path, 'utf8')).toBe('mine')
    await expect(recordTape(join(folder, 'x.csv'), stream(events))).rejects.toMatchObject({
      name: 'ConfigError',
      code: 'BAD_FILE_NAME',
    })
  })
})
