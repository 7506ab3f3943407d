import { createRandom } from '@astertrade/core'
import { describe, expect, it } from 'vitest'
import { type TrainNetworkOptions, trainNetwork } from '../network/trainNetwork.js'
import { inspectOnnx } from './inspectOnnx.js'
import { largestDifference } from './servables.rig.js'
import { trainingGraph } from './trainingGraph.js'
import { trainOnnx } from './trainOnnx.js'

/** Points of three classes by the sign of two products, with unequal weights of which some are 0. */
function planted(rows: number, seed: number) {
  const random = createRandom(seed).stream('planted')
  const features = Float32Array.from({ length: rows * 4 }, () => 2 * random.uniform() - 1)
  const classes = Uint8Array.from({ length: rows }, (_, row) => {
    const [a, b] = [features[row * 4]!, features[row * 4 + 1]!]
    return a * b > 0.1 ? 2 : a > 0 ? 1 : 0
  })
  return { features, rows, classes, weights: Float64Array.from({ length: rows }, (_, row) => (row % 5) / 2) }
}

const options: TrainNetworkOptions = {
  ...planted(500, 1),
  inputs: 4,
  classCount: 3,
  hidden: [16, 8],
  activation: 'tanh',
  epochs: 5,
  batch: 64,
  learningRate: 0.01,
  patience: 5,
  seed: 3,
}

describe('trainOnnx on the CPU', () => {
  it.each<[string, Partial<TrainNetworkOptions>]>([
    ['tanh', {}],
    ['relu', { activation: 'relu' }],
    ['no hidden layer', { hidden: [] }],
    ['a validation', { validation: planted(200, 2) }],
    ['one row in the last step', { ...planted(321, 4), batch: 128 }],
  ])('with %s has the losses and weights of trainNetwork', async (_, changes) => {
    const expected = trainNetwork({ ...options, ...changes })
    const trained = await trainOnnx({ ...options, ...changes, provider: 'cpu' })
    expect(trained.epochs).toBe(expected.epochs)
    expect(Math.abs(trained.trainLoss - expected.trainLoss)).toBeLessThan(1e-4)
    if (changes.validation) {
      expect(Math.abs(trained.validationLoss - expected.validationLoss)).toBeLessThan(1e-4)
    } else expect(trained.validationLoss).toBeNaN()
    for (const [index, layer] of trained.network.layers.entries()) {
      expect(layer.activation).toBe(expected.network.layers[index]!.activation)
      expect(largestDifference(layer.weights, expected.network.layers[index]!.weights)).toBeLessThan(1e-3)
      expect(largestDifference(layer.bias, expected.network.layers[index]!.bias)).toBeLessThan(1e-3)
    }
  })

  it('stops early, keeps the best pass and tells each', async () => {
    const stages: string[] = []
    const eager = { ...options, learningRate: 0.5, epochs: 60, patience: 2, validation: planted(200, 2) }
    const trained = await trainOnnx({ ...eager, provider: 'cpu' }, { report: ({ stage }) => stages.push(stage) })
    expect(trained.epochs).toBeLessThan(60)
    expect(stages).toHaveLength(trained.epochs)
    expect(stages[0]).toBe('epoch 1 of 60')
  })

  it('refuses what trainNetwork refuses, with the same codes', async () => {
    const code = async (changes: object, hooks = {}): Promise<unknown> =>
      trainOnnx({ ...options, provider: 'cpu', ...changes }, hooks).then(
        () => 'none',
        (error: { readonly code: unknown }) => error.code,
      )
    expect(await code({ batch: 0 })).toBe('BAD_TRAINING')
    expect(await code({ weights: new Float64Array(500) })).toBe('NO_ROWS')
    expect(await code({ validation: { ...planted(5, 1), weights: new Float64Array(5) } })).toBe('NO_ROWS')
    expect(await code({}, { cancelled: () => true })).toBe('CANCELLED')
    expect(await code({ activation: 'relu', learningRate: 1e38 })).toBe('DIVERGED')
    expect(await code({ provider: 'none' })).toBe('BACKEND')
    expect(await code({ module: './no/such/module.cjs' })).toBe('BACKEND')
  })
})

it('is a graph that passes the inspection of foreign files', () => {
  const spec = { ...options, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 }
  const summary = inspectOnnx(trainingGraph(spec))
  expect(summary.operators).toContain('Scan')
  expect(summary.outputs.at(-1)).toEqual({ name: 'losses', type: 'float', shape: ['steps'] })
})
