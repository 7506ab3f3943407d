import { type ConfigError, sha256Hex } from '@astertrade/core'
import { describe, expect, it } from 'vitest'
import { jsSession } from '../backends/js/jsSession.js'
import type { TreeEnsemble } from '../backends/treeEnsemble.js'
import { encodeTensors } from '../tensors.js'
import { type PlantedTask, plantedTask, rowsBetween } from './plantedTask.rig.js'
import { type GbdtInput, type GbdtParams, trainGbdt } from './trainGbdt.js'
import { treeTensors } from './treeTensors.js'

/** Probabilities of all rows, as a user is served. */
function serve(trees: TreeEnsemble, { features, rows, columns }: PlantedTask): Float32Array {
  const out = new Float32Array(rows * trees.outputs)
  const byRow = Float32Array.from({ length: rows * columns }, (_, index) => {
    const row = Math.floor(index / columns)
    return features[(index % columns) * rows + row]!
  })
  jsSession(trees).runSync(byRow, rows, out)
  return out
}

function accuracyOf(trees: TreeEnsemble, task: PlantedTask, on: Int32Array): number {
  const out = serve(trees, task)
  return on.filter((row) => out[2 * row + 1]! > 0.5 === (task.classes[row] === 1)).length / on.length
}

const codeOf = (run: () => unknown): string => {
  try {
    run()
  } catch (error) {
    return `${(error as ConfigError).code}: ${(error as Error).message.split('\n')[0]}`
  }
  return 'none'
}

describe('what it finds', () => {
  it.each([
    ['linear', 0.85],
    ['xor', 0.96],
  ] as const)('finds the edge planted as %s', (edge, least) => {
    const task = plantedTask({ edge, rows: 6000, columns: 5, seed: 1 })
    const { trees } = trainGbdt({ ...task, classCount: 2, train: rowsBetween(0, 4000) }, { rounds: 60 })
    expect(accuracyOf(trees, task, rowsBetween(4000, 6000))).toBeGreaterThan(least)
  })

  it('finds nothing where there is nothing, and stops early', () => {
    const task = plantedTask({ edge: 'none', rows: 6000, columns: 5, seed: 1 })
    const split = { train: rowsBetween(0, 3000), validation: rowsBetween(3000, 4000) }
    const { trees, rounds, validationLoss } = trainGbdt({ ...task, classCount: 2, ...split })
    expect(rounds).toBeLessThan(15)
    expect(validationLoss).toBeGreaterThan(0.68)
    expect(Math.abs(accuracyOf(trees, task, rowsBetween(4000, 6000)) - 0.5)).toBeLessThan(0.035)
  })

  it('tells three classes apart', () => {
    const task = plantedTask({ edge: 'linear', rows: 3000, columns: 2, seed: 2 })
    const classes = task.classes.map((_, row) => Math.min(2, Math.floor((task.features[row]! + 1) * 1.5)))
    const { trees } = trainGbdt({ ...task, classes, classCount: 3 }, { rounds: 30 })
    const out = serve(trees, task)
    const right = classes.filter((own, row) => [0, 1, 2].every((k) => out[3 * row + own]! >= out[3 * row + k]!))
    expect(right.length / 3000).toBeGreaterThan(0.99)
    expect(trees.outputs).toBe(3)
  })
})

describe('how it learns', () => {
  const four: GbdtInput = {
    features: Float32Array.of(0, 1, 2, 3),
    rows: 4,
    columns: 1,
    classes: Uint8Array.of(0, 0, 1, 1),
    classCount: 2,
  }
  const stump: Partial<GbdtParams> = { rounds: 1, depth: 1, learningRate: 1, l2: 1, childWeightMin: 0.25 }

  it('takes one Newton step in each leaf of a stump', () => {
    const { trees } = trainGbdt(four, stump)
    // Log-odds start at 0, so each row has gradient ±0.5 and hessian 0.25: a leaf of two is ∓1 / (0.5 + 1).
    expect([...trees.threshold]).toEqual([1.5, 0, 0])
    expect([...trees.value].map((value) => value.toFixed(6))).toEqual(['0.000000', '-0.666667', '0.666667'])
    expect([...trees.base]).toEqual([0, 0])
  })

  it('counts a row of weight 2 as two rows, and one of weight 0 as none', () => {
    const weighted = trainGbdt({ ...four, weights: Float64Array.of(2, 0, 1, 1) }, stump)
    const repeated = trainGbdt(
      { ...four, features: Float32Array.of(0, 0, 2, 3), classes: Uint8Array.of(0, 0, 1, 1) },
      stump,
    )
    expect(weighted.trees.value).toEqual(
      trainGbdt({ ...four, weights: Float64Array.of(4, 0, 2, 2) }, stump).trees.value,
    )
    expect(weighted.trees.base).toEqual(repeated.trees.base)
    expect(weighted.trees.threshold[0]).toBe(1)
  })

  it('gives the same bytes again, whatever rows follow the training rows', () => {
    const task = plantedTask({ edge: 'mixed', rows: 1500, columns: 6, seed: 3 })
    const train = rowsBetween(0, 1000)
    const { trees } = trainGbdt({ ...task, classCount: 2, train }, { rounds: 10 })
    expect(trainGbdt({ ...task, classCount: 2, train }, { rounds: 10 }).trees).toEqual(trees)
    const later = { ...task, features: task.features.map((x, at) => (at % 1500 < 1000 ? x : -x)) }
    expect(trainGbdt({ ...later, classCount: 2, train }, { rounds: 10 }).trees).toEqual(trees)
  })

  it('gives these very bytes on any engine', () => {
    const task = plantedTask({ edge: 'mixed', rows: 1200, columns: 6, seed: 3 })
    const classes = task.classes.map((own, row) => (row % 5 === 0 ? 2 : own))
    const split = { train: rowsBetween(0, 1000), validation: rowsBetween(1000, 1200) }
    const { trees } = trainGbdt({ ...task, classes, classCount: 3, ...split }, { rounds: 10 })
    expect(sha256Hex(encodeTensors(treeTensors('trees', trees)))).toMatchInlineSnapshot(
      `"bc762600161167403b7fb82cfc3d96dd8bd549f5eb4796955a551bee32ea588c"`,
    )
  })

  it('gives the same trees in plain JavaScript as by the SIMD kernel', () => {
    const task = plantedTask({ edge: 'mixed', rows: 900, columns: 7, seed: 6 })
    const of = (backend: 'js' | 'wasm') => trainGbdt({ ...task, classCount: 2, backend }, { rounds: 8 }).trees
    expect(of('js')).toEqual(of('wasm'))
  })

  it('serves what it trained: the loss of the served probabilities is the one it reports', () => {
    const task = plantedTask({ edge: 'mixed', rows: 2000, columns: 7, seed: 4 })
    const split = { train: rowsBetween(0, 1500), validation: rowsBetween(1500, 2000) }
    const { trees, trainLoss, validationLoss } = trainGbdt({ ...task, classCount: 2, ...split }, { patience: 3 })
    const out = serve(trees, task)
    const lossOf = (rows: Int32Array): number =>
      rows.reduce((sum, row) => sum - Math.log(out[2 * row + task.classes[row]!]!), 0) / rows.length
    expect(lossOf(split.train)).toBeCloseTo(trainLoss, 5)
    expect(lossOf(split.validation)).toBeCloseTo(validationLoss, 5)
  })

  it('loses less on its training rows with every round', () => {
    const task = plantedTask({ edge: 'mixed', rows: 800, columns: 5, seed: 5 })
    const losses = [1, 2, 4, 8, 16].map((rounds) => trainGbdt({ ...task, classCount: 2 }, { rounds }).trainLoss)
    expect(losses).toEqual([...losses].sort((a, b) => b - a))
  })

  it('makes single leaves of constant features', () => {
    const { trees } = trainGbdt({ ...four, features: new Float32Array(4) }, { ...stump, rounds: 2 })
    expect([...trees.feature]).toEqual([-1, -1])
  })

  it('reports each round, and stops when it is told to', () => {
    const stages: string[] = []
    let rounds = 0
    const run = (): unknown =>
      trainGbdt(
        four,
        { childWeightMin: 0.25 },
        {
          report: ({ stage, done }) => stages.push(`${stage} ${done}`),
          cancelled: () => rounds++ === 2,
        },
      )
    expect(codeOf(run)).toBe('CANCELLED: The training was cancelled.')
    expect(stages).toEqual(['trees 0.01', 'trees 0.02'])
  })

  it.each<[string, Partial<GbdtInput>, Partial<GbdtParams>, string]>([
    ['a depth of 0', {}, { depth: 0 }, 'BAD_PARAMETER: Option "depth" of trainGbdt is "0".'],
    ['half a round', {}, { rounds: 1.5 }, 'BAD_PARAMETER: Option "rounds" of trainGbdt is "1.5".'],
    ['257 bins', {}, { bins: 257 }, 'BAD_PARAMETER: Option "bins" of trainGbdt is "257".'],
    ['a rate of NaN', {}, { learningRate: Number.NaN }, 'BAD_PARAMETER: Option "learningRate" of trainGbdt is "NaN".'],
    [
      'an unknown backend',
      { backend: 'cuda' as 'js' },
      {},
      'BAD_TRAINING: The training cannot start: backend "cuda" is none of js, wasm.',
    ],
    ['one class', { classes: new Uint8Array(4) }, {}, 'ONE_CLASS: All 4 training rows have the class "0".'],
    ['no rows', { train: new Int32Array(0) }, {}, 'NO_ROWS: No row to train trees on.'],
    ['no weight', { weights: new Float64Array(4) }, {}, 'NO_ROWS: No row to train trees on.'],
    ['a negative weight', { weights: Float64Array.of(1, -1, 1, 1) }, {}, 'BAD_DATASET: Row 1 has the weight "-1".'],
    ['a class beyond', { classes: Uint8Array.of(0, 1, 2, 1) }, {}, 'BAD_DATASET: Row 2 has the class "2" of 2.'],
    ['65 classes', { classCount: 65 }, {}, 'BAD_DATASET: The number of classes is "65", not an integer from 2 to 64.'],
    ['few classes', { classes: new Uint8Array(3) }, {}, 'BAD_DATASET: There are "3" classes for 4 rows.'],
    ['few weights', { weights: new Float64Array(3) }, {}, 'BAD_DATASET: There are "3" weights for 4 rows.'],
    [
      'few features',
      { features: new Float32Array(3) },
      {},
      'BAD_DATASET: The features have "3" values, 4 rows of 1 columns need 4.',
    ],
    [
      'NaN',
      { features: Float32Array.of(0, 1, Number.NaN, 3) },
      {},
      'BAD_DATASET: Feature 0 of row 2 is "NaN", not a finite number.',
    ],
    [
      'validation without weight',
      { weights: Float64Array.of(1, 1, 1, 0), validation: Int32Array.of(3), classes: Uint8Array.of(0, 1, 1, 1) },
      {},
      'NO_ROWS: None of 1 validation rows has a weight above 0.',
    ],
    [
      'a row to stop by that was trained on',
      { train: Int32Array.of(0, 1, 2), validation: Int32Array.of(3, 2) },
      {},
      'BAD_DATASET: Row "2" of "validation" is given twice.',
    ],
    ['a row twice', { train: Int32Array.of(0, 1, 0) }, {}, 'BAD_DATASET: Row "0" of "train" is given twice.'],
    ['a row beyond', { validation: Int32Array.of(4) }, {}, 'BAD_DATASET: Row "4" of "validation" is not one of 4.'],
  ])('refuses %s', (_name, input, params, message) => {
    expect(codeOf(() => trainGbdt({ ...four, ...input }, params))).toBe(message)
  })
})
