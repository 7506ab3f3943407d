import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type CommandLine, commandLine, swingingCsv } from './commandLine.rig.js'

let cli: CommandLine

beforeEach(() => {
  cli = commandLine()
})

afterEach(() => cli.remove())

const field = (row: string, column: number, value: string): string =>
  row
    .split(',')
    .map((text, at) => (at === column ? value : text))
    .join(',')
const edit = (index: number, change: (row: string) => string): string =>
  swingingCsv(200, (row, at) => (at === index ? change(row) : row))

describe('aster data check', () => {
  it('tells what a sound file holds', async () => {
    cli.write('BTCUSD_1h.csv', swingingCsv(200))
    const { code, stdout, stderr } = await cli.run('data', 'check', 'BTCUSD_1h.csv')
    expect([code, stderr]).toEqual([0, ''])
    expect(stdout.split('\n').map((line) => line.replace(/ {2,}/g, '  '))).toEqual([
      '  BTCUSD_1h.csv',
      'Verdict  sound',
      'Instrument  BTCUSD.tape',
      'Bars  200',
      'Interval  1h',
      'First open  2024-01-01 00:00',
      'Last close  2024-01-09 08:00',
      'Coverage  100.000 %',
      'Missing bars  0',
      'Gaps, quiet  0',
      'Gaps, outages  0',
      'Longest gap  none',
      '  from',
      'Duplicates  0',
      'Out of order  0',
      'Broken ranges  0',
      'In the future  0',
      'Other defects  0',
      'Suspicious  0',
      'Zero volume  0',
      expect.stringMatching(/^Digest {2}[0-9a-f]{16}$/),
      '',
    ])
  })

  it('says of no defect that it is repaired, since the file is not touched', async () => {
    const text = edit(7, (row) => `${row}\n${row}`)
    cli.write('BTCUSD_1h.csv', text)
    const { code, stdout } = await cli.run('data', 'check', 'BTCUSD_1h.csv')
    expect(code).toBe(1)
    expect(stdout).toMatch(/BTCUSD_1h\.csv:10: .+ is there twice\n$/)
    expect(cli.read('BTCUSD_1h.csv')).toBe(text)
  })

  it.each([
    ['duplicates', edit(7, (row) => `${row}\n${row}`)],
    ['duplicates', edit(7, (row) => `${row}\n${field(row, 5, '9')}`)],
    [
      'outOfOrder',
      swingingCsv(200, (row, at) =>
        field(row, 0, String(Date.UTC(2024, 0, 1) + (at === 5 ? 6 : at === 6 ? 5 : at) * 3_600_000)),
      ),
    ],
    ['brokenRanges', edit(6, (row) => field(row, 2, '1'))],
    ['future', edit(199, (row) => field(row, 0, String(Date.UTC(2030, 0, 1))))],
    ['others', edit(4, (row) => field(row, 4, 'null'))],
    ['others', edit(4, (row) => field(row, 3, '-1'))],
  ])('counts %s and ends with 1', async (kind, data) => {
    cli.write('BTCUSD_1h.csv', data)
    const { code, value } = await cli.json('data', 'check', 'BTCUSD_1h.csv')
    expect(code).toBe(1)
    expect(value).toMatchObject({
      command: 'data check',
      sound: false,
      files: [{ verdict: 'unsound', defects: { [kind]: 1 } }],
    })
    expect((await cli.run('data', 'check', 'BTCUSD_1h.csv')).stdout).toContain('BTCUSD_1h.csv')
  })

  it('finds an outage doubtful, and fails it with --strict', async () => {
    cli.write(
      'BTCUSD_1h.csv',
      swingingCsv(200, (row, at) =>
        field(row, 0, String(Date.UTC(2024, 0, 1) + (at < 100 ? at : at + 48) * 3_600_000)),
      ),
    )
    const { code, value } = await cli.json('data', 'check', 'BTCUSD_1h.csv')
    expect(code).toBe(0)
    expect(value).toMatchObject({
      sound: true,
      files: [
        {
          verdict: 'doubtful',
          quality: { missing: 48, outages: 1 },
          longestGap: { missing: 48, from: Date.UTC(2024, 0, 5, 5) },
        },
      ],
    })
    const strict = await cli.run('data', 'check', 'BTCUSD_1h.csv', '--strict')
    expect(strict.code).toBe(1)
    expect(strict.stdout).toContain('BTCUSD.tape: 48 bars are missing from')
  })

  it('finds a spike doubtful', async () => {
    cli.write(
      'BTCUSD_1h.csv',
      edit(100, (row) => field(row, 2, '900')),
    )
    const { code, value } = await cli.json('data', 'check', 'BTCUSD_1h.csv')
    expect(code).toBe(0)
    expect(value).toMatchObject({ files: [{ verdict: 'doubtful', defects: { suspicious: 1 } }] })
  })

  it('goes on after a file that cannot be used', async () => {
    cli.write('data/AAA_1h.csv', 'a,b\n1,2\n')
    cli.write('data/BBB_1h.csv', swingingCsv(50))
    cli.write('data/CCC_1h.csv.gz', 'no gzip')
    cli.write('data/notes.txt', 'no recording')
    const { code, value } = await cli.json('data', 'check', 'data')
    expect(code).toBe(1)
    expect(value).toMatchObject({
      files: [
        { verdict: 'unsound', error: { code: 'MISSING_COLUMN' } },
        { verdict: 'sound', quality: { bars: 50 } },
        { verdict: 'unsound', error: { code: 'NOT_GZIP' } },
      ],
    })
    const { stdout } = await cli.run('data', 'check', 'data')
    expect(stdout).toContain('AAA_1h.csv:1 has no column for time, open, high, low')
    expect(stdout).toContain('BBB_1h.csv\n')
  })

  it('tables more files than fit side by side', async () => {
    for (const name of ['A', 'B', 'C', 'D']) cli.write(`data/${name}_1h.csv`, swingingCsv(20))
    const { code, stdout } = await cli.run('data', 'check', 'data')
    expect(code).toBe(0)
    expect(stdout.match(/^Verdict/gm)).toHaveLength(2)
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThan(100)
  })

  it('reads names, intervals and stamps as it is told', async () => {
    cli.write('x.csv', swingingCsv(20))
    const { value } = await cli.json(
      'data',
      'check',
      'x.csv',
      '--symbol',
      'BTC-USD',
      '--interval',
      '1h',
      '--time-is',
      'close',
    )
    expect(value).toMatchObject({ files: [{ quality: { instrument: 'BTC-USD.tape', from: Date.UTC(2024, 0, 1) } }] })
  })

  it.each([
    [['gone.csv'], 'Data "gone.csv" does not exist.\n'],
    [['.'], 'holds no recording.\n'],
    [[], "missing required argument 'files'\n"],
  ])('refuses %o', async (paths, says) => {
    const { code, stderr } = await cli.run('data', 'check', ...paths)
    expect(code).toBe(2)
    expect(stderr).toContain(says)
  })
})
