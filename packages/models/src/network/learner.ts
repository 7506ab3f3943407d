import { jsKernels } from '../backends/js/jsKernels.js'
import type { Kernels } from '../backends/kernels.js'
import type { Network } from '../backends/network.js'
import { wasmKernels } from '../backends/wasm/wasmKernels.js'
import { backward } from './backward.js'
import { forward } from './forward.js'
import { learnerLayout } from './learnerLayout.js'
import type { LayerShape } from './networkLayout.js'
import { readParameters, writeParameters } from './parameters.js'

/** What computes a training; both give the same bits. */
export type TrainingBackend = 'js' | 'wasm'

/** Settings of Adam. */
export interface AdamOptions {
  readonly beta1: number
  readonly beta2: number
  readonly epsilon: number
}

/** What `createLearner` takes. */
export interface LearnerOptions {
  readonly shapes: readonly LayerShape[]
  /** Rows of a batch at most. */
  readonly rows: number
  readonly backend: TrainingBackend
  readonly adam?: Partial<AdamOptions>
}

/** One step of the optimiser. */
export interface LearnerStep {
  readonly learningRate: number
  /** Multiplies the gradients first (default 1), such as to bound their norm. */
  readonly scale?: number
}

/** A network in training. Batches, results and gradients are views that the caller fills and reads. */
export interface Learner {
  readonly inputs: number
  readonly outputs: number
  /** Rows of the batch, one after another. */
  readonly input: Float32Array
  /** What the last layer says of each row, `outputRow` apart; what lies between is 0. */
  readonly output: Float32Array
  readonly outputRow: number
  /** Gradient of the loss by `output`, to be filled before `backward`; what lies between rows stays 0. */
  readonly outputGradient: Float32Array
  /** Weights and biases of all layers, in an order of their own. */
  readonly parameters: Float32Array
  /** Gradients of the loss by all parameters, left by `backward`. */
  readonly gradients: Float32Array
  forward(rows: number): void
  backward(rows: number): void
  step(step: LearnerStep): void
  network(): Network
  write(network: Network): void
  /** Parameters, both moments and the powers of Adam's decay rates. */
  state(): LearnerState
  restore(state: LearnerState): void
}

/** All that a step of Adam depends on. */
export interface LearnerState {
  readonly numbers: Float32Array
  /** Powers of beta1 and beta2 after the steps so far. */
  readonly powers: Float64Array
}

const defaults: AdamOptions = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 }

/**
 * Prepares a network for training by Adam with bias correction (Kingma and Ba 2015, algorithm 1). All parameters start at 0.
 *
 * @throws ConfigError with code `BACKEND` if the kernels do not start.
 */
export function createLearner({ shapes, rows, backend, adam }: LearnerOptions): Learner {
  const { beta1, beta2, epsilon } = { ...defaults, ...adam }
  const layout = learnerLayout(shapes, rows)
  const kernels: Kernels = (backend === 'wasm' ? wasmKernels : jsKernels)(layout.length)
  const { arena } = kernels
  const view = (at: number, count: number): Float32Array => arena.subarray(at, at + count)
  const { parameters, parameterCount, gradients, first, second } = layout
  const powers = Float64Array.of(1, 1)
  const inputs = shapes[0]!.inputs
  return {
    inputs,
    outputs: shapes.at(-1)!.outputs,
    input: view(layout.input, rows * inputs),
    output: view(layout.output, rows * layout.outputRow),
    outputRow: layout.outputRow,
    outputGradient: view(layout.places.at(-1)!.slope, rows * layout.outputRow),
    parameters: view(parameters, parameterCount),
    gradients: view(gradients, parameterCount),
    forward: (count) => forward(kernels, layout, count),
    backward: (count) => backward(kernels, layout, count),
    step({ learningRate, scale = 1 }) {
      powers[0] = powers[0]! * beta1
      powers[1] = powers[1]! * beta2
      const step = learningRate / (1 - powers[0])
      const correction = 1 / Math.sqrt(1 - powers[1])
      const settings = [scale, step, correction, beta1, beta2, epsilon] as const
      kernels.adam(parameters, gradients, first, second, parameterCount, ...settings)
    },
    network: () => readParameters(arena, layout),
    write: (network) => writeParameters(arena, layout, network),
    state() {
      const numbers = new Float32Array(3 * parameterCount)
      for (const [index, at] of [parameters, first, second].entries()) {
        numbers.set(view(at, parameterCount), index * parameterCount)
      }
      return { numbers, powers: powers.slice() }
    },
    restore(state) {
      for (const [index, at] of [parameters, first, second].entries()) {
        arena.set(state.numbers.subarray(index * parameterCount, (index + 1) * parameterCount), at)
      }
      powers.set(state.powers)
    },
  }
}
