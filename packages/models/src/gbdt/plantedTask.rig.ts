import { createRandom } from '@astertrade/core'

/** What a planted task hides in its features. */
export type PlantedEdge =
  /** The sign of the first feature's sum with noise. */
  | 'linear'
  /** Class 1 where the first two features have different signs: neither tells anything alone. */
  | 'xor'
  /** A line, a product, a step and a wave, with noise. */
  | 'mixed'
  /** Nothing. */
  | 'none'

/** Rows of uniform features from -1 to 1 with two classes. */
export interface PlantedTask {
  readonly features: Float32Array
  readonly rows: number
  readonly columns: number
  readonly classes: Uint8Array
}

/** What `plantedTask` takes. */
export interface PlantedTaskOptions {
  readonly edge: PlantedEdge
  readonly rows: number
  readonly columns: number
  readonly seed: number
}

/** Makes a task whose answer is known; the same options give the same bytes on any machine. */
export function plantedTask({ edge, rows, columns, seed }: PlantedTaskOptions): PlantedTask {
  const random = createRandom(seed).stream('plantedTask')
  const noise = createRandom(seed).stream('plantedTask/noise')
  const features = Float32Array.from({ length: rows * columns }, () => 2 * random.uniform() - 1)
  const classes = new Uint8Array(rows)
  for (let row = 0; row < rows; row++) {
    const at = (column: number): number => features[column * rows + row]!
    classes[row] = signalOf(edge, at) + noise.normal() > 0 ? 1 : 0
  }
  return { features, rows, columns, classes }
}

function signalOf(edge: PlantedEdge, at: (column: number) => number): number {
  switch (edge) {
    case 'linear':
      return 3 * at(0)
    case 'xor':
      return at(0) * at(1) > 0 ? -2 : 2
    case 'mixed':
      return 1.5 * at(0) + 3 * at(1) * at(2) + (at(3) > 0.3 ? 1 : -0.4) + 2 * at(4) * (1 - Math.abs(at(4)))
    case 'none':
      return 0
    default:
      return edge satisfies never
  }
}

/** Rows from `from` up to, not including, `to`. */
export function rowsBetween(from: number, to: number): Int32Array {
  return Int32Array.from({ length: to - from }, (_, index) => from + index)
}
