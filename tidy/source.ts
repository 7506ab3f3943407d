import { execFileSync } from 'node:child_process'
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'

/** The folder of the repository. */
export const root: string = fileURLToPath(new URL('..', import.meta.url))

/** A text file of the repository; the path is relative to its root and uses `/`. */
export interface TextFile {
  readonly path: string
  readonly text: string
}

/** One import, export-from, dynamic import or import type. */
export interface Import {
  readonly specifier: string
  readonly line: number
}

/** A parsed TypeScript file. */
export interface Source extends TextFile {
  readonly ast: ts.SourceFile
  readonly imports: readonly Import[]
  /** Name of the folder below `packages`, if it lies there. */
  readonly package: string | undefined
  /** True for code that a package ships; false for tests, their rigs, benches, configuration and everything outside `packages/x/src`. */
  readonly shipped: boolean
}

/** Every file that git tracks or would offer to track, and that is text. */
export function readRepository(): readonly TextFile[] {
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: root })
  return [...new Set(listed.toString('utf8').split('\0'))]
    .filter((path) => path !== '' && statSync(join(root, path), { throwIfNoEntry: false })?.isFile())
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }))
    .filter(({ text }) => !text.includes('\0'))
}

/** Parses one TypeScript file. */
export function parse(path: string, text: string): Source {
  const kind = path.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS
  const ast = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true, kind)
  const owner = /^packages\/([^/]+)\//.exec(path)?.[1]
  const shipped = /^packages\/[^/]+\/src\//.test(path) && !/\.(test|bench|rig|d)\.tsx?$/.test(path)
  return { path, text, ast, imports: importsOf(ast), package: owner, shipped }
}

/** Calls `see` for every node of a file. */
export function visit(node: ts.Node, see: (node: ts.Node) => void): void {
  see(node)
  ts.forEachChild(node, (child) => visit(child, see))
}

/** The place of a node as `path:line`, both as people count. */
export function placeOf(source: Source, node: ts.Node): string {
  return `${source.path}:${lineOf(source.ast, node)}`
}

function lineOf(ast: ts.SourceFile, node: ts.Node): number {
  return ast.getLineAndCharacterOfPosition(node.getStart(ast)).line + 1
}

function importsOf(ast: ts.SourceFile): Import[] {
  const found: Import[] = []
  visit(ast, (node) => {
    const specifier = specifierOf(node)
    if (specifier && ts.isStringLiteral(specifier)) found.push({ specifier: specifier.text, line: lineOf(ast, node) })
  })
  return found
}

function specifierOf(node: ts.Node): ts.Node | undefined {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return node.moduleSpecifier
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) return node.argument.literal
  if (!ts.isCallExpression(node)) return undefined
  const { expression } = node
  const called = ts.isIdentifier(expression) && expression.text === 'require'
  return called || expression.kind === ts.SyntaxKind.ImportKeyword ? node.arguments[0] : undefined
}
