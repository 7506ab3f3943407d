import { createRandom } from '@astertrade/core'
import { describe, expect, it } from 'vitest'
import { pendingLabels } from './pendingLabels.js'
import { type RidgeLearner, ridgeLearner } from './ridgeLearner.js'

const options = { width: 2, ridge: 1e-3, memory: 5_000, overlap: 1 }

/** A learner after labels that follow the first feature by `effect`, in units of their noise. */
function taught(effect: number, labels: number, seed: string): RidgeLearner {
  const random = createRandom(seed).stream('labels')
  const learner = ridgeLearner(options)
  for (let at = 0; at < labels; at++) {
    const features = Float64Array.of(random.normal(), random.normal())
    const move = 0.01 * (effect * features[0]! + random.normal())
    learner.learn(features, move, learner.weigh(features))
  }
  return learner
}

describe('ridgeLearner', () => {
  it('finds a planted weight, and none for what does not matter', () => {
    const learner = taught(0.5, 8_000, 'found')
    const [first, second] = learner.weights()
    // Labels are scaled by their own deviation, the root of 1.25.
    expect(first).toBeCloseTo(0.5 / Math.sqrt(1.25), 1)
    expect(Math.abs(second!)).toBeLessThan(0.05)
    expect(learner.scale()).toBeCloseTo(0.01 * Math.sqrt(1.25), 3)
    expect(learner.skill()).toBeCloseTo(0.2, 1)
    expect(learner.noise()).toBeCloseTo(Math.sqrt(0.8), 1)
    expect(learner.evidence()).toBeGreaterThan(5)
  })

  it('takes noise for evidence about as often as a normal statistic would, and no more', () => {
    const statistics = Array.from({ length: 200 }, (_, study) => taught(0, 1_000, `noise ${study}`).evidence())
    const sure = statistics.filter((value) => value >= 2).length / statistics.length
    expect(sure).toBeLessThan(0.05)
  })

  it('says nothing before enough labels, and with an odd unit of them no more', () => {
    expect(taught(1, 40, 'few').weigh(Float64Array.of(1, 1))).toBe(0)
    expect(taught(1, 100, 'some').evidence()).toBe(0)
    const still = ridgeLearner(options)
    for (let at = 0; at < 300; at++) still.learn(Float64Array.of(1, 1), 0, 0)
    expect(still.evidence()).toBe(0)
    expect(still.weigh(Float64Array.of(1, 1))).toBe(0)
  })

  it('counts a label of any size as four deviations at most', () => {
    const learner = taught(0.5, 2_000, 'spike')
    const before = learner.weights()
    learner.learn(Float64Array.of(1, 1), 1e6, 0)
    for (const [k, weight] of learner.weights().entries()) expect(Math.abs(weight - before[k]!)).toBeLessThan(0.01)
  })
})

describe('pendingLabels', () => {
  it('teaches a label once its horizon has passed, by the price of then, and not before', () => {
    const learner = ridgeLearner(options)
    const waiting = pendingLabels({ learner, width: 2, horizon: 10, capacity: 4 })
    waiting.wait(0, 100, Float64Array.of(1, 0))
    waiting.wait(5, 100, Float64Array.of(0, 1))
    waiting.settle(9, 101)
    expect(learner.count).toBe(0)
    waiting.settle(10, 110)
    expect(learner.count).toBe(1)
    expect(learner.scale()).toBeCloseTo(Math.log(1.1), 14)
    waiting.settle(100, 100)
    expect(learner.count).toBe(2)
  })

  it('forgets the oldest of more than it keeps, and continues from a snapshot', () => {
    const learner = ridgeLearner(options)
    const make = () => pendingLabels({ learner, width: 2, horizon: 10, capacity: 2 })
    const waiting = make()
    for (const time of [0, 1, 2]) waiting.wait(time, 100, Float64Array.of(1, 1))
    const copy = make()
    copy.restore(waiting.snapshot())
    copy.settle(10, 100)
    expect(learner.count).toBe(0)
    copy.settle(12, 100)
    expect(learner.count).toBe(2)
  })
})
