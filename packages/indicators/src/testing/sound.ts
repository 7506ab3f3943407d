import { type ContractDefinition, holds } from './contractSubject.js'

/** Throws unless all outputs are finite, within their bounds, and bands in their order. */
export function sound(definition: ContractDefinition, values: readonly number[], where: string): void {
  const { outputs, bounds } = definition
  for (const [at, output] of outputs.entries()) {
    const value = values[at]!
    const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } = bounds?.[output] ?? {}
    holds(Number.isFinite(value), `output ${output} is "${value}" ${where}`)
    holds(value >= min && value <= max, `output ${output} is "${value}", not from ${min} to ${max}, ${where}`)
  }
  const [lower, middle, upper] = ['lower', 'middle', 'upper'].map((name) => values[outputs.indexOf(name)])
  if (lower === undefined || middle === undefined || upper === undefined) return
  holds(lower <= middle && middle <= upper, `bands are "${lower}", "${middle}", "${upper}" ${where}`)
}
