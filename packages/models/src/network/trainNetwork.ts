import { ConfigError, createRandom } from '@astertrade/core'
import type { Network } from '../backends/network.js'
import type { TrainingHooks } from '../modelKind.js'
import { openCheckpoint, type TrainingState, writeCheckpoint } from './checkpoint.js'
import { checkTraining } from './checkTraining.js'
import { crossEntropy } from './crossEntropy.js'
import { createLearner, type Learner, type TrainingBackend } from './learner.js'
import type { LayerShape } from './networkLayout.js'
import { randomNetwork } from './randomNetwork.js'
import { type RowBatches, rowBatches } from './rowBatches.js'
import { withSoftmax } from './withSoftmax.js'

/** Rows with what is to be learnt of them. */
export interface LabelledRows {
  /** Row-major: input `i` of row `r` is `features[r * inputs + i]`. */
  readonly features: Float32Array
  readonly rows: number
  /** Class of each row, counted from 0. */
  readonly classes: Uint8Array
  /** Weight of each row (default 1); 0 leaves it out. */
  readonly weights?: Float64Array
}

/** What `trainNetwork` takes. */
export interface TrainNetworkOptions extends LabelledRows {
  /** Numbers in a row. */
  readonly inputs: number
  readonly classCount: number
  /** Rows whose loss decides when to stop; without them the training loss does. */
  readonly validation?: LabelledRows
  /** Sizes of the hidden layers, such as `[64, 64]`; none gives a multinomial regression. */
  readonly hidden: readonly number[]
  readonly activation: 'relu' | 'tanh'
  /** Most passes over the rows. */
  readonly epochs: number
  /** Rows of a step; the last batch of a pass may have fewer. */
  readonly batch: number
  readonly learningRate: number
  /** Passes without a better loss before it stops. */
  readonly patience: number
  readonly seed: number
  /** What computes it (default wasm); the result is the same. */
  readonly backend?: TrainingBackend
}

/** A trained network and how the training went. */
export interface TrainedNetwork {
  /** Ends in a softmax; the weights are those of the best pass. */
  readonly network: Network
  /** Passes made. */
  readonly epochs: number
  /** Mean weighted cross entropy over the steps of the best pass, in nats. */
  readonly trainLoss: number
  /** The same over the validation rows after that pass; NaN without them. */
  readonly validationLoss: number
}

/**
 * Trains a classifier by Adam on the cross entropy of its softmax, in float32, with early stopping.
 *
 * Rows are shuffled anew in each pass, the influence of a row is its weight over the mean weight, and the weights of the pass with
 * the least loss are kept. The same options give the same bytes on any machine and backend, also when resumed from a checkpoint,
 * which is taken after each pass. Kingma and Ba, Adam: a method for stochastic optimization (2015), algorithm 1.
 *
 * @throws ConfigError with code `NO_ROWS` if no row has a weight, `ONE_CLASS` if all have the same class, `BAD_TRAINING` if an option is out of range or a feature is not
 * finite, `BAD_CHECKPOINT` if `resume` is of another training, `CANCELLED` if a hook says so, `DIVERGED` if a loss is not finite.
 * @example
 * const features = Float32Array.of(-2, -1, 1, 2)
 * const classes = Uint8Array.of(0, 0, 1, 1)
 * const { network } = trainNetwork({
 *   features, rows: 4, inputs: 1, classes, classCount: 2, hidden: [], activation: 'relu',
 *   epochs: 100, batch: 4, learningRate: 0.1, patience: 10, seed: 1,
 * })
 * network.layers[0].activation // => 'softmax'
 */
export function trainNetwork(options: TrainNetworkOptions, hooks: TrainingHooks = {}): TrainedNetwork {
  checkTraining(options)
  const { inputs, classCount, batch, seed, backend = 'wasm', validation } = options
  const shapes = shapesOf(options)
  const learner = createLearner({ shapes, rows: batch, backend })
  const batches = (from: LabelledRows): RowBatches => rowBatches({ ...from, inputs, batch, into: learner.input })
  const [training, validating] = [batches(options), validation && batches(validation)]
  if (training.count === 0) throw noRows('Training')
  if (validating?.count === 0) throw noRows('Validation')
  const random = createRandom(seed)
  learner.write(randomNetwork(shapes, random.stream('network/weights')))
  const start: TrainingState = { epoch: 0, waited: 0, loss: Number.POSITIVE_INFINITY, trainLoss: Number.NaN }
  const best = learner.parameters.slice()
  let state = hooks.resume ? openCheckpoint(hooks.resume, { options, learner, best }) : start
  while (state.epoch < options.epochs && state.waited < options.patience) {
    if (hooks.cancelled?.()) throw cancelled(state.epoch)
    training.shuffle(random.stream('network/order').fork(state.epoch))
    const trainLoss = learn(learner, training, options)
    const loss = validating ? lossOf(learner, validating, classCount) : trainLoss
    state = next(state, { loss, trainLoss })
    if (state.waited === 0) best.set(learner.parameters)
    hooks.checkpoint?.(writeCheckpoint({ options, learner, best }, state))
    reportTo(hooks, options, { state, loss, trainLoss })
  }
  learner.parameters.set(best)
  return {
    network: withSoftmax(learner.network()),
    epochs: state.epoch,
    trainLoss: state.trainLoss,
    validationLoss: validating ? state.loss : Number.NaN,
  }
}

function shapesOf({ inputs, hidden, activation, classCount }: TrainNetworkOptions): LayerShape[] {
  const sizes = [inputs, ...hidden, classCount]
  return sizes.slice(1).map((outputs, index) => ({
    inputs: sizes[index]!,
    outputs,
    activation: index < hidden.length ? activation : 'linear',
  }))
}

/** One pass over the rows; returns the mean loss along the way. */
function learn(learner: Learner, training: RowBatches, { classCount, learningRate }: TrainNetworkOptions): number {
  const { output, outputRow: row, outputGradient } = learner
  let sum = 0
  for (let rows = training.begin(); rows > 0; rows = training.next()) {
    learner.forward(rows)
    const { classes, weights, weightMean } = training
    sum += crossEntropy({ output, row, rows, classCount, classes, weights }, 1 / (rows * weightMean), outputGradient)
    learner.backward(rows)
    learner.step({ learningRate })
  }
  return finite(sum / (training.count * training.weightMean))
}

function lossOf(learner: Learner, from: RowBatches, classCount: number): number {
  const { output, outputRow: row } = learner
  let sum = 0
  for (let rows = from.begin(); rows > 0; rows = from.next()) {
    learner.forward(rows)
    sum += crossEntropy({ output, row, rows, classCount, classes: from.classes, weights: from.weights }, 0)
  }
  return finite(sum / (from.count * from.weightMean))
}

interface Losses {
  readonly loss: number
  readonly trainLoss: number
}

function next(state: TrainingState, { loss, trainLoss }: Losses): TrainingState {
  const epoch = state.epoch + 1
  return loss < state.loss ? { epoch, waited: 0, loss, trainLoss } : { ...state, epoch, waited: state.waited + 1 }
}

function reportTo(
  { report }: TrainingHooks,
  { epochs, validation }: TrainNetworkOptions,
  { state, loss, trainLoss }: Losses & { readonly state: TrainingState },
): void {
  const figures: Record<string, number> = validation ? { trainLoss, validationLoss: loss } : { trainLoss }
  report?.({ stage: `epoch ${state.epoch} of ${epochs}`, done: state.epoch / epochs, figures })
}

function finite(loss: number): number {
  if (Number.isFinite(loss)) return loss
  throw new ConfigError(`The training went astray: its loss is "${loss}".`, {
    code: 'DIVERGED',
    hints: ['Scale the features to about -3 to 3, or take a smaller learningRate.'],
  })
}

function noRows(what: string): ConfigError {
  return new ConfigError(`${what} has no row with a weight above 0.`, {
    code: 'NO_ROWS',
    hints: ['Too few rows were left after warm-up, filters or purging.'],
  })
}

function cancelled(epoch: number): ConfigError {
  return new ConfigError(`The training was cancelled after ${epoch} passes.`, { code: 'CANCELLED' })
}
