import { posix } from 'node:path'
import ts from 'typescript'
import { startedByName } from './exceptions.js'
import { type Source, visit } from './source.js'

/** Shipped files that no entry point leads to, by imports or by the path of a worker in a string. */
export function deadFiles(sources: readonly Source[], entries: ReadonlySet<string>): string[] {
  const byPath = new Map(sources.map((source) => [source.path, source]))
  const reached = new Set<string>()
  const open = [...entries, ...Object.keys(startedByName)]
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    const source = byPath.get(path)
    if (!source || reached.has(path)) continue
    reached.add(path)
    open.push(...relativePaths(source))
  }
  return sources
    .filter((source) => source.shipped && !reached.has(source.path))
    .map(({ path }) => `${path} is reached from no entry point; export it, use it or delete it.`)
}

function relativePaths(source: Source): string[] {
  const found: string[] = []
  visit(source.ast, (node) => {
    if (!ts.isStringLiteralLike(node) || !/^\.{1,2}\/.+\.[jt]sx?$/.test(node.text)) return
    found.push(posix.join(posix.dirname(source.path), node.text).replace(/\.js(x?)$/, '.ts$1'))
  })
  return found
}

/** `index.ts` files that are no entry point of a package. */
export function innerBarrels(sources: readonly Source[], entries: ReadonlySet<string>): string[] {
  return sources
    .filter(({ path, shipped }) => shipped && posix.basename(path) === 'index.ts' && !entries.has(path))
    .map(({ path }) => `${path} is an inner barrel; import from the files themselves.`)
}

/** Entry points that are missing, or whose exports no test beside them pins. */
export function unpinnedEntries(sources: readonly Source[], entries: ReadonlySet<string>): string[] {
  const paths = new Set(sources.map(({ path }) => path))
  return [...entries].flatMap((entry) => {
    if (!paths.has(entry)) return [`${entry} is an entry point and does not exist.`]
    const test = entry.replace(/\.ts$/, '.test.ts')
    return entry.endsWith('/index.ts') && !paths.has(test)
      ? [`${entry} has no ${posix.basename(test)} that pins its exports.`]
      : []
  })
}
