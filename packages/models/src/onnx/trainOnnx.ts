import { ConfigError, createRandom } from '@astertrade/core'
import type { DenseLayer, Network } from '../backends/network.js'
import { wasmSession } from '../backends/wasm/wasmSession.js'
import type { TrainingHooks } from '../modelKind.js'
import { checkTraining } from '../network/checkTraining.js'
import { crossEntropy } from '../network/crossEntropy.js'
import { randomNetwork } from '../network/randomNetwork.js'
import { rowBatches } from '../network/rowBatches.js'
import type { LabelledRows, TrainedNetwork, TrainNetworkOptions } from '../network/trainNetwork.js'
import { withSoftmax } from '../network/withSoftmax.js'
import { epochFeeds } from './epochFeeds.js'
import type { OnnxBackendOptions } from './onnxBackend.js'
import { onnxDefaults } from './onnxDefaults.js'
import { onnxProvider } from './onnxProvider.js'
import type { RuntimeTensors } from './runtimeProgram.js'
import { type Runtime, startRuntime } from './startRuntime.js'
import { type TrainingSpec, trainingGraph, trainingState } from './trainingGraph.js'

/** What `trainOnnx` takes: what is trained, and on what. */
export interface TrainOnnxOptions extends Omit<TrainNetworkOptions, 'backend'>, OnnxBackendOptions {}

/** Settings of Adam, those of `trainNetwork`. */
const adam = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 } as const
/** Rows of the validation that are computed at a time. */
const rowsAtOnce = 1_024

/**
 * Trains a classifier as `trainNetwork` does, by a graph that ONNX Runtime computes on a CPU or a GPU: the same start, order of rows,
 * steps and stopping. Losses agree to about 1e-4; bits do not, so a training that must give the same bytes is `trainNetwork`'s.
 *
 * @throws ConfigError as `trainNetwork`, or with code `BACKEND` if the provider does not work here.
 */
export async function trainOnnx(
  options: TrainOnnxOptions,
  hooks: Pick<TrainingHooks, 'report' | 'cancelled'> = {},
): Promise<TrainedNetwork> {
  checkTraining(options)
  const { inputs, classCount, hidden, activation, batch, provider, module, validation } = options
  onnxProvider(provider)
  const { threads, timeoutMs, place } = { ...onnxDefaults, ...options }
  const spec: TrainingSpec = { inputs, hidden, activation, classCount, batch, ...adam }
  requireRows('Training', options)
  if (validation) requireRows('Validation', validation)
  const runtime = await startRuntime({ model: trainingGraph(spec), provider, threads, module, timeoutMs, place })
  try {
    return await train({ options, hooks, spec, runtime })
  } finally {
    runtime.dispose()
  }
}

interface Training {
  readonly options: TrainOnnxOptions
  readonly hooks: Pick<TrainingHooks, 'report' | 'cancelled'>
  readonly spec: TrainingSpec
  readonly runtime: Runtime
}

async function train({ options, hooks, spec, runtime }: Training): Promise<TrainedNetwork> {
  const { epochs, patience, validation, seed } = options
  const random = createRandom(seed)
  const feeds = epochFeeds(options, spec)
  const names = trainingState(spec).map(({ name }) => `out.${name}`)
  let state = startOf(spec, randomNetwork(shapesOf(spec), random.stream('network/weights')))
  let best = { epoch: 0, loss: Number.POSITIVE_INFINITY, trainLoss: Number.NaN, network: networkOf(spec, state) }
  let epoch = 0
  while (epoch < epochs && epoch - best.epoch < patience) {
    if (hooks.cancelled?.()) {
      throw new ConfigError(`The training was cancelled after ${epoch} passes.`, { code: 'CANCELLED' })
    }
    const fed = feeds.next(random.stream('network/order').fork(epoch))
    const given = await runtime.run({ ...state, ...fed }, [...names, 'losses'])
    state = asInputs(spec, given)
    const sum = given.losses!.data.reduce((total, loss) => total + loss, 0)
    const trainLoss = finite(sum / feeds.weightSum)
    const network = networkOf(spec, state)
    const loss = validation ? finite(lossOf(network, validation, options)) : trainLoss
    epoch++
    if (loss < best.loss) best = { epoch, loss, trainLoss, network }
    const figures: Readonly<Record<string, number>> = validation ? { trainLoss, validationLoss: loss } : { trainLoss }
    hooks.report?.({ stage: `epoch ${epoch} of ${epochs}`, done: epoch / epochs, figures })
  }
  const validationLoss = validation ? best.loss : Number.NaN
  return { network: withSoftmax(best.network), epochs: epoch, trainLoss: best.trainLoss, validationLoss }
}

function shapesOf({ inputs, hidden, activation, classCount }: TrainingSpec): Omit<DenseLayer, 'weights' | 'bias'>[] {
  const sizes = [inputs, ...hidden, classCount]
  return sizes.slice(1).map((outputs, index) => ({
    inputs: sizes[index]!,
    outputs,
    activation: index < hidden.length ? activation : 'linear',
  }))
}

/** The state before the first step: the parameters of a network, and moments of 0. */
function startOf(spec: TrainingSpec, { layers }: Network): RuntimeTensors {
  const parameters = layers.flatMap(({ weights, bias }) => [weights, bias])
  return Object.fromEntries(
    trainingState(spec).map(({ name, shape }, index) => {
      const data = parameters[index] ?? new Float32Array(shape.reduce((product, size) => product * size, 1))
      return [`in.${name}`, { data, shape }]
    }),
  )
}

function asInputs(spec: TrainingSpec, given: RuntimeTensors): RuntimeTensors {
  return Object.fromEntries(trainingState(spec).map(({ name }) => [`in.${name}`, given[`out.${name}`]!]))
}

function networkOf(spec: TrainingSpec, state: RuntimeTensors): Network {
  const layers = shapesOf(spec).map((shape, index) => ({
    ...shape,
    weights: state[`in.weights.${index}`]!.data,
    bias: state[`in.bias.${index}`]!.data,
  }))
  return { kind: 'network', layers }
}

/** Mean weighted cross entropy of rows, computed by our own kernels whatever trains. */
function lossOf(network: Network, rows: LabelledRows, { inputs, classCount }: TrainOnnxOptions): number {
  const session = wasmSession(network)
  const x = new Float32Array(rowsAtOnce * inputs)
  const output = new Float32Array(rowsAtOnce * classCount)
  const batches = rowBatches({ ...rows, inputs, batch: rowsAtOnce, into: x })
  let sum = 0
  for (let count = batches.begin(); count > 0; count = batches.next()) {
    session.runSync(x, count, output)
    const { classes, weights } = batches
    sum += crossEntropy({ output, row: classCount, rows: count, classCount, classes, weights }, 0)
  }
  return sum / (batches.count * batches.weightMean)
}

function requireRows(what: string, { rows, weights }: LabelledRows): void {
  const some = weights ? weights.some((weight) => weight > 0) : rows > 0
  if (some) return
  throw new ConfigError(`${what} has no row with a weight above 0.`, {
    code: 'NO_ROWS',
    hints: ['Too few rows were left after warm-up, filters or purging.'],
  })
}

function finite(loss: number): number {
  if (Number.isFinite(loss)) return loss
  throw new ConfigError(`The training went astray: its loss is "${loss}".`, {
    code: 'DIVERGED',
    hints: ['Scale the features to about -3 to 3, or take a smaller learningRate.'],
  })
}
