import type { RandomStream } from '@astertrade/core'

/** What came of an action. */
export interface Outcome {
  readonly reward: number
  /** The task is over: nothing more can be gained. */
  readonly terminated: boolean
  /** The episode is cut here although the task would go on. */
  readonly truncated: boolean
}

/**
 * A task in steps: an agent sees an observation and takes one of a few actions, numbered from 0.
 *
 * Chance comes from the stream given at the reset alone, so an episode depends on it and on the actions.
 */
export interface Environment {
  /** Numbers in an observation. */
  readonly observationSize: number
  readonly actions: number
  /** Starts an episode and writes the first observation. The stream may be kept until the next reset. */
  reset(random: RandomStream, observation: Float32Array): void
  /** Takes an action and writes what is seen then. The outcome is lent until the next call. */
  step(action: number, observation: Float32Array): Outcome
}
