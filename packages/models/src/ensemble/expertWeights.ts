/** Weighs experts by what they have lost, round by round. */
export interface ExpertWeights {
  /** Its kind and parameters. */
  readonly id: string
  /** One weight per expert, 0 or more, together 1. It changes with each round: copy what must last. */
  readonly weights: Float64Array
  /** Takes the losses of a round, each from 0 to 1; `NaN` for an expert that sleeps. Allocates nothing. */
  learn(losses: Float64Array): void
  /** Its state in a fixed number of numbers. */
  snapshot(): Float64Array
  restore(state: Float64Array): void
}
