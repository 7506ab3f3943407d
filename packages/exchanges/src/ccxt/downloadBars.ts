import { join } from 'node:path'
import { ConfigError, timestamp } from '@astertrade/core'
import { type Clock, systemClock } from '../transport/clock.js'
import { httpFetch } from '../transport/httpFetch.js'
import { createPace } from '../transport/pace.js'
import { defaultRetry, type Reader, type RetryNotice, type RetryOptions, retryReads } from '../transport/retryReads.js'
import { type CandleSource, type Client, openClient } from './client.js'
import { readPage } from './page.js'
import { openPartFile, type PartFile } from './partFile.js'

/** What to download, and where to. */
export interface DownloadOptions {
  /** ccxt's id of the venue, such as `binance`. */
  readonly venue: string
  /** Unified symbol, such as `BTC/USDT`. */
  readonly symbol: string
  /** Length of a bar as the venue names it, such as `1m`. */
  readonly timeframe: string
  /** First open that is wanted: milliseconds UTC or ISO 8601 text. */
  readonly from: number | string
  /** First open that is no longer wanted (default: all bars closed by now). */
  readonly to?: number | string
  /** Folder for `<SYMBOL>_<timeframe>.csv`; made if missing. */
  readonly out: string
  /** Replaces scheme and host of the venue: a mirror, or a server of your own. */
  readonly baseUrl?: string
  readonly limits?: Partial<DownloadLimits>
  /** Told after each answer. */
  readonly onProgress?: (progress: DownloadProgress) => void
  /** Told before a failed request is repeated. */
  readonly onRetry?: (notice: RetryNotice) => void
  /** Time, for tests (default: the machine's). */
  readonly clock?: Clock
}

/** How much and how long; every default is in `defaultDownloadLimits`. */
export interface DownloadLimits extends RetryOptions {
  /** Longest time until the last byte of an answer, in milliseconds. */
  readonly timeoutMs: number
  /** Largest answer that is read, in bytes. */
  readonly bytesMax: number
  /** Bars asked for at a time, where the venue would send more. */
  readonly pageRowsMax: number
  /** A bar counts as closed this long after its end, in milliseconds: venues publish late. */
  readonly settleMs: number
}

/** The limits used where none are given. */
export const defaultDownloadLimits: DownloadLimits = {
  ...defaultRetry,
  timeoutMs: 20_000,
  bytesMax: 64 * 1024 * 1024,
  pageRowsMax: 1_000,
  settleMs: 2_000,
}

/** How far a download is. Times are bar opens in milliseconds UTC. */
export interface DownloadProgress {
  /** Rows in the file. */
  readonly rows: number
  readonly next: number
  readonly end: number
  /** Share of the time range that is done, 0 to 1. */
  readonly ratio: number
}

/** What a download left on disk. Times are bar opens in milliseconds UTC. */
export interface DownloadResult {
  readonly path: string
  /** Rows in the file. */
  readonly rows: number
  /** Rows this call added; the others were there before. */
  readonly added: number
  readonly first: number
  readonly last: number
  /** Intervals between first and last without a bar: nothing traded, or the venue has lost them. */
  readonly missing: number
}

/**
 * Downloads bars through a venue's public REST interface into one CSV file, `ts_ms,open,high,low,close,volume` by open time.
 *
 * The file grows as `<file>.part` and takes its name when it is whole. An interrupted call, Ctrl-C or a crash included, is
 * continued by the next one with the same options; a finished file is extended. Rows are sorted and unique, the bar still
 * forming is left out, and nothing is filled in: gaps stay gaps and are counted. Needs no keys.
 *
 * @param signal - Aborting rejects with its reason and leaves a file that can be continued.
 * @throws ConfigError for an unknown venue, symbol, timeframe or limit (naming the nearest known), a range that is empty or
 * holds no bar, or a file that is not this download's.
 * @throws VenueError if the venue refuses, or still fails after all tries; what was received is kept.
 * @example
 * await downloadBars({ venue: 'binance', symbol: 'BTC/USDT', timeframe: '1h', from: '2024-01-01', to: '2024-02-01', out: 'data' })
 * // => { path: 'data/BTCUSDT_1h.csv', rows: 744, added: 744, … }
 */
export async function downloadBars(
  options: DownloadOptions,
  signal: AbortSignal = new AbortController().signal,
): Promise<DownloadResult> {
  const { venue, symbol, timeframe, out } = options
  const limits = downloadLimits(options.limits)
  const from = timestamp(options.from)
  const to = options.to === undefined ? Number.POSITIVE_INFINITY : timestamp(options.to)
  if (!(from < to)) throw emptyRange(`from "${options.from}" is not before to "${options.to}"`)
  const { client, read } = await connect(options, limits, signal)
  const source = await read(() => client.source(symbol, timeframe))
  const now = (await read(() => client.time())) ?? (options.clock ?? systemClock).now()
  const end = Math.min(to, now - limits.settleMs - source.step + 1)
  const path = join(out, `${fileName(symbol)}_${timeframe}.csv`)
  const file = await openPartFile(path, { venue, symbol, timeframe }, from)
  const before = file.state.rows
  try {
    await walk(file, source, read, end, options, limits)
    if (file.state.rows === 0) {
      await file.discard()
      throw emptyRange(`${venue} has no closed ${timeframe} bar of ${symbol} in it`)
    }
    await file.finish()
  } finally {
    await file.close()
  }
  const { rows, first, last } = file.state as { rows: number; first: number; last: number }
  return { path, rows, added: rows - before, first, last, missing: Math.round((last - first) / source.step) + 1 - rows }
}

/** Asks for page after page until the range is done; each page is on disk before the next is asked for. */
async function walk(
  file: PartFile,
  source: CandleSource,
  read: <T>(call: () => Promise<T>) => Promise<T>,
  end: number,
  { venue, onProgress }: DownloadOptions,
  { pageRowsMax }: DownloadLimits,
): Promise<void> {
  const rows = Math.min(source.rowsMax, pageRowsMax)
  const { from } = file.state
  while (file.state.next < end) {
    const range = { venue, next: file.state.next, end, step: source.step, rows }
    const page = await read(async () => readPage(await source.candles(range.next, rows), range))
    await file.append(page.candles, page.next)
    onProgress?.({ rows: file.state.rows, next: page.next, end, ratio: Math.min(1, (page.next - from) / (end - from)) })
  }
}

async function connect(
  options: DownloadOptions,
  limits: DownloadLimits,
  signal: AbortSignal,
): Promise<{ client: Client; read: <T>(call: () => Promise<T>) => Promise<T> }> {
  const { venue, baseUrl, clock = systemClock, onRetry } = options
  const { timeoutMs, bytesMax } = limits
  const pace = createPace(clock)
  const reader: Reader = retryReads(pace, limits, onRetry)
  const client = await openClient({
    venue,
    baseUrl,
    fetch: httpFetch({ venue, timeoutMs, bytesMax, clock, signal }),
    throttle: (costMs) => pace.take(costMs, signal),
  })
  const read = async <T>(call: () => Promise<T>): Promise<T> => {
    try {
      return await reader(call, signal)
    } catch (error) {
      // ccxt takes an abort for a time-out; the signal knows better.
      signal.throwIfAborted()
      throw error
    }
  }
  return { client, read }
}

function downloadLimits(options: Partial<DownloadLimits> = {}): DownloadLimits {
  const limits = { ...defaultDownloadLimits, ...options }
  for (const [name, value] of Object.entries(limits)) {
    const known = Object.keys(defaultDownloadLimits)
    if (!known.includes(name)) {
      throw new ConfigError(`Unknown limit "${name}".`, {
        code: 'UNKNOWN_PARAMETER',
        hints: [`Limits: ${known.join(', ')}.`],
      })
    }
    const least = name.endsWith('Max') && !name.endsWith('MsMax') ? 1 : 0
    if (!Number.isSafeInteger(value) || value < least) {
      throw new ConfigError(`Limit ${name} "${value}" is not an integer ≥ ${least}.`, { code: 'BAD_PARAMETER' })
    }
  }
  return limits
}

/** `BTC/USDT` is `BTCUSDT`, `BTC/USDT:USDT` is `BTCUSDT-USDT`: no character that a file system could take amiss. */
function fileName(symbol: string): string {
  return symbol.replaceAll(':', '-').replace(/[^A-Za-z0-9-]/g, '')
}

function emptyRange(why: string): ConfigError {
  return new ConfigError(`Nothing to download: ${why}.`, {
    code: 'NO_DATA',
    hints: ["A range such as from '2024-01-01' to '2024-02-01', after the symbol was listed."],
  })
}
