import { exp } from '@astertrade/core'
import { clippedSurrogate, surrogateSlope } from './clippedSurrogate.js'
import { logOfSum } from './logProbability.js'

/** Actions taken, beside what the policy says of them now. */
export interface PolicyBatch {
  /** What a linear last layer says, `row` apart. */
  readonly output: Float32Array
  readonly row: number
  readonly rows: number
  readonly actions: number
  readonly taken: Int32Array
  /** Logarithm of the probability of each action when it was taken. */
  readonly logProbabilities: Float64Array
  readonly advantages: Float64Array
}

/** Settings of the loss of a policy. */
export interface PolicyLossOptions {
  /** ε of the clipped surrogate. */
  readonly clip: number
  /** Weight of the entropy, which is made large. */
  readonly entropy: number
}

/**
 * The loss of a policy over a batch, `mean(-surrogate - entropy * H)`, and its gradient laid out as `output`.
 *
 * `dH/dz[j] = -p[j] (log p[j] + H)` and `d log p[a]/dz[j] = [j = a] - p[j]`. Double precision, the same bits on any machine.
 */
export function policyLoss(batch: PolicyBatch, options: PolicyLossOptions, gradient: Float32Array): number {
  const { output, row, rows, actions, taken, logProbabilities, advantages } = batch
  const { clip, entropy } = options
  let loss = 0
  for (let index = 0; index < rows; index++) {
    const at = index * row
    const whole = logOfSum(output, at, actions)
    const action = taken[index]!
    const ratio = exp(output[at + action]! - whole - logProbabilities[index]!)
    const advantage = advantages[index]!
    let disorder = 0
    for (let j = 0; j < actions; j++) disorder -= exp(output[at + j]! - whole) * (output[at + j]! - whole)
    loss -= clippedSurrogate(ratio, advantage, clip) + entropy * disorder
    const slope = surrogateSlope(ratio, advantage, clip)
    for (let j = 0; j < actions; j++) {
      const logP = output[at + j]! - whole
      const p = exp(logP)
      const push = slope * ((j === action ? 1 : 0) - p) - entropy * p * (logP + disorder)
      gradient[at + j] = -push / rows
    }
  }
  return loss / rows
}
