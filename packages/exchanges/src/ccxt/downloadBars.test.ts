import { existsSync } from 'node:fs'
import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Bars, createBars } from '@astertrade/core'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { KlineFault } from '../testing/klineFault.js'
import { type KlineServer, type KlineServerOptions, klineServer } from '../testing/klineServer.js'
import { type VirtualClock, virtualClock } from '../testing/virtualClock.js'
import { type DownloadOptions, downloadBars } from './downloadBars.js'

const minute = 60_000
const from = Date.UTC(2024, 0, 1)
const faultRuns = Math.min(Number(process.env.FC_NUM_RUNS ?? 15), 200)

/** Bars whose n-th opens n minutes after `from`; `holes` are left out. */
function minutes(count: number, holes: readonly number[] = []): Bars {
  const kept = Array.from({ length: count }, (_, index) => index).filter((index) => !holes.includes(index))
  const bars = createBars('BTCUSDT.tape', minute, kept.length)
  for (const [row, index] of kept.entries()) {
    bars.time[row] = from + (index + 1) * minute
    bars.open[row] = 100 + (index % 7) / 100
    bars.high[row] = 101.5
    bars.low[row] = 99.25
    bars.close[row] = 100 + ((index + 1) % 7) / 100
    bars.volume[row] = (index % 5) / 1e7
  }
  return bars
}

function csv(count: number, holes: readonly number[] = []): string {
  const rows = Array.from({ length: count }, (_, index) => index).filter((index) => !holes.includes(index))
  const volumes = ['0', '0.0000001', '0.0000002', '0.0000003', '0.0000004']
  const line = (index: number): string => {
    const [open, close] = [100 + (index % 7) / 100, 100 + ((index + 1) % 7) / 100]
    return `${from + index * minute},${open},101.5,99.25,${close},${volumes[index % 5]}\n`
  }
  return `ts_ms,open,high,low,close,volume\n${rows.map(line).join('')}`
}

let out: string
let server: KlineServer | undefined
let clock: VirtualClock

beforeEach(async () => {
  out = await mkdtemp(join(tmpdir(), 'download-'))
})

afterEach(async () => {
  await server?.close()
  server = undefined
  await rm(out, { recursive: true, force: true })
})

async function serve(options: Partial<KlineServerOptions> & { bars?: Bars } = {}): Promise<KlineServer> {
  await server?.close()
  const { bars = minutes(25), ...rest } = options
  server = await klineServer({ markets: [{ base: 'BTC', quote: 'USDT', bars }], now: from + 60 * minute, ...rest })
  return server
}

function download(options: Partial<DownloadOptions> = {}, signal?: AbortSignal): ReturnType<typeof downloadBars> {
  clock = virtualClock(from + 60 * minute)
  const limits = { pageRowsMax: 10, timeoutMs: 2_000, ...options.limits }
  const what = { venue: 'binance', symbol: 'BTC/USDT', timeframe: '1m', from, out, clock, baseUrl: server!.url }
  return downloadBars({ ...what, ...options, limits }, signal)
}

const file = (): Promise<string> => readFile(join(out, 'BTCUSDT_1m.csv'), 'utf8')
const pages = (): number => server!.requests.filter(({ route }) => route === '/api/v3/klines').length
const klineFaults = (...faults: (KlineFault | undefined)[]): Partial<KlineServerOptions> => ({
  faults: { '/api/v3/klines': faults },
})

describe('downloadBars', () => {
  it('walks through pages into one file of opens, in plain decimals', async () => {
    await serve()
    const progress: number[] = []
    const result = await download({ to: from + 25 * minute, onProgress: ({ rows }) => progress.push(rows) })
    const path = join(out, 'BTCUSDT_1m.csv')
    expect(result).toEqual({ path, rows: 25, added: 25, first: from, last: from + 24 * minute, missing: 0 })
    expect(await file()).toBe(csv(25))
    expect(progress).toEqual([10, 20, 25])
    expect(existsSync(`${path}.part`)).toBe(false)
  })

  it('asks the venue for one kind of market and sends neither key nor cookie', async () => {
    await serve()
    await download({ to: from + 5 * minute })
    expect(server!.requests.map(({ route }) => route)).toEqual([
      '/api/v3/exchangeInfo',
      '/api/v3/time',
      '/api/v3/klines',
    ])
    expect(server!.requests.at(-1)!.query).toEqual({
      interval: '1m',
      limit: '10',
      symbol: 'BTCUSDT',
      startTime: String(from),
    })
  })

  it('leaves out the bar that is still forming, and one that closed only now', async () => {
    await serve({ now: from + 20 * minute + 1_000 })
    expect(await download()).toMatchObject({ rows: 19, last: from + 18 * minute })
  })

  it('takes a bar on the very millisecond at which it counts as closed', async () => {
    await serve({ now: from + 20 * minute + 2_000 })
    expect(await download()).toMatchObject({ rows: 20 })
    await serve({ now: from + 21 * minute + 1_999 })
    expect(await download()).toMatchObject({ rows: 20, added: 0 })
  })

  it('starts at the first bar there is, and leaves gaps as they are', async () => {
    await serve({ bars: minutes(25, [0, 1, 2, 12]) })
    const result = await download()
    expect(result).toMatchObject({ rows: 21, first: from + 3 * minute, missing: 1 })
    expect(await file()).toBe(csv(25, [0, 1, 2, 12]))
  })

  it('steps over windows without a trade and ends', async () => {
    const holes = Array.from({ length: 30 }, (_, index) => index + 5)
    await serve({ bars: minutes(45, holes), paging: 'window' })
    expect(await download()).toMatchObject({ rows: 15, missing: 30 })
    expect(await file()).toBe(csv(45, holes))
    expect(pages()).toBeLessThan(10)
  })
})

describe('downloadBars against a venue that goes wrong', () => {
  it.each<KlineFault>([{ kind: 'overlap', rows: 3 }, { kind: 'duplicate' }, { kind: 'reverse' }])(
    'makes sense of a page with $kind',
    async (fault) => {
      await serve(klineFaults(fault, fault, fault))
      expect(await download()).toMatchObject({ rows: 25, missing: 0 })
      expect(await file()).toBe(csv(25))
    },
  )

  it.each<KlineFault>([
    { kind: 'status', status: 500 },
    { kind: 'status', status: 502, body: 'Bad gateway' },
    { kind: 'status', status: 503 },
    { kind: 'html' },
    { kind: 'html', status: 503 },
    { kind: 'cut' },
    { kind: 'malformed' },
    { kind: 'conflict' },
    { kind: 'column', column: 1, value: null },
    { kind: 'column', column: 2, value: 'NaN' },
    { kind: 'column', column: 5, value: '-1' },
    { kind: 'column', column: 0, value: 'soon' },
  ])('repeats a read that failed by %o', async (fault) => {
    await serve(klineFaults(undefined, fault))
    expect(await download()).toMatchObject({ rows: 25 })
    expect(await file()).toBe(csv(25))
  })

  it('repeats a read that nobody answered in time', async () => {
    await serve(klineFaults({ kind: 'silence' }))
    expect(await download({ limits: { timeoutMs: 300 } })).toMatchObject({ rows: 25 })
  })

  it('keeps the silence that a 429 asks for', async () => {
    await serve(klineFaults({ kind: 'status', status: 429, retryAfter: '17' }))
    const waits: number[] = []
    await download({ onRetry: ({ waitMs }) => waits.push(waitMs) })
    expect(waits).toEqual([17_000])
    expect(clock.sleeps.some((ms) => ms > 16_000)).toBe(true)
  })

  it('gives up at once where the venue asks for more silence than allowed', async () => {
    await serve(klineFaults(undefined, { kind: 'status', status: 429, retryAfter: '3600' }))
    await expect(download()).rejects.toMatchObject({ code: 'RATE_LIMITED', retryable: true, retryAfterMs: 3_600_000 })
    expect(pages()).toBe(2)
  })

  it('sends nothing more after a ban', async () => {
    await serve(klineFaults(undefined, { kind: 'status', status: 418, retryAfter: '60' }))
    await expect(download()).rejects.toMatchObject({
      code: 'BANNED',
      outcome: 'rejected',
      retryable: false,
      message: `binance: GET ${server!.url}/api/v3/klines answered 418: this address is banned for 60 s.
  Send nothing to this venue before the ban ends: each request makes it longer.`,
    })
    expect(pages()).toBe(2)
  })

  it('gives up after four tries and keeps what it has', async () => {
    const broken: KlineFault = { kind: 'status', status: 503 }
    await serve(klineFaults(undefined, broken, broken, broken, broken))
    await expect(download()).rejects.toMatchObject({ code: 'SERVER', outcome: 'unknown', retryable: true })
    expect(pages()).toBe(5)
    expect(await download()).toMatchObject({ rows: 25, added: 15 })
    expect(await file()).toBe(csv(25))
  })

  it('repeats the questions before the first page too', async () => {
    await serve({ faults: { '/api/v3/exchangeInfo': [{ kind: 'html' }], '/api/v3/time': [{ kind: 'cut' }] } })
    expect(await download()).toMatchObject({ rows: 25 })
  })

  it('tells a refused address from a broken venue', async () => {
    await serve({ faults: { '/api/v3/exchangeInfo': [{ kind: 'status', status: 451 }] } })
    await expect(download()).rejects.toMatchObject({ code: 'FORBIDDEN', outcome: 'rejected', retryable: false })
  })

  it('gives the same file whatever goes wrong, as long as something comes through', async () => {
    const fault = fc.oneof(
      fc.constantFrom<KlineFault | undefined>(undefined, { kind: 'cut' }, { kind: 'malformed' }, { kind: 'html' }),
      fc.constantFrom<KlineFault>(
        { kind: 'reverse' },
        { kind: 'duplicate' },
        { kind: 'overlap', rows: 2 },
        { kind: 'conflict' },
      ),
      fc.constantFrom<KlineFault>({ kind: 'status', status: 503 }, { kind: 'status', status: 429, retryAfter: '1' }),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(fault, { maxLength: 12 }), async (faults) => {
        await serve(klineFaults(...faults))
        await rm(join(out, 'BTCUSDT_1m.csv'), { force: true })
        await rm(join(out, 'BTCUSDT_1m.csv.state.json'), { force: true })
        await download({ limits: { triesMax: 20 } })
        expect(await file()).toBe(csv(25))
      }),
      { numRuns: faultRuns },
    )
  })
})

describe('downloadBars and what is on disk', () => {
  it('goes on after an abort where it stopped', async () => {
    await serve()
    const stop = new AbortController()
    const reason = new Error('Ctrl-C')
    const interrupted = download({ onProgress: ({ rows }) => rows === 20 && stop.abort(reason) }, stop.signal)
    await expect(interrupted).rejects.toBe(reason)
    expect(existsSync(join(out, 'BTCUSDT_1m.csv'))).toBe(false)
    const before = pages()
    expect(await download({ to: from + 25 * minute })).toMatchObject({ rows: 25, added: 5 })
    expect(pages() - before).toBe(1)
    expect(await file()).toBe(csv(25))
  })

  it('stops at once when aborted during a request', async () => {
    await serve(klineFaults({ kind: 'silence' }))
    const stop = new AbortController()
    const running = download({ limits: { timeoutMs: 60_000 } }, stop.signal)
    while (pages() === 0) await new Promise(setImmediate)
    stop.abort()
    await expect(running).rejects.toMatchObject({ name: 'AbortError' })
  })

  it('sends nothing when aborted before it began', async () => {
    await serve()
    await expect(download({}, AbortSignal.abort())).rejects.toMatchObject({ name: 'AbortError' })
    expect(server!.requests).toEqual([])
  })

  it('cuts off what a crash left behind the rows that count', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(10, 20), fc.nat(5_000), async (crashAt, rubbish) => {
        await serve()
        const stop = new AbortController()
        await download({ onProgress: ({ rows }) => rows === crashAt && stop.abort() }, stop.signal).catch(() => {})
        await appendFile(join(out, 'BTCUSDT_1m.csv.part'), '7'.repeat(rubbish))
        await download()
        expect(await file()).toBe(csv(25))
        await rm(join(out, 'BTCUSDT_1m.csv'))
        await rm(join(out, 'BTCUSDT_1m.csv.state.json'))
      }),
      { numRuns: Math.min(faultRuns, 20) },
    )
  })

  it('extends a finished file, and asks for nothing when there is nothing new', async () => {
    await serve({ now: from + 12 * minute + 2_000 })
    expect(await download()).toMatchObject({ rows: 12 })
    const first = pages()
    expect(await download()).toMatchObject({ rows: 12, added: 0 })
    expect(pages()).toBe(first)
    await serve()
    expect(await download()).toMatchObject({ rows: 25, added: 13 })
    expect(await file()).toBe(csv(25))
  })

  it('keeps the finished file whole while it is being extended', async () => {
    await serve({ now: from + 12 * minute + 2_000 })
    await download()
    await serve(klineFaults(undefined, { kind: 'status', status: 418 }))
    await expect(download()).rejects.toMatchObject({ code: 'BANNED' })
    expect(await file()).toBe(csv(12))
    await serve()
    await download()
    expect(await file()).toBe(csv(25))
  })

  it('leaves a file alone that it did not make', async () => {
    await serve()
    await writeFile(join(out, 'BTCUSDT_1m.csv'), 'mine\n')
    await expect(download()).rejects.toMatchObject({ name: 'ConfigError', code: 'FILE_EXISTS' })
    expect(await file()).toBe('mine\n')
  })

  it.each([
    ['another venue', { venue: 'binanceus' }],
    ['an earlier beginning', { from: from - minute }],
  ])('refuses to go on with %s', async (_, options) => {
    await serve()
    await download()
    await expect(download(options)).rejects.toMatchObject({ name: 'ConfigError', code: 'OTHER_DOWNLOAD' })
  })

  it('notices rows that went missing, and a state that is none', async () => {
    await serve()
    await download()
    await writeFile(join(out, 'BTCUSDT_1m.csv'), 'ts_ms\n')
    await expect(download()).rejects.toMatchObject({ code: 'DAMAGED_DOWNLOAD' })
    await writeFile(join(out, 'BTCUSDT_1m.csv.state.json'), '{"version":1}')
    await expect(download()).rejects.toMatchObject({ code: 'DAMAGED_DOWNLOAD' })
    await writeFile(join(out, 'BTCUSDT_1m.csv.state.json'), '{"version"')
    await expect(download()).rejects.toMatchObject({ code: 'DAMAGED_DOWNLOAD' })
  })

  it('says which folder it cannot make', async () => {
    await serve()
    await writeFile(join(out, 'taken'), '')
    await expect(download({ out: join(out, 'taken') })).rejects.toMatchObject({
      name: 'ConfigError',
      code: 'BAD_FOLDER',
    })
  })
})

describe('downloadBars and its options', () => {
  it.each<[string, Partial<DownloadOptions>, string, string]>([
    ['venue', { venue: 'binnance' }, 'UNKNOWN_VENUE', 'Did you mean binance? '],
    ['venue that is a path', { venue: '../base/Exchange' }, 'UNKNOWN_VENUE', 'Unknown venue "../base/Exchange".'],
    ['symbol', { symbol: 'btc-usdt' }, 'UNKNOWN_SYMBOL', 'Did you mean BTC/USDT?'],
    ['timeframe', { timeframe: '60m' }, 'UNKNOWN_TIMEFRAME', 'binance has no timeframe "60m".\n  Did you mean '],
    ['timeframe without a fixed length', { timeframe: '1M' }, 'UNKNOWN_TIMEFRAME', 'Known: 1s, 1m, 3m,'],
    ['base URL', { baseUrl: 'ftp://venue' }, 'BAD_URL', 'Base URL "ftp://venue" is no http origin.'],
    ['base URL with a path', { baseUrl: 'http://venue/api' }, 'BAD_URL', 'is no http origin.'],
    ['range', { from: '2024-01-02', to: '2024-01-02' }, 'NO_DATA', 'from "2024-01-02" is not before to "2024-01-02"'],
    [
      'range before the listing',
      { from: '2020-01-01', to: '2020-01-02' },
      'NO_DATA',
      'binance has no closed 1m bar of BTC/USDT',
    ],
    ['range in the future', { from: '2030-01-01' }, 'NO_DATA', 'binance has no closed 1m bar of BTC/USDT'],
    ['time', { from: 'yesterday' }, 'BAD_TIME', 'Not a time: "yesterday".'],
    ['limit', { limits: { triesMax: 0 } }, 'BAD_PARAMETER', 'Limit triesMax "0" is not an integer ≥ 1.'],
    ['limit that is no number', { limits: { backoffMs: Number.NaN } }, 'BAD_PARAMETER', 'Limit backoffMs "NaN"'],
    ['limit that is unknown', { limits: { tries: 3 } as object }, 'UNKNOWN_PARAMETER', 'Unknown limit "tries".'],
    ['venue without candles', { venue: 'bit2c' }, 'NOT_SUPPORTED', 'bit2c offers no candles over REST.'],
  ])('refuses a bad %s and writes nothing', async (_, options, code, text) => {
    await serve()
    const failed = await download(options).catch((error: unknown) => error)
    expect(failed).toMatchObject({ name: 'ConfigError', code })
    expect(String(failed)).toContain(text)
    expect(existsSync(join(out, 'BTCUSDT_1m.csv'))).toBe(false)
    expect(existsSync(join(out, 'BTCUSDT_1m.csv.state.json'))).toBe(false)
  })
})
