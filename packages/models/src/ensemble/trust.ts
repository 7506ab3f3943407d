/** A claim that has been judged. */
export interface JudgedClaim {
  /** The confidence that was claimed, negative for a fall. */
  readonly claim: number
  /** 1 for a rise, -1 for a fall, 0 for an unchanged price. */
  readonly outcome: number
  /** Claims of the same expert that were judged on overlapping time: each counts as a part of one. */
  readonly overlap: number
}

/** Knows how true the claims of experts have been. */
export interface Trust {
  /** For each expert the factor from 0 to 1 by which its claims are believed. */
  readonly factors: Float64Array
  learn(expert: number, judged: JudgedClaim): void
  snapshot(): Float64Array
  restore(state: Float64Array): void
}

/** Evidence for claims as they are, before anything is judged: that of one claim of 0.5. */
const prior = 0.25
/** Of older evidence so much is left after each claim. */
const kept = 0.999

/**
 * Regresses what came on what was claimed, through the origin: `factor = (prior + sum of c y) / (prior + sum of c²)`, from 0 to 1.
 *
 * With claims that are as often right as they say, `y` is `c` in the mean and the factor stays near 1. Bold claims are found out
 * after few forecasts, careful ones keep the benefit of the doubt for long, since they do little harm.
 */
export function createTrust(experts: number): Trust {
  const factors = new Float64Array(experts).fill(1)
  const products = new Float64Array(experts)
  const squares = new Float64Array(experts)
  const weigh = (expert: number): void => {
    const factor = (prior + products[expert]!) / (prior + squares[expert]!)
    factors[expert] = Math.min(1, Math.max(0, factor))
  }
  return {
    factors,
    learn(expert, { claim, outcome, overlap }) {
      products[expert] = kept * products[expert]! + (claim * outcome) / overlap
      squares[expert] = kept * squares[expert]! + (claim * claim) / overlap
      weigh(expert)
    },
    snapshot: () => Float64Array.of(...products, ...squares),
    restore(state) {
      products.set(state.subarray(0, experts))
      squares.set(state.subarray(experts))
      for (let expert = 0; expert < experts; expert++) weigh(expert)
    },
  }
}
