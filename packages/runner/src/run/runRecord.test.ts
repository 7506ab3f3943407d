import { expect, it } from 'vitest'
import { decodeRunRecord, encodeRunRecord, type RunRecord } from './runRecord.js'
import { runDefaults } from './runSettings.js'

const record: RunRecord = {
  format: 'aster-run',
  formatVersion: 1,
  version: '0.1.0',
  settings: { ...runDefaults, strategy: { name: 'sma-cross' }, market: { kind: 'synthetic', tape: { seed: 1 } } },
  data: [],
  resultHash: 'ab',
  journal: { rows: 1, commands: 0, seal: 'cd' },
}

it('reads back what it prints', () => {
  expect(decodeRunRecord(encodeRunRecord(record), 'run.json')).toEqual(JSON.parse(JSON.stringify(record)))
})

it('needs no journal of a streamed run', () => {
  const { journal: _, ...streamed } = { ...record, settings: { ...record.settings, reading: 'pieces' as const } }
  expect(decodeRunRecord(encodeRunRecord(streamed), 'run.json')).toEqual(JSON.parse(JSON.stringify(streamed)))
})

it.each([
  ['{', 'it is no JSON'],
  ['null', 'it does not say that it is one'],
  ['{"format":"other"}', 'it does not say that it is one'],
  [JSON.stringify({ ...record, formatVersion: 2 }), 'its version is "2", this program reads 1'],
  [JSON.stringify({ ...record, journal: undefined }), '"journal" is missing'],
  [JSON.stringify({ ...record, settings: {} }), 'strategy or market is missing'],
])('refuses %s', (text, why) => {
  expect(() => decodeRunRecord(text, 'run.json')).toThrow(`File "run.json" is no record of a run: ${why}.`)
})
