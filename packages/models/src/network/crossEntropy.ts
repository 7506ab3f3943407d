import { exp, log } from '@astertrade/core'

/** A batch of outcomes beside what was said of them. */
export interface CrossEntropyBatch {
  /** What a linear last layer says, `row` apart. */
  readonly output: Float32Array
  readonly row: number
  readonly rows: number
  readonly classCount: number
  readonly classes: Uint8Array
  /** Weight of each row; 0 masks it. */
  readonly weights: Float64Array
}

/**
 * Weighted sum of cross entropies `-w log softmax(z)[class]` of a batch; double precision, the same bits on any machine.
 *
 * With `gradient`, laid out as `output`, it writes `scale * w * (softmax(z) - [class])` there.
 */
export function crossEntropy(batch: CrossEntropyBatch, scale: number, gradient?: Float32Array): number {
  const { output, row, rows, classCount, classes, weights } = batch
  let loss = 0
  for (let index = 0; index < rows; index++) {
    const at = index * row
    const weight = weights[index]!
    let largest = output[at]!
    for (let c = 1; c < classCount; c++) largest = Math.max(largest, output[at + c]!)
    let sum = 0
    for (let c = 0; c < classCount; c++) sum += exp(output[at + c]! - largest)
    const target = classes[index]!
    loss += weight * (log(sum) + largest - output[at + target]!)
    if (!gradient) continue
    const share = (scale * weight) / sum
    for (let c = 0; c < classCount; c++) {
      const pull = c === target ? scale * weight : 0
      gradient[at + c] = share * exp(output[at + c]! - largest) - pull
    }
  }
  return loss
}
