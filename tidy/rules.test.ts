import { describe, expect, it } from 'vitest'
import { longerFiles } from './exceptions.js'
import { focusedTests } from './focused.js'
import { deepImports, strayCcxt, wrongCoreLayers, wrongDirections } from './layers.js'
import { leaks } from './leaks.js'
import { strayMints } from './mints.js'
import { badDeclarations, emptyPathNames, misnamedFiles, scratchFiles } from './naming.js'
import { brokenDocsPaths, brokenLinks, pagesOf, wrongHeadings } from './pages.js'
import { deadFiles, innerBarrels, unpinnedEntries } from './reach.js'
import { longFiles, longFunctions } from './size.js'
import { parse, type Source } from './source.js'
import { asyncInEngine, bannedCalls } from './zone.js'

const core = (text: string, name = 'engine/step.ts'): Source => parse(`packages/core/src/${name}`, text)
const lines = (count: number): string => 'void 0\n'.repeat(count)

describe('layers', () => {
  it('finds a package that imports upward or sideways, and lets its test do so', () => {
    const text = `import { clipSize } from '@astertrade/risk'`
    expect(wrongDirections([core(text)])).toEqual([
      'packages/core/src/engine/step.ts:1 core imports risk; it may import no other package.',
    ])
    expect(wrongDirections([parse('packages/models/src/ppo.ts', text)])[0]).toContain('it may import core, indicators.')
    expect(wrongDirections([core(text, 'engine/step.test.ts'), parse('packages/runner/src/run.ts', text)])).toEqual([])
  })

  it('finds deep imports by name, by path, and inside types', () => {
    const names = new Set(['@astertrade/core', '@astertrade/core/data'])
    const risk = (text: string): string[] => deepImports([parse('packages/risk/src/policy.ts', text)], names)
    expect(risk(`import { Bar } from '@astertrade/core/src/bar.js'`)).toHaveLength(1)
    expect(risk(`type Bar = import('../../core/src/bar.js').Bar`)).toHaveLength(1)
    expect(risk(`export { x } from '@astertrade/core/data'\nimport './limits/clipSize.js'`)).toEqual([])
  })

  it('finds imports inside core that point up', () => {
    expect(wrongCoreLayers([core(`import { bar } from './bar.js'`, 'money.ts')])[0]).toContain(
      'foundation imports nouns',
    )
    expect(wrongCoreLayers([core(`import { gaps } from '../data/gaps.js'`, 'stats/sharpe.ts')])).toHaveLength(1)
    expect(wrongCoreLayers([core(`import { gaps } from '../data/gaps.js'`)])).toHaveLength(1)
    expect(wrongCoreLayers([core(`import { engine } from '../engine.js'`, 'backtest/backtest.ts')])).toEqual([])
  })

  it('finds ccxt outside its folder and its types outside the client', () => {
    const at = (path: string, text: string): string[] => strayCcxt([parse(`packages/${path}`, text)])
    expect(at('runner/src/live.ts', `await import('ccxt')`)).toHaveLength(1)
    expect(at('runner/src/live.ts', `createRequire(here).resolve('ccxt')`)).toHaveLength(1)
    expect(at('exchanges/src/ccxt/page.ts', `import type { OHLCV } from 'ccxt'`)).toHaveLength(1)
    expect(at('exchanges/src/ccxt/client.ts', `import type { OHLCV } from 'ccxt'`)).toEqual([])
    expect(at('exchanges/src/ccxt/loadVenue.ts', `createRequire(here).resolve('ccxt')`)).toEqual([])
  })
})

describe('deterministic zone', () => {
  it.each([
    ['Date.now()', 'Date.now'],
    ['new Date()', 'new Date()'],
    ['Date()', 'Date()'],
    ['globalThis.Math.random()', 'Math.random'],
    ['const start = performance.now()', 'performance'],
    ['setTimeout(() => 1, 5)', 'setTimeout'],
    ['const { env } = process', 'process'],
    ['export const get = (read = fetch) => read', 'fetch'],
  ])('finds %s', (text, name) => {
    expect(bannedCalls(core(text))).toEqual([expect.stringContaining(`:1 uses ${name}; use `)])
  })

  it('finds node modules', () => {
    expect(bannedCalls(core(`import { readFileSync } from 'node:fs'`))).toHaveLength(1)
  })

  it('passes dates from data, names of members and local names, and everything outside the zone', () => {
    const text = 'new Date(bar.time); feed.fetch(); type Step = { process: number }; const process = 1; void process'
    expect(bannedCalls(core(text))).toEqual([])
    expect(bannedCalls(parse('packages/runner/src/clock.ts', 'Date.now()'))).toEqual([])
    expect(bannedCalls(core('Date.now()', 'engine/step.test.ts'))).toEqual([])
  })

  it('finds async code below the backtest', () => {
    expect(asyncInEngine(core('export async function step() {}'))).toHaveLength(1)
    expect(asyncInEngine(core('const run = async () => { await 1 }'))).toHaveLength(2)
    expect(asyncInEngine(core('export async function run() {}', 'backtest/runJob.ts'))).toEqual([])
  })
})

describe('sizes', () => {
  it('allows 250 lines in a file and no more', () => {
    expect(longFiles([{ path: 'a.ts', text: lines(250) }])).toEqual([])
    expect(longFiles([{ path: 'a.ts', text: lines(251) }])).toEqual([
      'a.ts has 251 lines, more than 250; split it by idea.',
    ])
  })

  it('allows 400 lines in a test and in a listed file, and no more', () => {
    const listed = Object.keys(longerFiles)[0]!
    for (const path of ['a.test.ts', listed]) {
      expect(longFiles([{ path, text: lines(400) }])).toEqual([])
      expect(longFiles([{ path, text: lines(401) }])).toHaveLength(1)
    }
    expect(longFiles([{ path: listed, text: lines(250) }])).toEqual([`${listed} has 250 lines; it needs no exception.`])
  })

  it('allows 50 lines in a function, and counts a function inside it for itself', () => {
    expect(longFunctions(core(`function f() {\n${lines(48)}}`))).toEqual([])
    expect(longFunctions(core(`const f = () => {\n${lines(49)}}`))[0]).toContain(':1 f has 51 lines')
    expect(longFunctions(core(`function f() {\n${lines(40)}return () => {\n${lines(40)}}\n}`))).toEqual([])
    expect(longFunctions(core(`function f() {\nreturn () => {\n${lines(49)}}\n}`))).toHaveLength(1)
  })
})

describe('names', () => {
  it('finds a file without an export of its name', () => {
    expect(misnamedFiles(core('export function swap() {}', 'place.ts'))).toHaveLength(1)
    expect(misnamedFiles(core('export function replace() {}', 'place.ts'))).toHaveLength(1)
    expect(misnamedFiles(core('export const Place = 1', 'Place.ts'))).toHaveLength(1)
    expect(misnamedFiles(core('export function placeOrder() {}', 'place.ts'))).toEqual([])
    expect(misnamedFiles(core('export function studentTCdf() {}', 'studentT.ts'))).toEqual([])
    expect(misnamedFiles(core('const place = 1\nexport { place }', 'place.ts'))).toEqual([])
  })

  it('finds names that say nothing', () => {
    const paths = [
      'packages/core/src/utils.ts',
      'packages/core/src/common/bar.ts',
      'a/helper.test.ts',
      'a/commonBar.ts',
    ]
    expect(emptyPathNames(paths.map((path) => ({ path, text: '' })))).toHaveLength(3)
  })

  it('finds files left over from trying something out', () => {
    const found = (paths: readonly string[]): string[] => scratchFiles(paths.map((path) => ({ path })))
    const left = [
      'bench/_smoke.ts',
      'a/_x/b.ts',
      'tmp.ts',
      'a/tmp2.test.ts',
      'a/dbg.test.ts',
      'scratch/a.md',
      'TEMP.json',
    ]
    expect(found(left)).toHaveLength(left.length)
    expect(found(['a/tempo.ts', 'a/under_score.ts', 'out.d.ts', 'a/template.test.ts'])).toEqual([])
  })

  it.each([
    'enum Side { buy }',
    'export default 1',
    'export default function run() {}',
    `export { run as default } from './run.js'`,
    `export * from './run.js'`,
    'class OrderManager {}',
    'abstract class AbstractVenue {}',
    'const riskService = 1',
    'interface IVenue {}',
  ])('finds %s', (text) => {
    expect(badDeclarations(core(text))).toHaveLength(1)
  })

  it('passes a default export of configuration and words that begin with I', () => {
    expect(badDeclarations(parse('vitest.config.ts', 'export default {}'))).toEqual([])
    expect(badDeclarations(core('interface Instrument {}\ninterface IO {}'))).toEqual([])
  })
})

it('finds casts to a branded primitive outside its mint', () => {
  expect(strayMints(core('const price = 1 as Price'))).toEqual([
    'packages/core/src/engine/step.ts:1 casts to Price; mint it with instrument.price().',
  ])
  expect(strayMints(core('const id = 1 as unknown as OrderId', 'instrument.ts'))).toHaveLength(1)
  expect(strayMints(core('const price = 1 as Price', 'instrument.ts'))).toEqual([])
  expect(strayMints(core('const time = (now + dayMs) as Timestamp'))).toEqual([])
  expect(strayMints(parse('packages/risk/src/policy.ts', 'const time = 1 as Timestamp'))).toHaveLength(1)
})

it('finds files that nothing reaches, barrels, and entries without a test', () => {
  const entry = core(`export { a } from './a.js'`, 'index.ts')
  const used = core(`new URL('./worker.js', import.meta.url)`, 'a.ts')
  const sources = [entry, used, core('', 'worker.ts'), core('', 'lost.ts'), core(`import './lost.js'`, 'lost.test.ts')]
  expect(deadFiles(sources, new Set([entry.path]))).toEqual([expect.stringContaining('core/src/lost.ts is reached')])
  expect(innerBarrels([entry, core('', 'data/index.ts')], new Set([entry.path]))).toHaveLength(1)
  expect(unpinnedEntries(sources, new Set([entry.path, 'packages/core/src/data/index.ts']))).toHaveLength(2)
})

it('finds tests that do not run', () => {
  const test = (text: string): string[] => focusedTests(core(text, 'a.test.ts'))
  for (const word of ['only', 'skip', 'fails']) expect(test(`it.${word}('a', run)`)).toHaveLength(1)
  expect(test(`describe.concurrent.${'skip'}('a', run)`)).toHaveLength(1)
  expect(test(`it.skipIf(!data)('a', run)\nit.each([1])('a', run)`)).toEqual([])
})

describe('pages', () => {
  const page = (text: string) => ({ path: 'docs/a.md', text })

  it('counts headings outside code', () => {
    expect(wrongHeadings(page('# One\n```\n# a comment\n```\n'))).toEqual([])
    expect(wrongHeadings(page('# One\n\n# Two\n'))).toHaveLength(1)
    expect(wrongHeadings(page('Text\n'))).toHaveLength(1)
    expect(pagesOf([{ path: '.changeset/a.md', text: '' }, page('')])).toHaveLength(1)
  })

  it('follows links to files, folders and headings', () => {
    const files = [page('# Lots & ticks\n'), { path: 'docs/guides/b.md', text: '# B\n' }]
    const links = (text: string): string[] => brokenLinks(page(text), files)
    expect(links('[a](a.md#lots--ticks) [b](guides/b.md) [c](guides) [d](https://example.org) `[e](no.md)`')).toEqual(
      [],
    )
    expect(links('[a](no.md)')).toEqual(['docs/a.md links to "no.md", which is not there.'])
    expect(links('[a](a.md#grids)')).toHaveLength(1)
  })

  it('follows the pages that errors name', () => {
    const source = core(`fail({ docsPath: 'docs/a.md#lots' })`)
    expect(brokenDocsPaths(source, [page('# A\n## Lots\n')])).toEqual([])
    expect(brokenDocsPaths(source, [page('# A\n')])).toHaveLength(1)
  })
})

it('finds registry hosts, machine paths and the reference data of CI', () => {
  const at = (text: string, path = 'a.ts'): string[] => leaks({ path, text })
  expect(at(`https://${'registry'}.example.org/core`)).toHaveLength(1)
  expect(at(`read('${['', 'home', 'me'].join('/')}/bars.csv')`)).toHaveLength(1)
  expect(at(['..', 'shared', 'data'].join('/'))).toHaveLength(1)
  expect(at(['..', 'shared', 'data'].join('/'), '.ci/run')).toEqual([])
  expect(at('docs/work/a.md')).toEqual([])
})
