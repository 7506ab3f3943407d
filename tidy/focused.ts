import ts from 'typescript'
import { placeOf, type Source, visit } from './source.js'

const running = ['each', 'for', 'skipIf', 'runIf', 'concurrent', 'sequential', 'extend']

/** Tests that are focused, skipped or only announced; `skipIf` and `runIf` state their condition. */
export function focusedTests(source: Source): string[] {
  if (!/\.test\.tsx?$/.test(source.path)) return []
  const found: string[] = []
  visit(source.ast, (node) => {
    if (!ts.isPropertyAccessExpression(node) || running.includes(node.name.text)) return
    if (!/^(it|test|describe)(\.|$)/.test(node.expression.getText(source.ast))) return
    found.push(`${placeOf(source, node)} ${node.getText(source.ast)}; run it, or delete it.`)
  })
  return found
}
