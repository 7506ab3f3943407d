import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { choleskyFactor, choleskyInverse, choleskySolve } from './cholesky.js'

const numRuns = Number(process.env.FC_NUM_RUNS ?? 100)

describe('choleskyFactor', () => {
  it('equals a factor by hand', () => {
    expect([...choleskyFactor(Float64Array.of(4, 0, 2, 5), 2)!]).toEqual([2, 0, 1, 2])
  })

  it('solves and inverts what was made of a factor', () => {
    const size = 4
    const lower = fc.array(fc.integer({ min: -5, max: 5 }), { minLength: size * size, maxLength: size * size })
    fc.assert(
      fc.property(lower, (entries) => {
        const matrix = new Float64Array(size * size)
        for (let i = 0; i < size; i++) {
          for (let j = 0; j < size; j++) {
            for (let k = 0; k < size; k++) matrix[i * size + j]! += entries[i * size + k]! * entries[j * size + k]!
          }
          matrix[i * size + i]! += 1
        }
        const factor = choleskyFactor(matrix, size)!
        const b = Float64Array.of(1, -2, 3, 4)
        const x = choleskySolve(factor, b)
        const inverse = choleskyInverse(factor, size)
        for (let i = 0; i < size; i++) {
          let [product, row] = [0, 0]
          for (let j = 0; j < size; j++) {
            product += matrix[i * size + j]! * x[j]!
            row += inverse[i * size + j]! * b[j]!
          }
          expect(product).toBeCloseTo(b[i]!, 6)
          expect(row).toBeCloseTo(x[i]!, 6)
        }
      }),
      { numRuns },
    )
  })

  it('has no factor for what is not positive definite, or nearly singular', () => {
    expect(choleskyFactor(Float64Array.of(1, 2, 2, 1), 2)).toBeUndefined()
    expect(choleskyFactor(Float64Array.of(1, 0, 1, 1 + 1e-15), 2)).toBeUndefined()
    expect(choleskyFactor(new Float64Array(4), 2)).toBeUndefined()
    expect(choleskyFactor(Float64Array.of(Number.NaN), 1)).toBeUndefined()
  })
})
