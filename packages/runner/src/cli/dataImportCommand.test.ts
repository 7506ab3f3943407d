import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type CommandLine, commandLine, swingingCsv } from './commandLine.rig.js'

let cli: CommandLine

beforeEach(() => {
  cli = commandLine()
})

afterEach(() => cli.remove())

const canonical = 'ts_ms,open,high,low,close,volume\n1704067200000,1,3,0.5,2,10\n1704153600000,2,4,1.5,3,20\n'

describe('aster data import', () => {
  it.each([
    ['dates', 'BTCUSD.csv', 'Date,Close,Open,High,Low,Volume\n2024-01-01,2,1,3,0.5,10\n2024-01-02,3,2,4,1.5,20\n'],
    ['seconds', 'BTCUSD_1d.csv', 'unix,open,high,low,close,volume\n1704067200,1,3,0.5,2,10\n1704153600,2,4,1.5,3,20\n'],
    ['JSON lists', 'BTCUSD_1d.jsonl', '[1704067200000,1,3,0.5,2,10]\n[1704153600000,2,4,1.5,3,20]\n'],
    ['gzip', 'BTCUSD_1d.csv.gz', gzipSync(canonical)],
  ])('writes %s as milliseconds of the open', async (_name, file, data) => {
    cli.write(file, data)
    const { code, stdout, stderr } = await cli.run('data', 'import', file, '--out', 'data')
    expect([code, stderr]).toEqual([0, ''])
    expect(stdout).toBe('data/BTCUSD_1d.csv  2 bars of 1d  2024-01-01T00:00:00.000Z to 2024-01-03T00:00:00.000Z\n')
    expect(cli.read('data/BTCUSD_1d.csv')).toBe(canonical)
    expect(cli.names('data')).toEqual(['BTCUSD_1d.csv'])
  })

  it('shifts rows that are stamped by their close', async () => {
    cli.write('BTCUSD_1d.csv', canonical)
    const { value } = await cli.json(
      'data',
      'import',
      'BTCUSD_1d.csv',
      '--out',
      'data',
      '--time-is',
      'close',
      '--symbol',
      'XBT-USD.kraken',
    )
    expect(value).toMatchObject({
      command: 'data import',
      files: [{ file: 'data/XBT-USD_1d.csv', instrument: 'XBT-USD.kraken', bars: 2, from: Date.UTC(2023, 11, 31) }],
    })
  })

  it('writes one file per instrument, packed where that is asked for, which read back the same', async () => {
    cli.write('in/A_1h.csv', swingingCsv(50))
    cli.write('in/B_1h.csv', swingingCsv(60))
    expect((await cli.run('data', 'import', 'in', '--out', 'data', '--gzip')).code).toBe(0)
    expect(cli.names('data')).toEqual(['A_1h.csv.gz', 'B_1h.csv.gz'])
    const digests = async (folder: string): Promise<unknown> => {
      const { value } = await cli.json('data', 'check', folder)
      return (value.files as readonly { digest: string }[]).map(({ digest }) => digest)
    }
    expect(await digests('data')).toEqual(await digests('in'))
  })

  it('replaces a file only with --force', async () => {
    cli.write('in/A_1h.csv', swingingCsv(50))
    cli.write('data/A_1h.csv', 'mine')
    const { code, stderr } = await cli.run('data', 'import', 'in', '--out', 'data')
    expect(code).toBe(2)
    expect(stderr).toContain(
      'data/A_1h.csv" exists.\n  Nothing was written. Choose another folder, or replace it with --force.\n',
    )
    expect(cli.read('data/A_1h.csv')).toBe('mine')
    expect((await cli.run('data', 'import', 'in', '--out', 'data', '--force')).code).toBe(0)
    expect(cli.read('data/A_1h.csv')).toMatch(/^ts_ms,open,high,low,close,volume\n1704067200000,120,121,119,120,5\n/)
  })

  it('writes nothing when one of the files is bad, and repairs where that is asked for', async () => {
    cli.write('in/A_1h.csv', swingingCsv(50))
    cli.write(
      'in/B_1h.csv',
      swingingCsv(50, (row, at) => (at === 9 ? `${row}\n${row}` : row)),
    )
    const { code, stderr } = await cli.run('data', 'import', 'in', '--out', 'data')
    expect(code).toBe(1)
    expect(stderr).toContain('is there twice.\n')
    expect(cli.names()).toEqual(['in'])
    const repaired = await cli.run('data', 'import', 'in', '--out', 'data', '--repair')
    expect(repaired.code).toBe(0)
    expect(repaired.stderr).toContain('is there twice (repaired).\n')
  })

  it('refuses a folder that cannot be made', async () => {
    cli.write('in/A_1h.csv', swingingCsv(50))
    cli.write('file', '')
    const { code, stderr } = await cli.run('data', 'import', 'in', '--out', 'file/data')
    expect(code).toBe(1)
    expect(stderr).toContain('cannot be made: ENOTDIR')
  })
})
