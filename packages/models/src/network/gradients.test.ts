import { createRandom } from '@astertrade/core'
import { describe, expect, it } from 'vitest'
import type { Activation, DenseLayer, Network } from '../backends/network.js'
import { crossEntropy } from './crossEntropy.js'
import { createLearner, type Learner, type TrainingBackend } from './learner.js'
import { anyNetwork, plainForward } from './plainNetwork.rig.js'

const rows = 5
const classCount = 3
const classes = Uint8Array.of(0, 2, 1, 1, 0)
const weights = Float64Array.of(1, 0.5, 2, 0, 1)
const scale = 1 / 4.5

function batchOf(inputs: number): number[][] {
  const random = createRandom(11).stream('batch')
  return Array.from({ length: rows }, () => Array.from({ length: inputs }, () => random.normal()))
}

/** The loss in doubles from its definition: `scale * Σ w * -log p[class]`. */
function plainLoss(network: Network, batch: readonly number[][]): number {
  const { layers } = network
  const probabilities: Network = {
    kind: 'network',
    layers: layers.map((layer, index) => (index === layers.length - 1 ? { ...layer, activation: 'softmax' } : layer)),
  }
  return batch.reduce(
    (sum, row, r) => sum - scale * weights[r]! * Math.log(plainForward(probabilities, row)[classes[r]!]!),
    0,
  )
}

/** Gradients by all weights and biases, by central differences in doubles. */
function differences(network: Network, batch: readonly number[][]): number[] {
  const wide = network.layers.map((layer) => ({
    ...layer,
    weights: Float64Array.from(layer.weights) as unknown as Float32Array,
    bias: Float64Array.from(layer.bias) as unknown as Float32Array,
  }))
  const step = 1e-5
  return wide.flatMap((layer) =>
    [layer.weights, layer.bias].flatMap((column) =>
      Array.from(column, (value, index) => {
        const at = (moved: number): number => {
          column[index] = moved
          return plainLoss({ kind: 'network', layers: wide }, batch)
        }
        const slope = (at(value + step) - at(value - step)) / (2 * step)
        column[index] = value
        return slope
      }),
    ),
  )
}

function learn(network: Network, batch: readonly number[][], backend: TrainingBackend): Learner {
  const learner = createLearner({ shapes: network.layers, rows: rows + 3, backend })
  learner.write(network)
  learner.input.set(batch.flat())
  learner.forward(rows)
  const { output, outputRow: row, outputGradient } = learner
  crossEntropy({ output, row, rows, classCount, classes, weights }, scale, outputGradient)
  learner.backward(rows)
  return learner
}

/** Moves the gradients into a network of the same sizes by one plain step, to read them by layer. */
function gradientsOf(learner: Learner): number[] {
  learner.parameters.set(learner.gradients)
  return learner.network().layers.flatMap(({ weights, bias }) => [...weights, ...bias])
}

const nets: readonly (readonly [string, readonly number[], readonly Activation[]])[] = [
  ['one linear layer', [6, 3], ['linear']],
  ['relu', [6, 7, 3], ['relu', 'linear']],
  ['tanh', [6, 8, 3], ['tanh', 'linear']],
  ['a linear layer between', [5, 6, 3], ['linear', 'linear']],
  ['three layers', [5, 9, 6, 3], ['relu', 'tanh', 'linear']],
]

describe('gradients of the cross entropy', () => {
  it.each(nets)('agree with finite differences for %s', (_, sizes, activations) => {
    const network = anyNetwork(sizes, activations, 5)
    const batch = batchOf(sizes[0]!)
    const expected = differences(network, batch)
    for (const backend of ['js', 'wasm'] as const) {
      const got = gradientsOf(learn(network, batch, backend))
      expect(got).toHaveLength(expected.length)
      const worst = Math.max(...got.map((value, index) => Math.abs(value - expected[index]!)))
      expect(worst).toBeLessThan(2e-6)
    }
    expect(Math.max(...expected.map(Math.abs))).toBeGreaterThan(0.05)
  })

  it('are the same with a batch padded by masked rows, bit for bit', () => {
    const network = anyNetwork([6, 8, 3], ['tanh', 'linear'], 5)
    const batch = batchOf(6)
    const plain = learn(network, batch, 'wasm')
    const padded = createLearner({ shapes: network.layers, rows: 8, backend: 'wasm' })
    padded.write(network)
    padded.input.set([...batch.flat(), ...batch[0]!, ...batch[1]!, ...batch[2]!])
    padded.forward(8)
    const mask = { classes: new Uint8Array(8), weights: new Float64Array(8) }
    mask.classes.set(classes)
    mask.weights.set(weights)
    const { output, outputRow: row, outputGradient } = padded
    crossEntropy({ output, row, rows: 8, classCount, ...mask }, scale, outputGradient)
    padded.backward(8)
    expect(gradientsOf(padded)).toEqual(gradientsOf(plain))
  })

  it('leave what lies between rows at 0, so that it never grows into a weight', () => {
    const network = anyNetwork([5, 6, 3], ['tanh', 'linear'], 2)
    const learner = learn(network, batchOf(5), 'wasm')
    const count = network.layers.reduce((sum, { weights, bias }: DenseLayer) => sum + weights.length + bias.length, 0)
    for (let step = 0; step < 3; step++) learner.step({ learningRate: 0.1 })
    expect(learner.parameters.filter((value) => value !== 0)).toHaveLength(count)
  })
})

it('measures the cross entropy from its definition, also of large numbers', () => {
  const output = Float32Array.of(1, 2, 3, 0, 1000, 0, 0, 0)
  const batch = { output, row: 4, rows: 2, classCount: 3, classes: Uint8Array.of(0, 1), weights: Float64Array.of(2, 1) }
  const expected = 2 * (Math.log(Math.exp(1) + Math.exp(2) + Math.exp(3)) - 1) + 1000
  expect(crossEntropy(batch, 1)).toBeCloseTo(expected, 12)
  const gradient = new Float32Array(8)
  crossEntropy(batch, 0.5, gradient)
  expect(gradient[0]).toBeCloseTo(Math.exp(1) / (Math.exp(1) + Math.exp(2) + Math.exp(3)) - 1, 6)
  expect([...gradient.slice(3)]).toEqual([0, 0.5, -0.5, 0, 0])
})
