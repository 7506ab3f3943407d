import { describe, expect, it } from 'vitest'
import { classifier } from '../classifier/classifier.js'
import { plantedDataset } from '../classifier/plantedDataset.rig.js'
import { featureDrift } from './featureDrift.js'

const { defaults } = classifier
const params = {
  ...defaults,
  folds: 2,
  trees: { ...defaults.trees, rounds: 2 },
  network: { ...defaults.network, hidden: [4], epochs: 1 },
}
const data = plantedDataset({ edge: 'linear', rows: 900, columns: 3, seed: 1, classCount: 2 })
const { manifest } = classifier.train({ id: 'drifting', data, params, seed: 1 })
const recent = plantedDataset({ edge: 'linear', rows: 600, columns: 3, seed: 2, classCount: 2 })

describe('featureDrift', () => {
  it('calls features of the same kind steady', () => {
    const drifts = featureDrift(manifest, recent)
    expect(drifts.map(({ name }) => name).sort()).toEqual(['x0', 'x1', 'x2'])
    for (const { name, stability } of drifts) expect(stability, name).toBeLessThan(0.1)
  })

  it('puts first what has moved most', () => {
    const { rows } = recent
    const features = recent.features.map((value, at) => (at < rows ? value : at < 2 * rows ? value + 2 : value + 0.5))
    const [first, second, third] = featureDrift(manifest, { ...recent, features })
    expect([first!.name, second!.name, third!.name]).toEqual(['x1', 'x2', 'x0'])
    expect(first!.stability).toBeGreaterThan(0.25)
  })

  it.each([
    [{ schema: 'other' }, 'BAD_DATASET', '1800 numbers in 600 rows are not the 3 features of "drifting".'],
    [{ rows: 500 }, 'BAD_DATASET', '1800 numbers in 500 rows are not'],
    [{ rows: 0, features: new Float32Array(0) }, 'NO_ROWS', '0 rows of values are too few.'],
    [{ features: new Float32Array(1800).fill(Number.NaN) }, 'BAD_ROWS', 'Row 0 of values is "NaN".'],
  ])('refuses %o', (change, code, message) => {
    const run = () => featureDrift(manifest, { ...recent, ...change })
    expect(run).toThrow(message)
    expect(run).toThrow(expect.objectContaining({ code }))
  })

  it.each([
    [{}],
    [{ drift: [] }],
    [{ drift: [1, 2, 3] }],
    [{ drift: [0, 1, 2].map(() => ({ edges: [2, 1], shares: [0, 0, 1] })) }],
    [{ drift: [0, 1, 2].map(() => ({ edges: [1], shares: [1] })) }],
    [{ drift: [0, 1, 2].map(() => ({ edges: [1], shares: [2, -1] })) }],
  ])('refuses a manifest that keeps %j', (extra) => {
    const run = () => featureDrift({ ...manifest, extra }, recent)
    expect(run).toThrow('The manifest of "drifting" keeps no reference of 3 features to compare with.')
    expect(run).toThrow(expect.objectContaining({ code: 'ARTIFACT' }))
  })
})
