import ts from 'typescript'
import { coreLayer } from './layers.js'
import { placeOf, type Source, visit } from './source.js'

const members: Readonly<Record<string, string>> = {
  'Date.now': 'the time of the event; the wall clock lives in the runner',
  'Math.random': 'createRandom(seed).stream(name)',
}

const globals: Readonly<Record<string, string>> = {
  performance: 'nothing: measure in a *.bench.ts',
  setTimeout: 'a timer event',
  setInterval: 'a timer event',
  setImmediate: 'a timer event',
  process: 'an option that the caller passes in',
  fetch: 'a port; I/O lives in exchanges and runner',
  crypto: 'createRandom(seed) or the functions of hasher.ts',
}

/** True for shipped code that must give the same bytes for the same events. */
export function isDeterministic(source: Source): boolean {
  if (!source.shipped || !['core', 'indicators', 'risk', 'models'].includes(source.package ?? '')) return false
  return !/^packages\/models\/src\/(backends\/)?(onnx|tfjs)\//.test(source.path)
}

/** Clocks, randomness, timers, I/O and `node:` imports in the deterministic zone, each with what to use instead. */
export function bannedCalls(source: Source): string[] {
  if (!isDeterministic(source)) return []
  const found = source.imports
    .filter(({ specifier }) => specifier.startsWith('node:'))
    .map(
      ({ specifier, line }) =>
        `${source.path}:${line} imports ${specifier}; use a port, I/O lives in exchanges and runner.`,
    )
  const own = declaredNames(source)
  visit(source.ast, (node) => {
    const name = bannedName(node)
    if (!name || own.has(name.split('.')[0]!)) return
    found.push(`${placeOf(source, node)} uses ${name}; use ${members[name] ?? globals[name] ?? members['Date.now']}.`)
  })
  return found
}

function bannedName(node: ts.Node): string | undefined {
  if (ts.isPropertyAccessExpression(node)) {
    const text = `${node.expression.getText()}.${node.name.text}`.replace(/^globalThis\./, '')
    if (text in members) return text
    return node.expression.getText() === 'globalThis' && node.name.text in globals ? node.name.text : undefined
  }
  if (ts.isNewExpression(node) && node.expression.getText() === 'Date' && !node.arguments?.length) return 'new Date()'
  if (ts.isCallExpression(node) && node.expression.getText() === 'Date') return 'Date()'
  return ts.isIdentifier(node) && node.text in globals && isFreeValue(node) ? node.text : undefined
}

/** True where an identifier reads a variable, not where it names a property, a member or a type. */
function isFreeValue(node: ts.Identifier): boolean {
  const { parent } = node
  if (ts.isShorthandPropertyAssignment(parent)) return true
  const names = parent as { readonly name?: ts.Node; readonly propertyName?: ts.Node }
  if (names.name === node || names.propertyName === node) return false
  return !ts.isTypeNode(parent) && !ts.isQualifiedName(parent)
}

function declaredNames(source: Source): ReadonlySet<string> {
  const names = new Set<string>()
  visit(source.ast, (node) => {
    const named =
      ts.isVariableDeclaration(node) ||
      ts.isParameter(node) ||
      ts.isFunctionDeclaration(node) ||
      ts.isBindingElement(node)
    if ((named || ts.isImportSpecifier(node)) && node.name && ts.isIdentifier(node.name)) names.add(node.name.text)
  })
  return names
}

/** `async` and `await` in core below the backtest, where every call is synchronous. */
export function asyncInEngine(source: Source): string[] {
  const path = /^packages\/core\/src\/(.+)$/.exec(source.path)?.[1]
  if (!path || !source.shipped || coreLayer(path).rank > 3) return []
  const found: string[] = []
  visit(source.ast, (node) => {
    if (node.kind !== ts.SyntaxKind.AsyncKeyword && !ts.isAwaitExpression(node)) return
    found.push(
      `${placeOf(source, node)} is async; the engine is a synchronous function: return commands, let a loop around it wait.`,
    )
  })
  return found
}
