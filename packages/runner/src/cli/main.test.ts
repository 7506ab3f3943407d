import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { syntheticTape } from '@astertrade/core/backtest'
import { klineServer } from '@astertrade/exchanges/testing'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type CommandLine, commandLine, swingingCsv } from './commandLine.rig.js'

let cli: CommandLine
const main = fileURLToPath(new URL('main.ts', import.meta.url))
const tsconfig = fileURLToPath(new URL('../../../../tsconfig.json', import.meta.url))
const loader = import.meta.resolve('tsx')

beforeEach(() => {
  cli = commandLine()
})

afterEach(() => cli.remove())

interface Started {
  readonly child: ChildProcess
  readonly ended: Promise<{ readonly code: number | null; readonly stdout: string; readonly stderr: string }>
}

/** Starts the program as its own process, from its sources. */
function start(...argv: readonly string[]): Started {
  const child = spawn(process.execPath, ['--import', loader, main, ...argv], {
    cwd: cli.folder,
    env: { ...process.env, TSX_TSCONFIG_PATH: tsconfig },
  })
  const [out, err]: [Buffer[], Buffer[]] = [[], []]
  child.stdout.on('data', (data: Buffer) => out.push(data))
  child.stderr.on('data', (data: Buffer) => err.push(data))
  const ended = once(child, 'close').then(([code]) => ({
    code: code as number | null,
    stdout: Buffer.concat(out).toString(),
    stderr: Buffer.concat(err).toString(),
  }))
  return { child, ended }
}

describe('the aster program', () => {
  it('ends with the exit code of its command and keeps the streams apart', async () => {
    cli.write('BTCUSD_1h.csv', swingingCsv(60))
    const good = await start('backtest', '--strategy', 'sma-cross', '--data', 'BTCUSD_1h.csv', '--json').ended
    expect(good).toMatchObject({ code: 0, stderr: '' })
    expect(JSON.parse(good.stdout)).toMatchObject({ command: 'backtest' })
    expect(await start('backtest', '--strategy', 'x', '--data', 'y').ended).toMatchObject({ code: 2, stdout: '' })
  })

  it('ends quietly when its reader has gone', async () => {
    const { child, ended } = start('--help')
    child.stdout?.destroy()
    expect(await ended).toMatchObject({ code: 0, stderr: '' })
  })

  it('keeps what a download has at Ctrl-C and says how to go on', async () => {
    const bars = syntheticTape({ bars: 2_500, instrument: 'BTC-USDT.binance' })
    const server = await klineServer({
      markets: [{ base: 'BTC', quote: 'USDT', bars }],
      now: Date.UTC(2024, 0, 3),
      faults: { '/api/v3/klines': [undefined, { kind: 'silence' }] },
    })
    const { child, ended } = start(
      ...['data', 'download', '--venue', 'binance', '--symbol', 'BTC/USDT', '--timeframe', '1m'],
      ...['--from', '2024-01-01', '--base-url', server.url],
    )
    while (server.requests.filter(({ route }) => route === '/api/v3/klines').length < 2) await new Promise(setImmediate)
    child.kill('SIGINT')
    const { code, stdout, stderr } = await ended
    await server.close()
    expect({ code, stdout }).toEqual({ code: 130, stdout: '' })
    expect(stderr).toContain('the same command goes on from there')
    expect(cli.names('data')).toEqual(['BTCUSDT_1m.csv.part', 'BTCUSDT_1m.csv.state.json'])
  })

  it('leaves nothing behind when Ctrl-C ends a run', async () => {
    cli.write('BTCUSD_1h.csv', swingingCsv(60))
    cli.write(
      'mine.mjs',
      "process.stderr.write('started\\n')\nfor (const from = Date.now(); Date.now() < from + 60_000; );\n",
    )
    const { child, ended } = start('backtest', '--strategy', 'mine.mjs', '--data', 'BTCUSD_1h.csv')
    await once(child.stderr!, 'data')
    child.kill('SIGINT')
    expect(await ended).toMatchObject({ code: null, stdout: '' })
    expect(cli.names()).toEqual(['BTCUSD_1h.csv', 'mine.mjs'])
  })
})
