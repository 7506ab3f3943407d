import { describe, expect, it } from 'vitest'
import { spreadSigma } from './spreadSigma.js'

describe('spreadSigma', () => {
  it('is the root of the summed squares of the weights of all shocks', () => {
    for (const [fast, slow] of [
      [12, 50],
      [50, 200],
      [1, 2],
    ] as const) {
      let sum = 0
      for (let age = 1; age < 5_000; age++) sum += ((1 - 2 / (slow + 1)) ** age - (1 - 2 / (fast + 1)) ** age) ** 2
      expect(spreadSigma({ fast, slow })).toBeCloseTo(Math.sqrt(sum), 10)
    }
    expect(spreadSigma({ fast: 50, slow: 200 })).toBeCloseTo(4.7, 1)
  })
})
