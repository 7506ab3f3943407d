import { syntheticTape } from '@astertrade/core/backtest'
import { type KlineServer, klineServer } from '@astertrade/exchanges/testing'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type CommandLine, commandLine } from './commandLine.rig.js'

let cli: CommandLine
let server: KlineServer
const from = Date.UTC(2024, 0, 1)
const bars = syntheticTape({ bars: 2_500, instrument: 'BTC-USDT.binance' })

beforeEach(async () => {
  cli = commandLine()
  server = await serve()
})

afterEach(async () => {
  await server.close()
  cli.remove()
})

function serve(options: Partial<Parameters<typeof klineServer>[0]> = {}): Promise<KlineServer> {
  return klineServer({
    markets: [{ base: 'BTC', quote: 'USDT', bars }],
    now: from + 2_500 * 60_000 + 5_000,
    ...options,
  })
}

const argv = (...more: readonly string[]): readonly string[] => [
  ...['data', 'download', '--venue', 'binance', '--symbol', 'BTC/USDT', '--timeframe', '1m', '--from', '2024-01-01'],
  ...['--base-url', server.url],
  ...more,
]

describe('aster data download', () => {
  it('downloads bars that the other commands read', async () => {
    const { code, stdout, stderr } = await cli.run(...argv())
    expect([code, stderr]).toEqual([0, ''])
    expect(stdout).toContain('data/BTCUSDT_1m.csv: 2500 bars that open from 2024-01-01T00:00:00.000Z to')
    expect(stdout).toContain('2500 of them new, 0 missing.\nNext       aster data check data/BTCUSDT_1m.csv\n')
    expect((await cli.run('data', 'check', 'data/BTCUSDT_1m.csv')).code).toBe(0)
    expect((await cli.run('backtest', '--strategy', 'sma-cross', '--data', 'data/BTCUSDT_1m.csv')).code).toBe(0)
  })

  it('extends a file by what is new', async () => {
    await cli.run(...argv('--to', '2024-01-02'))
    const { value } = await cli.json(...argv())
    expect(value).toMatchObject({
      command: 'data download',
      path: 'data/BTCUSDT_1m.csv',
      rows: 2_500,
      added: 2_500 - 1_440,
    })
  })

  it('keeps what it has at Ctrl-C and goes on from there', async () => {
    await server.close()
    server = await serve({ faults: { '/api/v3/klines': [undefined, { kind: 'silence' }] } })
    const running = cli.run(...argv())
    while (server.requests.filter(({ route }) => route === '/api/v3/klines').length < 2) await new Promise(setImmediate)
    expect(cli.interrupt()).toBe(true)
    const { code, stdout, stderr } = await running
    expect([code, stdout]).toEqual([130, ''])
    expect(stderr).toBe('Interrupted.\n  What was received is kept; the same command goes on from there.\n')
    expect(cli.names('data')).toEqual(['BTCUSDT_1m.csv.part', 'BTCUSDT_1m.csv.state.json'])
    expect(cli.interrupt()).toBe(false)
    const { value } = await cli.json(...argv())
    expect(value).toMatchObject({ rows: 2_500, added: 1_500 })
    expect(cli.read('data/BTCUSDT_1m.csv').split('\n')).toHaveLength(2_502)
  })

  it('tells that it tries again', async () => {
    await server.close()
    server = await serve({ faults: { '/api/v3/klines': [{ kind: 'status', status: 503 }] } })
    const { code, stderr } = await cli.run(...argv('--to', '2024-01-02'))
    expect(code).toBe(0)
    expect(stderr).toMatch(/^Note: .+ Trying again in \d s\.\n$/)
  })

  it('ends with 1 where the venue refuses', async () => {
    await server.close()
    server = await serve({ faults: { '/api/v3/klines': [{ kind: 'status', status: 403 }] } })
    const { code, stdout, stderr } = await cli.run(...argv())
    expect([code, stdout]).toEqual([1, ''])
    expect(stderr).toContain('binance')
  })

  it('ends with 1 where the venue has nothing, and leaves no empty folder', async () => {
    const { code, stderr } = await cli.run(...argv('--from', '2024-06-01', '--to', '2024-06-02'))
    expect(code).toBe(1)
    expect(stderr).toContain('Nothing to download: binance has no closed 1m bar of BTC/USDT in it.\n')
    expect(cli.names()).toEqual([])
  })

  it('ends with 2, as a backtest does, where the range is upside down', async () => {
    const { code, stderr } = await cli.run(...argv('--to', '2023-01-01'))
    expect(code).toBe(2)
    expect(stderr).toContain('from "2024-01-01" is not before to "2023-01-01".\n')
    expect(cli.names()).toEqual([])
  })

  it.each([
    [['--venue', 'binanse'], 'Unknown venue "binanse".\n  Did you mean binance?'],
    [['--venue', 'qqqqqqqqqqqqqqqq'], 'Unknown venue "qqqqqqqqqqqqqqqq".\n  ccxt knows '],
    [['--symbol', 'BTC/USD'], 'BTC/USDT'],
    [['--timeframe', '2m'], '2m'],
    [['--from', 'never'], 'Not a time: "never".'],
  ])('answers %o with what would have worked', async (options, says) => {
    const { code, stdout, stderr } = await cli.run(...argv(...options))
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain(says)
  })
})
