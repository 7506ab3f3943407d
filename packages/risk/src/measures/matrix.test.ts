import fc from 'fast-check'
import { all, create, type Matrix } from 'mathjs'
import { describe, expect, it } from 'vitest'
import { cholesky } from './cholesky.js'
import { choleskySolve, solveLower } from './choleskySolve.js'
import { checkMatrix, type SquareMatrix, squareMatrix } from './squareMatrix.js'
import { symmetricEigen } from './symmetricEigen.js'
import { ready } from './tailSamples.rig.js'

const math = create(all)
const runs = { numRuns: Number(process.env.FC_NUM_RUNS ?? 60) }

/** `A Aᵀ + I` of a matrix of integers: positive definite, and exact. */
const definite: fc.Arbitrary<number[][]> = fc
  .integer({ min: 1, max: 8 })
  .chain((n) =>
    fc.array(fc.array(fc.integer({ min: -9, max: 9 }), { minLength: n, maxLength: n }), { minLength: n, maxLength: n }),
  )
  .map((rows) => gram(rows, 1))

/** `A Aᵀ` of narrow matrices: semi-definite, with eigenvalues of 0. */
const singular: fc.Arbitrary<number[][]> = fc
  .array(fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 2, maxLength: 2 }), { minLength: 3, maxLength: 7 })
  .map((rows) => gram(rows, 0))

const symmetric: fc.Arbitrary<number[][]> = fc
  .array(fc.array(fc.integer({ min: -1_000, max: 1_000 }), { minLength: 6, maxLength: 6 }), {
    minLength: 6,
    maxLength: 6,
  })
  .map((rows) => rows.map((row, i) => row.map((value, j) => value + rows[j]![i]!)))

function gram(rows: readonly number[][], ridge: number): number[][] {
  return rows.map((a, i) => rows.map((b, j) => a.reduce((sum, value, k) => sum + value * b[k]!, i === j ? ridge : 0)))
}

function rowsOf({ size, values }: SquareMatrix): number[][] {
  return Array.from({ length: size }, (_, row) => [...values.subarray(row * size, (row + 1) * size)])
}

function distance(a: readonly number[][], b: readonly number[][]): number {
  return Math.max(...a.flatMap((row, i) => row.map((value, j) => Math.abs(value - b[i]![j]!))))
}

const size = (rows: readonly number[][]): number => Math.max(1, ...rows.flat().map(Math.abs))
const times = (a: number[][], b: number[][]): number[][] => math.multiply(a, b) as number[][]
const turned = (a: number[][]): number[][] => math.transpose(a)

describe('the Cholesky factor', () => {
  it('multiplies back to the matrix and is lower', () => {
    fc.assert(
      fc.property(definite, (rows) => {
        const factor = rowsOf(ready(cholesky(squareMatrix(rows))))
        expect(distance(times(factor, turned(factor)), rows)).toBeLessThan(1e-12 * size(rows))
        for (const [i, row] of factor.entries()) for (let j = i + 1; j < row.length; j++) expect(row[j]).toBe(0)
      }),
      runs,
    )
  })

  it('solves systems as mathjs does', () => {
    fc.assert(
      fc.property(
        definite,
        fc.array(fc.integer({ min: -99, max: 99 }), { minLength: 8, maxLength: 8 }),
        (rows, right) => {
          const b = right.slice(0, rows.length)
          const factor = ready(cholesky(squareMatrix(rows)))
          const expected = (math.lusolve(math.matrix(rows), b) as Matrix<number>).toArray().flat() as number[]
          const condition = size(rows) * size(math.inv(rows))
          for (const [i, x] of choleskySolve(factor, b).entries()) {
            expect(Math.abs(x - expected[i]!)).toBeLessThan(1e-14 * condition * size([expected]))
          }
          const lower = (math.lsolve(math.matrix(rowsOf(factor)), b) as Matrix<number>).toArray().flat() as number[]
          const inPlace = Float64Array.from(b)
          expect(solveLower(factor, inPlace, inPlace)).toBe(inPlace)
          for (const [i, x] of inPlace.entries()) expect(Math.abs(x - lower[i]!)).toBeLessThan(1e-9 * size([lower]))
        },
      ),
      runs,
    )
  })

  it('does not exist for a matrix that is singular or has a negative eigenvalue', () => {
    for (const rows of [
      [[0]],
      [
        [1, 2],
        [2, 1],
      ],
      [
        [1, 1],
        [1, 1],
      ],
      [[-1]],
    ]) {
      expect(cholesky(squareMatrix(rows))).toMatchObject({ kind: 'unavailable', code: 'SINGULAR' })
    }
  })

  it('refuses sides of another length', () => {
    const factor = ready(
      cholesky(
        squareMatrix([
          [4, 2],
          [2, 5],
        ]),
      ),
    )
    expect([...choleskySolve(factor, [8, 12])]).toEqual([1, 2])
    expect(() => choleskySolve(factor, [1])).toThrow('A system of 2 equations has a side of length 1.')
    expect(() => solveLower(factor, [1, 2], new Float64Array(3))).toThrow(
      expect.objectContaining({ code: 'LENGTH_MISMATCH' }),
    )
  })
})

describe('eigenvalues by Jacobi rotations', () => {
  it('agree with mathjs, in rising order', () => {
    fc.assert(
      fc.property(fc.oneof(definite, symmetric), (rows) => {
        const { values } = symmetricEigen(squareMatrix(rows))
        const expected = (math.eigs(rows, { eigenvectors: false }).values as number[]).slice().sort((a, b) => a - b)
        for (const [i, value] of values.entries())
          expect(Math.abs(value - expected[i]!)).toBeLessThan(1e-9 * size(rows))
      }),
      runs,
    )
  })

  it('come with orthonormal vectors that compose the matrix again', () => {
    fc.assert(
      fc.property(fc.oneof(definite, symmetric, singular), (rows) => {
        const { values, vectors } = symmetricEigen(squareMatrix(rows))
        const v = rowsOf(vectors)
        const identity = rows.map((_, i) => rows.map((__, j) => (i === j ? 1 : 0)))
        expect(distance(times(turned(v), v), identity)).toBeLessThan(1e-13 * rows.length)
        const scaled = v.map((row) => row.map((value, k) => value * values[k]!))
        expect(distance(times(scaled, turned(v)), rows)).toBeLessThan(1e-13 * rows.length * size(rows))
        expect([...values]).toEqual([...values].sort((a, b) => a - b))
      }),
      runs,
    )
  })

  it('find zeros of a singular matrix, and the values of a diagonal one as they are', () => {
    expect(
      Math.abs(
        symmetricEigen(
          squareMatrix([
            [1, 1],
            [1, 1],
          ]),
        ).values[0]!,
      ),
    ).toBeLessThan(1e-15)
    const { values, vectors } = symmetricEigen(
      squareMatrix([
        [3, 0],
        [0, -7],
      ]),
    )
    expect([...values]).toEqual([-7, 3])
    expect(rowsOf(vectors)).toEqual([
      [0, 1],
      [1, 0],
    ])
    expect([
      ...symmetricEigen(
        squareMatrix([
          [0, 0],
          [0, 0],
        ]),
      ).values,
    ]).toEqual([0, 0])
  })

  it('cope with elements from the smallest to the largest', () => {
    const { values } = symmetricEigen(
      squareMatrix([
        [1e-150, 1e-160],
        [1e-160, 1e150],
      ]),
    )
    expect(values[0]! / 1e-150).toBeCloseTo(1, 10)
    expect(values[1]! / 1e150).toBeCloseTo(1, 10)
  })
})

describe('bad matrices', () => {
  it('are refused with the place of the flaw', () => {
    const refusals = [
      [[], 'A matrix of size 0 is not between 1 and 500.'],
      [[[1, 2]], 'Row 0 of a matrix of 1 rows has 2 values.'],
      [
        [
          [1, Number.NaN],
          [2, 1],
        ],
        'Element (0, 1) of a matrix is "NaN".',
      ],
      [
        [
          [1, 2],
          [3, 1],
        ],
        'Elements (1, 0) and (0, 1) are "3" and "2".',
      ],
    ] as const
    for (const [rows, message] of refusals) {
      expect(() => cholesky(squareMatrix(rows))).toThrow(message)
      expect(() => symmetricEigen(squareMatrix(rows))).toThrow(expect.objectContaining({ code: 'BAD_MATRIX' }))
    }
    expect(() => checkMatrix({ size: 2, values: new Float64Array(3) })).toThrow('A matrix of size 2 has 3 values.')
    expect(() => checkMatrix({ size: 501, values: new Float64Array(0) })).toThrow('A matrix of size 501 is not between')
  })
})
