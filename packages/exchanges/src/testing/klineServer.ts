import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Bars, duration } from '@astertrade/core'
import { exchangeInfo } from './exchangeInfo.js'
import { type KlineFault, spoilPage } from './klineFault.js'
import { type Kline, klineRow } from './klineRow.js'

/** One traded pair and its history. */
export interface KlineMarket {
  readonly base: string
  readonly quote: string
  readonly bars: Bars
}

/** The routes that are served. */
export type KlineRoute = '/api/v3/ping' | '/api/v3/time' | '/api/v3/exchangeInfo' | '/api/v3/klines'

/** What the server knows and which of its answers go wrong. */
export interface KlineServerOptions {
  readonly markets: readonly KlineMarket[]
  /** Venue time in milliseconds: bars that open later do not exist yet, the bar around it is still forming. */
  readonly now: number
  /** Per route, what goes wrong with its n-th answer; `undefined`, and everything after the last, is answered well. */
  readonly faults?: Readonly<Partial<Record<KlineRoute, readonly (KlineFault | undefined)[]>>>
  /**
   * Whether a page `jump`s to the first bar at or after its start, as Binance does (default), or covers a `window` of time
   * that may be empty, as Coinbase does.
   */
  readonly paging?: 'jump' | 'window'
}

/** One request as it came in. */
export interface KlineRequest {
  readonly route: string
  readonly query: Readonly<Record<string, string>>
}

/** A running server. */
export interface KlineServer {
  /** Such as `http://127.0.0.1:41234`. */
  readonly url: string
  readonly requests: readonly KlineRequest[]
  close(): Promise<void>
}

/**
 * Starts a venue on a free loopback port that answers `ping`, `time`, `exchangeInfo` and `klines` as Binance spot does, and
 * goes wrong by script: whether an answer is spoilt depends on its route and number alone, never on time.
 *
 * @example
 * const server = await klineServer({ markets: [{ base: 'BTC', quote: 'USDT', bars }], now, faults: {
 *   '/api/v3/klines': [{ kind: 'status', status: 429, retryAfter: '2' }],
 * } })
 * await downloadBars({ venue: 'binance', symbol: 'BTC/USDT', timeframe: '1m', from, out, baseUrl: server.url })
 * await server.close()
 */
export async function klineServer(options: KlineServerOptions): Promise<KlineServer> {
  const requests: KlineRequest[] = []
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://venue')
    const number = requests.filter(({ route }) => route === pathname).length
    const query = Object.fromEntries(searchParams)
    requests.push({ route: pathname, query })
    const fault = options.faults?.[pathname as KlineRoute]?.[number]
    answer(request, response, fault, serve(options, pathname, query))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

/** What the server would say if nothing went wrong. */
interface Reply {
  readonly status: number
  readonly body: unknown
}

function serve(options: KlineServerOptions, route: string, query: KlineRequest['query']): Reply {
  switch (route as KlineRoute) {
    case '/api/v3/ping':
      return { status: 200, body: {} }
    case '/api/v3/time':
      return { status: 200, body: { serverTime: options.now } }
    case '/api/v3/exchangeInfo':
      return { status: 200, body: exchangeInfo(options.markets, options.now) }
    case '/api/v3/klines':
      return klines(options, query)
    default:
      return { status: 404, body: { code: -1, msg: `No route ${route}.` } }
  }
}

function klines({ markets, now, paging = 'jump' }: KlineServerOptions, query: KlineRequest['query']): Reply {
  const market = markets.find(({ base, quote }) => `${base}${quote}` === query.symbol)
  if (!market) return { status: 400, body: { code: -1121, msg: 'Invalid symbol.' } }
  const { bars } = market
  if (query.interval === undefined || !/^\d+[smhdw]$/.test(query.interval)) {
    return { status: 400, body: { code: -1120, msg: 'Invalid interval.' } }
  }
  if (duration(query.interval) !== bars.interval) return { status: 200, body: [] }
  const limit = Math.min(Number(query.limit ?? 500), 1_000)
  const start = Number(query.startTime ?? 0)
  const last = paging === 'window' ? start + limit * bars.interval - 1 : Number.POSITIVE_INFINITY
  const end = Math.min(Number(query.endTime ?? Number.POSITIVE_INFINITY), last, now)
  const page: Kline[] = []
  for (let index = 0; index < bars.length && page.length < limit; index++) {
    const open = bars.time[index]! - bars.interval
    if (open >= start && open <= end) page.push(klineRow(bars, index))
  }
  return { status: 200, body: page }
}

function answer(request: IncomingMessage, response: ServerResponse, fault: KlineFault | undefined, reply: Reply): void {
  if (fault?.kind === 'silence') return
  const text = JSON.stringify(fault && Array.isArray(reply.body) ? spoilPage(fault, reply.body) : reply.body)
  if (fault?.kind === 'cut') {
    response.writeHead(reply.status, { 'content-type': 'application/json', 'content-length': String(text.length) })
    response.write(text.slice(0, Math.ceil(text.length / 2)), () => request.socket.destroy())
    return
  }
  const { status, body, headers } = wire(fault, reply.status, text)
  response.writeHead(status, { 'content-type': 'application/json', 'x-mbx-used-weight-1m': '2', ...headers })
  response.end(body)
}

/** A complete answer as it goes out, refused or garbled where the script says so. */
function wire(
  fault: KlineFault | undefined,
  status: number,
  text: string,
): { status: number; body: string; headers?: Record<string, string> } {
  switch (fault?.kind) {
    case 'status': {
      const body = fault.body ?? JSON.stringify({ code: -1003, msg: 'Refused by script.' })
      return { status: fault.status, body, ...(fault.retryAfter && { headers: { 'retry-after': fault.retryAfter } }) }
    }
    case 'html': {
      const body = '<html><body>Be right back.</body></html>'
      return { status: fault.status ?? 200, body, headers: { 'content-type': 'text/html' } }
    }
    case 'malformed':
      return { status, body: text.slice(0, -1) }
    default:
      return { status, body: text }
  }
}
