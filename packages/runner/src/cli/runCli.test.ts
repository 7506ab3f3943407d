import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type CommandLine, commandLine } from './commandLine.rig.js'

let cli: CommandLine

beforeEach(() => {
  cli = commandLine()
})

afterEach(() => cli.remove())

describe('runCli', () => {
  it('prints the version of the package', async () => {
    expect(await cli.run('--version')).toEqual({ code: 0, stdout: '0.1.0\n', stderr: '' })
  })

  it('lists commands and exit codes on its help page', async () => {
    const { code, stdout, stderr } = await cli.run('--help')
    expect([code, stderr]).toEqual([0, ''])
    for (const name of ['demo', 'backtest', 'data', 'replay', 'train', 'models', 'doctor'])
      expect(stdout).toMatch(new RegExp(`^ {2}${name}\\b`, 'm'))
    for (const line of [
      '0    the work is done',
      '1    it failed',
      '2    wrong usage',
      '3    a bug in aster',
      '130  interrupted',
    ]) {
      expect(stdout).toContain(`\n  ${line}`)
    }
  })

  it('shows the help page and says that usage was wrong when no command is given', async () => {
    const { code, stdout, stderr } = await cli.run()
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toContain('Usage: aster')
  })

  it.each([
    [['demos'], "unknown command 'demos'\n  (Did you mean demo?)\n"],
    [['data', 'chek'], "unknown command 'chek'\n  (Did you mean check?)\n"],
    [['backtest', '--stratgy', 'x'], "unknown option '--stratgy'\n  (Did you mean --strategy?)\n"],
    [
      ['backtest', '--fill', 'never'],
      "option '--fill <when>' argument 'never' is invalid. Allowed choices are nextOpen, nextClose, close, nextVwap.\n",
    ],
    [
      ['backtest'],
      '--strategy and --data must be given.\n  Such as aster backtest --strategy sma-cross --data BTCUSD_1h.csv\n',
    ],
    [['data', 'import', 'a.csv'], '--out must be given.\n  Such as aster data import prices.csv --out data\n'],
    [
      ['data', 'download', '--venue', 'binance'],
      '--symbol and --timeframe and --from must be given.\n  Such as aster data download --venue binance --symbol BTC/USDT --timeframe 1h --from 2024-01-01\n',
    ],
    [['replay'], "missing required argument 'run'\n"],
    [['demo', 'now'], "too many arguments for 'demo'. Expected 0 arguments but got 1.\n"],
  ])('answers %o with what would have worked', async (argv, stderr) => {
    expect(await cli.run(...argv)).toEqual({ code: 2, stdout: '', stderr })
  })

  it('tells an error as JSON on standard output where JSON was asked for', async () => {
    const { code, stdout, value } = await cli.json('backtest', '--strategy', 'sma-cros', '--data', 'x.csv')
    expect(code).toBe(2)
    expect(value).toEqual({
      error: {
        code: 'UNKNOWN_STRATEGY',
        message: 'There is no strategy "sma-cros".',
        hints: [
          'Did you mean "sma-cross"?',
          'Built in: buy-and-hold, sma-cross, trend-reversion, ensemble. Or the path of a file: ./my-strategy.ts, .js or .mjs.',
        ],
      },
      exitCode: 2,
    })
    expect(stdout.split('\n')).toHaveLength(2)
  })

  it('shows a stack only with ASTER_DEBUG=1', async () => {
    expect((await cli.run('replay', 'x')).stderr).not.toContain('    at ')
    const debug = commandLine({ env: { ASTER_DEBUG: '1' } })
    const { code, stderr } = await debug.run('replay', 'x')
    debug.remove()
    expect(code).toBe(2)
    expect(stderr).toContain('    at ')
    expect(stderr).toContain('Run "x" does not exist.')
  })
})
