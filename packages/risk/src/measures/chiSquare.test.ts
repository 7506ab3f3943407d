import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chiSquareCritical, chiSquareTail } from './chiSquare.js'

const runs = { numRuns: Number(process.env.FC_NUM_RUNS ?? 200) }

describe('the chi-square distribution', () => {
  it('agrees with high precision', () => {
    // Degrees, x, P(X > x), from 40-digit arithmetic.
    const known = [
      [1, 0.001, 0.9747728793699604],
      [1, 2, 0.15729920705028513],
      [1, 200, 2.088487583762545e-45],
      [2, 10, 0.006737946999085467],
      [3, 0.5, 0.9188914116546758],
      [3, 50, 7.989179244951472e-11],
      [4, 2, 0.7357588823428847],
      [5, 10, 0.07523524614651218],
      [5, 200, 2.8406228986415315e-41],
      [10, 10, 0.4404932850652124],
      [31, 50, 0.016757268937175166],
      [100, 200, 1.1784500720979422e-8],
    ] as const
    for (const [degrees, x, tail] of known) {
      expect(Math.abs(chiSquareTail(x, degrees) / tail - 1), `${degrees} ${x}`).toBeLessThan(1e-13)
    }
  })

  it('has the critical values of every printed table', () => {
    const printed = [
      [1, 0.05, 3.841458820694124],
      [1, 0.01, 6.6348966010212145],
      [2, 0.05, 5.991464547107982],
      [3, 0.05, 7.814727903251179],
      [10, 0.95, 3.9402991361190605],
      [30, 0.01, 50.89218131151707],
    ] as const
    for (const [degrees, tail, x] of printed) expect(chiSquareCritical(tail, degrees)).toBeCloseTo(x, 10)
  })

  it('falls in x and rises in the degrees', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4_000 }), fc.integer({ min: 1, max: 60 }), (hundredths, degrees) => {
        const x = hundredths / 100
        expect(chiSquareTail(x + 0.01, degrees)).toBeLessThanOrEqual(chiSquareTail(x, degrees) + 1e-15)
        expect(chiSquareTail(x, degrees + 1)).toBeGreaterThanOrEqual(chiSquareTail(x, degrees) - 1e-15)
      }),
      runs,
    )
  })

  it('has no tail below nothing and no critical value of no probability', () => {
    expect(chiSquareTail(0, 1)).toBe(1)
    expect(chiSquareTail(-1, 4)).toBe(1)
    expect(chiSquareTail(Number.NaN, 1)).toBeNaN()
    expect([0, 1, Number.NaN].map((tail) => chiSquareCritical(tail, 1))).toEqual([Number.NaN, Number.NaN, Number.NaN])
  })

  it('refuses degrees of freedom that are none', () => {
    for (const degrees of [0, 1.5, -1, Number.NaN, 1_001]) {
      expect(() => chiSquareTail(1, degrees)).toThrow(expect.objectContaining({ code: 'BAD_DEGREES' }))
      expect(() => chiSquareCritical(0.05, degrees)).toThrow(expect.objectContaining({ code: 'BAD_DEGREES' }))
    }
    expect(() => chiSquareTail(1, 1.5)).toThrow('degrees 1.5 is not an integer from 1 to 1,000.')
  })
})
