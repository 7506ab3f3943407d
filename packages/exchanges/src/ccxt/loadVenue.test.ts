import { readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { describe, expect, it } from 'vitest'
import { knownVenues, loadVenue } from './loadVenue.js'

const elsewhere = pathToFileURL(join(tmpdir(), 'nobody.js')).href

describe('loadVenue', () => {
  it('loads one venue without the whole of ccxt', async () => {
    const Kraken = await loadVenue('kraken')
    expect(new Kraken({})).toMatchObject({ id: 'kraken' })
  })

  it('knows the venues of ccxt and nothing else', () => {
    const venues = knownVenues()
    expect(venues).toEqual(expect.arrayContaining(['binance', 'bybit', 'coinbase', 'kraken', 'okx']))
    expect(venues).not.toContain('base')
    expect(venues).toEqual([...venues].sort())
  })

  it('names the nearest venues for an unknown one', async () => {
    await expect(loadVenue('Binance')).rejects.toMatchObject({
      name: 'ConfigError',
      code: 'UNKNOWN_VENUE',
      hints: [expect.stringMatching(/^Did you mean binance\? ccxt knows \d+ venues/)],
    })
  })

  it('says what to install where ccxt is missing', async () => {
    const missing = { name: 'ConfigError', code: 'CCXT_MISSING', hints: ['npm install --save-exact ccxt@4.5.84'] }
    await expect(loadVenue('binance', elsewhere)).rejects.toMatchObject(missing)
    expect(() => knownVenues(elsewhere)).toThrowError(expect.objectContaining(missing))
  })

  it('recommends the version that this package is tested with', () => {
    const manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))
    expect(manifest.devDependencies.ccxt).toBe('4.5.84')
  })

  it('is the only file of the package that imports ccxt', () => {
    const root = fileURLToPath(new URL('..', import.meta.url))
    const sources = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) =>
      /(?<!\.test)\.ts$/.test(name),
    )
    const importing = sources.filter((name) =>
      /(?:from|import\(|resolve\() ?'ccxt/.test(readFileSync(join(root, name), 'utf8')),
    )
    expect(importing).toEqual([join('ccxt', 'loadVenue.ts')])
  })
})
