import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createBars, sliceBars } from '@astertrade/core'
import { afterAll, describe, expect, it } from 'vitest'
import { readTape } from './readTape.js'
import { writeTape } from './writeTape.js'

const folder = mkdtempSync(join(tmpdir(), 'write-tape-'))
afterAll(() => rmSync(folder, { recursive: true }))

const bars = createBars('X.tape', 60_000, 20_000)
for (let index = 0; index < bars.length; index++) {
  bars.time[index] = (index + 1) * 60_000
  for (const name of ['open', 'high', 'low', 'close'] as const) bars[name][index] = 1e-7 * (index + 1)
  bars.volume[index] = index / 3
}

describe('writeTape', () => {
  it('writes rows by their open, in plain decimals', () => {
    const path = join(folder, 'X_1m.csv')
    writeTape(path, sliceBars(bars, 0, 2))
    expect(readFileSync(path, 'utf8')).toBe(
      'ts_ms,open,high,low,close,volume\n' +
        '0,0.0000001,0.0000001,0.0000001,0.0000001,0\n' +
        '60000,0.0000002,0.0000002,0.0000002,0.0000002,0.3333333333333333\n',
    )
  })

  it('gives the same bars back from many packed pieces, and leaves nothing else behind', () => {
    const path = join(folder, 'X_1m.csv.gz')
    writeTape(path, bars)
    expect({ ...readTape(path).bars[0] }).toEqual({ ...bars })
    expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([])
  })

  it('refuses other names and an empty series, and touches nothing', () => {
    const path = join(folder, 'X_1m.jsonl')
    expect(() => writeTape(path, bars)).toThrowError(
      expect.objectContaining({ name: 'ConfigError', code: 'BAD_FILE_NAME' }),
    )
    expect(existsSync(path)).toBe(false)
    const kept = join(folder, 'kept.csv')
    writeFileSync(kept, 'mine')
    expect(() => writeTape(kept, sliceBars(bars, 0, 0))).toThrowError(expect.objectContaining({ code: 'NO_DATA' }))
    expect(readFileSync(kept, 'utf8')).toBe('mine')
  })
})
