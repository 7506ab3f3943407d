import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { tanh } from './tanh.js'

const numRuns = Number(process.env.FC_NUM_RUNS ?? 300)

describe('tanh', () => {
  it('agrees with the exact function', () => {
    for (const x of [-30, -2, -0.5, -1e-3, -1e-4, -1e-5, 0, 1e-12, 9.99e-5, 1e-4, 0.1, 1, 5, 19, 40]) {
      expect(Math.abs(tanh(x) - Math.tanh(x))).toBeLessThanOrEqual(1e-15 + 1e-12 * Math.abs(Math.tanh(x)))
    }
  })

  it('is odd, rises, and stays within one', () => {
    const x = fc.integer({ min: -40_000_000, max: 40_000_000 }).map((value) => value / 1e6)
    fc.assert(
      fc.property(x, x, (a, b) => {
        expect(tanh(-a) + tanh(a)).toBe(0)
        expect(Math.abs(tanh(a))).toBeLessThanOrEqual(1)
        if (b > a + 1e-6) expect(tanh(b)).toBeGreaterThanOrEqual(tanh(a))
      }),
      { numRuns },
    )
  })

  it('takes infinities to one and keeps NaN', () => {
    expect(tanh(Number.POSITIVE_INFINITY)).toBe(1)
    expect(tanh(Number.NEGATIVE_INFINITY)).toBe(-1)
    expect(tanh(Number.NaN)).toBeNaN()
  })
})
