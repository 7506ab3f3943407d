import { exp, log } from '@astertrade/core'

/** Scores of boosted trees, one column per tree of a round, and the class of each row. */
export interface BoostingState {
  readonly classes: Uint8Array
  readonly classCount: number
  /** `scores[tree]` by row; two classes have one tree a round, the log-odds of class 1. */
  readonly scores: readonly Float64Array[]
  /** Weight of each row, mean 1 over the training rows. */
  readonly weights: Float32Array
}

/** Columns of gradients and hessians of the log loss, one per tree of a round. */
export interface BoostingSlopes {
  readonly gradients: readonly Float32Array[]
  readonly hessians: readonly Float32Array[]
}

/** First and second derivatives of the log loss by the scores: `w·(p − y)` and `w·p·(1 − p)`. */
export function fillBoostingSlopes(state: BoostingState, rows: Int32Array, slopes: BoostingSlopes): void {
  if (state.classCount === 2) fillBinary(state, rows, slopes)
  else fillSoftmax(state, rows, slopes)
}

function fillBinary(
  { classes, scores: [score], weights }: BoostingState,
  rows: Int32Array,
  { gradients: [gradients], hessians: [hessians] }: BoostingSlopes,
): void {
  for (let index = 0; index < rows.length; index++) {
    const row = rows[index]!
    const up = 1 / (1 + exp(-score![row]!))
    const weight = weights[row]!
    gradients![row] = weight * (up - classes[row]!)
    hessians![row] = weight * up * (1 - up)
  }
}

function fillSoftmax(
  { classes, classCount, scores, weights }: BoostingState,
  rows: Int32Array,
  { gradients, hessians }: BoostingSlopes,
): void {
  const odds = new Float64Array(classCount)
  for (let index = 0; index < rows.length; index++) {
    const row = rows[index]!
    const own = classes[row]!
    const weight = weights[row]!
    const total = fillOdds(scores, row, odds)
    for (let output = 0; output < classCount; output++) {
      const chance = odds[output]! / total
      gradients[output]![row] = weight * (output === own ? chance - 1 : chance)
      hessians[output]![row] = weight * chance * (1 - chance)
    }
  }
}

/** Sets `odds` to `e^(score − largest score)` and returns their sum. */
function fillOdds(scores: readonly Float64Array[], row: number, odds: Float64Array): number {
  let largest = Number.NEGATIVE_INFINITY
  for (let output = 0; output < odds.length; output++) largest = Math.max(largest, scores[output]![row]!)
  let total = 0
  for (let output = 0; output < odds.length; output++) {
    odds[output] = exp(scores[output]![row]! - largest)
    total += odds[output]!
  }
  return total
}

/** Weighted mean log loss over some rows. */
export function boostingLoss({ classes, classCount, scores, weights }: BoostingState, rows: Int32Array): number {
  const odds = new Float64Array(classCount)
  let [loss, mass] = [0, 0]
  for (let index = 0; index < rows.length; index++) {
    const row = rows[index]!
    const own = classes[row]!
    const weight = weights[row]!
    mass += weight
    if (classCount === 2) {
      const score = own === 1 ? -scores[0]![row]! : scores[0]![row]!
      loss += weight * softplus(score)
    } else {
      const total = fillOdds(scores, row, odds)
      loss += weight * (log(total) - (scores[own]![row]! - largestOf(scores, row)))
    }
  }
  return mass > 0 ? loss / mass : Number.NaN
}

function largestOf(scores: readonly Float64Array[], row: number): number {
  let largest = Number.NEGATIVE_INFINITY
  for (let output = 0; output < scores.length; output++) largest = Math.max(largest, scores[output]![row]!)
  return largest
}

/** `log(1 + e^x)` without overflow. */
function softplus(x: number): number {
  return x > 0 ? x + log(1 + exp(-x)) : log(1 + exp(x))
}
