import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { exp, log, normalCdf, normalQuantile, pow } from './elementary.js'

const runs = { numRuns: Number(process.env.FC_NUM_RUNS ?? 2_000) }

const double = new Float64Array(1)
const ordinal = new BigInt64Array(double.buffer)

/** Number of doubles between two values; 0 for the same value or two NaN. */
function ulps(a: number, b: number): number {
  if (a === b || (Number.isNaN(a) && Number.isNaN(b))) return 0
  const place = (value: number): bigint => {
    double[0] = value
    return ordinal[0]! < 0n ? -(ordinal[0]! & 0x7fffffffffffffffn) : ordinal[0]!
  }
  const distance = place(a) - place(b)
  return Number(distance < 0n ? -distance : distance)
}

const edges = [0, -0, 1, -1, 2, -2, 3, -3, 0.5, -0.5, 1e20, -1e20, 1e308, -1e308, 5e-324, 2.2250738585072014e-308]
const specials = [...edges, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN]

/** Mantissas and exponents on integer grids, so that every size is equally likely. */
const anySize = fc
  .tuple(fc.integer({ min: 1, max: 1 << 30 }), fc.integer({ min: -1100, max: 990 }))
  .map(([mantissa, exponent]) => mantissa * 2 ** exponent)

const nearOne = fc
  .tuple(fc.integer({ min: -1000, max: 1000 }), fc.integer({ min: 1, max: 15 }))
  .map(([offset, digits]) => 1 + (offset / 2000) * 10 ** -digits)

describe('exp', () => {
  it('agrees with the engine within 1 ulp from underflow to overflow', () => {
    fc.assert(
      fc.property(fc.integer({ min: -760_000_000, max: 720_000_000 }), (n) => {
        expect(ulps(exp(n / 1e6), Math.exp(n / 1e6))).toBeLessThanOrEqual(1)
      }),
      runs,
    )
  })

  it('agrees with the engine at the edges', () => {
    for (const x of specials) expect(ulps(exp(x), Math.exp(x))).toBeLessThanOrEqual(1)
    expect(exp(709.782712893384)).toBeLessThan(Number.POSITIVE_INFINITY)
    expect(exp(709.7827128933841)).toBe(Number.POSITIVE_INFINITY)
    expect(exp(-745.1332191019411)).toBe(5e-324)
    expect(exp(-745.1332191019412)).toBe(0)
  })
})

describe('log', () => {
  it('agrees with the engine within 1 ulp at every size and next to 1', () => {
    const check = (x: number): void => {
      expect(ulps(log(x), Math.log(x))).toBeLessThanOrEqual(1)
    }
    fc.assert(fc.property(anySize, check), runs)
    fc.assert(fc.property(nearOne, check), runs)
    for (const x of specials) check(x)
  })
})

describe('pow', () => {
  it('agrees with the engine within 2 ulp', () => {
    fc.assert(
      fc.property(anySize, fc.integer({ min: -4_000, max: 4_000 }), (x, n) => {
        expect(ulps(pow(x, n / 1000), x ** (n / 1000))).toBeLessThanOrEqual(2)
      }),
      runs,
    )
    fc.assert(
      fc.property(nearOne, fc.integer({ min: -10_000, max: 10_000 }), (x, y) => {
        expect(ulps(pow(x, y), x ** y)).toBeLessThanOrEqual(2)
      }),
      runs,
    )
  })

  it('has every special case of the engine, signs of zero included', () => {
    for (const x of specials) for (const y of specials) expect([x, y, pow(x, y)]).toEqual([x, y, x ** y])
  })

  // The first with 50 digits: 2.6508647044535699024e-35.
  it('keeps its accuracy where the exponent is huge or the result is subnormal', () => {
    expect(ulps(pow(1.000000000000002, -39839639122825060), 2.65086470445357e-35)).toBeLessThanOrEqual(1)
    expect(pow(2, -20)).toBe(9.5367431640625e-7)
    expect(ulps(pow(10, 300), 1e300)).toBeLessThanOrEqual(1)
    expect(pow(2, -1074)).toBe(5e-324)
    expect(pow(1 + 2 ** -52, 1e300)).toBe(Number.POSITIVE_INFINITY)
  })
})

describe('normalCdf', () => {
  // From the complementary error function with 50 digits.
  const known: readonly (readonly [number, number])[] = [
    [-30, 4.906713927148187e-198],
    [-20, 2.7536241186062337e-89],
    [-8, 6.220960574271784e-16],
    [-5, 2.866515718791939e-7],
    [-3, 0.0013498980316300946],
    [-2, 0.02275013194817921],
    [-1.5, 0.06680720126885807],
    [-1.2, 0.11506967022170828],
    [-1, 0.15865525393145705],
    [-0.1, 0.460172162722971],
    [1e-9, 0.5000000003989423],
    [0.5, 0.691462461274013],
    [1.96, 0.9750021048517795],
    [8, 0.9999999999999994],
  ]

  it('agrees with high-precision values in both tails and the middle', () => {
    for (const [x, p] of known) expect(Math.abs(normalCdf(x) / p - 1), String(x)).toBeLessThan(2e-15)
    expect(Math.abs((normalCdf(-38) * 2 ** 60) / 3.326672406325763e-298 - 1)).toBeLessThan(1e-7)
  })

  it('is one half at zero, 0 and 1 at the infinities, and NaN for NaN', () => {
    expect([normalCdf(0), normalCdf(Number.NEGATIVE_INFINITY), normalCdf(Number.POSITIVE_INFINITY)]).toEqual([
      0.5, 0, 1,
    ])
    expect(normalCdf(Number.NaN)).toBeNaN()
  })

  it('is symmetric and never falls', () => {
    fc.assert(
      fc.property(fc.integer({ min: -40_000, max: 40_000 }), fc.integer({ min: 0, max: 1_000 }), (n, step) => {
        const x = n / 1000
        expect(normalCdf(x) + normalCdf(-x)).toBeCloseTo(1, 14)
        expect(normalCdf(x + step / 1000)).toBeGreaterThanOrEqual(normalCdf(x))
      }),
      runs,
    )
  })
})

describe('normalQuantile', () => {
  const known: readonly (readonly [number, number])[] = [
    [1e-300, -37.0470962993612],
    [1e-100, -21.273453560965326],
    [1e-20, -9.262340089798409],
    [1e-5, -4.264890793922825],
    [0.001, -3.0902323061678136],
    [0.05, -1.6448536269514726],
    [0.3, -0.5244005127080408],
    [0.975, 1.959963984540054],
    [0.999, 3.0902323061678132],
  ]

  it('agrees with high-precision values', () => {
    for (const [p, x] of known) expect(Math.abs(normalQuantile(p) / x - 1), String(p)).toBeLessThan(2e-15)
    expect(normalQuantile(0.5)).toBe(0)
  })

  it('inverts the distribution function', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 999_999 }), (n) => {
        expect(normalCdf(normalQuantile(n / 1e6))).toBeCloseTo(n / 1e6, 14)
      }),
      runs,
    )
  })

  it('is infinite at 0 and 1 and NaN outside', () => {
    expect([normalQuantile(0), normalQuantile(1)]).toEqual([Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY])
    for (const p of [-0.1, 1.1, Number.NaN]) expect(normalQuantile(p)).toBeNaN()
  })
})
