import { ConfigError } from '@astertrade/core'
import type { TrainingHooks } from './modelKind.js'

/** Rows between two looks at the hooks of a training that goes through them one after another. */
const stepRows = 1_024

/** One stage of such a training, as a share of the whole. */
export interface TrainingStage {
  readonly stage: string
  /** Where the stage begins and how much of the whole it is, from 0 to 1. */
  readonly from: number
  readonly share: number
}

/**
 * Tells how far a training is as it goes through rows; the answer is to be called with each row, from 0 on.
 *
 * @throws ConfigError `CANCELLED`, when called, if a hook says so.
 */
export function trainingSteps(id: string, hooks: TrainingHooks, rows: number) {
  return ({ stage, from, share }: TrainingStage): ((row: number) => void) => {
    return (row) => {
      if (row % stepRows !== 0) return
      if (hooks.cancelled?.()) throw new ConfigError(`Training "${id}" was cancelled.`, { code: 'CANCELLED' })
      hooks.report?.({ stage, done: from + (share * row) / rows, figures: {} })
    }
  }
}
