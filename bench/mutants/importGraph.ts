import { readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'

const specifier = /(?:from|import)\s+'(\.[^']+)'/g

/** Files of a folder with the files that each imports by a path. */
export type ImportGraph = ReadonlyMap<string, readonly string[]>

/** Reads the imports of some files of a folder. */
export function importGraph(folder: string, files: readonly string[]): ImportGraph {
  return new Map(
    files.map((file) => {
      const text = readFileSync(join(folder, file), 'utf8')
      const targets = [...text.matchAll(specifier)].map(([, path]) =>
        relative(folder, join(folder, dirname(file), path!)).replace(/\.js$/, '.ts'),
      )
      return [file, targets]
    }),
  )
}

/** A test that reaches a file, and over how many imports. */
export interface ReachingTest {
  readonly test: string
  readonly distance: number
}

/** Tests that reach a file by imports, the nearest first. */
export function testsOf(graph: ImportGraph, file: string): readonly ReachingTest[] {
  const importers = new Map<string, string[]>()
  for (const [from, targets] of graph) for (const to of targets) importers.set(to, [...(importers.get(to) ?? []), from])
  const distances = new Map([[file, 0]])
  const queue = [file]
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    for (const from of importers.get(next) ?? []) {
      if (distances.has(from)) continue
      distances.set(from, distances.get(next)! + 1)
      queue.push(from)
    }
  }
  return [...distances]
    .filter(([name]) => name.endsWith('.test.ts'))
    .map(([test, distance]) => ({ test, distance }))
    .sort((a, b) => a.distance - b.distance)
}
