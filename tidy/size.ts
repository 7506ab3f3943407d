import ts from 'typescript'
import { longerFiles } from './exceptions.js'
import { placeOf, type Source, type TextFile, visit } from './source.js'

/** Most lines of a file. */
export const fileLinesMax = 250
/** Most lines of a test and of a listed exception. */
export const hardLinesMax = 400
/** Most lines of a function, without the functions inside it. */
export const functionLinesMax = 50

/** Code files that are too long, and exceptions that are none any more. */
export function longFiles(files: readonly TextFile[]): string[] {
  return files.flatMap(({ path, text }) => {
    const lines = text.split('\n').length - 1
    if (!/\.(ts|tsx|mjs)$/.test(path)) return []
    const listed = path in longerFiles
    const most = listed || /\.test\.tsx?$/.test(path) ? hardLinesMax : fileLinesMax
    if (lines > most) return [`${path} has ${lines} lines, more than ${most}; split it by idea.`]
    return listed && lines <= fileLinesMax ? [`${path} has ${lines} lines; it needs no exception.`] : []
  })
}

/**
 * Functions that are too long, tests apart: there the body of a `describe` is one. A function inside another counts for itself alone, so a factory may return many closures.
 */
export function longFunctions(source: Source): string[] {
  if (/\.test\.tsx?$/.test(source.path)) return []
  const found: string[] = []
  visit(source.ast, (node) => {
    if (!isFunction(node)) return
    const lines = linesOf(source, node) - nestedLines(source, node)
    if (lines <= functionLinesMax) return
    found.push(
      `${placeOf(source, node)} ${nameOf(node)} has ${lines} lines, more than ${functionLinesMax}; give a part of it a name.`,
    )
  })
  return found
}

function isFunction(node: ts.Node): node is ts.FunctionLikeDeclaration {
  return ts.isFunctionLike(node) && (node as ts.FunctionLikeDeclaration).body !== undefined
}

function linesOf(source: Source, node: ts.Node): number {
  const line = (position: number): number => source.ast.getLineAndCharacterOfPosition(position).line
  return line(node.getEnd()) - line(node.getStart(source.ast)) + 1
}

function nestedLines(source: Source, node: ts.Node): number {
  let lines = 0
  ts.forEachChild(node, (child) => {
    lines += isFunction(child) ? linesOf(source, child) - 1 : nestedLines(source, child)
  })
  return lines
}

function nameOf(node: ts.FunctionLikeDeclaration): string {
  const named =
    node.name ??
    (ts.isVariableDeclaration(node.parent) || ts.isPropertyAssignment(node.parent) ? node.parent.name : undefined)
  return named ? named.getText() : 'a function'
}
