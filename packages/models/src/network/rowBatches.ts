import type { RandomStream } from '@astertrade/core'
import { shuffle } from './shuffle.js'
import type { LabelledRows } from './trainNetwork.js'

/** What `rowBatches` takes. */
export interface RowBatchesOptions extends LabelledRows {
  readonly inputs: number
  /** Rows of a batch at most. */
  readonly batch: number
  /** Where the features of a batch are written. */
  readonly into: Float32Array
}

/** Goes through rows in batches; classes and weights of the batch lie in its arrays, its features where it was told. */
export interface RowBatches {
  /** Rows with a weight above 0. */
  readonly count: number
  readonly weightMean: number
  readonly classes: Uint8Array
  readonly weights: Float64Array
  /** Puts the rows in a random order that depends on the stream alone. */
  shuffle(random: RandomStream): void
  /** Fills the first batch and returns how many rows it has. */
  begin(): number
  /** Fills the next batch; 0 at the end. */
  next(): number
}

/** Makes batches of the rows that have a weight, in their order until shuffled. */
export function rowBatches({ features, rows, inputs, classes, weights, batch, into }: RowBatchesOptions): RowBatches {
  const weightOf = (row: number): number => (weights ? weights[row]! : 1)
  const kept = Int32Array.from({ length: rows }, (_, row) => row).filter((row) => weightOf(row) > 0)
  const order = kept.slice()
  const batchClasses = new Uint8Array(batch)
  const batchWeights = new Float64Array(batch)
  let at = 0
  const fill = (): number => {
    const count = Math.min(batch, order.length - at)
    for (let index = 0; index < count; index++) {
      const row = order[at + index]!
      batchClasses[index] = classes[row]!
      batchWeights[index] = weightOf(row)
      const [from, to] = [row * inputs, index * inputs]
      for (let input = 0; input < inputs; input++) into[to + input] = features[from + input]!
    }
    at += count
    return count
  }
  return {
    count: kept.length,
    weightMean: kept.reduce((sum, row) => sum + weightOf(row), 0) / kept.length,
    classes: batchClasses,
    weights: batchWeights,
    shuffle(random) {
      order.set(kept)
      shuffle(order, random)
    },
    begin() {
      at = 0
      return fill()
    },
    next: fill,
  }
}
