import { posix } from 'node:path'
import ts from 'typescript'
import { catalogues, startedByName } from './exceptions.js'
import { placeOf, type Source, type TextFile, visit } from './source.js'

/**
 * Shipped files without an export of their own name: `orders.ts` may export `orders`, `OrderOptions` or `placeOrder`.
 * Entry points, programs and listed catalogues are named otherwise.
 */
export function misnamedFiles(source: Source): string[] {
  const base = posix.basename(source.path).replace(/\.tsx?$/, '')
  if (!source.shipped || base === 'index' || base === 'main') return []
  if (source.path in catalogues || source.path in startedByName) return []
  if (!/^[a-z][a-zA-Z0-9]*$/.test(base)) return [`${source.path} is not in camelCase.`]
  const names = exportedNames(source.ast)
  if (names.some((name) => words(name).includes(words(base)))) return []
  return [
    `${source.path} exports no "${base}" but ${names.join(', ') || 'nothing'}; a file is named after its main export.`,
  ]
}

/** The words of a camelCase name in the singular, each between slashes, so that `place` is no part of `replace`. */
function words(name: string): string {
  const parts = name.split(/(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/)
  return `/${parts.map((part) => part.toLowerCase().replace(/s$/, '')).join('/')}/`
}

/** The names that a file exports itself. */
export function exportedNames(ast: ts.SourceFile): string[] {
  return ast.statements.flatMap((statement) => {
    if (ts.isExportDeclaration(statement)) {
      const clause = statement.exportClause
      return clause && ts.isNamedExports(clause) ? clause.elements.map((element) => element.name.text) : []
    }
    const modifiers = ts.canHaveModifiers(statement) ? (ts.getModifiers(statement) ?? []) : []
    if (!modifiers.some((modifier) => modifier.kind === ts.SyntaxKind.ExportKeyword)) return []
    if (ts.isVariableStatement(statement)) {
      return statement.declarationList.declarations.map((declaration) => declaration.name.getText(ast))
    }
    const name = (statement as ts.DeclarationStatement).name
    return name ? [name.getText(ast)] : []
  })
}

/** Files and folders whose name says nothing about their content. */
export function emptyPathNames(files: readonly TextFile[]): string[] {
  return files.flatMap(({ path }) => {
    const bad = path.split('/').find((part) => /^(utils?|common|helpers?|misc)(\.\w+)*$/i.test(part))
    return bad ? [`${path} is named "${bad}"; name it after the idea it holds.`] : []
  })
}

/** Files and folders that look left over: a name that begins with `_`, or that of a scratch. */
export function scratchFiles(files: readonly Pick<TextFile, 'path'>[]): string[] {
  return files.flatMap(({ path }) => {
    const bad = path.split('/').find((part) => /^_|^(te?mp|dbg|scratch|wip|untitled)\d*(\.\w+)*$/i.test(part))
    return bad ? [`${path} holds "${bad}", the name of a scratch; delete it, or name it after its idea.`] : []
  })
}

/** Enums, default exports outside configuration, `export *`, and names that hide what a thing does. */
export function badDeclarations(source: Source): string[] {
  const found: string[] = []
  const report = (node: ts.Node, message: string): number => found.push(`${placeOf(source, node)} ${message}`)
  visit(source.ast, (node) => {
    if (ts.isEnumDeclaration(node)) report(node, `enum ${node.name.text}; use a union of string literals.`)
    if (ts.isExportDeclaration(node) && !node.exportClause) report(node, 'export *; list the names by hand.')
    if (isDefaultExport(node) && !/\.config\.ts$/.test(source.path)) report(node, 'default export; export a name.')
    const name = declaredName(node)
    if (name && /(Manager|Service|Impl)$|^Abstract[A-Z]/.test(name))
      report(node, `the name ${name} says how it is built; say what it does.`)
    if (name && ts.isInterfaceDeclaration(node) && /^I[A-Z][a-z]/.test(name))
      report(node, `interface ${name} has an I prefix; drop it.`)
  })
  return found
}

function isDefaultExport(node: ts.Node): boolean {
  if (ts.isExportAssignment(node)) return true
  if (ts.isExportSpecifier(node)) return node.name.text === 'default'
  const modifiers = ts.canHaveModifiers(node) ? (ts.getModifiers(node) ?? []) : []
  return modifiers.some((modifier) => modifier.kind === ts.SyntaxKind.DefaultKeyword)
}

function declaredName(node: ts.Node): string | undefined {
  const declares =
    ts.isClassDeclaration(node) ||
    ts.isInterfaceDeclaration(node) ||
    ts.isTypeAliasDeclaration(node) ||
    ts.isFunctionDeclaration(node) ||
    ts.isVariableDeclaration(node)
  return declares && node.name && ts.isIdentifier(node.name) ? node.name.text : undefined
}
