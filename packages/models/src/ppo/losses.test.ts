import { createRandom } from '@astertrade/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clippedSurrogate, surrogateSlope } from './clippedSurrogate.js'
import { drawAction, logProbability } from './logProbability.js'
import { policyLoss } from './policyLoss.js'
import { valueLoss } from './valueLoss.js'

/** Slopes of `loss` by each number of `output`, by central differences; doubles in place of float32. */
function differences(output: Float64Array, loss: (output: Float32Array) => number): number[] {
  const step = 1e-6
  return Array.from(output, (value, index) => {
    const at = (moved: number): number => {
      const copy = output.slice()
      copy[index] = moved
      return loss(copy as unknown as Float32Array)
    }
    return (at(value + step) - at(value - step)) / (2 * step)
  })
}

describe('the loss of a policy', () => {
  const row = 4
  const rows = 6
  const actions = 3

  it('has the slopes that finite differences show', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e6 }), fc.constantFrom(0, 0.01, 1), (seed, entropy) => {
        const random = createRandom(seed).stream('policy')
        const output = Float64Array.from({ length: rows * row }, (_, index) =>
          index % row < actions ? random.normal() : 0,
        )
        const taken = Int32Array.from({ length: rows }, () => random.integer(0, actions - 1))
        const now = output as unknown as Float32Array
        // Ratios from 0.6 to 1.5 in steps of 0.1, none on the edges of 0.8 and 1.2.
        const logProbabilities = Float64Array.from({ length: rows }, (_, index) => {
          return logProbability(now, index * row, actions, taken[index]!) - Math.log(0.55 + random.integer(0, 9) / 10)
        })
        const advantages = Float64Array.from({ length: rows }, () => random.normal())
        const batch = { row, rows, actions, taken, logProbabilities, advantages }
        const gradient = new Float32Array(rows * row)
        const options = { clip: 0.2, entropy }
        policyLoss({ ...batch, output: now }, options, gradient)
        const expected = differences(output, (moved) =>
          policyLoss({ ...batch, output: moved }, options, new Float32Array(24)),
        )
        for (const [index, slope] of expected.entries()) expect(gradient[index]).toBeCloseTo(slope, 6)
      }),
    )
  })

  it('is minus the mean surrogate and the weighted entropy, worked by hand', () => {
    const output = Float32Array.of(0, 0, 0, 0)
    const batch = { output, row: 4, rows: 1, actions: 2, taken: Int32Array.of(1), advantages: Float64Array.of(2) }
    const logProbabilities = Float64Array.of(Math.log(0.25))
    // The ratio 2 is clipped to 1.2; two equal chances have the entropy log 2.
    const loss = policyLoss({ ...batch, logProbabilities }, { clip: 0.2, entropy: 0.5 }, new Float32Array(4))
    expect(loss).toBeCloseTo(-2.4 - 0.5 * Math.log(2), 12)
  })
})

it('lets the surrogate move only while it gains nothing from leaving the range', () => {
  expect([0.5, 0.9, 1.3].map((ratio) => surrogateSlope(ratio, 2, 0.2))).toEqual([1, 1.8, 0])
  expect([0.5, 0.9, 1.3].map((ratio) => surrogateSlope(ratio, -2, 0.2))).toEqual([-0, -1.8, -2.6].map((x) => x + 0))
  expect([0.5, 0.9, 1.3].map((ratio) => clippedSurrogate(ratio, -2, 0.2))).toEqual([-1.6, -1.8, -2.6])
})

describe('the loss of a value function', () => {
  const values = Float64Array.of(0, 0, 0, 0)
  const returns = Float64Array.of(1, 1, 1, -1)
  // Inside the range; beyond it towards the return; beyond the return; beyond it away from the return.
  const output = Float64Array.of(0.1, 0.5, 2.5, 0.5)
  const options = { clip: 0.2, weight: 0.5 }

  it('has the slopes that finite differences show', () => {
    const gradient = new Float32Array(4)
    const batch = { row: 1, rows: 4, values, returns }
    valueLoss({ ...batch, output: output as unknown as Float32Array }, options, gradient)
    const expected = differences(output, (moved) =>
      valueLoss({ ...batch, output: moved }, options, new Float32Array(4)),
    )
    for (const [index, slope] of expected.entries()) expect(gradient[index]).toBeCloseTo(slope, 6)
    expect(gradient[1]).toBe(0)
  })

  it('takes the larger of two misses, worked by hand', () => {
    const batch = { output: Float32Array.of(0.5), row: 1, rows: 1, values, returns }
    expect(valueLoss(batch, options, new Float32Array(1))).toBeCloseTo(0.5 * 0.5 * 0.8 ** 2, 12)
  })
})

describe('drawing actions', () => {
  const output = Float32Array.of(9, 0, Math.log(3), 9)

  it('cuts the unit interval at the probabilities', () => {
    expect([0, 0.2499, 0.2501, 0.9999].map((uniform) => drawAction(output, 1, 2, uniform))).toEqual([0, 0, 1, 1])
    expect(drawAction(output, 1, 1, 0.9)).toBe(0)
  })

  it('gives logarithms of probabilities that add up to 1, also of large numbers', () => {
    expect(logProbability(output, 1, 2, 1)).toBeCloseTo(Math.log(0.75), 7)
    expect(logProbability(Float32Array.of(1e30, 0), 0, 2, 0)).toBe(0)
  })
})
