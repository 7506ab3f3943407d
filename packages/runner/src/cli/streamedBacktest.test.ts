import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type CommandLine, commandLine, swingingCsv } from './commandLine.rig.js'

let cli: CommandLine

beforeEach(() => {
  cli = commandLine()
})

afterEach(() => cli.remove())

const backtest = (...more: readonly string[]): ReturnType<CommandLine['json']> =>
  cli.json('backtest', '--strategy', 'sma-cross', ...more)

/** The same run in memory and in pieces. */
async function both(...options: readonly string[]): Promise<void> {
  const whole = await backtest(...options, '--out', 'whole')
  const pieces = await backtest(...options, '--out', 'pieces', '--stream')
  expect([whole.code, pieces.code]).toEqual([0, 0])
  const { folder: _, elapsedMs: __, warnings: ___, files, ...same } = whole.value as Readonly<Record<string, unknown>>
  expect(pieces.value).toMatchObject(same)
  expect(pieces.value.files).toEqual((files as readonly string[]).filter((name) => name !== 'journal.jsonl'))
}

describe('aster backtest --stream', () => {
  it('gives the result of a run in memory, its limits and statistics included', async () => {
    cli.write('BTCUSD_1h.csv', swingingCsv(2_000))
    await both('--data', 'BTCUSD_1h.csv')
    expect(cli.read('pieces/trades.csv')).toBe(cli.read('whole/trades.csv'))
    expect(cli.names('pieces')).toEqual(['report.json', 'report.txt', 'run.json', 'tearsheet.html', 'trades.csv'])
  })

  it('does so for several instruments, files out of order, a range, and longer bars to decide on', async () => {
    const [head = '', ...rows] = swingingCsv(3_000).trimEnd().split('\n')
    const file = (from: number, to: number): string => `${[head, ...rows.slice(from, to)].join('\n')}\n`
    cli.write('data/BTCUSD_1h_b.csv', file(0, 1_200))
    cli.write('data/BTCUSD_1h_a.csv.gz', gzipSync(file(1_200, 3_000)))
    cli.write('data/ETHUSD_1h.csv', file(300, 2_500))
    await both('--data', 'data', '--from', '2024-01-20', '--to', '2024-04-01', '--every', '2h', '--policy', 'none')
  })

  it('fits its grids to the same prices', async () => {
    const odd = (row: string, index: number): string =>
      index === 8_600 ? row.replace(/,(\d+)\.(\d\d),/, ',$1.$25,') : row
    cli.write('BTCUSD_1h.csv', swingingCsv(8_700, odd))
    await both('--data', 'BTCUSD_1h.csv')
  })

  it('finds the same gaps, and says what it leaves out', async () => {
    const holes = (row: string, index: number): string => (index % 500 === 499 ? '' : row)
    cli.write('BTCUSD_1h.csv', swingingCsv(4_000, holes).replaceAll('\n\n', '\n'))
    const [whole, pieces] = [
      await backtest('--data', 'BTCUSD_1h.csv', '--out', 'whole'),
      await backtest('--data', 'BTCUSD_1h.csv', '--out', 'pieces', '--stream'),
    ]
    const leftOut = /^Streamed: the curves have one equity a day, what crosses two pieces of data was not looked at/
    const [told, more] = [whole, pieces].map(({ value }) => value.warnings as readonly string[])
    expect(told![0]).toBe('BTCUSD.tape: 7 of 3999 bars (0.18 %) are missing, with 0 outages; the longest gap has 1.')
    expect(more!.filter((sentence) => !leftOut.test(sentence))).toEqual(told)
    expect(more).toHaveLength(told!.length + 1)
    expect(cli.read('pieces/report.txt')).toContain('Streamed: the curves have one equity a day')
  })

  it('cannot be replayed, and says how a replay is had', async () => {
    cli.write('BTCUSD_1h.csv', swingingCsv(400))
    const { stdout } = await cli.run(
      ...['backtest', '--strategy', 'sma-cross', '--data', 'BTCUSD_1h.csv', '--out', 'run', '--stream'],
    )
    expect(stdout).not.toContain('aster replay')
    expect(stdout).not.toContain('journal.jsonl')
    const { code, stderr } = await cli.run('replay', 'run')
    expect(code).toBe(2)
    expect(stderr).toContain('Run "run" was streamed, and a streamed run keeps no journal.\n  Run it without --stream')
  })

  it.each([
    [['--repair'], swingingCsv(400), 2, 'A streamed run cannot repair its data.\n  Repair it first: aster data import'],
    [['--from', '2030-01-01'], swingingCsv(400), 2, 'No bar of BTCUSD.tape lies in the range that was asked for.'],
    [[], swingingCsv(400, (row, i) => (i === 200 ? row.replace(/,\d+\.\d\d,/, ',x,') : row)), 1, 'BTCUSD_1h.csv:202'],
    [
      [],
      swingingCsv(400, (row, i) => (i < 200 ? row : row.replaceAll(/(\d+)\.(\d\d)/g, '$1$2'))),
      1,
      'BTCUSD_1h.csv:202: close "10020" of the bar that closes at 2024-01-09T09:00:00.000Z follows 100.6 and stays there: are units mixed?',
    ],
    [[], swingingCsv(400).replaceAll(/^17/gm, '27'), 1, 'BTCUSD_1h.csv:2: a bar of BTCUSD.tape closes at "'],
    [[], 'ts_ms,open,high,low,close,volume\n', 1, 'BTCUSD_1h.csv'],
  ])('refuses %o over bad data and writes nothing', async (options, text, exit, says) => {
    cli.write('BTCUSD_1h.csv', text)
    const { code, stderr } = await cli.run(
      ...['backtest', '--strategy', 'sma-cross', '--data', 'BTCUSD_1h.csv', '--stream', ...options],
    )
    expect(stderr).toContain(says)
    expect(code).toBe(exit)
    expect(cli.names()).toEqual(['BTCUSD_1h.csv'])
  })
})
