import { type ConfigError, timestamp } from '@astertrade/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addressOf } from '../addressOf.js'
import type { ModelArtifact } from '../artifact.js'
import type { Dataset } from '../dataset.js'
import { makeArtifact } from '../makeArtifact.js'
import type { FeatureRow, Model } from '../model.js'
import type { TrainingHooks } from '../modelKind.js'
import { type ModelStep, modelContract } from '../testing/modelContract.js'
import { classifier } from './classifier.js'
import type { ClassifierMetrics } from './classifierMetrics.js'
import type { ClassifierParams } from './classifierParams.js'
import { plantedDataset } from './plantedDataset.rig.js'

const quick: ClassifierParams = {
  ...classifier.defaults,
  folds: 3,
  trees: { ...classifier.defaults.trees, rounds: 40, depth: 4 },
  network: { hidden: [16], epochs: 12, batch: 64, learningRate: 0.01, patience: 3 },
}
const train = (data: Dataset, params: Partial<ClassifierParams> = {}, hooks?: TrainingHooks): ModelArtifact =>
  classifier.train({ id: 'planted', data, params: { ...quick, ...params }, seed: 1 }, hooks)
const metricsOf = (artifact: ModelArtifact): ClassifierMetrics => artifact.manifest.metrics as ClassifierMetrics

const rowsOf = (data: Dataset, from: number): FeatureRow[] =>
  Array.from({ length: data.rows }, (_, row) => ({
    time: timestamp(from + (row + 1) * 1000),
    schema: data.schema,
    values: Float64Array.from(data.names, (_, column) => data.features[column * data.rows + row]!),
  }))

const errorOf = (run: () => unknown): string => {
  try {
    run()
  } catch (error) {
    return `${(error as ConfigError).code}: ${(error as Error).message.split('\n')[0]}`
  }
  return 'none'
}

const data = plantedDataset({ edge: 'xor', rows: 1500, columns: 3, seed: 1 })
const artifact = train(data)
const model = classifier.load(artifact)
const later = plantedDataset({ edge: 'xor', rows: 3000, columns: 3, seed: 2 })
const laterRows = rowsOf(later, artifact.manifest.trainRange.to)

describe('what it finds', () => {
  it.each(['linear', 'xor', 'mixed'] as const)('finds the edge planted as %s, out of sample', (edge) => {
    const {
      model: found,
      naive,
      shuffled,
    } = metricsOf(
      edge === 'xor' ? artifact : train(plantedDataset({ edge, rows: 1500, columns: 5, seed: 3, classCount: 2 })),
    )
    expect(found.auc).toBeGreaterThan(0.8)
    expect(found.logLoss).toBeLessThan(0.9 * naive.logLoss)
    expect(Math.abs(shuffled.auc - 0.5)).toBeLessThan(0.06)
  })

  it('finds nothing in noise: the area under the curve is 0.5 ± 0.02, and it says that there is no edge', () => {
    const noise = plantedDataset({ edge: 'none', rows: 12_000, columns: 3, seed: 5, classCount: 2 })
    const { model: found, shuffled, warnings } = metricsOf(train(noise, { network: { ...quick.network, hidden: [8] } }))
    expect(Math.abs(found.auc - 0.5)).toBeLessThan(0.02)
    expect(Math.abs(shuffled.auc - 0.5)).toBeLessThan(0.02)
    expect(Math.abs(found.ic)).toBeLessThan(0.03)
    expect(warnings.filter((warning) => warning.startsWith('No edge'))).not.toEqual([])
  })

  it.skipIf(!process.env.ASTER_LONG)('finds nothing in noise of 41 features at its defaults (needs ASTER_LONG)', () => {
    const noise = plantedDataset({ edge: 'none', rows: 20_000, columns: 41, seed: 6 })
    const { model: found, shuffled } = metricsOf(train(noise, classifier.defaults))
    expect(Math.abs(found.auc - 0.5)).toBeLessThan(0.02)
    expect(Math.abs(shuffled.auc - 0.5)).toBeLessThan(0.02)
  })

  it('warns of a leak where forecasts rank returns better than prices allow', () => {
    expect(metricsOf(artifact).warnings.join()).toContain('look for a leak first')
  })

  it('says how often it is right: its confidence is that of later rows', () => {
    let [claimed, right, count] = [0, 0, 0]
    for (const [index, row] of laterRows.entries()) {
      const answer = model.predict(row)
      if (answer.kind !== 'forecast') continue
      claimed += (1 + answer.confidence) / 2
      right += answer.direction > 0 === later.labels.returns[index]! > 0 ? 1 : 0
      count++
    }
    expect(count).toBeGreaterThan(2500)
    expect(right / count).toBeGreaterThan(0.85)
    expect(Math.abs(claimed / count - right / count)).toBeLessThan(0.04)
    expect(artifact.manifest.metrics.calibration).toMatchObject({ rows: 113 })
  })
})

describe('training', () => {
  it('gives the same bytes for the same seed, and others for another', () => {
    expect(addressOf(train(data))).toBe(addressOf(artifact))
    const other = classifier.train({ id: 'planted', data, params: quick, seed: 2 })
    expect(addressOf(other)).not.toBe(addressOf(artifact))
  })

  it('tells how far it is, from nothing to all', () => {
    const done: number[] = []
    const stages = new Set<string>()
    train(
      data,
      {},
      {
        report: (progress) => {
          done.push(progress.done)
          stages.add(progress.stage.split(':')[0]!)
        },
      },
    )
    expect(done).toEqual([...done].sort((a, b) => a - b))
    expect(done[0]).toBeLessThan(0.05)
    expect(done.at(-1)! > 0.9 && done.at(-1)! <= 1).toBe(true)
    expect([...stages]).toEqual([
      'fold 1 of 3',
      'fold 2 of 3',
      'fold 3 of 3',
      'shuffled fold 1 of 3',
      'shuffled fold 2 of 3',
      'shuffled fold 3 of 3',
      'final',
    ])
  })

  it('stops when told to, and goes on from any checkpoint to the same bytes', () => {
    const saved: Uint8Array[] = []
    let asked = 0
    const stopped = errorOf(() =>
      train(data, {}, { checkpoint: (state) => saved.push(state), cancelled: () => saved.length === 4 && asked++ > 5 }),
    )
    expect(stopped.startsWith('CANCELLED')).toBe(true)
    expect(saved).toHaveLength(4)
    for (const resume of [saved[0]!, saved[3]!]) {
      expect(addressOf(train(data, {}, { resume }))).toBe(addressOf(artifact))
    }
    expect(errorOf(() => train(data, { folds: 4 }, { resume: saved[0]! }))).toBe(
      'BAD_CHECKPOINT: The checkpoint is of another training.',
    )
  })

  it('lets rare classes count as much as frequent ones where that is asked for', () => {
    const balanced = metricsOf(train(data, { classWeights: 'balanced' }))
    expect(balanced.model.logLoss).toBeGreaterThan(metricsOf(artifact).model.logLoss)
    expect(balanced.model.auc).toBeGreaterThan(0.8)
  })

  it('takes features that never change, and finds nothing in them', () => {
    const constant = train({ ...data, features: new Float32Array(data.features.length) })
    expect(metricsOf(constant).model.auc).toBe(0.5)
    expect(metricsOf(constant).warnings[0]).toContain('No edge')
  })

  const labels = (change: Partial<Dataset['labels']>): Dataset => ({ ...data, labels: { ...data.labels, ...change } })
  const small = plantedDataset({ edge: 'linear', rows: 4, columns: 2, seed: 1, classCount: 2 })
  it.each<[string, Dataset, Partial<ClassifierParams>, string]>([
    [
      'labels of one class',
      labels({ classes: new Uint8Array(1500) }),
      {},
      'ONE_CLASS: Of 1500 labels none is "2": there is no side to tell.',
    ],
    [
      'labels without a down',
      labels({ classes: new Uint8Array(1500).fill(2) }),
      {},
      'ONE_CLASS: Of 1500 labels none is "0": there is no side to tell.',
    ],
    ['fewer rows than folds', small, { folds: 5 }, 'NO_ROWS: 4 rows are fewer than 5 folds.'],
    [
      'labels that overlap all',
      labels({ ends: data.times.map(() => 1e12) }),
      {},
      'NO_ROWS: Nothing is left to train on beside the test rows 0-499 of 1500.',
    ],
    [
      'a feature that is no number',
      { ...data, features: data.features.map((x, at) => (at === 1501 ? Number.NaN : x)) },
      {},
      'BAD_DATASET: Feature 1 of row 1 is "NaN", not a finite number.',
    ],
    [
      'a return that is no number, before anything is trained',
      labels({ returns: data.labels.returns.map((value, row) => (row === 7 ? Number.NaN : value)) }),
      { folds: 100 },
      'BAD_DATASET: Row 7 has the return "NaN".',
    ],
    [
      'columns of unequal length',
      { ...data, times: data.times.slice(1) },
      {},
      'BAD_DATASET: The dataset has "1499" rows of "times", not 1500.',
    ],
    ['no features', { ...data, names: [] }, {}, 'BAD_DATASET: The dataset has no features.'],
    [
      'no rows',
      plantedDataset({ edge: 'none', rows: 0, columns: 2, seed: 1 }),
      {},
      'NO_ROWS: The dataset has no rows.',
    ],
    ['one fold', data, { folds: 1 }, 'BAD_PARAMETER: Option "folds" of the classifier is "1".'],
    [
      'a share of NaN',
      data,
      { stopShare: Number.NaN },
      'BAD_PARAMETER: Option "stopShare" of the classifier is "NaN".',
    ],
    [
      'an unknown scaler',
      data,
      { scaler: 'minmax' as 'standard' },
      'BAD_PARAMETER: Option "scaler" of the classifier is "minmax".',
    ],
    [
      'unknown weights',
      data,
      { classWeights: 'some' as 'none' },
      'BAD_PARAMETER: Option "classWeights" of the classifier is "some".',
    ],
  ])('refuses %s', (_name, given, params, message) => {
    expect(errorOf(() => train(given, params))).toBe(message)
  })
})

it('fills in what is left out of trees and network', () => {
  const { trees, network } = train(data, {
    trees: { rounds: 2 } as never,
    network: { hidden: [4], epochs: 1 } as never,
  }).manifest.params as unknown as ClassifierParams
  expect([trees.depth, network.batch]).toEqual([6, 256])
})

describe('loading', () => {
  const changed = (change: (manifest: ModelArtifact['manifest']) => object, files = artifact.files): ModelArtifact => {
    const { files: _, format: __, ...manifest } = artifact.manifest
    return makeArtifact({ ...manifest, ...change(artifact.manifest) }, Object.fromEntries(files))
  }

  it('refuses another kind, a damaged file, and golden rows that come out otherwise', () => {
    expect(errorOf(() => classifier.load(changed(() => ({ kind: 'ppo' }))))).toBe(
      'ARTIFACT: The artifact of "planted" is of kind "ppo", not "classifier".',
    )
    const bytes = artifact.files.get('weights.bin')!.slice()
    bytes[bytes.length - 1]! ^= 1
    expect(errorOf(() => classifier.load({ ...artifact, files: new Map([['weights.bin', bytes]]) }))).toBe(
      'ARTIFACT: File "weights.bin" of "planted" is damaged: its hash differs.',
    )
    const golden = {
      inputs: artifact.manifest.golden.inputs,
      outputs: artifact.manifest.golden.inputs.map(() => [1, 0, 0]),
    }
    expect(errorOf(() => classifier.load(changed(() => ({ golden }))))).toMatch(
      /^ARTIFACT: Golden row 0 of "planted" gives "0\.\d+" in place of "1"\.$/,
    )
  })

  it.each([
    ['no scaler', { scaler: null }, 'ARTIFACT: The classifier has no "scaler".'],
    [
      'a short scaler',
      { scaler: { kind: 'standard', centre: [1], factor: [1] } },
      'ARTIFACT: The classifier has no 3 numbers "centre".',
    ],
    [
      'a temperature of 0',
      { calibration: { temperature: 0, scores: [0], values: [0.5] } },
      'ARTIFACT: The classifier has the temperature "0".',
    ],
    [
      'a falling calibration',
      { calibration: { temperature: 1, scores: [0, 1], values: [0.9, 0.5] } },
      'ARTIFACT: The calibration of the classifier is no isotonic map.',
    ],
  ])('refuses %s', (_name, extra, message) => {
    expect(errorOf(() => classifier.load(changed((manifest) => ({ extra: { ...manifest.extra, ...extra } }))))).toBe(
      message,
    )
  })

  it('refuses with a code, or takes, whatever somebody wrote into the weights', () => {
    const whole = artifact.files.get('weights.bin')!
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), fc.nat(3), (at, flip, cut) => {
        const bytes = whole.slice(0, whole.length - cut)
        bytes[Math.min(at, bytes.length - 1)]! ^= flip
        const found = errorOf(() => classifier.load(changed(() => ({}), new Map([['weights.bin', bytes]]))))
        expect(found).toMatch(/^(none$|ARTIFACT: |BACKEND: )/)
      }),
      { numRuns: Math.min(200, Number(process.env.FC_NUM_RUNS ?? 60)) },
    )
  })

  it('refuses an artifact without its weights', () => {
    expect(errorOf(() => classifier.load(changed(() => ({}), new Map())))).toBe(
      'ARTIFACT: The artifact of "planted" has no "weights.bin".',
    )
  })
})

describe('predicting', () => {
  const row = laterRows.find((candidate) => model.predict(candidate).kind === 'forecast')!
  const codeOf = (of: Model, change: Partial<FeatureRow>): string => {
    const answer = of.predict({ ...row, ...change })
    return answer.kind === 'abstain' ? `${answer.code}: ${answer.reason}` : answer.kind
  }

  it('says side, confidence, horizon and reason', () => {
    const answer = model.predict(row)
    expect(answer).toMatchObject({ kind: 'forecast', horizon: 3 * 3_600_000 })
    expect(answer.reason).toMatch(/^classifier: up \d+ %, down \d+ %, right \d+ %$/)
  })

  it('abstains on what it cannot know, and says why', () => {
    const { trainRange, expiresAfter } = artifact.manifest
    expect(codeOf(model, { schema: 'other' })).toBe('schema: classifier: the features are not those it was trained on')
    expect(codeOf(model, { values: new Float64Array(2) })).toContain('schema')
    expect(codeOf(model, { values: Float64Array.of(0, Number.NaN, 0) })).toBe('nan: classifier: a feature is no number')
    expect(codeOf(model, { time: trainRange.to })).toBe(
      'expired: classifier: asked about a time that it was trained on',
    )
    expect(codeOf(model, { time: timestamp(expiresAfter + 1) })).toBe('expired: classifier: trained too long ago')
    expect(codeOf(model, { time: expiresAfter })).toBe('forecast')
    expect(codeOf(model, { values: Float64Array.of(9, 9, 9) })).toContain('outlier: classifier: nothing like these')
    const strict = classifier.load(train(data, { confidenceMin: 1 }))
    expect(codeOf(strict, {})).toBe('no-edge: classifier: no side is likelier than the other by enough')
  })

  const steps: ModelStep[] = laterRows.slice(0, 300).map((step) => ({ row: step }))
  for (const check of modelContract({ create: () => classifier.load(artifact), steps }))
    it(check.name, () => check.run())
})
