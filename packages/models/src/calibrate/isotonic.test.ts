import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fitIsotonic, isotonic } from './isotonic.js'

const rows = fc.array(
  fc.record({
    score: fc.integer({ min: 0, max: 9 }),
    outcome: fc.integer({ min: 0, max: 1 }),
    weight: fc.integer({ min: 1, max: 3 }),
  }),
  { minLength: 1, maxLength: 40 },
)

/** Least squares under order by its min-max formula: the largest over starts of the smallest over ends of block means. */
function minMax(data: readonly { score: number; outcome: number; weight: number }[], at: number): number {
  const scores = [...new Set(data.map(({ score }) => score))].sort((a, b) => a - b)
  const mean = (from: number, to: number): number => {
    const block = data.filter(({ score }) => score >= from && score <= to)
    const weight = block.reduce((sum, row) => sum + row.weight, 0)
    return block.reduce((sum, row) => sum + row.weight * row.outcome, 0) / weight
  }
  const from = scores.filter((score) => score <= at)
  const to = scores.filter((score) => score >= at)
  return Math.max(...from.map((start) => Math.min(...to.map((end) => mean(start, end)))))
}

function fit(data: readonly { score: number; outcome: number; weight: number }[]) {
  return fitIsotonic(
    Float64Array.from(data, ({ score }) => score),
    Uint8Array.from(data, ({ outcome }) => outcome),
    Float64Array.from(data, ({ weight }) => weight),
  )
}

describe('fitIsotonic', () => {
  it('is the least-squares fit by the min-max formula, but for the distance kept from 0 and 1', () => {
    fc.assert(
      fc.property(rows, (data) => {
        const map = fit(data)
        const edge = 1 / (data.length + 2)
        for (const { score } of data) {
          const value = Math.min(1 - edge, Math.max(edge, minMax(data, score)))
          expect(map.apply(score)).toBeCloseTo(value, 12)
        }
      }),
    )
  })

  it('never falls, and stays inside 0 and 1', () => {
    fc.assert(
      fc.property(rows, (data) => {
        const map = fit(data)
        let last = 0
        for (let score = -2; score <= 12; score += 0.25) {
          const value = map.apply(score)
          expect(value).toBeGreaterThanOrEqual(last)
          expect(value).toBeLessThan(1)
          last = value
        }
      }),
    )
  })

  it('does not depend on the order of its rows', () => {
    fc.assert(
      fc.property(rows, (data) => {
        const [there, back] = [fit(data), fit([...data].reverse())]
        expect([...back.scores]).toEqual([...there.scores])
        expect([...back.values]).toEqual([...there.values])
      }),
    )
  })

  it('is straight between its bends and constant outside', () => {
    const map = fitIsotonic(Float64Array.of(0, 0, 1, 1, 2, 2), Uint8Array.of(0, 1, 0, 1, 1, 1))
    expect([-1, 0, 1, 1.5, 2, 3].map((score) => map.apply(score))).toEqual([0.5, 0.5, 0.5, 0.6875, 0.875, 0.875])
    expect(map.apply(Number.NaN)).toBeNaN()
  })

  it('leaves rows without weight out', () => {
    const map = fitIsotonic(Float64Array.of(0, 1), Uint8Array.of(1, 0), Float64Array.of(0, 1))
    expect([...map.scores]).toEqual([1])
  })

  it('comes back from its own numbers', () => {
    const map = fitIsotonic(Float64Array.of(0, 1, 2, 3), Uint8Array.of(0, 1, 0, 1))
    expect(isotonic(map.scores, map.values).apply(2.5)).toBe(map.apply(2.5))
  })

  it.each([
    [[], [], undefined, 'NO_ROWS', 'There is no row to calibrate on.'],
    [[1], [1], [0], 'NO_ROWS', 'There is no row to calibrate on.'],
    [[1, 2], [1], undefined, 'BAD_ROWS', '2 scores have 1 outcomes and no weights.'],
    [[1], [1], [1, 2], 'BAD_ROWS', '1 scores have 1 outcomes and 2 weights.'],
    [[Number.NaN], [1], undefined, 'BAD_ROWS', 'Row 0 with score "NaN"'],
    [[1], [2], undefined, 'BAD_ROWS', 'Row 0 with score "1", outcome "2"'],
    [[1], [1], [-1], 'BAD_ROWS', 'weight "-1" cannot be fitted.'],
  ])('refuses scores %o, outcomes %o, weights %o', (scores, outcomes, weights, code, message) => {
    const run = () =>
      fitIsotonic(Float64Array.from(scores), Uint8Array.from(outcomes), weights && Float64Array.from(weights))
    expect(run).toThrow(message)
    expect(run).toThrow(expect.objectContaining({ code }))
  })

  it.each([
    [[], []],
    [[1], [0.5, 0.6]],
    [
      [1, 1],
      [0.5, 0.6],
    ],
    [
      [1, 2],
      [0.6, 0.5],
    ],
    [
      [1, 2],
      [0.6, 1.5],
    ],
    [
      [1, Number.NaN],
      [0.6, 0.7],
    ],
    [
      [1, 2],
      [Number.NaN, 0.7],
    ],
  ])('takes scores %o with values %o for no map', (scores, values) => {
    expect(() => isotonic(Float64Array.from(scores), Float64Array.from(values))).toThrow('no isotonic map.')
  })
})
