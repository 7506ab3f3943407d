import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type SquareMatrix, squareMatrix } from '../measures/squareMatrix.js'
import { ready } from '../measures/tailSamples.rig.js'
import { covariance } from './covariance.js'
import { equalRisk } from './equalRisk.js'
import { hierarchicalRiskParity } from './hierarchicalRiskParity.js'
import { inverseVolatility } from './inverseVolatility.js'
import { gridColumns } from './portfolioSamples.rig.js'

const runs = { numRuns: Number(process.env.FC_NUM_RUNS ?? 60) }
const methods = { hierarchicalRiskParity, equalRisk, inverseVolatility } as const
const names = (count: number): string[] => Array.from({ length: count }, (_, i) => String.fromCharCode(65 + i))
const sample = { instruments: names(8), covariance: covariance(gridColumns(60, 8)) }

/** Positive definite with variances over several orders of magnitude: `A Aᵀ + I` of integers, columns scaled. */
const inputs = fc
  .integer({ min: 1, max: 9 })
  .chain((n) =>
    fc.tuple(
      fc.array(fc.array(fc.integer({ min: -5, max: 5 }), { minLength: n, maxLength: n }), {
        minLength: n,
        maxLength: n,
      }),
      fc.array(fc.integer({ min: 1, max: 1_000 }), { minLength: n, maxLength: n }),
    ),
  )
  .map(([rows, scales]) => {
    const values = rows.map((a, i) =>
      rows.map((b, j) => scales[i]! * scales[j]! * a.reduce((sum, value, k) => sum + value * b[k]!, i === j ? 1 : 0)),
    )
    return { instruments: names(rows.length), covariance: squareMatrix(values) }
  })

function scaled({ size, values }: SquareMatrix, factor: number): SquareMatrix {
  return { size, values: values.map((value) => value * factor) }
}

function contributions(weights: readonly number[], { size, values }: SquareMatrix): number[] {
  return weights.map((w, i) => w * weights.reduce((sum, other, j) => sum + values[i * size + j]! * other, 0))
}

describe('portfolio weights', () => {
  it('are shares that add up to 1, whatever the unit of the returns', () => {
    fc.assert(
      fc.property(inputs, fc.integer({ min: 1, max: 1_000_000 }), (input, parts) => {
        for (const method of Object.values(methods)) {
          const { weights, excluded } = ready(method(input))
          expect(excluded).toEqual([])
          expect(Math.min(...weights)).toBeGreaterThan(0)
          expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12)
          const other = ready(method({ ...input, covariance: scaled(input.covariance, parts / 1_000) }))
          for (const [i, weight] of weights.entries()) expect(Math.abs(other.weights[i]! - weight)).toBeLessThan(1e-8)
        }
      }),
      runs,
    )
  })

  it('do not depend on the order of the instruments', () => {
    fc.assert(
      fc.property(inputs, ({ instruments, covariance: { size, values } }) => {
        const order = instruments.map((_, i) => size - 1 - i)
        const turned = {
          instruments: order.map((i) => instruments[i]!),
          covariance: squareMatrix(order.map((i) => order.map((j) => values[i * size + j]!))),
        }
        for (const method of Object.values(methods)) {
          const [straight, back] = [{ instruments, covariance: { size, values } }, turned].map((input) =>
            ready(method(input)),
          )
          for (const [i, weight] of straight!.weights.entries()) {
            expect(Math.abs(back!.weights[size - 1 - i]! - weight)).toBeLessThan(1e-8)
          }
        }
      }),
      runs,
    )
  })

  it('give a single instrument everything, and nothing to one that never moves', () => {
    for (const method of Object.values(methods)) {
      expect(ready(method({ instruments: ['A'], covariance: squareMatrix([[4]]) })).weights).toEqual([1])
      const input = {
        instruments: ['A', 'B'],
        covariance: squareMatrix([
          [0, 0],
          [0, 4],
        ]),
      }
      expect(method(input)).toEqual({
        kind: 'weights',
        instruments: ['A', 'B'],
        weights: [0, 1],
        excluded: [{ instrument: 'A', code: 'ZERO_VARIANCE' }],
        notes: [],
      })
      expect(method({ instruments: ['A'], covariance: squareMatrix([[0]]) })).toMatchObject({
        kind: 'unavailable',
        code: 'CONSTANT',
      })
    }
  })

  it('refuse a covariance that does not fit', () => {
    for (const method of Object.values(methods)) {
      const wrong = {
        instruments: ['A'],
        covariance: squareMatrix([
          [1, 0],
          [0, 1],
        ]),
      }
      expect(() => method(wrong)).toThrow('A covariance of size 2 does not fit 1 instruments.')
      expect(() => method({ ...wrong, instruments: ['A', 'A'] })).toThrow('Instrument A comes twice.')
      expect(() => method({ instruments: ['A'], covariance: squareMatrix([[-1]]) })).toThrow(
        'The variance of A is negative.',
      )
      const infinite = { size: 1, values: Float64Array.of(Number.POSITIVE_INFINITY) }
      expect(() => method({ instruments: ['A'], covariance: infinite })).toThrow(
        expect.objectContaining({ code: 'BAD_MATRIX' }),
      )
    }
  })
})

describe('hierarchical risk parity', () => {
  it('agrees with an independent computation', () => {
    const { weights } = ready(hierarchicalRiskParity(sample))
    const expected = [
      0.6894519868429247, 0.1607400502690652, 0.04665314043240701, 0.04508212993105641, 0.01677863712877406,
      0.023806154969900368, 0.00766064393404185, 0.00982725649183033,
    ]
    for (const [i, weight] of expected.entries()) expect(weights[i]).toBeCloseTo(weight, 12)
  })

  it('gives the weights that the paper publishes for its example', () => {
    const lower = [
      [1.0006],
      [-0.0031, 1.009],
      [0.01, 0.0086, 1.0007],
      [-0.0108, 0.0073, -0.0006, 1.0119],
      [-0.005, -0.0095, 0.0018, 0.0058, 1.0058],
      [0.0088, 0.013, 1.0016, 0.0009, 0.0056, 1.0643],
      [0.9982, -0.0094, 0.0064, -0.0119, -0.0096, 0.0044, 1.0582],
      [-0.0014, -0.0153, 0.0019, 0.0005, 1.0086, 0.0058, -0.0068, 1.0748],
      [-0.0013, 1.0105, 0.0129, 0.0126, -0.0062, 0.0172, -0.0081, -0.0119, 1.0753],
      [-0.0094, 1.0133, 0.008, 0.0096, -0.0079, 0.0116, -0.0162, -0.0137, 1.0152, 1.0786],
    ]
    const whole = squareMatrix(lower.map((_, i) => lower.map((__, j) => lower[Math.max(i, j)]![Math.min(i, j)]!)))
    const { weights } = ready(hierarchicalRiskParity({ instruments: names(10), covariance: whole }))
    const published = [7, 7.59, 10.84, 19.03, 9.72, 10.19, 6.62, 9.1, 7.12, 12.79]
    for (const [i, percent] of published.entries()) expect(100 * weights[i]!).toBeCloseTo(percent, 1)
  })

  it('weights two instruments by their inverse variance', () => {
    const input = {
      instruments: ['A', 'B'],
      covariance: squareMatrix([
        [1, 0],
        [0, 3],
      ]),
    }
    expect(ready(hierarchicalRiskParity(input)).weights).toEqual([0.75, 0.25])
  })

  it('breaks ties by name: equal correlations group the first names', () => {
    const rows = names(4).map((_, i) => names(4).map((__, j) => (i === j ? 1 + i : 0.5 * Math.sqrt((1 + i) * (1 + j)))))
    const straight = ready(
      hierarchicalRiskParity({ instruments: ['A', 'B', 'C', 'D'], covariance: squareMatrix(rows) }),
    )
    const renamed = ready(hierarchicalRiskParity({ instruments: ['D', 'C', 'B', 'A'], covariance: squareMatrix(rows) }))
    // A, B against C, D: the cluster of the two calm ones gets more than that of the wild ones, in both namings.
    expect(straight.weights[0]! + straight.weights[1]!).toBeCloseTo(renamed.weights[0]! + renamed.weights[1]!, 12)
    expect(straight.weights[0]).toBeGreaterThan(straight.weights[3]!)
  })

  it('agrees with an independent computation where halves are uneven', () => {
    const odd = { instruments: names(7), covariance: covariance(gridColumns(60, 7)) }
    const expected = [
      0.6990821720662342, 0.1657342081042699, 0.05277163221267626, 0.03236415734572525, 0.015862239197339555,
      0.026943348121910356, 0.007242242951844482,
    ]
    const { weights } = ready(hierarchicalRiskParity(odd))
    for (const [i, weight] of expected.entries()) expect(weights[i]).toBeCloseTo(weight, 12)
  })

  it('splits in half where two parts of the portfolio cancel out in themselves', () => {
    // C and D, G and H hedge each other; the other four are the same thing.
    const loadings = [
      [0, 0, 1],
      [0, 0, 1],
      [0, -1, 0],
      [0, 1, 0],
      [0, 0, 1],
      [0, 0, 1],
      [-1, 0, 0],
      [1, 0, 0],
    ]
    const hedged = squareMatrix(loadings.map((a) => loadings.map((b) => a.reduce((sum, v, i) => sum + v * b[i]!, 0))))
    const { weights } = ready(hierarchicalRiskParity({ instruments: names(8), covariance: hedged }))
    expect(weights).toEqual([0, 0, 0.25, 0.25, 0, 0, 0.25, 0.25])
  })
})

describe('equal risk contribution', () => {
  it('agrees with an independent optimiser', () => {
    const { weights, notes } = ready(equalRisk(sample))
    const expected = [
      0.4120594123004644, 0.17669249206894802, 0.10245553355900965, 0.08705004140231527, 0.06572857515101366,
      0.075384711130994, 0.031992811784844546, 0.048636422602410447,
    ]
    expect(notes).toEqual([])
    for (const [i, weight] of expected.entries()) expect(weights[i]).toBeCloseTo(weight, 6)
  })

  it('gives every instrument the same share of the risk', () => {
    const seen = { total: 0, reached: 0 }
    fc.assert(
      fc.property(inputs, (input) => {
        const { weights, notes } = ready(equalRisk(input))
        seen.total++
        if (notes.length > 0) return
        seen.reached++
        const parts = contributions(weights, input.covariance)
        const mean = parts.reduce((sum, part) => sum + part, 0) / parts.length
        for (const part of parts) expect(Math.abs(part - mean)).toBeLessThan(1e-8 * mean)
      }),
      runs,
    )
    expect(seen.reached / seen.total).toBeGreaterThan(0.9)
  })

  it('falls back on inverse volatility, and says so, where no equal risk exists', () => {
    // Perfect hedges: the risk of the mix that the sweeps run to is 0.
    const input = {
      instruments: ['A', 'B'],
      covariance: squareMatrix([
        [1, -3],
        [-3, 9],
      ]),
    }
    expect(ready(equalRisk(input))).toMatchObject({ weights: [0.75, 0.25], notes: ['FALLBACK'] })
  })
})
