import type { Activation, DenseLayer } from '../backends/network.js'

/** Sizes of a layer, without its numbers. */
export type LayerShape = Pick<DenseLayer, 'inputs' | 'outputs' | 'activation'>

/** Where the numbers of a layer lie in an arena. */
export interface LayerPlaces {
  readonly inputs: number
  readonly outputs: number
  readonly activation: Activation
  /** Outputs rounded up to a multiple of 4: the step between rows of weights and results. What is added stays 0. */
  readonly columns: number
  readonly weights: number
  readonly bias: number
  /** What the layer reads, and the step between its rows. */
  readonly source: number
  readonly sourceRow: number
  readonly result: number
}

/** Where the numbers of a network lie in an arena of float32. */
export interface NetworkLayout {
  readonly layers: readonly LayerPlaces[]
  /** Rows that are computed at once at most. */
  readonly rows: number
  readonly input: number
  /** Weights and biases of all layers, one after another. */
  readonly parameters: number
  readonly parameterCount: number
  /** Place of what the last layer says. */
  readonly output: number
  readonly outputRow: number
  /** Places used so far. */
  readonly length: number
}

/** Rounds up to a multiple of 4, the width of a SIMD register in float32. */
export const toLanes = (count: number): number => Math.ceil(count / 4) * 4

/** Place 0 means none, and what follows is aligned to a cache line. */
const start = 16

/** Lays a network out for so many rows at once. */
export function networkLayout(shapes: readonly LayerShape[], rows: number): NetworkLayout {
  let next = start
  const take = (count: number): number => {
    const at = next
    next += toLanes(count)
    return at
  }
  const own = shapes.map(({ inputs, outputs }) => {
    const columns = toLanes(outputs)
    return { columns, weights: take(inputs * columns), bias: take(columns) }
  })
  const parameterCount = next - start
  const input = take(rows * shapes[0]!.inputs)
  const layers: LayerPlaces[] = []
  for (const [index, shape] of shapes.entries()) {
    const before = layers.at(-1)
    const places = own[index]!
    layers.push({
      ...shape,
      ...places,
      source: before?.result ?? input,
      sourceRow: before?.columns ?? shape.inputs,
      result: take(rows * places.columns),
    })
  }
  const last = layers.at(-1)!
  const places = { layers, rows, input, parameters: start, parameterCount }
  return { ...places, output: last.result, outputRow: last.columns, length: next }
}
