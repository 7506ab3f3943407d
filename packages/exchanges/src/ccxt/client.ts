import { ConfigError, duration, nearest } from '@astertrade/core'
import type { HttpFetch } from '../transport/httpFetch.js'
import { badAnswer, type Candle, decodeCandle, decodeCandles } from './candle.js'
import { errorMap } from './errorMap.js'
import { loadVenue } from './loadVenue.js'

/** What a client is made of. */
export interface ClientOptions {
  /** ccxt's id of the venue, such as `binance`. */
  readonly venue: string
  /** Replaces scheme and host of every endpoint; paths stay. For mirrors and tests. */
  readonly baseUrl?: string | undefined
  /** Carries every request. */
  readonly fetch: HttpFetch
  /** Waits before each request; gets the weight of the request as milliseconds of the venue's limit. */
  readonly throttle: (costMs: number) => Promise<void>
}

/** Candles of one symbol and timeframe, ready to be asked for. */
export interface CandleSource {
  /** Length of a candle in milliseconds. */
  readonly step: number
  /** Candles the venue sends at a time. */
  readonly rowsMax: number
  /** One request: up to `rows` candles that open at or after `since`, as the venue sent them. */
  candles(since: number, rows: number): Promise<readonly Candle[]>
}

/** One venue over ccxt, without keys: public reads alone. */
export interface Client {
  /** Venue time in milliseconds; `undefined` where the venue does not tell it. */
  time(): Promise<number | undefined>
  /**
   * Looks a symbol and timeframe up.
   *
   * @throws ConfigError with code `UNKNOWN_SYMBOL` or `UNKNOWN_TIMEFRAME`, naming the nearest known ones.
   */
  source(symbol: string, timeframe: string): Promise<CandleSource>
}

/** The part of ccxt's exchange object that we use. Every answer is `unknown` until decoded. */
interface CcxtVenue {
  readonly rateLimit: number
  readonly has: Readonly<Record<string, unknown>>
  readonly timeframes: Readonly<Record<string, unknown>> | undefined
  readonly urls: { api: unknown }
  readonly options: Readonly<Record<string, unknown>>
  fetchImplementation: HttpFetch
  throttle: (cost?: number) => Promise<void>
  parseOHLCV: (row: unknown, market?: unknown) => unknown
  loadMarkets(reload: boolean): Promise<unknown>
  featureValue(symbol: string, method: string, parameter: string): unknown
  fetchTime(): Promise<unknown>
  fetchOHLCV(symbol: string, timeframe: string, since: number, limit: number): Promise<unknown>
}

/** Candles per request where ccxt does not say how many a venue sends: fewer is slower, more would skip some. */
const rowsUnknown = 100

/**
 * Opens a venue. Loads ccxt, sends nothing.
 *
 * @throws ConfigError with code `CCXT_MISSING`, `UNKNOWN_VENUE`, `BAD_URL`, or `NOT_SUPPORTED` if the venue has no candles.
 */
export async function openClient(options: ClientOptions): Promise<Client> {
  const { venue } = options
  const VenueClass = await loadVenue(venue)
  const ccxt = new VenueClass({
    // ccxt knows each request's weight; `throttle` below does the waiting, so that it is abortable and heeds Retry-After.
    enableRateLimit: true,
    has: { fetchCurrencies: false },
    options: { fetchMargins: false, fetchCurrencies: false },
  }) as CcxtVenue
  if (ccxt.has.fetchOHLCV !== true) {
    throw new ConfigError(`${venue} offers no candles over REST.`, { code: 'NOT_SUPPORTED' })
  }
  ccxt.fetchImplementation = options.fetch
  ccxt.throttle = (cost = 1) => options.throttle(cost * ccxt.rateLimit)
  strictRows(ccxt, venue)
  if (options.baseUrl !== undefined) ccxt.urls.api = replaceOrigin(ccxt.urls.api, originOf(options.baseUrl))
  const ask = <T>(read: () => Promise<T>): Promise<T> => read().catch((error) => Promise.reject(errorMap(venue, error)))
  return {
    async time() {
      return ccxt.has.fetchTime === true ? decodeTime(venue, await ask(() => ccxt.fetchTime())) : undefined
    },
    async source(symbol, timeframe) {
      const step = stepOf(venue, timeframe, Object.keys(ccxt.timeframes ?? {}))
      narrowMarkets(ccxt.options.fetchMarkets, symbol)
      // `true`: ccxt would hand out its failed first attempt for ever.
      const markets = await ask(() => ccxt.loadMarkets(true))
      requireSymbol(venue, symbol, markets)
      const rowsMax = ccxt.featureValue(symbol, 'fetchOHLCV', 'limit')
      return {
        step,
        rowsMax: typeof rowsMax === 'number' && rowsMax >= 1 ? rowsMax : rowsUnknown,
        candles: async (since, rows) =>
          decodeCandles(venue, await ask(() => ccxt.fetchOHLCV(symbol, timeframe, since, rows))),
      }
    },
  }
}

function stepOf(venue: string, timeframe: string, known: readonly string[]): number {
  // A calendar month has no fixed length, so its candles form no grid.
  const fixed = known.filter((name) => /^\d+[smhdw]$/.test(name))
  if (!fixed.includes(timeframe)) {
    throw new ConfigError(`${venue} has no timeframe ${JSON.stringify(timeframe)}.`, {
      code: 'UNKNOWN_TIMEFRAME',
      hints: [`Did you mean ${nearest(timeframe, fixed) ?? '1h'}? Known: ${fixed.join(', ')}.`],
    })
  }
  return duration(timeframe)
}

/** ccxt silently drops a row whose time it could not read, so each row is checked before ccxt sees the whole. */
function strictRows(ccxt: CcxtVenue, venue: string): void {
  const parse = ccxt.parseOHLCV.bind(ccxt)
  ccxt.parseOHLCV = (row, market) => {
    const candle = parse(row, market)
    decodeCandle(venue, candle)
    return candle
  }
}

/** Venues with several kinds of market list each by a request of its own; one symbol needs one kind. */
function narrowMarkets(settings: unknown, symbol: string): void {
  if (typeof settings !== 'object' || settings === null || !('types' in settings)) return
  const { types } = settings
  if (!Array.isArray(types) || !types.includes('spot')) return
  settings.types = symbol.includes(':') ? types.filter((type) => type !== 'spot') : ['spot']
}

function requireSymbol(venue: string, symbol: string, markets: unknown): void {
  if (typeof markets !== 'object' || markets === null) throw badAnswer(`${venue} sent no list of markets.`)
  if (Object.hasOwn(markets, symbol)) return
  const known = Object.keys(markets)
  throw new ConfigError(`${venue} has no symbol ${JSON.stringify(symbol)}.`, {
    code: 'UNKNOWN_SYMBOL',
    hints: [`Did you mean ${nearest(symbol, known) ?? known[0]}? It trades ${known.length} symbols.`],
  })
}

function decodeTime(venue: string, value: unknown): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) {
    throw badAnswer(`${venue} sent ${JSON.stringify(value)} in place of its time.`)
  }
  return value
}

function originOf(baseUrl: string): string {
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : undefined
  if (!url || !/^https?:$/.test(url.protocol) || url.pathname !== '/' || url.username) {
    throw new ConfigError(`Base URL ${JSON.stringify(baseUrl)} is no http origin.`, {
      code: 'BAD_URL',
      hints: ["Scheme and host without a path, such as 'https://data-api.binance.vision'."],
    })
  }
  return url.origin
}

/** The same tree of endpoints at another host. Hosts hold placeholders such as `{hostname}`, so `URL` cannot read them. */
function replaceOrigin(endpoints: unknown, origin: string): unknown {
  if (typeof endpoints === 'string') return endpoints.replace(/^[a-z]+:\/\/[^/]+/, origin)
  if (typeof endpoints !== 'object' || endpoints === null) return endpoints
  return Object.fromEntries(Object.entries(endpoints).map(([key, value]) => [key, replaceOrigin(value, origin)]))
}
