import fc from 'fast-check'
import { expect, it } from 'vitest'
import { catalogues, longerFiles, mints, startedByName } from './exceptions.js'
import { focusedTests } from './focused.js'
import { deepImports, strayCcxt, wrongCoreLayers, wrongDirections } from './layers.js'
import { leaks } from './leaks.js'
import { strayMints } from './mints.js'
import { badDeclarations, emptyPathNames, misnamedFiles, scratchFiles } from './naming.js'
import { brokenDocsPaths, brokenLinks, pagesOf, wrongHeadings } from './pages.js'
import { deadFiles, innerBarrels, unpinnedEntries } from './reach.js'
import { longFiles, longFunctions } from './size.js'
import { parse, readRepository } from './source.js'
import { asyncInEngine, bannedCalls } from './zone.js'

const files = readRepository()
const sources = files.filter(({ path }) => /\.tsx?$/.test(path)).map(({ path, text }) => parse(path, text))
const pages = pagesOf(files)
const paths = new Set(files.map(({ path }) => path))
const manifests = files
  .filter(({ path }) => /^packages\/[^/]+\/package\.json$/.test(path))
  .map(({ path, text }) => ({ folder: path.replace('/package.json', ''), ...JSON.parse(text) }) as Manifest)
const subpaths = manifests.flatMap(({ folder, name, exports }) =>
  Object.keys(exports)
    .filter((subpath) => subpath !== './package.json')
    .map((subpath) => ({ name: name + subpath.slice(1), entry: `${folder}/src${subpath.slice(1)}/index.ts` })),
)
// A package with a command builds it from here; see tsup.base.ts.
const commands = manifests.filter(({ bin }) => bin).map(({ folder }) => `${folder}/src/cli/main.ts`)
const entries = new Set([...subpaths.map(({ entry }) => entry), ...commands])

interface Manifest {
  readonly folder: string
  readonly name: string
  readonly exports: Readonly<Record<string, unknown>>
  readonly bin?: Readonly<Record<string, string>>
}

it('lets packages import only the packages below them', () => {
  expect(wrongDirections(sources)).toEqual([])
})

it('lets packages import each other only by public names', () => {
  expect(deepImports(sources, new Set(subpaths.map(({ name }) => name)))).toEqual([])
})

it('lets imports inside core point down', () => {
  expect(wrongCoreLayers(sources)).toEqual([])
})

it('keeps ccxt in one folder and its types in one file', () => {
  expect(strayCcxt(sources)).toEqual([])
})

it('keeps clocks, randomness, timers and I/O out of the deterministic zone', () => {
  expect(sources.flatMap(bannedCalls)).toEqual([])
})

it('keeps the engine synchronous', () => {
  expect(sources.flatMap(asyncInEngine)).toEqual([])
})

it('keeps files short', () => {
  expect(longFiles(files)).toEqual([])
})

it('keeps functions short', () => {
  expect(sources.flatMap(longFunctions)).toEqual([])
})

it('names files after their main export', () => {
  expect(sources.flatMap(misnamedFiles)).toEqual([])
})

it('has no file or folder with an empty name', () => {
  expect(emptyPathNames(files)).toEqual([])
})

it('has no file left over from trying something out', () => {
  expect(scratchFiles(files)).toEqual([])
})

it('has no enum, default export, blind re-export or name that hides what a thing does', () => {
  expect(sources.flatMap(badDeclarations)).toEqual([])
})

it('mints branded primitives only where they are defined', () => {
  expect(sources.flatMap(strayMints)).toEqual([])
})

it('has no dead source file', () => {
  expect(deadFiles(sources, entries)).toEqual([])
})

it('has no inner barrel', () => {
  expect(innerBarrels(sources, entries)).toEqual([])
})

it('pins the exports of every entry point', () => {
  expect(unpinnedEntries(sources, entries)).toEqual([])
})

it('has no focused or skipped test', () => {
  expect(sources.flatMap(focusedTests)).toEqual([])
})

it('gives every property that names no number of runs as many as FC_NUM_RUNS says', () => {
  expect(fc.readConfigureGlobal()?.numRuns).toBe(Number(process.env.FC_NUM_RUNS ?? 100))
})

it('has one first-level heading on each page', () => {
  expect(pages.flatMap(wrongHeadings)).toEqual([])
})

it('has no broken link between pages', () => {
  expect(pages.flatMap((page) => brokenLinks(page, files))).toEqual([])
})

it('sends readers of errors to pages that exist', () => {
  expect(sources.flatMap((source) => brokenDocsPaths(source, files))).toEqual([])
})

it('names no registry host and no folder of one machine', () => {
  expect(files.flatMap(leaks)).toEqual([])
})

it('gives each package a read-me and the licence of the repository', () => {
  const licence = files.find(({ path }) => path === 'LICENSE')?.text
  expect(manifests.map(({ folder }) => folder).filter((folder) => !paths.has(`${folder}/README.md`))).toEqual([])
  expect(manifests.map(({ folder }) => files.find(({ path }) => path === `${folder}/LICENSE`)?.text)).toEqual(
    manifests.map(() => licence),
  )
})

it('lists no exception for a file that is gone', () => {
  const listed = [catalogues, longerFiles, mints, startedByName].flatMap((exceptions) => Object.keys(exceptions))
  expect(listed.filter((path) => !files.some((file) => file.path.startsWith(path)))).toEqual([])
})
