import { posix } from 'node:path'
import ts from 'typescript'
import { placeOf, type Source, visit } from './source.js'

/** What each package may import of the others. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  core: [],
  indicators: ['core'],
  risk: ['core'],
  exchanges: ['core'],
  models: ['core', 'indicators'],
  runner: ['core', 'indicators', 'models', 'risk', 'exchanges'],
}

/** Imports of one package by another that do not point down. Tests and benches may look sideways at their oracles. */
export function wrongDirections(sources: readonly Source[]): string[] {
  return sources.flatMap((source) => {
    const owner = source.package
    if (!owner || !source.shipped) return []
    return source.imports.flatMap(({ specifier, line }) => {
      const target = /^@astertrade\/([^/]+)/.exec(specifier)?.[1]
      if (!target || allowed[owner]?.includes(target)) return []
      const hint = allowed[owner]?.length
        ? `it may import ${allowed[owner].join(', ')}`
        : 'it may import no other package'
      return [`${source.path}:${line} ${owner} imports ${target}; ${hint}.`]
    })
  })
}

/** Imports that reach into another package by a path, or by a name that its manifest does not export. */
export function deepImports(sources: readonly Source[], publicNames: ReadonlySet<string>): string[] {
  return sources.flatMap((source) =>
    source.imports.flatMap(({ specifier, line }) => {
      const place = `${source.path}:${line}`
      if (specifier.startsWith('@astertrade/')) {
        return publicNames.has(specifier)
          ? []
          : [`${place} "${specifier}" is no public name; see "exports" of its package.json.`]
      }
      if (!specifier.startsWith('.') || !source.package) return []
      const target = posix.join(posix.dirname(source.path), specifier)
      const inside = !/^packages\//.test(target) || target.startsWith(`packages/${source.package}/`)
      return inside ? [] : [`${place} "${specifier}" reaches into another package; import it as "@astertrade/…".`]
    }),
  )
}

const foundation = /^(brand|errors|hasher|random|time|money|canonicalJson|elementary|philox|nearest|shown)\.ts$/
const coreLayers: readonly { readonly name: string; readonly path: RegExp; readonly rank: number }[] = [
  { name: 'foundation', path: foundation, rank: 0 },
  { name: 'data', path: /^data\//, rank: 2 },
  { name: 'stats', path: /^stats\//, rank: 2 },
  { name: 'engine', path: /^(engine|journal|journalCommand|replay|seal|verifyJournal)\b|^index\.ts$/, rank: 3 },
  { name: 'backtest', path: /^backtest\//, rank: 4 },
  { name: 'testing', path: /^testing\//, rank: 5 },
  { name: 'nouns', path: /./, rank: 1 },
]

/** The layer of a file of core's sources, by its path below `packages/core/src`. */
export function coreLayer(path: string): { readonly name: string; readonly rank: number } {
  return coreLayers.find((layer) => layer.path.test(path))!
}

const core = 'packages/core/src/'

/** Imports inside core that point up: foundation ← nouns ← data, stats, engine ← backtest ← testing. */
export function wrongCoreLayers(sources: readonly Source[]): string[] {
  return sources.flatMap((source) => {
    if (!source.shipped || !source.path.startsWith(core)) return []
    const own = coreLayer(source.path.slice(core.length))
    return source.imports.flatMap(({ specifier, line }) => {
      if (!specifier.startsWith('.')) return []
      const target = posix.join(posix.dirname(source.path), specifier).replace(/\.js$/, '.ts')
      const other = coreLayer(target.slice(core.length))
      const beside = own.name === 'engine' && other.rank === 2
      if ((other.rank < own.rank && !beside) || other.name === own.name) return []
      return [
        `${source.path}:${line} ${own.name} imports ${other.name} ("${specifier}"); imports inside core point down.`,
      ]
    })
  })
}

const ccxtFolder = 'packages/exchanges/src/ccxt/'

/** Imports of ccxt outside its folder, and imports of its types outside `client.ts`. */
export function strayCcxt(sources: readonly Source[]): string[] {
  return sources.flatMap((source) => {
    const found = source.imports
      .filter(({ specifier }) => specifier === 'ccxt' || specifier.startsWith('ccxt/'))
      .map(({ line }) => `${source.path}:${line} imports ccxt; only client.ts in ${ccxtFolder} may.`)
    if (!source.path.startsWith(ccxtFolder)) return [...found, ...resolvedCcxt(source)]
    return /\/client(\.test)?\.ts$/.test(source.path) ? [] : found
  })
}

function resolvedCcxt(source: Source): string[] {
  const found: string[] = []
  visit(source.ast, (node) => {
    if (!ts.isCallExpression(node) || !node.expression.getText(source.ast).endsWith('.resolve')) return
    const [argument] = node.arguments
    if (!argument || !ts.isStringLiteral(argument) || !/^ccxt(\/|$)/.test(argument.text)) return
    found.push(`${placeOf(source, node)} looks ccxt up; only ${ccxtFolder} may.`)
  })
  return found
}
