import { expect, it } from 'vitest'
import type { Dataset } from '../dataset.js'
import { classifierDefaults } from './classifierParams.js'
import { forecastOutOfSample, stageHooks } from './outOfSample.js'
import { plantedDataset } from './plantedDataset.rig.js'

const data = plantedDataset({ edge: 'linear', rows: 450, columns: 2, seed: 1, classCount: 2 })
const params = {
  ...classifierDefaults,
  folds: 3,
  trees: { ...classifierDefaults.trees, rounds: 5 },
  network: { ...classifierDefaults.network, hidden: [4], epochs: 2 },
}
const forecast = (given: Dataset = data) => forecastOutOfSample({ data: given, params, seed: 1 }, {})
const { real, folds, dealt, shuffled } = forecast()

it('forecasts every row once, by models that had nothing to do with it', () => {
  expect(folds.flatMap(({ test }) => [...test])).toEqual(Array.from({ length: 450 }, (_, row) => row))
  for (const list of [real, shuffled]) {
    for (let row = 0; row < 450; row++) expect(list[2 * row]! + list[2 * row + 1]!).toBeCloseTo(1, 5)
  }
})

it('says the same of a test block whatever became of it', () => {
  const flipped = data.labels.classes.map((own, row) => (row >= 150 && row < 300 ? 1 - own : own))
  const other = forecast({ ...data, labels: { ...data.labels, classes: flipped } })
  expect(other.real.slice(300, 600)).toEqual(real.slice(300, 600))
  expect(other.real.slice(0, 300)).not.toEqual(real.slice(0, 300))
})

it('says the same of a row whatever the features of its neighbours in the block are', () => {
  const features = data.features.map((value, at) => (at % 450 >= 150 && at % 450 < 225 ? 50 * value : value))
  expect(forecast({ ...data, features }).real.slice(450, 600)).toEqual(real.slice(450, 600))
})

it('deals each label to one row', () => {
  expect([...dealt].sort((a, b) => a - b)).toEqual(Array.from({ length: 450 }, (_, row) => row))
  expect(dealt.filter((from, row) => from === row).length).toBeLessThan(10)
})

it('makes the progress of a part a share of the whole, and asks on whether to stop', () => {
  const seen: unknown[] = []
  const hooks = stageHooks(
    { report: (progress) => seen.push(progress), cancelled: () => true, checkpoint: () => seen.push('kept') },
    { stage: 'fold 1', from: 0.5, share: 0.25 },
  )
  hooks.report?.({ stage: 'trees', done: 0.5, figures: {} })
  expect(seen).toEqual([{ stage: 'fold 1: trees', done: 0.625, figures: {} }])
  expect([hooks.cancelled?.(), hooks.checkpoint]).toEqual([true, undefined])
})
