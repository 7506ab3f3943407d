import { createRandom } from '@astertrade/core'
import { describe, expect, it } from 'vitest'
import { fitHar, harForecast } from './fitHar.js'
import { rangeVariance } from './rangeVariance.js'

/** Variances whose roots follow a planted autoregression. */
function planted(length: number, seed: string): Float64Array {
  const random = createRandom(seed).stream('har')
  const deviations: number[] = new Array(22).fill(1)
  const meanOf = (span: number): number => deviations.slice(-span).reduce((sum, value) => sum + value, 0) / span
  while (deviations.length < length) {
    const next = 0.1 + 0.4 * deviations.at(-1)! + 0.3 * meanOf(5) + 0.2 * meanOf(22)
    deviations.push(Math.max(0.05, next + 0.1 * random.normal()))
  }
  return Float64Array.from(deviations, (value) => value * value)
}

describe('fitHar', () => {
  it('recovers planted coefficients', () => {
    const fit = fitHar(planted(20_000, 'long'))
    if (fit.kind === 'unavailable') throw new Error(fit.code)
    for (const [name, value] of Object.entries({ daily: 0.4, weekly: 0.3, monthly: 0.2 })) {
      const found = fit.coefficients[name as 'daily']
      expect(Math.abs(found.value - value), name).toBeLessThan(3 * found.standardError)
    }
    expect(fit.noise).toBeCloseTo(0.01, 3)
    expect(fit.rows).toBe(20_000 - 22)
  })

  it('forecasts by its formula, and within what it has seen', () => {
    const numbers = { week: 2, month: 3, intercept: 0.5, daily: 0.25, weekly: 0.5, monthly: 0, noise: 0.01 }
    const realised = Float64Array.of(9, 4, 16)
    expect(harForecast({ ...numbers, least: 0, most: 10 }, realised)).toBeCloseTo(3 * 3 + 0.01, 14)
    expect(harForecast({ ...numbers, least: 0, most: 1 }, realised)).toBeCloseTo(2 * 2 + 0.01, 14)
    expect(harForecast({ ...numbers, least: 4, most: 10 }, realised)).toBeCloseTo(4 * 4 + 0.01, 14)
  })

  it('has no fit for few or equal variances', () => {
    expect(fitHar(new Float64Array(20).fill(1))).toEqual({ kind: 'unavailable', code: 'TOO_FEW_ROWS' })
    expect(fitHar(new Float64Array(100).fill(1))).toEqual({ kind: 'unavailable', code: 'COLLINEAR' })
  })

  it('refuses spans and variances out of range', () => {
    expect(() => fitHar(new Float64Array(50), { week: 30 })).toThrow('Spans of "30" and "22" bars are out of range.')
    expect(() => fitHar(Float64Array.of(1, -1))).toThrow('Realised variance 1 is "-1", no number from 0.')
  })
})

describe('harForecast', () => {
  it('refuses fewer variances than its longest span', () => {
    const random = createRandom(2).stream('short')
    const fit = fitHar(Float64Array.from({ length: 300 }, () => 1e-4 * random.uniform()))
    if (fit.kind === 'unavailable') throw new Error(fit.code)
    const run = () => harForecast(fit, new Float64Array(21))
    expect(run).toThrow('21 realised variances are fewer than the 22 of a forecast.')
    expect(run).toThrow(expect.objectContaining({ code: 'BAD_VARIANCE' }))
    expect(harForecast(fit, new Float64Array(22).fill(1e-4))).toBeGreaterThan(0)
  })
})

describe('rangeVariance', () => {
  it('equals the formula by hand', () => {
    const up = Math.log(1.01)
    const bar = { open: 100, high: 101, low: 100, close: 101 }
    expect(rangeVariance(bar, 100)).toBeCloseTo(up * up * (0.5 - (2 * Math.LN2 - 1)), 14)
    expect(rangeVariance({ ...bar, low: 99 }, 98)).toBeGreaterThan(rangeVariance({ ...bar, low: 99 }, 100))
    expect(rangeVariance({ open: 5, high: 5, low: 5, close: 5 }, 5)).toBe(0)
    expect(rangeVariance({ open: -1, high: 5, low: -2, close: 5 }, 5)).toBeNaN()
  })

  it('is unbiased for the steps of a random walk without jumps', () => {
    const random = createRandom(1).stream('range')
    let [sum, bars] = [0, 0]
    for (; bars < 2_000; bars++) {
      let [price, high, low] = [0, 0, 0]
      for (let step = 0; step < 400; step++) {
        price += 0.001 * random.normal()
        high = Math.max(high, price)
        low = Math.min(low, price)
      }
      const [h, l, c] = [high, low, price].map(Math.exp) as [number, number, number]
      sum += rangeVariance({ open: 1, high: h, low: l, close: c }, 1)
    }
    // Ranges seen at 400 points are a little smaller than those of the path.
    expect(sum / bars / (400 * 1e-6)).toBeGreaterThan(0.88)
    expect(sum / bars / (400 * 1e-6)).toBeLessThan(1.02)
  })
})
