/** Values when the steps were made, beside what the value function says now. */
export interface ValueBatch {
  /** What the value function says, `row` apart. */
  readonly output: Float32Array
  readonly row: number
  readonly rows: number
  /** What it said when the steps were made. */
  readonly values: Float64Array
  /** What came of the steps: advantage plus value. */
  readonly returns: Float64Array
}

/** Settings of the loss of a value function. */
export interface ValueLossOptions {
  /** ε: how far a value may move before its loss is held. */
  readonly clip: number
  readonly weight: number
}

/**
 * The clipped loss of a value function, `½ mean(max((v - R)², (v₀ + clip(v - v₀, ±ε) - R)²))`, times `weight`; its gradient is laid
 * out as `output`.
 *
 * As in the reference implementation of proximal policy optimisation; the paper leaves it open.
 */
export function valueLoss(batch: ValueBatch, { clip, weight }: ValueLossOptions, gradient: Float32Array): number {
  const { output, row, rows, values, returns } = batch
  let loss = 0
  for (let index = 0; index < rows; index++) {
    const before = values[index]!
    const change = output[index * row]! - before
    const miss = before + change - returns[index]!
    const missClipped = before + Math.min(Math.max(change, -clip), clip) - returns[index]!
    const held = missClipped * missClipped > miss * miss
    loss += held ? missClipped * missClipped : miss * miss
    // Where the clipped miss is the larger one, it does not move with the value.
    gradient[index * row] = held ? 0 : (weight * miss) / rows
  }
  return (0.5 * weight * loss) / rows
}
