import { createRandom } from '@astertrade/core'
import { expect, it } from 'vitest'
import type { Dataset } from '../dataset.js'
import { rowsBetween } from '../gbdt/plantedTask.rig.js'
import { applyTemperature, fitClassifierCalibration, judgeCalibration } from './classifierCalibration.js'
import { plantedDataset } from './plantedDataset.rig.js'

/** Forecasts whose lead is wrong in a known way: a lead of d is right with probability 0.5 + d / 4, half of what it says. */
function overconfident(rows: number): { data: Dataset; probabilities: Float32Array } {
  const random = createRandom(1).stream('overconfident')
  const data = plantedDataset({ edge: 'none', rows, columns: 1, seed: 1, classCount: 2 })
  const probabilities = new Float32Array(2 * rows)
  const [classes, returns] = [new Uint8Array(rows), new Float64Array(rows)]
  for (let row = 0; row < rows; row++) {
    const lead = 2 * random.uniform() - 1
    probabilities.set([(1 - lead) / 2, (1 + lead) / 2], 2 * row)
    classes[row] = random.uniform() < 0.5 + lead / 4 ? 1 : 0
    returns[row] = classes[row] === 1 ? 0.01 : -0.01
  }
  return { data: { ...data, labels: { ...data.labels, classes, returns } }, probabilities }
}

it('takes back confidence that was not earned', () => {
  const { data, probabilities } = overconfident(8000)
  const { temperature, side } = fitClassifierCalibration(data, probabilities, rowsBetween(0, 8000))
  expect(temperature).toBeGreaterThan(1.3)
  for (const lead of [0.2, 0.5, 0.8]) {
    const both = Float64Array.of((1 - lead) / 2, (1 + lead) / 2)
    applyTemperature(both, temperature)
    expect(Math.abs(side.apply(both[1]! - both[0]!) - (0.5 + lead / 4))).toBeLessThan(0.04)
  }
})

it('bends at no fewer than 30 rows, so that a few lucky ones are not called certain', () => {
  const { data, probabilities } = overconfident(300)
  const { side } = fitClassifierCalibration(data, probabilities, rowsBetween(0, 300))
  expect(side.scores.length).toBeLessThanOrEqual(10)
  expect(side.values.at(-1)).toBeLessThan(0.95)
})

it('changes no order and keeps the sum at one', () => {
  const three = Float64Array.of(0.7, 0, 0.3)
  applyTemperature(three, 2)
  expect(three[0]! + three[1]! + three[2]!).toBeCloseTo(1, 12)
  expect(three[0]! > three[2]! && three[2]! > three[1]!).toBe(true)
  expect(three[0]! / three[2]!).toBeCloseTo(Math.sqrt(0.7 / 0.3), 10)
})

it('refuses rows that tell no side', () => {
  const { data, probabilities } = overconfident(40)
  const flat = { ...data, labels: { ...data.labels, returns: new Float64Array(40) } }
  expect(() => fitClassifierCalibration(flat, probabilities, rowsBetween(0, 40))).toThrow(
    'None of 40 rows can calibrate a side.',
  )
})

it('judges its claims on rows that it was not calibrated on, and none where there are too few', () => {
  const { data, probabilities } = overconfident(8000)
  const figures = judgeCalibration(data, probabilities, rowsBetween(0, 8000))!
  expect(figures.rows).toBe(4000)
  expect(figures.bins).toHaveLength(5)
  expect(Math.abs(figures.claimed - 0.625)).toBeLessThan(0.02)
  expect(Math.abs(figures.right - 0.625)).toBeLessThan(0.03)
  expect(figures.error).toBeLessThan(0.04)
  expect(judgeCalibration(data, probabilities, rowsBetween(0, 90))).toBe(null)
})
