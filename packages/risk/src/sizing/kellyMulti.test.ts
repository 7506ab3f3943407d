import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type SquareMatrix, squareMatrix } from '../measures/squareMatrix.js'
import { equalRisk } from '../portfolio/equalRisk.js'
import { growthOptimum } from './growthOptimum.js'
import { type KellyFractions, type KellyMultiOptions, kellyMulti } from './kellyMulti.js'

const numRuns = Number(process.env.FC_NUM_RUNS ?? 200)
const names = (count: number) => Array.from({ length: count }, (_, i) => `I${i}.sim`)

function fractionsOf(outcome: ReturnType<typeof kellyMulti>): readonly number[] {
  expect(outcome.kind).toBe('fractions')
  return [...(outcome as KellyFractions).fractions]
}

function growth(excess: readonly number[], { size, values }: SquareMatrix, f: readonly number[]): number {
  let value = 0
  for (let i = 0; i < size; i++) {
    value += excess[i]! * f[i]!
    for (let j = 0; j < size; j++) value -= (f[i]! * values[i * size + j]! * f[j]!) / 2
  }
  return value
}

/** Positive definite covariances: a Gram matrix plus a diagonal. */
const problem = fc
  .record({
    loadings: fc.array(fc.array(fc.integer({ min: -20, max: 20 }), { minLength: 3, maxLength: 3 }), {
      minLength: 1,
      maxLength: 8,
    }),
    seed: fc.array(fc.integer({ min: -30, max: 60 }), { minLength: 8, maxLength: 8 }),
    each: fc.constantFrom(0.05, 0.3, 1),
    total: fc.constantFrom(0.2, 1, 3),
  })
  .map(({ loadings, seed, each, total }) => {
    const size = loadings.length
    const covariance = squareMatrix(
      loadings.map((a, i) =>
        loadings.map((b, j) => a.reduce((sum, value, k) => sum + value * b[k]!, 0) / 1e4 + (i === j ? 0.01 : 0)),
      ),
    )
    return {
      instruments: names(size),
      excess: seed.slice(0, size).map((value) => value / 1000),
      covariance,
      each,
      total,
    }
  })

describe('kellyMulti', () => {
  it('holds each to its own bound, and all of them to the sum, where that binds', () => {
    const covariance = squareMatrix([
      [0.01, 0],
      [0, 0.01],
    ])
    const input = { instruments: names(2), excess: [0.02, 0.001], covariance }
    expect([...fractionsOf(kellyMulti({ ...input, each: 0.3 }))]).toEqual([
      expect.closeTo(0.3, 9),
      expect.closeTo(0.1, 9),
    ])
    expect([...fractionsOf(kellyMulti({ ...input, total: 0.5 }))]).toEqual([
      expect.closeTo(0.5, 9),
      expect.closeTo(0, 9),
    ])
    expect([...fractionsOf(kellyMulti({ ...input, excess: [-0.02, 0.001] }))]).toEqual([0, expect.closeTo(0.1, 9)])
  })

  it('is mean over variance for independent instruments', () => {
    const covariance = squareMatrix([
      [0.04, 0],
      [0, 0.16],
    ])
    const fractions = fractionsOf(kellyMulti({ instruments: names(2), excess: [0.01, 0.02], covariance }))
    expect(fractions[0]).toBeCloseTo(0.25, 12)
    expect(fractions[1]).toBeCloseTo(0.125, 12)
  })

  it('solves the linear system without constraints, shorts included', () => {
    const covariance = squareMatrix([
      [0.04, 0.02],
      [0.02, 0.09],
    ])
    const f = fractionsOf(kellyMulti({ instruments: names(2), excess: [0.03, -0.01], covariance, constraints: 'none' }))
    expect(0.04 * f[0]! + 0.02 * f[1]!).toBeCloseTo(0.03, 12)
    expect(0.02 * f[0]! + 0.09 * f[1]!).toBeCloseTo(-0.01, 12)
    expect(f[1]).toBeLessThan(0)
  })

  it('shares a budget so that no other feasible shares grow more', () => {
    const seen = { total: 0, each: 0, zero: 0, inner: 0 }
    fc.assert(
      fc.property(
        problem,
        fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 8, maxLength: 8 }),
        (given, moves) => {
          const { excess, covariance, each, total } = given
          const outcome = kellyMulti(given)
          const f = fractionsOf(outcome)
          expect((outcome as KellyFractions).notes).toEqual([])
          const sum = f.reduce((a, b) => a + b, 0)
          expect(sum).toBeLessThanOrEqual(total * (1 + 1e-12))
          for (const share of f) expect(share >= 0 && share <= each).toBe(true)
          const best = growth(excess, covariance, f)
          for (const scale of [1e-2, 1e-4]) {
            const moved = f.map((share, i) => Math.min(each, Math.max(0, share + moves[i]! * 1e-3 * scale)))
            const over = moved.reduce((a, b) => a + b, 0) / total
            const feasible = over > 1 ? moved.map((share) => share / over) : moved
            expect(growth(excess, covariance, feasible)).toBeLessThanOrEqual(best + 1e-12)
          }
          if (sum > total * 0.999999) seen.total++
          else if (f.some((share) => share === each)) seen.each++
          else seen[f.some((share) => share === 0) ? 'zero' : 'inner']++
        },
      ),
      { numRuns },
    )
    for (const [kind, count] of Object.entries(seen)) expect(count, kind).toBeGreaterThan(numRuns / 200)
  })

  it('says where the covariance is not positive definite', () => {
    const covariance = squareMatrix([
      [0.04, 0.04],
      [0.04, 0.04],
    ])
    expect(kellyMulti({ instruments: names(2), excess: [0.01, 0.01], covariance })).toMatchObject({
      kind: 'unavailable',
      code: 'SINGULAR',
    })
    const negative = squareMatrix([
      [0.04, 0.05],
      [0.05, 0.04],
    ])
    expect(kellyMulti({ instruments: names(2), excess: [0.01, 0.01], covariance: negative }).kind).toBe('unavailable')
  })

  it('falls back to equal risk where the search does not settle', () => {
    // Two instruments that are nearly one: each sweep moves the shares by almost nothing.
    const twin = 0.04 * (1 - 1e-9)
    const covariance = squareMatrix([
      [0.04, twin],
      [twin, 0.04],
    ])
    const input = { instruments: names(2), excess: [0.01 + 1e-12, 0.01], covariance }
    expect(growthOptimum({ ...input, each: 1, total: 1 })).toBeUndefined()
    const outcome = kellyMulti(input)
    expect(outcome).toMatchObject({ kind: 'fractions', notes: ['EQUAL_RISK'] })
    const f = fractionsOf(outcome)
    expect(f[0]! + f[1]!).toBeCloseTo(0.25, 6)
    expect(fractionsOf(kellyMulti({ ...input, total: 0.1 })).reduce((a, b) => a + b, 0)).toBeLessThanOrEqual(
      0.1 + 1e-12,
    )
  })

  it('falls back along the weights of equal risk, as far as growth, the sum and each one allow', () => {
    const twin = 0.04 * (1 - 1e-9)
    const covariance = squareMatrix([
      [0.04, twin, 0],
      [twin, 0.04, 0],
      [0, 0, 0.01],
    ])
    const base = { instruments: names(3), covariance }
    const even = equalRisk(base)
    if (even.kind === 'unavailable') throw new Error(even.code)
    const { weights } = even
    const expected = (excess: readonly number[], { each = 1, total = 1 } = {}) => {
      const ray = excess.map((mean, i) => (mean > 0 ? weights[i]! : 0))
      const edge = ray.reduce((sum, part, i) => sum + part * excess[i]!, 0)
      const variance = 0.04 * (ray[0]! ** 2 + ray[1]! ** 2) + 2 * twin * ray[0]! * ray[1]! + 0.01 * ray[2]! ** 2
      const most = Math.min(edge / variance, total / ray.reduce((a, b) => a + b, 0), each / Math.max(...ray))
      return ray.map((part) => expect.closeTo(part * most, 12))
    }
    for (const [twins, last, bounds] of [
      [0.01, 0.002, {}],
      [0.01, 0.002, { total: 0.3 }],
      [0.005, 0.01, { each: 0.15 }],
      [0.01, -0.002, {}],
      [0.01, -0.002, { total: 0.1 }],
      [0.01, 0, {}],
    ] as const) {
      const excess = [twins + 1e-12, twins, last]
      const outcome = kellyMulti({ ...base, excess, ...bounds })
      expect(outcome).toMatchObject({ notes: ['EQUAL_RISK'] })
      expect([...fractionsOf(outcome)]).toEqual(expected(excess, bounds))
    }
  })

  it('holds each and all of them to the whole equity where nothing is said', () => {
    const covariance = squareMatrix([
      [0.01, 0],
      [0, 0.01],
    ])
    const input = { instruments: names(2), excess: [0.5, 0.5], covariance }
    expect([...fractionsOf(kellyMulti({ ...input, total: 3 }))]).toEqual([1, 1])
    const shared = [...fractionsOf(kellyMulti({ ...input, each: 3 }))]
    expect(shared).toEqual([expect.closeTo(0.5, 9), expect.closeTo(0.5, 9)])
  })

  it.each([
    [{ excess: [0.01] }, '2 instruments have 1 means and a covariance of size 2.'],
    [{ excess: [0.01, Number.NaN] }, 'excess of I1.sim "NaN" is not a finite number.'],
    [{ each: 0 }, 'each "0" is not a number above 0.'],
    [{ total: -1 }, 'total "-1" is not a number above 0.'],
    [{ constraints: 'long' }, 'constraints "long" is not one of longOnly, none.'],
    [{ totals: 1 }, 'Did you mean "total"?'],
  ])('refuses %o', (options, message) => {
    const base = {
      instruments: names(2),
      excess: [0.01, 0.01],
      covariance: squareMatrix([
        [1, 0],
        [0, 1],
      ]),
    }
    expect(() => kellyMulti({ ...base, ...(options as Partial<KellyMultiOptions>) })).toThrow(message)
  })
})

describe('growthOptimum', () => {
  const problem = {
    excess: [0.03, 0.02, 0.05],
    covariance: squareMatrix([
      [0.04, 0.01, 0.002],
      [0.01, 0.09, 0.003],
      [0.002, 0.003, 0.16],
    ]),
    each: 0.6,
  }

  it('is the same to the last bit on every machine', () => {
    const sharesWithin = (total: number) => [...growthOptimum({ ...problem, total })!]
    const free = [0.6, 0.14547981377249672, 0.3022722534917658]
    expect(sharesWithin(9)).toEqual(free)
    expect(sharesWithin(free.reduce((a, b) => a + b, 0))).toEqual(free)
    expect(sharesWithin(0.7)).toEqual([0.43317151318023667, 0.03453565707072623, 0.2322928297490131])
  })

  it('takes the price at which the sum is exactly its bound', () => {
    const alone = { excess: [1], covariance: squareMatrix([[1]]), each: 9 }
    expect([...growthOptimum({ ...alone, total: 0.5 })!]).toEqual([0.5])
    // Where the bracket is exactly as wide as its tolerance the search is over.
    const width = 2 ** -44
    expect([...growthOptimum({ ...alone, total: 1 - (1e13 - 0.75) * width })!]).toEqual([1 - 1e13 * width])
  })

  it('gives up after two thousand sweeps, and takes what settles in the last of them', () => {
    const twins = (correlation: number) =>
      growthOptimum({
        excess: [0.01, 0.01],
        covariance: squareMatrix([
          [0.04, 0.04 * correlation],
          [0.04 * correlation, 0.04],
        ]),
        each: 9,
        total: 99,
      })
    expect([...twins(0.99362)!]).toEqual([0.12540002608412992, 0.12540002608228698])
    expect(twins(0.993623)).toBeUndefined()
  })
})
