import { createRandom, sha256Hex } from '@astertrade/core'
import { describe, expect, it } from 'vitest'
import { jsSession } from '../backends/js/jsSession.js'
import type { Network } from '../backends/network.js'
import { encodeTensors } from '../tensors.js'
import { networkTensors } from './networkTensors.js'
import { type LabelledRows, type TrainedNetwork, type TrainNetworkOptions, trainNetwork } from './trainNetwork.js'

/** Two inputs whose signs decide the class: no line divides them. */
function exclusiveOr(rows: number, seed: number): LabelledRows {
  const random = createRandom(seed).stream('rows')
  const features = Float32Array.from({ length: rows * 2 }, () => random.normal())
  const classes = Uint8Array.from({ length: rows }, (_, row) =>
    features[2 * row]! * features[2 * row + 1]! > 0 ? 1 : 0,
  )
  return { features, rows, classes }
}

const options: TrainNetworkOptions = {
  ...exclusiveOr(301, 1),
  inputs: 2,
  classCount: 2,
  hidden: [8],
  activation: 'tanh',
  epochs: 4,
  batch: 32,
  learningRate: 0.02,
  patience: 20,
  seed: 1,
}

function accuracyOf(network: Network, { features, rows, classes }: LabelledRows): number {
  const out = new Float32Array(rows * 2)
  jsSession(network).runSync(features, rows, out)
  const right = classes.filter((value, row) => (out[2 * row + 1]! > 0.5 ? 1 : 0) === value)
  return right.length / rows
}

const bytesOf = (trained: TrainedNetwork): string => JSON.stringify(trained)

it.each(['relu', 'tanh'] as const)('learns what no line divides, with %s', (activation) => {
  const trained = trainNetwork({ ...options, activation, hidden: [16, 8], epochs: 60, validation: exclusiveOr(200, 2) })
  expect(accuracyOf(trained.network, exclusiveOr(1000, 3))).toBeGreaterThan(0.93)
  expect(trained.validationLoss).toBeLessThan(0.25)
})

it('finds the frequencies where there is nothing to learn', () => {
  const classes = Uint8Array.from({ length: 301 }, (_, row) => (row % 4 === 0 ? 1 : 0))
  const { network } = trainNetwork({ ...options, classes, features: new Float32Array(602), hidden: [], epochs: 200 })
  const out = new Float32Array(2)
  jsSession(network).runSync(new Float32Array(2), 1, out)
  expect(out[1]).toBeCloseTo(0.25, 1)
})

it('lets a row count by its weight, and one of weight 0 not at all', () => {
  const weights = Float64Array.from({ length: 301 }, (_, row) => (row < 150 ? 2 : 0))
  const half = { features: options.features.slice(0, 300), classes: options.classes.slice(0, 150), rows: 150 }
  const [a, b] = [trainNetwork({ ...options, weights }), trainNetwork({ ...options, ...half })]
  expect(bytesOf(a)).toBe(bytesOf(b))
})

describe('gives the same bytes', () => {
  it('for the same seed and on both backends, and others for another', () => {
    const first = bytesOf(trainNetwork(options))
    expect(bytesOf(trainNetwork(options))).toBe(first)
    expect(bytesOf(trainNetwork({ ...options, backend: 'js' }))).toBe(first)
    expect(bytesOf(trainNetwork({ ...options, seed: 2 }))).not.toBe(first)
  })

  it('on any machine', () => {
    const { network } = trainNetwork({ ...options, hidden: [8, 4], validation: exclusiveOr(64, 2) })
    const bytes = encodeTensors(networkTensors('network', network))
    expect(sha256Hex(bytes).slice(0, 16)).toMatchInlineSnapshot(`"c8f1742e7ead048a"`)
  })

  it('when resumed from the checkpoint of any pass', () => {
    const validation = exclusiveOr(64, 2)
    const states: Uint8Array[] = []
    const whole = trainNetwork({ ...options, validation }, { checkpoint: (state) => states.push(state.slice()) })
    expect(states).toHaveLength(4)
    for (const resume of states)
      expect(bytesOf(trainNetwork({ ...options, validation }, { resume }))).toBe(bytesOf(whole))
  })
})

it('keeps the weights of the pass with the least validation loss, and stops when none was better for long', () => {
  const validation = exclusiveOr(40, 9)
  const losses: number[] = []
  const run = { ...options, validation, hidden: [32], learningRate: 0.3, epochs: 40, patience: 3 }
  const trained = trainNetwork(run, { report: ({ figures }) => losses.push(figures.validationLoss!) })
  const best = losses.indexOf(Math.min(...losses))
  expect(trained.epochs).toBe(losses.length)
  expect(losses.length).toBe(best + 1 + 3)
  expect(trained.validationLoss).toBe(losses[best])
  const short = trainNetwork({ ...run, epochs: best + 1 })
  expect(JSON.stringify(trained.network)).toBe(JSON.stringify(short.network))
})

it('reports each pass', () => {
  const stages: unknown[] = []
  trainNetwork({ ...options, epochs: 2 }, { report: (progress) => stages.push(progress) })
  expect(stages).toMatchObject([
    { stage: 'epoch 1 of 2', done: 0.5 },
    { stage: 'epoch 2 of 2', done: 1, figures: { trainLoss: expect.any(Number) } },
  ])
})

describe('refuses', () => {
  const failing =
    (change: Partial<TrainNetworkOptions>, hooks = {}) =>
    () =>
      trainNetwork({ ...options, ...change }, hooks)
  const withValue = (value: number): Float32Array => options.features.map((old, index) => (index === 5 ? value : old))

  it.each<[string, Partial<TrainNetworkOptions>]>([
    ['inputs "0" is no positive integer', { inputs: 0 }],
    ['hidden[1] "1.5" is no positive integer', { hidden: [4, 1.5] }],
    ['epochs "-1" is no positive integer', { epochs: -1 }],
    ['batch "NaN" is no positive integer', { batch: Number.NaN }],
    ['patience "0" is no positive integer', { patience: 0 }],
    ['classCount "1" is no integer from 2 to 256', { classCount: 1 }],
    ['learningRate "0" is no positive number', { learningRate: 0 }],
    ['activation "gelu" is none of relu, tanh', { activation: 'gelu' as 'relu' }],
    ['seed "NaN" is not finite', { seed: Number.NaN }],
    ['rows "-1" is no count', { rows: -1 }],
    ['features has "602" entries, not 600', { rows: 300 }],
    ['classes has "1" entries, not 301', { classes: Uint8Array.of(0) }],
    ['weights has "1" entries, not 301', { weights: Float64Array.of(1) }],
    ['features holds "NaN" in row 2', { features: withValue(Number.NaN) }],
    ['features holds "Infinity" in row 2', { features: withValue(Number.POSITIVE_INFINITY) }],
    ['classes holds "7" of 2 classes', { classes: new Uint8Array(301).fill(7) }],
    ['weights holds "-1"', { weights: new Float64Array(301).fill(-1) }],
    [
      'validation.classes holds "9" of 2 classes',
      { validation: { ...exclusiveOr(9, 1), classes: new Uint8Array(9).fill(9) } },
    ],
  ])('%s', (message, change) => {
    expect(failing(change)).toThrow(
      expect.objectContaining({ code: 'BAD_TRAINING', message: `The training cannot start: ${message}.` }),
    )
  })

  it('rows of which none has a weight', () => {
    const none = { features: new Float32Array(0), rows: 0, classes: new Uint8Array(0) }
    expect(failing({ weights: new Float64Array(301) })).toThrow(expect.objectContaining({ code: 'NO_ROWS' }))
    expect(failing(none)).toThrow('Training has no row with a weight above 0.')
    expect(failing({ validation: none })).toThrow('Validation has no row with a weight above 0.')
  })

  it('rows that all have one class, where those without a weight do not count', () => {
    const message = expect.stringContaining('All training rows have the class "1".\n')
    const refused = expect.objectContaining({ code: 'ONE_CLASS', message })
    expect(failing({ classes: new Uint8Array(301).fill(1) })).toThrow(refused)
    expect(failing({ weights: Float64Array.from(options.classes) })).toThrow(refused)
  })

  it('a backend that is none', () => {
    const message = expect.stringContaining('The training cannot start: backend "cuda" is none of js, wasm.\n')
    expect(failing({ backend: 'cuda' as 'js' })).toThrow(expect.objectContaining({ code: 'BAD_TRAINING', message }))
  })

  it('to go on when cancelled, or when the loss is no number any more', () => {
    expect(failing({}, { cancelled: () => true })).toThrow(expect.objectContaining({ code: 'CANCELLED' }))
    expect(
      failing({ learningRate: 1e38, activation: 'relu', features: options.features.map((x) => x * 1e30) }),
    ).toThrow(expect.objectContaining({ code: 'DIVERGED' }))
  })

  it('a checkpoint of another training, or a damaged one', () => {
    let resume = new Uint8Array(0)
    trainNetwork({ ...options, epochs: 1 }, { checkpoint: (state) => (resume = state.slice()) })
    expect(failing({ seed: 2 }, { resume })).toThrow('The checkpoint is of another training.')
    expect(failing({}, { resume })).toThrow(expect.objectContaining({ code: 'BAD_CHECKPOINT' }))
    expect(failing({}, { resume: resume.slice(0, 30) })).toThrow(expect.objectContaining({ code: 'ARTIFACT' }))
  })
})
