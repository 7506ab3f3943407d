import { onnxError } from './onnxError.js'
import { onnxOperators, onnxOpsets } from './onnxOperators.js'
import { type ParsedGraph, type ParsedOnnx, type ParsedValue, parseOnnx } from './parseOnnx.js'

/** What is in an ONNX file. */
export interface OnnxSummary {
  /** Inputs that have to be fed. */
  readonly inputs: readonly ParsedValue[]
  readonly outputs: readonly ParsedValue[]
  /** Operators that occur, in alphabetical order. */
  readonly operators: readonly string[]
  /** Version of each operator domain; the standard one is the empty name. */
  readonly opsets: Readonly<Record<string, number>>
  readonly nodes: number
  /** Numbers in all tensors. */
  readonly parameters: number
}

/**
 * Looks through an ONNX file without running it, and refuses what a model of prices has no use for: data in other files, custom
 * operators and functions, operators that are not on the list, unknown opsets, graphs nested over 3 deep, cycles, and more than
 * 64 MiB, 50 million parameters or 100,000 nodes.
 *
 * @throws ConfigError with code `ONNX` that names what is refused.
 * @example
 * inspectOnnx(writeOnnx(network)).operators // => ['Gemm', 'Relu', 'Softmax']
 */
export function inspectOnnx(bytes: Uint8Array): OnnxSummary {
  return summaryOf(allowedOnnx(bytes))
}

/**
 * The structure of a file that passed the inspection.
 *
 * @throws ConfigError with code `ONNX`.
 */
export function allowedOnnx(bytes: Uint8Array): ParsedOnnx {
  const parsed = parseOnnx(bytes)
  for (const [domain, version] of parsed.opsets) {
    const known = Object.hasOwn(onnxOpsets, domain) ? onnxOpsets[domain] : undefined
    if (known === undefined) throw onnxError(`it uses the operator domain "${domain}"`)
    if (version < known.from || version > known.to) {
      throw onnxError(
        `version ${version} of its ${domain || 'standard'} operators is not from ${known.from} to ${known.to}`,
      )
    }
  }
  checkGraph(parsed.graph, new Set(), parsed.opsets)
  return parsed
}

function summaryOf({ graph, opsets, nodes, parameters }: ParsedOnnx): OnnxSummary {
  const constants = new Set(graph.constants.map(({ name }) => name))
  return {
    inputs: graph.inputs.filter(({ name }) => !constants.has(name)),
    outputs: graph.outputs,
    operators: [...new Set(operatorsIn(graph))].sort(),
    opsets: Object.fromEntries(opsets),
    nodes,
    parameters,
  }
}

function operatorsIn(graph: ParsedGraph): readonly string[] {
  return graph.nodes.flatMap((node) => [
    node.operator,
    ...[...node.attributes.values()].flatMap((attribute) => (attribute.graph ? operatorsIn(attribute.graph) : [])),
  ])
}

/** Nodes stand in the order of their computation, so an input that no one gave before is lost, or part of a cycle. */
function checkGraph(graph: ParsedGraph, outer: ReadonlySet<string>, opsets: ReadonlyMap<string, number>): void {
  const known = new Set(outer)
  const define = (name: string): void => {
    if (known.has(name)) throw onnxError(`two values are named "${name.slice(0, 80)}"`)
    known.add(name)
  }
  const inputs = new Set(graph.inputs.map(({ name }) => name))
  for (const { name } of graph.inputs) define(name)
  const constants = new Set<string>()
  for (const { name } of graph.constants) {
    // A constant may be listed as an input as well, as old exporters do.
    if (!inputs.has(name)) define(name)
    else if (constants.has(name)) throw onnxError(`two constants are named "${name.slice(0, 80)}"`)
    constants.add(name)
  }
  for (const node of graph.nodes) {
    const { operator, domain, inputs, outputs, attributes } = node
    requireAllowed(operator, domain, opsets)
    for (const name of inputs) {
      if (name === '' || known.has(name)) continue
      throw onnxError(`${operator} reads "${name.slice(0, 80)}" before it is computed; the graph is cyclic or unsorted`)
    }
    for (const { graph: inner } of attributes.values()) if (inner) checkGraph(inner, known, opsets)
    for (const name of outputs) if (name !== '') define(name)
  }
  for (const { name } of graph.outputs) if (!known.has(name)) throw onnxError(`nothing gives its output "${name}"`)
}

function requireAllowed(operator: string, domain: string, opsets: ReadonlyMap<string, number>): void {
  if (!Object.hasOwn(onnxOperators, domain)) throw onnxError(`it uses the operator domain "${domain.slice(0, 80)}"`)
  if (!opsets.has(domain)) throw onnxError(`it names no version of its ${domain || 'standard'} operators`)
  if (!onnxOperators[domain]!.has(operator)) throw onnxError(`operator "${operator.slice(0, 80)}" is not allowed`)
}
