import { createRandom } from '@astertrade/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { auc } from './auc.js'
import { informationCoefficient } from './informationCoefficient.js'

const scored = fc.array(fc.tuple(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 1 })), {
  minLength: 4,
  maxLength: 40,
})

function normals(seed: string, length: number): Float64Array {
  const random = createRandom(7).stream(seed)
  return Float64Array.from({ length }, () => random.normal())
}

describe('auc', () => {
  it('is the share of pairs in the right order, ties counted half', () => {
    fc.assert(
      fc.property(scored, (rows) => {
        const pairs = rows.flatMap(([yes, a]) => rows.flatMap(([no, b]) => (a === 1 && b === 0 ? [[yes, no]] : [])))
        fc.pre(pairs.length > 0)
        const right = pairs.reduce((sum, [yes, no]) => sum + (yes! > no! ? 1 : yes === no ? 0.5 : 0), 0)
        const scores = Float64Array.from(rows, ([score]) => score)
        const { value } = auc({ scores, outcomes: Uint8Array.from(rows, ([, outcome]) => outcome) })
        expect(value).toBeCloseTo(right / pairs.length, 12)
      }),
    )
  })

  it('has a standard error that covers the spread over seeds of pure noise', () => {
    const areas = Array.from({ length: 200 }, (_, seed) => {
      const outcomes = Uint8Array.from(normals(`y${seed}`, 200), (value) => (value > 0 ? 1 : 0))
      return auc({ scores: normals(`x${seed}`, 200), outcomes })
    })
    const inside = areas.filter(({ value, standardError }) => Math.abs(value - 0.5) < 1.96 * standardError).length
    expect(inside / 200).toBeGreaterThan(0.9)
    expect(inside / 200).toBeLessThan(0.99)
  })

  it('refuses an outcome that is neither', () => {
    const run = () => auc({ scores: Float64Array.of(1, 2, 3), outcomes: Uint8Array.of(0, 1, 2) })
    expect(run).toThrow('Row 2 of outcomes is "2".')
    expect(run).toThrow(expect.objectContaining({ code: 'BAD_ROWS' }))
  })

  it('needs both outcomes', () => {
    const run = () => auc({ scores: Float64Array.of(1, 2), outcomes: Uint8Array.of(1, 1) })
    expect(run).toThrow('An area needs both outcomes; 2 of 2 rows happened.')
    expect(run).toThrow(expect.objectContaining({ code: 'NO_ROWS' }))
  })
})

describe('informationCoefficient', () => {
  it('is the rank correlation', () => {
    const forecasts = Float64Array.of(1, 2, 3, 4)
    expect(informationCoefficient({ forecasts, returns: Float64Array.of(1, 3, 2, 4) })).toEqual({
      value: 0.8,
      standardError: 1 / Math.sqrt(3),
    })
    expect(informationCoefficient({ forecasts, returns: Float64Array.of(-1, -8, -27, -64) }).value).toBe(-1)
    expect(informationCoefficient({ forecasts, returns: new Float64Array(4) }).value).toBeNaN()
  })

  it('finds a forecast of the next return perfect, and one of the last worthless', () => {
    const returns = normals('returns', 2_000)
    expect(informationCoefficient({ forecasts: returns.slice(1), returns: returns.slice(1) }).value).toBe(1)
    const { value, standardError } = informationCoefficient({
      forecasts: returns.slice(0, -1),
      returns: returns.slice(1),
    })
    expect(Math.abs(value)).toBeLessThan(3 * standardError)
  })

  it('has an error that grows with the overlap, as the coefficients of noise do', () => {
    const overlap = 20
    const coefficients = Array.from({ length: 200 }, (_, seed) => {
      const steps = normals(`steps${seed}`, 620)
      const slow = normals(`slow${seed}`, 620)
      const summed = (of: Float64Array) =>
        of.slice(0, 600).map((_, row) => of.slice(row, row + overlap).reduce((a, b) => a + b))
      return informationCoefficient({ forecasts: summed(slow), returns: summed(steps), overlap })
    })
    const inside = coefficients.filter(({ value, standardError }) => Math.abs(value) < 1.96 * standardError).length
    expect(inside / 200).toBeGreaterThan(0.9)
  })

  it.each([
    [{ overlap: 0.5 }, 'BAD_PARAMETER', 'Overlap "0.5" is out of range.'],
    [{ overlap: 2 }, 'NO_ROWS', '3 rows of forecasts are too few.'],
    [{ returns: Float64Array.of(1, 2) }, 'BAD_ROWS', '2 returns stand beside 3 forecasts.'],
    [{ returns: Float64Array.of(1, 2, Number.NaN) }, 'BAD_ROWS', 'Row 2 of returns is "NaN".'],
  ])('refuses %o', (change, code, message) => {
    const sound = { forecasts: Float64Array.of(1, 2, 3), returns: Float64Array.of(1, 2, 3) }
    expect(() => informationCoefficient({ ...sound, ...change })).toThrow(message)
    expect(() => informationCoefficient({ ...sound, ...change })).toThrow(expect.objectContaining({ code }))
  })
})
