import { describe, expect, it } from 'vitest'
import type { Dataset } from '../dataset.js'
import { classifierMetrics } from './classifierMetrics.js'
import type { OutOfSample } from './outOfSample.js'
import { plantedDataset } from './plantedDataset.rig.js'

const rows = 200
const data = plantedDataset({ edge: 'none', rows, columns: 1, seed: 1, classCount: 2 })
const halves = [
  {
    train: Int32Array.from({ length: 100 }, (_, index) => 100 + index),
    test: Int32Array.from({ length: 100 }, (_, index) => index),
  },
  {
    train: Int32Array.from({ length: 100 }, (_, index) => index),
    test: Int32Array.from({ length: 100 }, (_, index) => 100 + index),
  },
]
const identity = Int32Array.from({ length: rows }, (_, row) => row)
const sure = (of: (row: number) => number): Float32Array =>
  Float32Array.from({ length: 2 * rows }, (_, index) => (of(index >> 1) === (index & 1) ? 0.9 : 0.1))
const chance = sure((row) => (row >> 1) & 1)
const judge = (given: Partial<OutOfSample>, on: Dataset = data) =>
  classifierMetrics(on, { folds: halves, real: chance, shuffled: chance, dealt: identity, ...given })

describe('figures', () => {
  it('of forecasts that are always right are perfect, and suspicious', () => {
    const { model, warnings, folds } = judge({ real: sure((row) => data.labels.classes[row]!) })
    expect(model).toMatchObject({ accuracy: 1, auc: 1 })
    expect(model.logLoss).toBeCloseTo(-Math.log(0.9), 6)
    expect(model.ic).toBeCloseTo(1, 6)
    expect(folds.map((fold) => fold.accuracy)).toEqual([1, 1])
    expect(warnings).toEqual(['Information coefficient 1.000: above 0.1 on prices, look for a leak first.'])
  })

  it('of forecasts that are always wrong lose to the frequencies, and say so', () => {
    const { model, naive, warnings } = judge({ real: sure((row) => 1 - data.labels.classes[row]!) })
    expect(model).toMatchObject({ accuracy: 0, auc: 0 })
    expect(naive.logLoss).toBeCloseTo(Math.LN2, 1)
    expect(warnings.map((warning) => warning.split(':')[0])).toEqual([
      'No edge',
      'No edge',
      'Information coefficient -1.000',
    ])
  })

  it('of a shuffled control that finds something warn of the split', () => {
    const { warnings } = judge({ shuffled: sure((row) => data.labels.classes[row]!) })
    expect(warnings.at(-1)).toBe('The shuffled control has AUC 1.000: the split leaks.')
  })

  it('judge the control by the labels that it was dealt', () => {
    const dealt = identity.map((row) => rows - 1 - row)
    const { shuffled } = judge({ dealt, shuffled: sure((row) => data.labels.classes[rows - 1 - row]!) })
    expect(shuffled).toMatchObject({ accuracy: 1, auc: 1 })
  })

  it('widen errors by the labels that are alive at once', () => {
    const long = { ...data, labels: { ...data.labels, ends: data.times.map((time) => time + 12 * 3_600_000) } }
    const [short, wide] = [judge({}), judge({}, long)]
    expect(short.overlap).toBeCloseTo((3 * rows) / (rows - 1), 10)
    expect(wide.overlap / short.overlap).toBeCloseTo(4, 10)
    expect(wide.model.aucError / short.model.aucError).toBeCloseTo(2, 10)
  })

  it('do not widen those of the control, whose labels were dealt one by one', () => {
    const long = { ...data, labels: { ...data.labels, ends: data.times.map((time) => time + 12 * 3_600_000) } }
    const { model, shuffled, overlap, warnings } = judge({ shuffled: chance }, long)
    expect(shuffled.aucError).toBeCloseTo(model.aucError / Math.sqrt(overlap), 12)
    expect(shuffled.icError).toBeCloseTo(0.1 / Math.sqrt(0.99) / Math.SQRT2, 12)
    expect(warnings.join()).not.toContain('the split leaks')
    // Right on two rows of three: five errors from chance, and less than two of the widened ones.
    const finding = sure((row) => (row % 3 === 0 ? 1 - data.labels.classes[row]! : data.labels.classes[row]!))
    expect(judge({ shuffled: finding }, long).warnings.at(-1)).toMatch(
      /^The shuffled control has AUC 0\.6\d\d: the split leaks\.$/,
    )
  })

  it('need both sides in some test block', () => {
    const one = {
      ...data,
      labels: { ...data.labels, classes: Uint8Array.from({ length: rows }, (_, row) => (row < 100 ? 0 : 1)) },
    }
    expect(() => judge({}, one)).toThrow('None of 2 test blocks has rows of both sides to judge.')
  })

  it('need test blocks that are longer than a few labels', () => {
    const long = { ...data, labels: { ...data.labels, ends: data.times.map((time) => time + 40 * 3_600_000) } }
    const run = () => judge({}, long)
    expect(run).toThrow('None of 2 test blocks has three times the 40.2 rows that one label spans to judge.')
    expect(run).toThrow(expect.objectContaining({ code: 'NO_ROWS' }))
  })
})
