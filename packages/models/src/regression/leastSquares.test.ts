import { createRandom } from '@astertrade/core'
import { describe, expect, it } from 'vitest'
import { type LeastSquaresOptions, leastSquares, type Regression } from './leastSquares.js'

function fitted(options: LeastSquaresOptions): Regression {
  const fit = leastSquares(options)
  if (fit.kind === 'unavailable') throw new Error(fit.code)
  return fit
}

/** Simulated studies in which neither column matters, and how often `x` looks as if it did. */
function falseAlarms(lags: number, keep: number): number {
  const studies = 300
  let alarms = 0
  for (let study = 0; study < studies; study++) {
    const random = createRandom(`${lags} ${keep} ${study}`).stream('study')
    const series = (): Float64Array => {
      let value = 0
      return Float64Array.from({ length: 200 }, () => {
        value = keep * value + random.normal()
        return value
      })
    }
    const fit = fitted({ columns: { x: series(), z: series() }, target: series(), lags })
    if (fit.coefficients.x!.pValue < 0.05) alarms++
  }
  return alarms / studies
}

describe('leastSquares', () => {
  it('equals a fit by hand', () => {
    // Deviations of x -1.5 -0.5 0.5 1.5, of y -1.25 -1.25 0.75 1.75: slope 5.5 / 5, residuals 0.4 -0.7 0.2 0.1.
    const fit = fitted({ columns: { x: Float64Array.of(0, 1, 2, 3) }, target: Float64Array.of(1, 1, 3, 4) })
    expect(fit.coefficients.x!.value).toBeCloseTo(1.1, 14)
    expect(fit.intercept.value).toBeCloseTo(0.6, 14)
    expect(fit.r2).toBeCloseTo(1 - 0.7 / 6.75, 14)
    // White: sum of squared (deviation * residual) over 5 squared, times 4 / 2.
    const filling = 0.6 ** 2 + 0.35 ** 2 + 0.1 ** 2 + 0.15 ** 2
    expect(fit.coefficients.x!.standardError).toBeCloseTo(Math.sqrt((filling / 25) * 2), 14)
  })

  it('recovers planted coefficients of columns in any unit', () => {
    const random = createRandom(1).stream('planted')
    const [a, b] = [1, 1e-6].map((unit) => Float64Array.from({ length: 2_000 }, () => unit * (5 + random.normal())))
    const target = a!.map((value, row) => 3 + 2 * value - 4e6 * b![row]! + random.normal())
    const fit = fitted({ columns: { a: a!, b: b! }, target, lags: 3 })
    for (const [found, truth] of [
      [fit.intercept, 3],
      [fit.coefficients.a!, 2],
      [fit.coefficients.b!, -4e6],
    ] as const) {
      expect(Math.abs(found.value - truth)).toBeLessThan(3 * found.standardError)
    }
  })

  it('raises few false alarms, and with correlated series fewer than errors that ignore it', () => {
    expect(falseAlarms(0, 0)).toBeLessThan(0.1)
    expect(falseAlarms(20, 0.9)).toBeLessThan(0.25)
    expect(falseAlarms(0, 0.9)).toBeGreaterThan(0.4)
  })

  it('leaves out rows that are not finite', () => {
    const fit = fitted({
      columns: { x: Float64Array.of(0, 1, Number.NaN, 2, 3) },
      target: Float64Array.of(1, 3, 9, 5, 7),
    })
    expect(fit.rows).toBe(4)
    expect(fit.coefficients.x!.value).toBeCloseTo(2, 14)
  })

  it('has no fit for few rows, a constant column or one made of others', () => {
    const x = Float64Array.of(0, 1, 2, 3, 5)
    const target = Float64Array.of(1, 2, 3, 4, 6)
    const constant = new Float64Array(5).fill(0.1)
    expect(leastSquares({ columns: { x: x.slice(0, 2) }, target: target.slice(0, 2) })).toEqual({
      kind: 'unavailable',
      code: 'TOO_FEW_ROWS',
    })
    expect(leastSquares({ columns: { x, constant }, target })).toMatchObject({ code: 'COLLINEAR' })
    expect(leastSquares({ columns: { x, y: x.map((v) => 2 * v + 1) }, target })).toMatchObject({ code: 'COLLINEAR' })
  })

  it('refuses columns that do not fit and lags that are none', () => {
    const target = new Float64Array(5)
    expect(() => leastSquares({ columns: {}, target })).toThrow('Columns of no rows do not explain 5 targets.')
    expect(() => leastSquares({ columns: { x: new Float64Array(4) }, target })).toThrow('Columns of 4 rows')
    expect(() => leastSquares({ columns: { x: target }, target, lags: -1 })).toThrow('lags "-1" is no whole number')
  })
})
