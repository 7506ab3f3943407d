import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { tapeFiles, tapeInstrument } from './tapeFile.js'

const folder = mkdtempSync(join(tmpdir(), 'tape-file-'))
afterAll(() => rmSync(folder, { recursive: true }))

function touch(name: string): string {
  const path = join(folder, name)
  writeFileSync(path, '')
  return path
}

describe('tapeFiles', () => {
  it.each([
    ['BTCUSD_1m_2019.csv.gz', 'BTCUSD.tape', '1m', 'csv'],
    ['ETH-USDT_4h.csv', 'ETH-USDT.tape', '4h', 'csv'],
    ['AAPL_factors_1d.CSV', 'AAPL.tape', '1d', 'csv'],
    ['BTCUSDT_1M.csv', 'BTCUSDT.tape', undefined, 'csv'],
    ['BRK.B.csv', 'BRK-B.tape', undefined, 'csv'],
    ['session.jsonl', 'session.tape', undefined, 'jsonl'],
    ['BTCUSDT_500ms.jsonl.gz', 'BTCUSDT.tape', '500ms', 'jsonl'],
    ['_1m.csv', 'UNNAMED.tape', '1m', 'csv'],
  ])('reads the name %s', (name, instrument, interval, format) => {
    const path = touch(name)
    const [file] = tapeFiles(path)
    expect(file).toMatchObject({ path, interval, format })
    expect(tapeInstrument(file!)).toBe(instrument)
  })

  it('takes the recordings of a folder in order of name and passes over all else', () => {
    const inner = join(folder, 'inner')
    mkdirSync(join(inner, 'deeper.csv'), { recursive: true })
    for (const name of ['b_1m.csv', 'a_1m.jsonl', '.hidden.csv', 'README.md', 'c.csv.part', 'c.csv.state.json']) {
      touch(join('inner', name))
    }
    expect(tapeFiles(inner).map(({ path }) => path)).toEqual([join(inner, 'a_1m.jsonl'), join(inner, 'b_1m.csv')])
    expect(tapeFiles([join(inner, 'b_1m.csv'), inner])).toHaveLength(3)
  })

  it.each<[string, () => string | string[], string, string]>([
    ['a path that leads nowhere', () => join(folder, 'nobody.csv'), 'NO_FILE', 'nobody.csv" does not exist.'],
    [
      'another ending',
      () => touch('notes.txt'),
      'NOT_A_RECORDING',
      'Recordings end in .csv, .csv.gz, .jsonl, .jsonl.gz.',
    ],
    ['no path', () => [], 'NO_RECORDING', 'No path of a recording was given.'],
    [
      'an empty folder',
      () => {
        mkdirSync(join(folder, 'empty'))
        return join(folder, 'empty')
      },
      'NO_RECORDING',
      'holds no recording.',
    ],
  ])('refuses %s', (_, path, code, text) => {
    expect(() => tapeFiles(path())).toThrowError(
      expect.objectContaining({ name: 'DataError', code, message: expect.stringContaining(text) }),
    )
  })
})
