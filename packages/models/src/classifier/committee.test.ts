import { expect, it } from 'vitest'
import { rowsBetween } from '../gbdt/plantedTask.rig.js'
import { classifierDefaults } from './classifierParams.js'
import { scoreRows, serveCommittee, splitCommitteeRows, trainCommittee } from './committee.js'
import { plantedDataset } from './plantedDataset.rig.js'

const data = plantedDataset({ edge: 'linear', rows: 400, columns: 2, seed: 1, classCount: 2 })
const params = {
  ...classifierDefaults,
  trees: { ...classifierDefaults.trees, rounds: 5 },
  network: { ...classifierDefaults.network, hidden: [4], epochs: 2 },
}

it('stops by the latest rows, and leaves out those whose labels reach into them', () => {
  // Labels settle three rows later: the last three before the border meet its first row.
  const { fit, stop } = splitCommitteeRows(data, rowsBetween(100, 200), 0.2)
  expect([stop[0], stop.length]).toEqual([180, 20])
  expect([fit[0], fit.at(-1), fit.length]).toEqual([100, 176, 77])
})

it('refuses to split rows that leave nothing on one side', () => {
  expect(() => splitCommitteeRows(data, rowsBetween(0, 3), 0.5)).toThrow(
    'Of 3 training rows 0 are left to learn from and 2 to stop by.',
  )
})

it('averages trees and network, for one row as for many', () => {
  const rows = { fit: rowsBetween(0, 300), stop: rowsBetween(303, 350) }
  const committee = trainCommittee({ data, classes: data.labels.classes, params, seed: 1 }, rows, {})
  const all = new Float32Array(800)
  scoreRows(committee, data, rowsBetween(350, 400), all)
  const session = serveCommittee(committee)
  const [down, up] = session.score(Float64Array.of(data.features[360]!, data.features[760]!))
  expect([...all.slice(720, 722)]).toEqual([Math.fround(down!), Math.fround(up!)])
  expect(down! + up!).toBeCloseTo(1, 6)
  expect(all.slice(0, 700).every((value) => value === 0)).toBe(true)
})

it('refuses parts that do not fit each other', () => {
  const rows = { fit: rowsBetween(0, 300), stop: rowsBetween(303, 350) }
  const committee = trainCommittee({ data, classes: data.labels.classes, params, seed: 1 }, rows, {})
  const scaler = { ...committee.scaler, centre: [0], factor: [1] }
  expect(() => serveCommittee({ ...committee, scaler })).toThrow('Trees of 2 features and 2 classes do not fit')
})
