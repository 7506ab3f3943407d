import fc from 'fast-check'
import { all, create } from 'mathjs'
import { describe, expect, it } from 'vitest'
import { scenarioMatrix } from '../measures/scenarioMatrix.js'
import { type SquareMatrix, squareMatrix } from '../measures/squareMatrix.js'
import { symmetricEigen } from '../measures/symmetricEigen.js'
import { ready } from '../measures/tailSamples.rig.js'
import { covariance } from './covariance.js'
import { ledoitWolf } from './ledoitWolf.js'
import { portfolioCovariance } from './portfolioCovariance.js'
import { gridColumns } from './portfolioSamples.rig.js'
import { repairCovariance } from './repairCovariance.js'

const math = create(all)
const runs = { numRuns: Number(process.env.FC_NUM_RUNS ?? 60) }

/** Returns in whole basis points, some columns constant, often fewer rows than columns. */
const columns: fc.Arbitrary<number[][]> = fc
  .tuple(fc.integer({ min: 2, max: 12 }), fc.integer({ min: 1, max: 8 }))
  .chain(([rows, count]) => {
    const moving = fc.array(fc.integer({ min: -900, max: 900 }), { minLength: rows, maxLength: rows })
    const still = fc.constant(Array<number>(rows).fill(7))
    return fc.array(fc.oneof({ weight: 9, arbitrary: moving }, { weight: 1, arbitrary: still }), {
      minLength: count,
      maxLength: count,
    })
  })
  .map((lists) => lists.map((list) => list.map((points) => points / 10_000)))

const at = ({ size, values }: SquareMatrix, row: number, column: number): number => values[row * size + column]!
const trace = (matrix: SquareMatrix): number => {
  return Array.from({ length: matrix.size }, (_, i) => at(matrix, i, i)).reduce((sum, value) => sum + value, 0)
}

describe('the sample covariance', () => {
  it('agrees with mathjs', () => {
    fc.assert(
      fc.property(columns, (lists) => {
        const matrix = covariance(lists)
        for (const [i, list] of lists.entries()) {
          expect(at(matrix, i, i)).toBeCloseTo(Number(math.variance(list)), 14)
          for (const [j, other] of lists.entries()) {
            const [a, b] = [list, other].map((values) => math.subtract(values, math.mean(values)) as number[])
            expect(at(matrix, i, j)).toBeCloseTo(math.dot(a!, b!) / (list.length - 1), 14)
            expect(at(matrix, i, j)).toBe(at(matrix, j, i))
          }
        }
      }),
      runs,
    )
  })

  it('is exactly 0 for a constant series, and divides by the count for a population', () => {
    expect([
      ...covariance([
        [0.1, 0.1, 0.1],
        [1, 2, 3],
      ]).values,
    ]).toEqual([0, 0, 0, 1])
    expect(covariance([[1, 2, 3]], { ddof: 0 }).values[0]).toBeCloseTo(2 / 3, 15)
  })

  it('refuses columns that are not aligned, not finite, too few or too many', () => {
    expect(() => covariance([])).toThrow('0 columns of 0 rows are too few; at least 2 rows are needed.')
    expect(() => covariance([[1]])).toThrow(expect.objectContaining({ code: 'NO_DATA' }))
    expect(() => covariance([[1, 2], [1]])).toThrow('Column 1 has 1 rows and the first has 2.')
    expect(() => covariance([[1, 2], [1]])).toThrow(expect.objectContaining({ code: 'LENGTH_MISMATCH' }))
    expect(() => covariance([[1, Number.NaN]])).toThrow('Row 1 of column 0 is "NaN".')
    expect(() => covariance([[1, Number.NaN]])).toThrow(expect.objectContaining({ code: 'NOT_FINITE' }))
    const many = Array.from({ length: 501 }, () => [1, 2])
    expect(() => covariance(many)).toThrow('501 columns are more than 500.')
  })
})

describe('the shrunk covariance', () => {
  const lists = gridColumns(24, 5)

  it('agrees with an independent computation of both targets', () => {
    const { intensity, covariance: shrunk } = ledoitWolf(lists)
    expect(intensity).toBeCloseTo(0.22095014092143705, 12)
    expect(at(shrunk, 0, 0)).toBeCloseTo(0.00012413840301660068, 16)
    expect(at(shrunk, 0, 1)).toBeCloseTo(-1.5478422283459245e-5, 16)
    expect(at(shrunk, 2, 4)).toBeCloseTo(0.00011705467585736371, 16)
    const constant = ledoitWolf(lists, { target: 'constantCorrelation' })
    expect(constant.intensity).toBeCloseTo(0.9502913008752681, 12)
    expect(at(constant.covariance, 0, 1)).toBeCloseTo(-5.054722334518809e-6, 16)
    expect(at(constant.covariance, 2, 4)).toBeCloseTo(-2.733016093822302e-5, 16)
    expect(at(constant.covariance, 4, 4)).toBeCloseTo(0.0010517760416666668, 16)
  })

  it('has no negative eigenvalue and the trace of the sample', () => {
    const seen = { total: 0, inside: 0, fewRows: 0 }
    fc.assert(
      fc.property(columns, fc.constantFrom('identity' as const, 'constantCorrelation' as const), (list, target) => {
        const { covariance: shrunk, intensity } = ledoitWolf(list, { target })
        const before = trace(covariance(list, { ddof: 0 }))
        expect(Math.abs(trace(shrunk) - before)).toBeLessThanOrEqual(1e-13 * before)
        expect(symmetricEigen(shrunk).values[0]).toBeGreaterThanOrEqual(-1e-12 * before)
        expect(intensity).toBeGreaterThanOrEqual(0)
        expect(intensity).toBeLessThanOrEqual(1)
        seen.total++
        if (intensity > 0 && intensity < 1) seen.inside++
        if (list[0]!.length <= list.length) seen.fewRows++
      }),
      runs,
    )
    expect(seen.inside / seen.total).toBeGreaterThan(0.01)
    expect(seen.fewRows / seen.total).toBeGreaterThan(0.01)
  })

  it('approaches the sample as rows grow', () => {
    expect(ledoitWolf(gridColumns(2_000, 5)).intensity).toBeLessThan(0.02)
  })

  it('takes a sample that is its own target as it is', () => {
    expect(ledoitWolf([[0.1, 0.1]]).intensity).toBe(0)
    expect(
      ledoitWolf([
        [1, -1, 1, -1],
        [1, 1, -1, -1],
      ]).intensity,
    ).toBe(0)
  })

  it('refuses a target that is none', () => {
    expect(() => ledoitWolf(lists, { target: 'zero' as 'identity' })).toThrow(
      expect.objectContaining({ code: 'BAD_PARAMETER' }),
    )
    expect(() => ledoitWolf([[1]])).toThrow(expect.objectContaining({ code: 'NO_DATA' }))
  })
})

describe('the repair of a covariance', () => {
  it('clips negative eigenvalues and says so', () => {
    const { covariance: repaired, notes } = repairCovariance(
      squareMatrix([
        [1, 2],
        [2, 1],
      ]),
    )
    expect(notes).toEqual(['COV_REPAIRED'])
    for (const value of repaired.values) expect(value).toBeCloseTo(1.5, 14)
  })

  it('leaves what is semi-definite up to rounding as it is', () => {
    const edge = squareMatrix([
      [1, 1],
      [1, 1],
    ])
    expect(repairCovariance(edge)).toEqual({ covariance: edge, notes: [] })
    const rounded = squareMatrix([
      [1, 1 + 1e-13],
      [1 + 1e-13, 1],
    ])
    expect(repairCovariance(rounded).notes).toEqual([])
    const beyond = squareMatrix([
      [1, 1 + 1e-11],
      [1 + 1e-11, 1],
    ])
    expect(repairCovariance(beyond).notes).toEqual(['COV_REPAIRED'])
    expect(repairCovariance(squareMatrix([[-1]])).covariance.values[0]).toBe(0)
  })

  it('gives a symmetric semi-definite matrix of no smaller variances for any symmetric one', () => {
    const entries = fc.array(fc.integer({ min: -100, max: 100 }), { minLength: 16, maxLength: 16 })
    const seen = { total: 0, repaired: 0 }
    fc.assert(
      fc.property(entries, (list) => {
        const rows = [0, 1, 2, 3].map((i) => [0, 1, 2, 3].map((j) => list[4 * Math.min(i, j) + Math.max(i, j)]!))
        const { covariance: repaired, notes } = repairCovariance(squareMatrix(rows))
        const { values } = symmetricEigen(repaired)
        expect(values[0]).toBeGreaterThanOrEqual(-1e-12 * Math.max(1, trace(repaired)))
        for (let i = 0; i < 4; i++) expect(at(repaired, i, i)).toBeGreaterThanOrEqual(rows[i]![i]! - 1e-10)
        seen.total++
        if (notes.length > 0) seen.repaired++
      }),
      runs,
    )
    expect(seen.repaired / seen.total).toBeGreaterThan(0.01)
  })

  it('refuses a matrix that is not symmetric', () => {
    expect(() =>
      repairCovariance(
        squareMatrix([
          [1, 2],
          [0, 1],
        ]),
      ),
    ).toThrow(expect.objectContaining({ code: 'BAD_MATRIX' }))
  })
})

describe('the covariance of scenarios', () => {
  const lists = gridColumns(24, 5)
  const series = (rows: number): { instrument: string; times: number[]; returns: number[] }[] => {
    return lists.map((list, i) => ({
      instrument: `I${i}`,
      times: list.slice(0, rows).map((_, t) => t),
      returns: list.slice(0, rows),
    }))
  }

  it('is shrunk unless that is declined', () => {
    const scenarios = ready(scenarioMatrix(series(24)))
    const shrunk = ready(portfolioCovariance(scenarios))
    expect(shrunk.covariance.values).toEqual(ledoitWolf(lists).covariance.values)
    expect(shrunk).toMatchObject({ kind: 'covariance', instruments: ['I0', 'I1', 'I2', 'I3', 'I4'], notes: [] })
    const plain = ready(portfolioCovariance(scenarios, { shrinkage: 'none' }))
    expect(plain.intensity).toBe(0)
    expect(plain.covariance.values).toEqual(covariance(lists).values)
  })

  it('needs more periods than instruments only where it is not shrunk', () => {
    const few = ready(scenarioMatrix(series(5)))
    expect(portfolioCovariance(few, { shrinkage: 'none' })).toMatchObject({
      kind: 'unavailable',
      code: 'TOO_SHORT',
      needed: '6 periods',
    })
    expect(ready(portfolioCovariance(few)).intensity).toBeGreaterThan(0)
    expect(portfolioCovariance(ready(scenarioMatrix(series(1))))).toMatchObject({
      code: 'TOO_SHORT',
      needed: '2 periods',
    })
  })

  it('is unavailable for returns too large to square', () => {
    const large = series(24).map((entry) => ({ ...entry, returns: entry.returns.map((value) => value * 1e200) }))
    expect(portfolioCovariance(ready(scenarioMatrix(large)))).toMatchObject({ kind: 'unavailable', code: 'NOT_FINITE' })
  })

  it('refuses a shrinkage that is none', () => {
    const scenarios = ready(scenarioMatrix(series(24)))
    const shrinkage = 'some' as 'none'
    expect(() => portfolioCovariance(scenarios, { shrinkage })).toThrow(
      expect.objectContaining({ code: 'BAD_PARAMETER' }),
    )
  })
})
