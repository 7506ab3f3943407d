import ts from 'typescript'
import { mints } from './exceptions.js'
import { placeOf, type Source, visit } from './source.js'

const minting: Readonly<Record<string, string>> = {
  Price: 'instrument.price()',
  Quantity: 'instrument.quantity()',
  Money: 'money() or instrument.notional()',
  Timestamp: 'timestamp() or floorTo()',
  OrderId: 'orderId()',
  InstrumentId: 'defineInstrument().id',
}

/** Casts to a branded primitive outside the file that mints it. */
export function strayMints(source: Source): string[] {
  if (!source.shipped) return []
  const allowed = new Set(Object.keys(mints).flatMap((path) => (source.path.startsWith(path) ? mints[path]! : [])))
  const found: string[] = []
  visit(source.ast, (node) => {
    if (!ts.isAsExpression(node) && !ts.isTypeAssertionExpression(node)) return
    const name = node.type.getText(source.ast)
    if (!(name in minting) || allowed.has(name)) return
    found.push(`${placeOf(source, node)} casts to ${name}; mint it with ${minting[name]}.`)
  })
  return found
}
