import ts from 'typescript'

/** One small change of a source file that a test should notice. */
export interface Mutant {
  /** From 0, exclusive end. */
  readonly start: number
  readonly end: number
  readonly before: string
  readonly after: string
  /** Line, from 1. */
  readonly line: number
}

const swaps: Readonly<Partial<Record<ts.SyntaxKind, string>>> = {
  [ts.SyntaxKind.LessThanToken]: '<=',
  [ts.SyntaxKind.LessThanEqualsToken]: '<',
  [ts.SyntaxKind.GreaterThanToken]: '>=',
  [ts.SyntaxKind.GreaterThanEqualsToken]: '>',
  [ts.SyntaxKind.EqualsEqualsEqualsToken]: '!==',
  [ts.SyntaxKind.ExclamationEqualsEqualsToken]: '===',
  [ts.SyntaxKind.PlusToken]: '-',
  [ts.SyntaxKind.MinusToken]: '+',
  [ts.SyntaxKind.AsteriskToken]: '/',
  [ts.SyntaxKind.SlashToken]: '*',
  [ts.SyntaxKind.AmpersandAmpersandToken]: '||',
  [ts.SyntaxKind.BarBarToken]: '&&',
}

const names: Readonly<Record<string, string>> = {
  'Math.min': 'Math.max',
  'Math.max': 'Math.min',
  'Math.floor': 'Math.ceil',
  'Math.ceil': 'Math.floor',
  'Math.round': 'Math.floor',
  'Math.abs': 'Math.sign',
}
const methods: Readonly<Record<string, string>> = { some: 'every', every: 'some' }
const words: Readonly<Record<string, string>> = { up: 'down', down: 'up', buy: 'sell', sell: 'buy' }

/** Every mutant of a file: operators, conditions, figures, rounding, sides, and calls that are left out. */
export function plantMutants(path: string, text: string): readonly Mutant[] {
  const ast = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true)
  const found: Mutant[] = []
  const plant = (node: ts.Node, after: string): void => {
    const [start, end] = [node.getStart(ast), node.getEnd()]
    const before = text.slice(start, end)
    if (before === after) return
    found.push({ start, end, before, after, line: ast.getLineAndCharacterOfPosition(start).line + 1 })
  }
  const walk = (node: ts.Node): void => {
    if (isOutside(node)) return
    mutate(node, text, plant)
    ts.forEachChild(node, walk)
  }
  walk(ast)
  return found
}

/** Types, imports and the words of errors are no behaviour that a verdict depends on. */
function isOutside(node: ts.Node): boolean {
  if (ts.isTypeNode(node) || ts.isImportDeclaration(node) || ts.isInterfaceDeclaration(node)) return true
  if (ts.isTypeAliasDeclaration(node) || ts.isTemplateExpression(node)) return true
  return ts.isNewExpression(node) && node.expression.getText().endsWith('Error')
}

type Plant = (node: ts.Node, after: string) => void

function mutate(node: ts.Node, text: string, plant: Plant): void {
  if (ts.isBinaryExpression(node)) mutateBinary(node, plant)
  else if (ts.isConditionalExpression(node)) mutateCondition(node.condition, plant)
  else if (ts.isIfStatement(node)) mutateCondition(node.expression, plant)
  else if (ts.isPrefixUnaryExpression(node)) {
    const isFlip = node.operator === ts.SyntaxKind.ExclamationToken || node.operator === ts.SyntaxKind.MinusToken
    if (isFlip) plant(node, node.operand.getText())
  } else if (ts.isNumericLiteral(node)) plantNumber(node, plant)
  else if (ts.isBigIntLiteral(node)) plant(node, `${BigInt(node.text.slice(0, -1)) + 1n}n`)
  else if (node.kind === ts.SyntaxKind.TrueKeyword) plant(node, 'false')
  else if (node.kind === ts.SyntaxKind.FalseKeyword) plant(node, 'true')
  else if (ts.isStringLiteral(node) && Object.hasOwn(words, node.text)) plant(node, `'${words[node.text]}'`)
  else if (ts.isPropertyAccessExpression(node)) mutateAccess(node, text, plant)
  else if (ts.isExpressionStatement(node) && ts.isCallExpression(node.expression)) plant(node, ';')
}

/** A figure so large that one more is the same has no mutant. */
function plantNumber(node: ts.NumericLiteral, plant: Plant): void {
  const figure = Number(node.text)
  if (figure + 1 !== figure) plant(node, String(figure + 1))
}

function mutateCondition(condition: ts.Expression, plant: Plant): void {
  plant(condition, 'true')
  plant(condition, 'false')
}

function mutateBinary(node: ts.BinaryExpression, plant: Plant): void {
  const after = swaps[node.operatorToken.kind]
  const isText = [node.left, node.right].some((side) => ts.isStringLiteral(side) || ts.isTemplateLiteral(side))
  if (after !== undefined && !(isText && after === '-')) plant(node.operatorToken, after)
  if (node.operatorToken.kind === ts.SyntaxKind.QuestionQuestionToken) plant(node, node.left.getText())
}

function mutateAccess(node: ts.PropertyAccessExpression, text: string, plant: Plant): void {
  const other = names[text.slice(node.getStart(), node.getEnd())]
  if (other !== undefined) plant(node, other)
  const method = methods[node.name.text]
  if (method !== undefined) plant(node.name, method)
}
