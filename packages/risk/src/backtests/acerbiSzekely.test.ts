import { describe, expect, it } from 'vitest'
import { acerbiSzekely, acerbiSzekelyCritical } from './acerbiSzekely.js'

describe('Acerbi and Szekely’s test', () => {
  it('weighs what was lost against the shortfall that was expected', () => {
    const forecasts = { losses: [1, 5, 2, 8], valueAtRisk: [3, 3, 3, 3], expectedShortfall: [4, 4, 4, 4] }
    const test = acerbiSzekely(forecasts, { confidencePerMille: 500 })
    expect(test).toEqual({ kind: 'shortfallTest', statistic: 1 - (5 / 4 + 8 / 4) / 2 })
  })

  it('does not count a loss of exactly value at risk', () => {
    const forecasts = { losses: [3], valueAtRisk: [3], expectedShortfall: [4] }
    expect(acerbiSzekely(forecasts, { confidencePerMille: 950 })).toMatchObject({ statistic: 1 })
  })

  it('has the critical value of the paper, and little of it depends on the distribution', () => {
    const options = { observations: 250, confidencePerMille: 975, seed: 1 }
    const normal = acerbiSzekelyCritical(options)
    expect(normal).toBeGreaterThan(-0.76)
    expect(normal).toBeLessThan(-0.64)
    const heavy = acerbiSzekelyCritical({ ...options, degrees: 5 })
    expect(heavy).toBeLessThan(-0.68)
    expect(heavy).toBeGreaterThan(-0.9)
    expect(acerbiSzekelyCritical(options)).toBe(normal)
    expect(acerbiSzekelyCritical({ ...options, significancePerMille: 1 })).toBeLessThan(normal)
    expect(acerbiSzekelyCritical({ ...options, observations: 1_000, simulations: 1_000 })).toBeGreaterThan(normal)
  })

  it('is unavailable for figures that are none', () => {
    const test = (losses: number[], shortfall: number[]): unknown => {
      return acerbiSzekely(
        { losses, valueAtRisk: losses.map(() => 1), expectedShortfall: shortfall },
        { confidencePerMille: 950 },
      )
    }
    expect(test([], [])).toMatchObject({ kind: 'unavailable', code: 'NO_DATA' })
    expect(test([1, Number.NaN], [1, 1])).toMatchObject({ code: 'NOT_FINITE' })
    expect(test([1, 2], [1, Number.POSITIVE_INFINITY])).toMatchObject({ code: 'NOT_FINITE' })
    expect(test([1, 2], [1, 0])).toMatchObject({ code: 'NOT_POSITIVE' })
    expect(() => test([1, 2], [1])).toThrow('2 losses have 2 values at risk and 1 shortfalls.')
    expect(() => test([1, 2], [1])).toThrow(expect.objectContaining({ code: 'LENGTH_MISMATCH' }))
  })

  it('refuses a simulation of nothing', () => {
    const options = { observations: 250, confidencePerMille: 975, seed: 1 }
    const refuse = (more: object, code: string): void => {
      expect(() => acerbiSzekelyCritical({ ...options, ...more })).toThrow(expect.objectContaining({ code }))
    }
    refuse({ observations: 0 }, 'BAD_SIMULATION')
    refuse({ simulations: 10 }, 'BAD_SIMULATION')
    refuse({ confidencePerMille: 0 }, 'BAD_CONFIDENCE')
    refuse({ significancePerMille: 1_000 }, 'BAD_CONFIDENCE')
    refuse({ degrees: 2 }, 'BAD_DEGREES')
    refuse({ degrees: Number.NaN }, 'BAD_DEGREES')
    refuse({ seed: Number.NaN }, 'BAD_SEED')
    expect(() => acerbiSzekelyCritical({ ...options, simulations: 10 })).toThrow(
      'No simulation of "10" tests over "250" observations.',
    )
  })
})
