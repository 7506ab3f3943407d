import { createHasher, type Hasher } from '@astertrade/core'
import { hashSingles } from './hashSingles.js'
import type { Learner } from './learner.js'
import { packState, unpackState } from './packState.js'
import type { LabelledRows, TrainNetworkOptions } from './trainNetwork.js'

/** How far a training is. */
export interface TrainingState {
  /** Passes made. */
  readonly epoch: number
  /** Passes since the best one. */
  readonly waited: number
  /** Least loss so far, and the training loss of that pass. */
  readonly loss: number
  readonly trainLoss: number
}

/** A training with the parameters of its best pass. */
export interface RunningTraining {
  readonly options: TrainNetworkOptions
  readonly learner: Learner
  readonly best: Float32Array
}

/** Packs the whole state of a training. */
export function writeCheckpoint({ options, learner, best }: RunningTraining, state: TrainingState): Uint8Array {
  const progress = Float64Array.of(state.epoch, state.waited, state.loss, state.trainLoss)
  return packState(identityOf(options), { progress, ...learner.state(), best })
}

/**
 * Puts a training back to where a checkpoint was taken and returns how far it was.
 *
 * @throws ConfigError with code `BAD_CHECKPOINT` if it is of another training, `ARTIFACT` if it is damaged.
 */
export function openCheckpoint(bytes: Uint8Array, { options, learner, best }: RunningTraining): TrainingState {
  const like = { progress: new Float64Array(4), ...learner.state(), best }
  const { progress, numbers, powers, best: parameters } = unpackState(bytes, identityOf(options), like)
  best.set(parameters)
  learner.restore({ numbers, powers })
  const [epoch, waited, loss, trainLoss] = progress
  return { epoch: epoch!, waited: waited!, loss: loss!, trainLoss: trainLoss! }
}

/** A digest of all that a training depends on. */
function identityOf({ validation, backend: _, ...options }: TrainNetworkOptions): string {
  const { features, classes, weights, ...settings } = options
  const hasher = createHasher().json(settings)
  for (const rows of validation ? [options, validation] : [options]) addRows(hasher, rows)
  return hasher.digest()
}

function addRows(hasher: Hasher, { features, classes, weights }: LabelledRows): void {
  for (const column of [features, classes, weights ?? []]) hashSingles(hasher, column)
}
