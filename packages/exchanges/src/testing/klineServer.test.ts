import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createBars } from '@astertrade/core'
import { afterEach, describe, expect, it } from 'vitest'
import { type KlineServer, type KlineServerOptions, klineServer } from './klineServer.js'

const hour = 3_600_000
const bars = createBars('BTCUSDT.tape', hour, 4)
for (let index = 0; index < 4; index++) {
  bars.time[index] = (index + 1) * hour
  for (const name of ['open', 'high', 'low', 'close'] as const) bars[name][index] = 10 + index
  bars.volume[index] = 2
}

let server: KlineServer

afterEach(() => server.close())

async function get(
  path: string,
  options: Partial<KlineServerOptions> = {},
): Promise<{ status: number; body: unknown }> {
  server = await klineServer({ markets: [{ base: 'BTC', quote: 'USDT', bars }], now: 3 * hour, ...options })
  const response = await fetch(`${server.url}${path}`)
  return { status: response.status, body: await response.json() }
}

const opens = ({ body }: { body: unknown }): unknown => (body as [number][]).map(([open]) => open / hour)

describe('klineServer', () => {
  it("answers klines in Binance's columns, the forming one included", async () => {
    const { body } = await get('/api/v3/klines?symbol=BTCUSDT&interval=1h&startTime=7200000')
    expect(body).toEqual([
      [2 * hour, '12', '12', '12', '12', '2', 3 * hour - 1, '24', 1, '2', '24', '0'],
      [3 * hour, '13', '13', '13', '13', '2', 4 * hour - 1, '26', 1, '2', '26', '0'],
    ])
    expect(server.requests).toEqual([
      { route: '/api/v3/klines', query: { symbol: 'BTCUSDT', interval: '1h', startTime: '7200000' } },
    ])
  })

  it('heeds limit and endTime, and covers a window where told so', async () => {
    expect(opens(await get('/api/v3/klines?symbol=BTCUSDT&interval=1h&limit=2'))).toEqual([0, 1])
    await server.close()
    expect(opens(await get('/api/v3/klines?symbol=BTCUSDT&interval=1h&endTime=3600000'))).toEqual([0, 1])
    await server.close()
    const before = '/api/v3/klines?symbol=BTCUSDT&interval=1h&startTime=-7200000&limit=2'
    expect(opens(await get(before, { paging: 'window' }))).toEqual([])
    await server.close()
    expect(opens(await get(before))).toEqual([0, 1])
  })

  it.each([
    ['/api/v3/klines?symbol=DOGEUSDT&interval=1h', 400, { code: -1121, msg: 'Invalid symbol.' }],
    ['/api/v3/klines?symbol=BTCUSDT&interval=soon', 400, { code: -1120, msg: 'Invalid interval.' }],
    ['/api/v3/klines?symbol=BTCUSDT&interval=1m', 200, []],
    ['/api/v3/ping', 200, {}],
    ['/api/v3/time', 200, { serverTime: 3 * hour }],
    ['/api/v3/account', 404, { code: -1, msg: 'No route /api/v3/account.' }],
  ])('answers %s with %i', async (path, status, body) => {
    expect(await get(path)).toEqual({ status, body })
  })

  it('goes wrong by the number of the answer alone', async () => {
    const faults = { '/api/v3/time': [undefined, { kind: 'status', status: 429, retryAfter: '2' }] } as const
    expect((await get('/api/v3/time', { faults })).status).toBe(200)
    const refused = await fetch(`${server.url}/api/v3/time`)
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '2'])
    expect((await fetch(`${server.url}/api/v3/time`)).status).toBe(200)
  })
})

const data = process.env.ASTER_DATA
const recorded = (name: string): unknown =>
  JSON.parse(readFileSync(join(data as string, 'venues/binance/spot/http_json', name), 'utf8'))
const types = (row: unknown): unknown => (row as unknown[]).map((value) => typeof value)

describe.skipIf(!data)('klineServer beside documented answers (needs ASTER_DATA)', () => {
  it('has the same columns in a kline', async () => {
    const { body } = await get('/api/v3/klines?symbol=BTCUSDT&interval=1h')
    expect(types((body as unknown[])[0])).toEqual(types((recorded('klines_response.json') as unknown[])[0]))
  })

  it('says no word in exchangeInfo that Binance does not', async () => {
    const { body } = await get('/api/v3/exchangeInfo')
    const [ours, theirs] = [body, recorded('exchange_info_response.json')] as { symbols: object[] }[]
    expect(Object.keys(theirs!)).toEqual(expect.arrayContaining(Object.keys(ours!)))
    expect(Object.keys(theirs!.symbols[0]!)).toEqual(expect.arrayContaining(Object.keys(ours!.symbols[0]!)))
  })

  it('has the same shape of time and ping', async () => {
    expect(Object.keys((await get('/api/v3/time')).body as object)).toEqual(
      Object.keys(recorded('server_time_response.json') as object),
    )
    await server.close()
    expect((await get('/api/v3/ping')).body).toEqual(recorded('ping_response.json'))
  })
})
