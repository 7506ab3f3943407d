import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { runFileNames } from '../run/runFiles.js'
import { type CommandLine, commandLine, swingingCsv } from './commandLine.rig.js'

let cli: CommandLine
const six = Object.values(runFileNames).sort()

beforeEach(() => {
  cli = commandLine()
  cli.write('data/BTCUSD_1h.csv', swingingCsv(400))
})

afterEach(() => cli.remove())

const backtest = (...more: readonly string[]): ReturnType<CommandLine['run']> =>
  cli.run('backtest', '--strategy', 'sma-cross', '--data', 'data/BTCUSD_1h.csv', ...more)

describe('aster backtest', () => {
  it('prints the report and writes six files into a folder named after the result', async () => {
    const { code, stdout, stderr } = await backtest('--policy', 'none')
    expect([code, stderr]).toEqual([0, ''])
    const [folder = ''] = cli.names('out')
    expect(folder).toMatch(/^sma-cross-BTCUSD-[0-9a-f]{8}$/)
    expect(cli.names(join('out', folder))).toEqual(six)
    expect(cli.names()).toEqual(['data', 'out'])
    expect(stdout).toMatch(/^Return .+ Result /)
    expect(stdout.startsWith(cli.read(join('out', folder, 'report.txt')))).toBe(true)
    expect(stdout).toContain(`Files      out/${folder}/\n`)
    expect(stdout).toContain(`Next       aster replay out/${folder}\n`)
    expect(cli.read(join('out', folder, 'tearsheet.html'))).toMatch(/^<!doctype html>/)
    expect(cli.read(join('out', folder, 'trades.csv'))).toMatch(/^strategy,instrument,direction,/)
    expect(cli.read(join('out', folder, 'journal.jsonl'))).toMatch(/^\{"kind":"event","seq":1,/)
    expect(JSON.parse(cli.read(join('out', folder, 'report.json')))).toHaveProperty('schemaVersion')
  })

  it('gives the same result and the same files for the same command', async () => {
    await backtest('--out', 'one')
    await backtest('--out', 'two')
    for (const name of six) expect(cli.read(`one/${name}`)).toBe(cli.read(`two/${name}`))
  })

  it('prints one line of JSON with the figures, and null for those that are not known', async () => {
    const { code, value, stdout } = await cli.json(
      ...['backtest', '--strategy', 'buy-and-hold', '--data', 'data/BTCUSD_1h.csv', '--cash', '5000'],
    )
    expect(code).toBe(0)
    expect(stdout.split('\n')).toHaveLength(2)
    expect(value).toMatchObject({
      command: 'backtest',
      files: six,
      config: {
        cash: '5000',
        fees: 'maker 0.001, taker 0.001',
        slippage: '2 bps',
        rules: expect.arrayContaining(['clipSize(5%)']),
      },
      statistics: { equityStart: 5000, orders: 1, winRate: null },
    })
  })

  it('takes every condition from its option', async () => {
    const { code, value } = await cli.json(
      ...[
        'backtest',
        '--strategy',
        'sma-cross',
        '--data',
        'data/BTCUSD_1h.csv',
        '--param',
        'fast=5',
        '--param',
        'slow=12',
      ],
      ...[
        '--param',
        'side=both',
        '--cash',
        '777',
        '--fees',
        '0.0002/0.0005',
        '--slippage',
        '1ticks',
        '--latency',
        '2h',
      ],
      ...['--fill', 'nextClose', '--path', 'worst', '--leverage', '2', '--policy', 'none', '--allocation', '0.5'],
      ...['--seed', '9', '--tick', '0.05', '--lot', '0.001', '--symbol', 'BTC-USD.bitfinex', '--no-strict'],
      ...['--from', '2024-01-02', '--to', '2024-01-10', '--interval', '1h', '--time-is', 'close', '--out', 'run'],
    )
    expect(code).toBe(0)
    expect(value).toMatchObject({
      folder: 'run',
      config: {
        strategies: [{ name: 'sma-cross', params: { fast: 5, slow: 12, side: 'both', exposure: 1 }, allocation: 0.5 }],
        instruments: [{ id: 'BTC-USD.bitfinex', bars: 192, from: Date.UTC(2024, 0, 2), to: Date.UTC(2024, 0, 10) }],
        cash: '777',
        leverage: 2,
        fees: 'maker 0.0002, taker 0.0005',
        slippage: '1 ticks',
        latency: '7200000 ms',
        fillPolicy: { barFill: 'nextClose', path: 'worst' },
        rules: ['engine', 'buyingPower(2)'],
        seed: 9,
      },
    })
    const { settings } = JSON.parse(cli.read('run/run.json'))
    expect(settings).toMatchObject({
      tick: '0.05',
      lot: '0.001',
      bars: 'shared',
      market: { paths: ['../data/BTCUSD_1h.csv'] },
    })
  })

  it('refuses to decide on bars that are shorter than those of the data', async () => {
    const { code, stdout, stderr } = await cli.run(
      ...['backtest', '--strategy', 'sma-cross', '--data', 'data/BTCUSD_1h.csv', '--every', '30m'],
    )
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toBe('--every "30m" is shorter than a bar: the bars are 1h.\n  Give 1h or longer.\n')
  })

  it('runs a folder of several instruments in one account', async () => {
    cli.write('data/ETHUSD_1h.csv', swingingCsv(300))
    const { value } = await cli.json(
      'backtest',
      '--strategy',
      'buy-and-hold',
      '--param',
      'exposure=0.5',
      '--data',
      'data',
    )
    expect(value.folder).toMatch(/^out\/buy-and-hold-BTCUSD-and-1-more-/)
    expect(value).toMatchObject({
      config: { instruments: [{ id: 'BTCUSD.tape' }, { id: 'ETHUSD.tape' }] },
      statistics: { orders: 2 },
    })
  })

  it('gives entries the stop of the default policy, so that their risk is that of a stop', async () => {
    const { value } = await cli.json('backtest', '--strategy', 'sma-cross', '--data', 'data/BTCUSD_1h.csv')
    expect(value).toMatchObject({ config: { defaultStop: { kind: 'fraction', ratio: 0.05 } } })
    expect((value.refusals as readonly { code: string }[]).map(({ code }) => code)).not.toContain('POSITION_RISK')
    const { value: bare } = await cli.json(
      ...['backtest', '--strategy', 'sma-cross', '--data', 'data/BTCUSD_1h.csv', '--policy', 'none'],
    )
    expect(bare).toMatchObject({ config: { defaultStop: 'none' } })
  })

  it('says what each limit did and how much of it was in use', async () => {
    const { value } = await cli.json('backtest', '--strategy', 'sma-cross', '--data', 'data/BTCUSD_1h.csv')
    const limits = value.limits as readonly { rule: string; use?: { most: number } }[]
    expect(limits.map(({ rule }) => rule)).toEqual([...(value.config as { rules: string[] }).rules, 'review'])
    const [fall] = limits.filter(({ rule }) => rule.startsWith('maxDrawdown'))
    expect(fall!.use!.most * 0.1).toBeCloseTo((value.statistics as { maxDrawdown: number }).maxDrawdown, 12)
    expect(fall!.use).not.toHaveProperty('days')
  })

  it('runs under a policy from a file, keeps it with the run, and replays it', async () => {
    cli.write('strict.json', '{ "clipSize": 0.01, "dailyLoss": 0.01 }')
    const { value } = await cli.json(
      ...['backtest', '--strategy', 'sma-cross', '--data', 'data', '--policy', 'strict.json', '--out', 'run'],
    )
    expect(value).toMatchObject({
      config: { rules: expect.arrayContaining(['clipSize(1%)', 'dailyLoss(1%, nextDay)']) },
    })
    expect(JSON.parse(cli.read('run/run.json')).settings.policy).toEqual({ clipSize: 0.01, dailyLoss: 0.01 })
    cli.write('strict.json', '{}')
    expect((await cli.json('replay', 'run')).value).toMatchObject({ equal: true })
  })

  it('offers the run without the limits where they made orders smaller', async () => {
    expect((await backtest()).stdout).toContain('the same with --policy none')
    expect((await backtest('--policy', 'none')).stdout).not.toContain('the same with --policy none')
  })

  it('replaces the folder of an earlier run, and no other folder', async () => {
    await backtest('--out', 'run')
    const first = cli.read('run/run.json')
    expect((await backtest('--out', 'run', '--cash', '1')).code).toBe(0)
    expect(cli.read('run/run.json')).not.toBe(first)
    cli.write('run/mine.txt', 'keep me')
    const { code, stderr } = await backtest('--out', 'run')
    expect(code).toBe(2)
    expect(stderr).toContain('holds other things, such as "mine.txt".')
    expect(cli.names('run')).toEqual([...six, 'mine.txt'].sort())
    expect(cli.names()).toEqual(['data', 'run'])
  })

  it.each([
    [
      ['--fees', '5%'],
      '--fees "5%" is not understood.\n  One rate, or maker/taker, as ratios above -1 and below 1: 0.001 is 0.1 %, or 0.0002/0.0005.\n',
    ],
    [['--fees', '0.1/0.2/0.3'], '--fees "0.1/0.2/0.3" is not understood.'],
    [['--fees', '2'], '--fees "2" is out of range.\n  One rate, or maker/taker, as ratios above -1 and below 1'],
    [['--slippage', '20000bps'], '--slippage "20000bps" is out of range.\n  From 0bps to below 10000bps'],
    [['--slippage', '2'], '--slippage "2" is not understood.\n  Such as 2bps, 1ticks or none.\n'],
    [['--latency', 'soon'], '--latency "soon" is not understood.\n  A span of time such as 250ms, 2m or 1h.\n'],
    [['--leverage', 'x'], '--leverage "x" is not understood.\n  A plain number.\n'],
    [['--leverage', '-1'], '--leverage "-1" is out of range.\n  It has to be above 0.\n'],
    [['--allocation', '2'], '--allocation "2" is out of range.\n  It has to be above 0 and at most 1.\n'],
    [['--cash', 'ten'], '--cash "ten" is not understood.\n  A decimal above 0.\n'],
    [['--cash', '-5'], '--cash "-5" is out of range.'],
    [['--seed', ''], '--seed "" is not understood.'],
    [['--seed', '1.5'], 'It has to be an integer.'],
    [['--tick', '0'], '--tick "0" is out of range.\n  It has to be above 0.\n'],
    [['--symbol', 'a.b.c'], 'Instrument id "a.b.c" is not "SYMBOL.venue".'],
    [['--interval', '5x'], 'Not a span of time: "5x".'],
    [['--from', 'yesterday'], '--from "yesterday" is not understood.\n  A time in UTC such as 2019-01-31'],
    [['--from', '2024-02-01', '--to', '2024-01-01'], 'from "2024-02-01" is not before to "2024-01-01".'],
    [
      ['--from', '2030-01-01'],
      'No bar of BTCUSD.tape lies in the range that was asked for.\n  Its first bar opens at 2024-01-01T00:00:00.000Z, its last at 2024-01-17T15:00:00.000Z.\n',
    ],
    [
      ['--param', 'fsat=3'],
      'Strategy "sma-cross" has no parameter "fsat".\n  Did you mean "fast"?\n  It has fast=10, slow=30, side=long, exposure=1.\n',
    ],
    [['--param', 'fast'], 'Parameter "fast" is not name=value.\n  Such as --param fast=10.\n'],
    [
      ['--param', 'fast=x'],
      'Parameter "fast" of strategy "sma-cross" is "x", not a number.\n  The default is fast=10.\n',
    ],
    [['--param', 'fast=0x10'], 'Parameter "fast" of strategy "sma-cross" is "0x10", not a number.'],
    [['--param', 'fast=40'], 'fast "40" is not below slow "30".'],
    [['--export', 'x'], 'Strategy "sma-cross" is built in, so there is no export "x" to choose.'],
    [
      ['--data', 'data/BTCUSD_1m.csv'],
      'Data "data/BTCUSD_1m.csv" does not exist.\n  Did you mean "data/BTCUSD_1h.csv"?\n',
    ],
    [['--data', 'data/BTCUSD_1h'], 'Data "data/BTCUSD_1h" does not exist.\n  Did you mean "data/BTCUSD_1h.csv"?\n'],
    [['--policy', 'defualt'], 'There is no policy "defualt".\n  Did you mean "default"?\n'],
  ])('refuses %o, says why, and writes nothing', async (options, says) => {
    const { code, stdout, stderr } = await backtest(...options)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain(says)
    expect(cli.names()).toEqual(['data'])
  })

  it('refuses a folder that cannot be written', async () => {
    cli.write('file', '')
    const { code, stderr } = await backtest('--out', 'file/run')
    expect(code).toBe(1)
    expect(stderr).toContain('cannot be written')
    expect(cli.names()).toEqual(['data', 'file'])
  })
})
