import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { type Bars, barColumns, createBars } from '@astertrade/core'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { readTape } from './readTape.js'
import { streamTape } from './streamTape.js'
import { writeTape } from './writeTape.js'

const folder = mkdtempSync(join(tmpdir(), 'read-tape-'))
afterAll(() => rmSync(folder, { recursive: true }))

const minute = 60_000
const header = 'ts_ms,open,high,low,close,volume\n'
const row = (index: number): string => `${index * minute},${index + 10},${index + 12},${index + 9},${index + 11},1.5\n`
const rows = (from: number, to: number): string => Array.from({ length: to - from }, (_, n) => row(from + n)).join('')
const klines = (from: number, to: number): string => rows(from, to).replace(/^(.*),1\.5$/gm, '[$1,"1.5",99]')

let count = 0
/** Writes a file into a folder of its own. */
function tape(name: string, content: string | Uint8Array): string {
  const path = join(mkdtempSync(join(folder, `${count++}-`)), name)
  writeFileSync(path, content)
  return path
}

const columns = (bars: Bars): unknown => barColumns.map((name) => Array.from(bars[name]))

async function streamed(...args: Parameters<typeof streamTape>): Promise<readonly Bars[]> {
  const chunks: Bars[] = []
  for await (const chunk of streamTape(...args)) chunks.push(chunk)
  return chunks
}

describe('readTape', () => {
  it('tells what share of the files was read, and reads the same', () => {
    const long = header + rows(0, 200_000)
    const paths = [tape('A_1m.csv', long), tape('B_1m.csv', header + rows(0, 3))]
    const heard: number[] = []
    const { bars } = readTape(paths, { onProgress: (ratio) => heard.push(ratio) })
    expect(bars.map(columns)).toEqual(readTape(paths).bars.map(columns))
    expect(heard).toHaveLength(Math.ceil(long.length / 2 ** 22) + 1)
    expect(heard).toEqual(heard.toSorted((a, b) => a - b))
    expect([heard[0]! < 0.5, heard.at(-2), heard.at(-1)]).toEqual([true, 0.5, 1])
  })

  it('reads one file, stamped by close', () => {
    const { bars, issues } = readTape(tape('BTCUSD_1m_2019.csv', header + rows(0, 3)))
    expect(bars).toHaveLength(1)
    expect(bars[0]).toMatchObject({ instrument: 'BTCUSD.tape', interval: minute, length: 3 })
    expect(columns(bars[0]!)).toEqual([
      [minute, 2 * minute, 3 * minute],
      [10, 11, 12],
      [12, 13, 14],
      [9, 10, 11],
      [11, 12, 13],
      [1.5, 1.5, 1.5],
    ])
    expect(issues).toEqual([])
  })

  it.each<[string, string | Uint8Array]>([
    ['X_1m.csv.gz', gzipSync(header + rows(0, 3))],
    ['X_1m.csv', gzipSync(header + rows(0, 3))],
    ['X_1m.csv.gz', Buffer.concat([gzipSync(header), gzipSync(rows(0, 3))])],
    ['X_1m.jsonl', klines(0, 3)],
    ['X_1m.jsonl.gz', gzipSync(klines(0, 3))],
    ['X_1m.jsonl', klines(0, 3).replaceAll('\n', '\n\n').trimEnd()],
    [
      'X_1m.jsonl',
      [
        '{"kind":"bar","time":60000,"open":10,"high":12,"low":9,"close":11,"volume":1.5}',
        '{"kind":"trade","time":60001,"aggressor":"buy","price":10,"quantity":1}',
        '{"kind":"bar","time":120000,"open":11,"high":13,"low":10,"close":12,"volume":1.5}',
        '{"kind":"bar","time":180000,"open":12,"high":14,"low":11,"close":13,"volume":1.5}',
      ].join('\n'),
    ],
  ])('gives the same bars from %s, whatever the packing and format', async (name, content) => {
    const plain = readTape(tape('X_1m.csv', header + rows(0, 3))).bars[0]!
    const path = tape(name, content)
    const [bars] = readTape(path).bars
    expect({ ...bars }).toEqual({ ...plain })
    expect((await streamed(path)).map(columns)).toEqual([columns(plain)])
  })

  it('keeps the numbers of JSON exact, tiny and huge ones too', () => {
    const [bars] = readTape(tape('X_1m.jsonl', '[0,1e-7,"0.00000042",1e-8,2e-7,1e22]\n')).bars
    expect(columns(bars!)).toEqual([[minute], [1e-7], [4.2e-7], [1e-8], [2e-7], [1e22]])
  })

  it('makes one series per instrument and joins files in order of time', () => {
    const names = ['b/X_1m_2019.csv', 'a/X_1m_2020.csv', 'c/Y_1m.csv'].map((name) => name.slice(2))
    const [late, early, other] = [rows(5, 9), rows(0, 5), rows(2, 4)].map((text, n) => tape(names[n]!, header + text))
    const { bars } = readTape([late!, early!, other!])
    expect(bars.map(({ instrument, length }) => [instrument, length])).toEqual([
      ['X.tape', 9],
      ['Y.tape', 2],
    ])
    expect(columns(bars[0]!)).toEqual(columns(readTape(tape('X_1m.csv', header + rows(0, 9))).bars[0]!))
  })

  it('obeys the options before the name', () => {
    const path = tape('X_1m.csv', header + rows(0, 3))
    const options = { instrument: 'BTC-USDT.binance', interval: '30s', timeIs: 'close' } as const
    const [bars] = readTape(path, options).bars
    expect(bars).toMatchObject({ instrument: 'BTC-USDT.binance', interval: 30_000 })
    expect(Array.from(bars!.time)).toEqual([0, minute, 2 * minute])
  })

  it('takes the instrument that events name', () => {
    const bar = {
      kind: 'bar',
      instrument: 'BTC-USDT.binance',
      time: minute,
      open: 1,
      high: 1,
      low: 1,
      close: 1,
      volume: 0,
    }
    const [bars] = readTape(tape('session_1m.jsonl', `${JSON.stringify(bar)}\n`)).bars
    expect(bars!.instrument).toBe('BTC-USDT.binance')
  })

  it('throws at a defect, or repairs and reports it with its file and line', () => {
    const bad = tape('X_1m.csv', header + row(0) + row(1).replace('13', 'NaN') + rows(2, 4))
    expect(() => readTape(bad)).toThrowError(
      expect.objectContaining({ name: 'DataError', code: 'BAD_ROW', line: 3, file: bad }),
    )
    const { bars, issues } = readTape(bad, { onDefect: 'repair' })
    expect(bars[0]!.length).toBe(3)
    expect(issues).toEqual([expect.objectContaining({ kind: 'badNumber', file: bad, line: 3 })])
  })

  it('counts the lines of JSON as they stand in the file', () => {
    const trade = '{"kind":"trade","time":1,"aggressor":"buy","price":10,"quantity":1}\n'
    const bar = (time: number, low: number): string =>
      `{"kind":"bar","time":${time},"open":10,"high":12,"low":${low},"close":11,"volume":1}\n`
    const bad = tape('X_1m.jsonl', `${trade}${bar(minute, 9)}\n${bar(2 * minute, 9)}${trade}${bar(3 * minute, 20)}`)
    const { issues } = readTape(bad, { onDefect: 'repair' })
    expect(issues).toEqual([expect.objectContaining({ kind: 'brokenRange', line: 6 })])
  })

  it.each<[string, string, string | Uint8Array, string, string]>([
    ['a gzip that is none', 'X_1m.csv.gz', header + rows(0, 3), 'NOT_GZIP', 'is not gzip, whatever its name says.'],
    ['an empty gzip', 'X_1m.csv.gz', '', 'NOT_GZIP', 'is not gzip'],
    [
      'a gzip cut short',
      'X_1m.csv.gz',
      gzipSync(header + rows(0, 500)).subarray(0, 900),
      'DAMAGED_GZIP',
      'unexpected end of file',
    ],
    [
      'a changed gzip',
      'X_1m.csv.gz',
      gzipSync(header + rows(0, 500)).fill(7, 400, 420),
      'DAMAGED_GZIP',
      'is a damaged gzip',
    ],
    ['an empty file', 'X_1m.csv', '', 'EMPTY_FILE', 'X_1m.csv'],
    ['an empty file of lines', 'X_1m.jsonl', '', 'NO_ROWS', 'holds no bar.'],
    [
      'a file of trades',
      'X.jsonl',
      '{"kind":"trade","time":1,"aggressor":"buy","price":1,"quantity":1}',
      'NO_ROWS',
      'tapeFeed',
    ],
    ['lines that are no JSON', 'X_1m.jsonl', `${klines(0, 2)}oops\n`, 'BAD_LINE', 'X_1m.jsonl:3: "oops" is not JSON.'],
    ['a list that is too short', 'X_1m.jsonl', '[1,2,3]', 'BAD_LINE', 'X_1m.jsonl:1: a list of 3 columns is no bar.'],
    ['a list with words', 'X_1m.jsonl', '[0,"1,2",3,4,5,6]', 'BAD_LINE', 'column 2 is "1,2", not a number.'],
    ['a list with a hole', 'X_1m.jsonl', '[0,null,3,4,5,6]', 'BAD_LINE', 'column 2 is null, not a number.'],
    ['an unknown event', 'X_1m.jsonl', '{"kind":"tick"}', 'BAD_EVENT', 'X_1m.jsonl:1: kind "tick" is unknown.'],
    [
      'two forms in one file',
      'X_1m.jsonl',
      `${klines(0, 1)}{"kind":"bar","time":120000,"open":1,"high":1,"low":1,"close":1,"volume":1}`,
      'MIXED_BARS',
      'X_1m.jsonl:2: a bar of X.tape follows a list.',
    ],
    ['bytes that are no text', 'X_1m.jsonl', Uint8Array.of(0xff, 0x0a), 'NOT_TEXT', 'is not UTF-8 text.'],
  ])('refuses %s, whole and streamed', async (_, name, content, code, text) => {
    const path = tape(name, content)
    const refusal = expect.objectContaining({ name: 'DataError', code, message: expect.stringContaining(text) })
    expect(() => readTape(path)).toThrowError(refusal)
    await expect(streamed(path)).rejects.toThrowError(refusal)
  })

  it('refuses files of one instrument that overlap or differ in interval', async () => {
    const [first, overlapping] = [rows(0, 5), rows(4, 9)].map((text) => tape('X_1m.csv', header + text))
    const doNotFit = { name: 'DataError', code: 'BARS_DO_NOT_FIT' }
    expect(() => readTape([first!, overlapping!])).toThrowError(
      expect.objectContaining({
        ...doNotFit,
        message: expect.stringContaining('it begins at 1970-01-01T00:05:00.000Z'),
      }),
    )
    await expect(streamed([first!, overlapping!])).rejects.toMatchObject(doNotFit)
    const slower = tape('X_5m.csv', `${header}6000000,1,1,1,1,1\n`)
    expect(() => readTape([first!, slower])).toThrowError('its bars last 300000 ms, not 60000 ms.')
    const other = tape('Y_1m.csv', header + rows(5, 9))
    await expect(streamed([first!, other])).rejects.toThrowError('it holds Y.tape, not X.tape.')
  })

  it('joins files that meet exactly', () => {
    const [first, second] = [rows(0, 5), rows(5, 9)].map((text) => tape('X_1m.csv', header + text))
    expect(readTape([first!, second!]).bars[0]!.length).toBe(9)
  })
})

describe('streamTape', () => {
  it('cuts into chunks of one size, over the ends of files too', async () => {
    const parts = [rows(0, 5), rows(5, 7), rows(7, 20)].map((text) => tape('X_1m.csv', header + text))
    const chunks = await streamed(parts, { chunkRows: 6 })
    expect(chunks.map(({ length }) => length)).toEqual([6, 6, 6, 2])
    expect(chunks.flatMap(({ time }) => Array.from(time))).toEqual(
      Array.from({ length: 20 }, (_, n) => (n + 1) * minute),
    )
  })

  it('gives the bars of readTape, whatever the size of a chunk', async () => {
    const bars = fc.array(
      fc.record({ step: fc.integer({ min: 1, max: 5 }), close: fc.integer({ min: 1, max: 1e6 }) }),
      {
        minLength: 2,
        maxLength: 40,
      },
    )
    await fc.assert(
      fc.asyncProperty(bars, fc.integer({ min: 1, max: 50 }), async (list, chunkRows) => {
        const series = createBars('X.tape', minute, list.length)
        let time = 0
        for (const [index, { step, close }] of list.entries()) {
          time += step * minute
          series.time[index] = time
          series.volume[index] = close / 8
          for (const name of ['open', 'high', 'low', 'close'] as const) series[name][index] = close / 100
        }
        const path = join(folder, 'X_1m.csv.gz')
        writeTape(path, series)
        expect(readTape(path).bars.map(columns)).toEqual([columns(series)])
        const chunks = await streamed(path, { chunkRows })
        expect(chunks.every(({ length }, index) => length === chunkRows || index === chunks.length - 1)).toBe(true)
        expect(barColumns.map((name) => chunks.flatMap((chunk) => Array.from(chunk[name])))).toEqual(columns(series))
      }),
      { numRuns: Math.min(Number(process.env.FC_NUM_RUNS ?? 30), 500) },
    )
  })

  it('throws the reason when aborted, before and between chunks', async () => {
    const path = tape('X_1m.csv', header + rows(0, 20_000))
    const reason = new Error('enough')
    await expect(streamed(path, {}, AbortSignal.abort(reason))).rejects.toBe(reason)
    const stop = new AbortController()
    const reading = async (): Promise<void> => {
      for await (const _ of streamTape(path, { chunkRows: 100 }, stop.signal)) stop.abort(reason)
    }
    await expect(reading()).rejects.toBe(reason)
  })

  it.each([0, -1, 1.5, Number.NaN])('refuses chunks of %s rows', async (chunkRows) => {
    await expect(streamed(tape('X_1m.csv', header), { chunkRows })).rejects.toMatchObject({
      name: 'ConfigError',
      code: 'BAD_PARAMETER',
      message: `chunkRows "${chunkRows}" is not an integer ≥ 1.`,
    })
  })

  it('hands out what it has read before it knows the end', async () => {
    const path = tape('X_1m.csv.gz', Buffer.concat([gzipSync(header + rows(0, 50_000)), Uint8Array.of(0x1f, 0x8b, 8)]))
    expect(() => readTape(path)).toThrowError(expect.objectContaining({ code: 'DAMAGED_GZIP' }))
    let got = 0
    const reading = async (): Promise<void> => {
      for await (const chunk of streamTape(path, { chunkRows: 10_000 })) got += chunk.length
    }
    await expect(reading()).rejects.toMatchObject({ code: 'DAMAGED_GZIP' })
    expect(got).toBeGreaterThanOrEqual(40_000)
  })
})

const data = process.env.ASTER_DATA

describe.skipIf(!data)('readTape on recorded markets (needs ASTER_DATA)', () => {
  const market = (name: string): string => join(data as string, 'market', name)

  it('reads a year of minutes, whole and streamed alike', async () => {
    const path = market('bitfinex-1m/BTCUSD_1m_2019.csv.gz')
    const [bars] = readTape(path).bars
    expect(bars).toMatchObject({ instrument: 'BTCUSD.tape', interval: minute })
    const chunks = await streamed(path)
    expect(chunks.slice(0, -1).every(({ length }) => length === 131_072)).toBe(true)
    let at = 0
    for (const chunk of chunks) {
      for (const name of barColumns) {
        const [got, wanted] = [chunk[name], bars![name].subarray(at, at + chunk.length)]
        expect(got.every((value, index) => value === wanted[index])).toBe(true)
      }
      at += chunk.length
    }
    expect(at).toBe(bars!.length)
  })

  it('reads a folder of several instruments', () => {
    const { bars } = readTape(market('bitfinex-1h'))
    expect(bars.map(({ instrument }) => instrument)).toEqual([
      'BTCUSD.tape',
      'ETHUSD.tape',
      'LTCUSD.tape',
      'XRPUSD.tape',
    ])
    expect(bars.every(({ interval }) => interval === 60 * minute)).toBe(true)
  })

  it('repairs the five rows that are out of order', () => {
    const path = market('coinbase-btcusd-1h/BTCUSD_1h_2017-2019.csv.gz')
    expect(() => readTape(path)).toThrowError(expect.objectContaining({ name: 'DataError', code: 'BAD_ROW' }))
    expect(readTape(path, { onDefect: 'repair' }).issues.length).toBeGreaterThan(0)
  })
})
