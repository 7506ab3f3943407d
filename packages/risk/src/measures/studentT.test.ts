import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { gammaRatio } from './gammaRatio.js'
import { studentTCdf, studentTDensity, studentTQuantile, studentTTailQuantile } from './studentT.js'

const runs = { numRuns: Number(process.env.FC_NUM_RUNS ?? 200) }

// Degrees, x, P(T > x), from 40-digit arithmetic.
const tails = [
  [1, 0.01, 0.49681700723509176],
  [1, 1, 0.25],
  [1, 10_000, 3.183098851227577e-5],
  [2, 0.5, 0.3333333333333333],
  [2, 40, 0.0003122073360923703],
  [3, 0.5, 0.3257239824240755],
  [3, 2.5, 0.04385332350403277],
  [3, 8, 0.002038288793892734],
  [3, 10_000, 1.102657751147905e-12],
  [4, 1, 0.18695048315002943],
  [4, 40, 1.1670081613006343e-6],
  [5.5, 0.01, 0.4961870099497763],
  [5.5, 8, 0.00015655291719173553],
  [5.5, 10_000, 1.766404736622643e-21],
  [10, 2.5, 0.015723422118304402],
  [10, 40, 1.1404288715428774e-12],
  [30, 0.5, 0.31036150244256366],
  [30, 8, 3.1329112378503795e-9],
  [30, 10_000, 1.0364489469774065e-99],
  [100, 1, 0.1598620778920617],
  [100, 40, 1.2310538010700354e-63],
  [1_000, 2.5, 0.006289283900545398],
  [1_000, 8, 1.7133307411957373e-15],
] as const

// Degrees, P(T > x), x, from 40-digit arithmetic; the rows at 0.05 and 0.01 are those of every printed table.
const quantiles = [
  [1, 0.49, 0.03142626604335118],
  [1, 0.05, 6.313751514675043],
  [1, 1e-20, 3.1830988618379067e19],
  [3, 0.3, 0.5843897274398187],
  [3, 0.05, 2.3533634348018238],
  [3, 0.01, 4.5407028585681335],
  [3, 1e-9, 1033.1096745038078],
  [3, 1e-20, 4795275.720468973],
  [4, 0.05, 2.1318467863266504],
  [4, 0.01, 3.746947387979197],
  [4, 0.001, 7.1731822197823085],
  [7, 0.49, 0.02597794156951689],
  [7, 0.01, 2.9979515668685286],
  [7, 1e-20, 1445.7919808114368],
  [30, 0.3, 0.5300190039065045],
  [30, 0.01, 2.4572615424005915],
  [30, 1e-20, 22.658878371940183],
  [1_000, 0.05, 1.6463788172854648],
  [1_000, 1e-9, 6.053690272079834],
] as const

describe('the ratio of gamma functions half a step apart', () => {
  it('agrees with high precision', () => {
    const known = [
      [0.5, 0.5641895835477563],
      [1, 0.886226925452758],
      [1.5, 1.1283791670955126],
      [7.25, 2.646592452491488],
      [23.9, 4.863262384569184],
      [24, 4.873532134063126],
      [500, 22.355090304698624],
    ] as const
    for (const [a, ratio] of known) expect(Math.abs(gammaRatio(a) / ratio - 1), String(a)).toBeLessThan(2e-15)
  })
})

describe('the Student-t distribution', () => {
  it('agrees with high precision in both tails', () => {
    for (const [degrees, x, tail] of tails) {
      expect(Math.abs(studentTCdf(-x, degrees) / tail - 1), `${degrees} ${x}`).toBeLessThan(5e-13)
      expect(studentTCdf(x, degrees), `${degrees} ${x}`).toBeCloseTo(1 - tail, 14)
    }
  })

  it('agrees with printed quantiles', () => {
    for (const [degrees, tail, x] of quantiles) {
      expect(Math.abs(studentTTailQuantile(tail, degrees) / x - 1), `${degrees} ${tail}`).toBeLessThan(1e-13)
      expect(Math.abs(studentTQuantile(tail, degrees) / -x - 1), `${degrees} ${tail}`).toBeLessThan(1e-13)
      if (tail > 1e-3) expect(studentTQuantile(1 - tail, degrees)).toBeCloseTo(x, 12)
    }
  })

  it('returns from quantile to probability', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9_999 }), fc.integer({ min: 10, max: 3_000 }), (parts, tenths) => {
        const [p, degrees] = [parts / 10_000, tenths / 10]
        expect(Math.abs(studentTCdf(studentTQuantile(p, degrees), degrees) / p - 1)).toBeLessThan(1e-12)
      }),
      runs,
    )
  })

  it('has the density as the slope of the distribution', () => {
    fc.assert(
      fc.property(fc.integer({ min: -500, max: 500 }), fc.integer({ min: 1, max: 60 }), (hundredths, degrees) => {
        const [x, h] = [hundredths / 100, 1e-4]
        const slope = (studentTCdf(x + h, degrees) - studentTCdf(x - h, degrees)) / (2 * h)
        expect(studentTDensity(x, degrees)).toBeCloseTo(slope, 7)
      }),
      runs,
    )
  })

  it('knows its ends and its middle', () => {
    expect(studentTCdf(Number.POSITIVE_INFINITY, 3)).toBe(1)
    expect(studentTCdf(Number.NEGATIVE_INFINITY, 3)).toBe(0)
    expect(studentTCdf(0, 3)).toBe(0.5)
    expect(studentTCdf(Number.NaN, 3)).toBeNaN()
    expect([0, 0.5, 1].map((p) => studentTQuantile(p, 3))).toEqual([-Infinity, 0, Infinity])
    expect([0, 0.5].map((p) => studentTTailQuantile(p, 3))).toEqual([Infinity, 0])
    expect([-0.1, 1.1, Number.NaN].map((p) => studentTQuantile(p, 3))).toEqual([Number.NaN, Number.NaN, Number.NaN])
    expect([0.6, -0.1].map((p) => studentTTailQuantile(p, 3))).toEqual([Number.NaN, Number.NaN])
  })

  it('refuses degrees of freedom that are none', () => {
    for (const degrees of [0, -1, Number.NaN, Number.POSITIVE_INFINITY, 1_001, '3' as unknown as number]) {
      const refusal = expect.objectContaining({ code: 'BAD_DEGREES' })
      expect(() => studentTCdf(1, degrees)).toThrow(refusal)
      expect(() => studentTDensity(1, degrees)).toThrow(refusal)
      expect(() => studentTQuantile(0.1, degrees)).toThrow(refusal)
      expect(() => studentTTailQuantile(0.1, degrees)).toThrow(refusal)
    }
    expect(() => studentTCdf(1, 0)).toThrow('degrees 0 is not a number from 1 to 1,000.')
  })
})
