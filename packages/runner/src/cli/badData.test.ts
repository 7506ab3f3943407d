import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type CommandLine, commandLine, swingingCsv } from './commandLine.rig.js'

let cli: CommandLine

beforeEach(() => {
  cli = commandLine()
})

afterEach(() => cli.remove())

const edit = (index: number, change: (row: string) => string): string =>
  swingingCsv(60, (row, at) => (at === index ? change(row) : row))
const field = (row: string, column: number, value: string): string =>
  row
    .split(',')
    .map((text, at) => (at === column ? value : text))
    .join(',')
const good = swingingCsv(60)
const inCentsFrom = (first: number): string =>
  swingingCsv(60, (row, at) => {
    const [time, ...values] = row.split(',')
    const volume = values.pop()
    const prices = values.map((price) => (at < first ? price : (100 * Number(price)).toFixed(2)))
    return [time, ...prices, volume].join()
  })

interface BadFile {
  readonly what: string
  readonly data: string | Uint8Array
  readonly file?: string
  readonly code?: number
  readonly says: string
}

const bad: readonly BadFile[] = [
  { what: 'an empty file', data: '', says: 'prices_1h.csv is empty.' },
  {
    what: 'a header alone',
    data: 'ts_ms,open,high,low,close,volume\n',
    says: 'prices_1h.csv has a header but no row.',
  },
  { what: 'a binary file', data: Uint8Array.of(0, 1, 2, 3, 0, 255), says: 'prices_1h.csv is binary, not text.' },
  {
    what: 'a web page',
    data: '<html><body>404</body></html>\n',
    says: 'prices_1h.csv:1 has no column for time, open, high, low, close.',
  },
  {
    what: 'a row that lacks a field',
    data: edit(3, (row) => row.split(',').slice(0, 5).join(',')),
    says: 'prices_1h.csv:5: the row has 5 fields, not as many as the header.',
  },
  {
    what: 'a file that is cut short',
    data: good.slice(0, -20),
    says: 'prices_1h.csv:61: the last line is cut off: "1704279600000,109.50,110".',
  },
  {
    what: 'text in place of a number',
    data: edit(4, (row) => field(row, 4, 'null')),
    says: 'prices_1h.csv:6: close "null" is not a finite number.',
  },
  {
    what: 'NaN',
    data: edit(4, (row) => field(row, 4, 'NaN')),
    says: 'prices_1h.csv:6: close "NaN" is not a finite number.',
  },
  {
    what: 'a negative price',
    data: edit(5, (row) => field(row, 3, '-1')),
    says: 'prices_1h.csv:7: low "-1" is not above zero.',
  },
  {
    what: 'a negative volume',
    data: edit(5, (row) => field(row, 5, '-1')),
    says: 'prices_1h.csv:7: volume "-1" is negative.',
  },
  {
    what: 'a high below the low',
    data: edit(6, (row) => field(row, 2, '1')),
    says: 'prices_1h.csv:8: low "116.00" is out of range: low ≤ open, close ≤ high does not hold.',
  },
  {
    what: 'a row that comes twice',
    data: edit(7, (row) => `${row}\n${row}`),
    says: 'prices_1h.csv:10: the row of "2024-01-01T07:00:00.000Z" is there twice.',
  },
  {
    what: 'a row out of order',
    data: edit(8, (row) => field(row, 0, String(Date.UTC(2023, 0, 1)))),
    says: 'prices_1h.csv:10: ts_ms "2023-01-01T00:00:00.000Z" is before the row above.',
  },
  {
    what: 'seconds among milliseconds',
    data: edit(9, (row) => field(row, 0, row.slice(0, 10))),
    says: 'prices_1h.csv:11: time "1704099600" is in s, those before it are in ms.',
  },
  {
    what: 'columns that mean nothing',
    data: 'a,b,c\n1,2,3\n',
    says: 'prices_1h.csv:1 has no column for time, open, high, low.',
  },
  {
    what: 'a misspelt column',
    data: good.replace('close', 'klose'),
    says: 'prices_1h.csv:1 has no column for close.\n  Is "klose" the close? Then name it "close".',
  },
  {
    what: 'bars of the future',
    data: swingingCsv(60, (row) => field(row, 0, String(Number(row.slice(0, 13)) + 40 * 365 * 86_400_000))),
    says: 'prices_1h.csv:2: a bar of prices.tape closes at "2063-12-22T01:00:00.000Z", which lies in the future.',
  },
  {
    what: 'one bar of the future',
    data: edit(59, (row) => field(row, 0, '3000000000000')),
    says: 'prices_1h.csv:61: a bar of prices.tape closes at "2065-01-24T06:20:00.000Z", which lies in the future.',
  },
  {
    what: 'prices in other units from the middle on',
    data: inCentsFrom(30),
    says: 'prices_1h.csv:32: close "10500" of the bar that closes at 2024-01-02T07:00:00.000Z follows 105.7 and stays there: are units mixed?\n  Write all prices of a file in one unit. If the market did move so far, add --trust-data.',
  },
  {
    what: 'text that is called gzip',
    data: good,
    file: 'prices_1h.csv.gz',
    says: 'File "prices_1h.csv.gz" is not gzip, whatever its name says.',
  },
  {
    what: 'a damaged gzip',
    data: gzipSync(good).subarray(0, 200),
    file: 'prices_1h.csv.gz',
    says: 'File "prices_1h.csv.gz" is a damaged gzip: unexpected end of file.',
  },
  {
    what: 'broken JSON',
    data: '{"kind":"bar"\n',
    file: 'prices_1h.jsonl',
    says: 'prices_1h.jsonl:1: "{\\"kind\\":\\"bar\\"" is not JSON.',
  },
  {
    what: 'another kind of file',
    data: good,
    file: 'prices.txt',
    code: 2,
    says: 'File "prices.txt" is no recording.',
  },
]

describe('aster backtest on bad data', () => {
  it.each(bad)('refuses $what and writes nothing', async ({ data, file = 'prices_1h.csv', code = 1, says }) => {
    cli.write(file, data)
    const outcome = await cli.run('backtest', '--strategy', 'sma-cross', '--data', file)
    expect(outcome.stderr.replaceAll(/[^\s"]*aster-\w+\//g, '')).toContain(`${says}\n`)
    expect(outcome).toMatchObject({ code, stdout: '' })
    expect(cli.names()).toEqual([file])
  })

  it('says how to go on with a repair, and tells what it repaired', async () => {
    cli.write(
      'prices_1h.csv',
      edit(7, (row) => `${row}\n${row}`),
    )
    const refused = await cli.run('backtest', '--strategy', 'sma-cross', '--data', 'prices_1h.csv')
    expect(refused.stderr).toContain('\n  Remove it, or add --repair to do so.\n')
    const repaired = await cli.run('backtest', '--strategy', 'sma-cross', '--data', 'prices_1h.csv', '--repair')
    expect(repaired.code).toBe(0)
    expect(repaired.stderr).toContain('is there twice (repaired).\n')
  })

  it('runs on prices that jump where they are trusted, and says so in the notes and in the report', async () => {
    cli.write('prices_1h.csv', inCentsFrom(30))
    const argv = ['backtest', '--strategy', 'sma-cross', '--data', 'prices_1h.csv', '--trust-data', '--out', 'run']
    const { code, stdout, stderr } = await cli.run(...argv)
    const warning = 'prices.tape: bars look wrong: 1 lasting jump.'
    expect([code, stderr]).toEqual([0, `Note: ${warning}\nNote: aster data check lists what was found.\n`])
    expect(stdout).toContain(`Warnings:\n  ${warning}\n`)
    expect(cli.read('run/tearsheet.html')).toContain(warning)
  })

  it('counts outages, missing bars and spikes in the notes and in the report', async () => {
    const lines = good.split('\n').filter((_, line) => line < 20 || line > 44)
    cli.write('prices_1h.csv', lines.map((row, line) => (line === 10 ? field(row, 2, '500') : row)).join('\n'))
    const { code, stdout, stderr } = await cli.run('backtest', '--strategy', 'sma-cross', '--data', 'prices_1h.csv')
    expect(code).toBe(0)
    expect(stderr).toContain(
      'prices.tape: 25 of 60 bars (41.67 %) are missing, with 1 outage; the longest gap has 25.\n',
    )
    expect(stderr).toContain('prices.tape: bars look wrong: 1 spike.\n')
    expect(stdout).toContain('  prices.tape: bars look wrong: 1 spike.\n')
  })

  it('cuts the future off where that is asked for', async () => {
    cli.write(
      'prices_1h.csv',
      swingingCsv(60, (row, at) => (at === 59 ? field(row, 0, '3000000000000') : row)),
    )
    const { code } = await cli.run(
      'backtest',
      '--strategy',
      'sma-cross',
      '--data',
      'prices_1h.csv',
      '--to',
      '2024-12-31',
    )
    expect(code).toBe(0)
  })
})
