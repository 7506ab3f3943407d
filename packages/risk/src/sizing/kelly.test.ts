import { timestamp } from '@astertrade/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type FallProbabilityOptions, fallProbability } from './fallProbability.js'
import { kelly } from './kelly.js'
import { type KellyContinuousOptions, kellyContinuous } from './kellyContinuous.js'
import { type KellyDiscreteOptions, kellyDiscrete } from './kellyDiscrete.js'
import { type KellyGrowthOptions, kellyGrowth } from './kellyGrowth.js'
import { outOfSample } from './outOfSample.js'
import { riskConstrainedKelly } from './riskConstrainedKelly.js'
import { shrinkEdge } from './shrinkEdge.js'

const numRuns = Number(process.env.FC_NUM_RUNS ?? 500)
const [fittedTo, from] = [timestamp('2024-01-01'), timestamp('2024-01-02')]
/** Fractions on a grid, edges among them. */
const probability = fc.oneof(
  fc.constantFrom(0, 0.5, 1),
  fc.integer({ min: 0, max: 1_000_000 }).map((n) => n / 1e6),
)
const odds = fc.oneof(
  fc.constantFrom(1, 2, 0.5),
  fc.integer({ min: 1, max: 5_000_000 }).map((n) => n / 1e6),
)

describe('kellyDiscrete', () => {
  it('is p − q/b for a stake that may be lost whole, p/a − q/b else', () => {
    expect(kellyDiscrete({ probability: 0.6, win: 1 })).toBeCloseTo(0.2, 15)
    expect(kellyDiscrete({ probability: 0.5, win: 2 })).toBe(0.25)
    expect(kellyDiscrete({ probability: 0.6, win: 1, loss: 0.5 })).toBeCloseTo(0.8, 15)
    expect(kellyDiscrete({ probability: 0.5, win: 1 })).toBe(0)
    expect(kellyDiscrete({ probability: 0.4, win: 1 })).toBe(0)
  })

  it('grows the logarithm best of all stakes on a grid', () => {
    fc.assert(
      fc.property(probability, odds, (p, b) => {
        const growth = (f: number): number => p * Math.log1p(b * f) + (1 - p) * Math.log1p(-f)
        const f = kellyDiscrete({ probability: p, win: b })
        const best = f < 1 ? growth(f) : 0
        for (let step = 0; step < 100; step++) if (p < 1) expect(growth(step / 100)).toBeLessThanOrEqual(best + 1e-12)
      }),
      { numRuns },
    )
  })

  it('stakes exactly where there is an edge, never more than p, and more for better odds', () => {
    const seen = { none: 0, some: 0 }
    fc.assert(
      fc.property(probability, odds, fc.integer({ min: 0, max: 1_000 }), (p, b, more) => {
        const f = kellyDiscrete({ probability: p, win: b })
        expect(f > 0).toBe(p * b - (1 - p) > 0)
        expect(f).toBeLessThanOrEqual(p + 1e-15)
        expect(kellyDiscrete({ probability: p, win: b + more / 1000 })).toBeGreaterThanOrEqual(f - 1e-15)
        expect(kellyDiscrete({ probability: Math.min(1, p + more / 1e6), win: b })).toBeGreaterThanOrEqual(f)
        seen[f > 0 ? 'some' : 'none']++
      }),
      { numRuns },
    )
    for (const count of Object.values(seen)) expect(count).toBeGreaterThan(numRuns / 100)
  })

  it.each([
    [{ probability: 1.1, win: 1 }, 'probability "1.1" is not a number from 0 to 1.'],
    [{ probability: Number.NaN, win: 1 }, 'probability "NaN" is not a number from 0 to 1.'],
    [{ probability: 0.5, win: 0 }, 'win "0" is not a number above 0.'],
    [{ probability: 0.5, win: 1, loss: -1 }, 'loss "-1" is not a number above 0.'],
    [{ probability: 0.5, win: Number.POSITIVE_INFINITY }, 'win "Infinity" is not a number above 0.'],
    [{ probability: '0.5', win: 1 }, 'probability "0.5" is not a number from 0 to 1.'],
  ])('refuses %o', (options, message) => {
    expect(() => kellyDiscrete(options as KellyDiscreteOptions)).toThrow(message)
  })
})

describe('kellyContinuous and kellyGrowth', () => {
  const market = { mean: 0.11, variance: 0.0225, riskFree: 0.06 }

  it('give the figures of Thorp (2006)', () => {
    expect(kellyContinuous(market)).toBeCloseTo(2.2222, 4)
    const growth = (fraction: number) => kellyGrowth({ mean: 0.11, deviation: 0.15, riskFree: 0.06, fraction })
    expect(growth(1)).toBeCloseTo(0.09875, 12)
    expect(growth(kellyContinuous(market))).toBeCloseTo(0.06 + 0.05 ** 2 / 0.045, 12)
  })

  it('take a negative edge for a short position only when told to', () => {
    expect(kellyContinuous({ mean: -0.01, variance: 0.04 })).toBe(0)
    expect(kellyContinuous({ mean: 0.01, variance: 0.04 })).toBe(0.25)
    expect(kellyContinuous({ mean: -0.01, variance: 0.04, direction: 'both' })).toBe(-0.25)
  })

  it('grow more the nearer to full Kelly, and nothing at twice that', () => {
    const shares = fc.record({
      mean: fc.integer({ min: 1, max: 1_000 }),
      variance: fc.integer({ min: 1, max: 10_000 }),
      low: fc.integer({ min: 0, max: 1_000 }),
      high: fc.integer({ min: 0, max: 1_000 }),
      over: fc.integer({ min: 0, max: 2_000 }),
    })
    fc.assert(
      fc.property(shares, ({ mean, variance, low, high, over }) => {
        const [m, v] = [mean / 1e5, variance / 1e5]
        const full = kellyContinuous({ mean: m, variance: v })
        const growth = (k: number) => kellyGrowth({ mean: m, deviation: Math.sqrt(v), fraction: k * full })
        const [a, b] = [Math.min(low, high) / 1000, Math.max(low, high) / 1000]
        expect(growth(a)).toBeGreaterThanOrEqual(-1e-15)
        expect(growth(b)).toBeGreaterThanOrEqual(growth(a) - 1e-12)
        expect(growth((a + b) / 2)).toBeGreaterThanOrEqual((growth(a) + growth(b)) / 2 - 1e-12)
        expect(growth(2 + over / 1000)).toBeLessThanOrEqual(1e-9)
      }),
      { numRuns },
    )
  })

  it.each([
    [{ mean: Number.NaN, variance: 1 }, 'mean "NaN" is not a finite number.'],
    [{ mean: 0, variance: 0 }, 'variance "0" is not a number above 0.'],
    [{ mean: 0, variance: 1, riskFree: Number.POSITIVE_INFINITY }, 'riskFree "Infinity" is not a finite number.'],
  ])('refuse %o', (options, message) => {
    expect(() => kellyContinuous(options as KellyContinuousOptions)).toThrow(message)
  })

  it.each([
    [{ mean: 0, deviation: -1, fraction: 1 }, 'deviation "-1" is not a number of at least 0.'],
    [{ mean: 0, deviation: 1, fraction: Number.NaN }, 'fraction "NaN" is not a finite number.'],
    [{ mean: Number.NaN, deviation: 1, fraction: 1 }, 'mean "NaN" is not a finite number.'],
    [{ mean: 0, deviation: 1, fraction: 1, riskFree: Number.NaN }, 'riskFree "NaN" is not a finite number.'],
  ])('refuse the growth of %o', (options, message) => {
    expect(() => kellyGrowth(options as KellyGrowthOptions)).toThrow(message)
  })
})

describe('fallProbability', () => {
  it('is why Kelly alone keeps no drawdown limit', () => {
    const fall = (share: number) => fallProbability({ to: 0.9, kelly: share })
    expect([1, 0.5, 0.25, 0.1].map((share) => Number(fall(share).toFixed(3)))).toEqual([0.9, 0.729, 0.478, 0.135])
    expect(fallProbability({ to: 1, kelly: 0.3 })).toBe(1)
  })

  it.each([
    [{ to: 0, kelly: 1 }, 'to "0" is not a number above 0 and at most 1.'],
    [{ to: 0.5, kelly: 2 }, 'kelly "1" is not a number between 0 and 1.'],
    [{ to: 0.5, kelly: 0 }, 'kelly "0" is not a number between 0 and 1.'],
  ])('refuses %o', (options, message) => {
    expect(() => fallProbability(options as FallProbabilityOptions)).toThrow(message)
  })
})

describe('shrinkEdge', () => {
  it('takes the standard error off and shrinks what is left', () => {
    expect(shrinkEdge({ edge: 0.02, standardError: 0.01 })).toBe(0.005)
    expect(shrinkEdge({ edge: 0.02, standardError: 0 })).toBe(0.02)
    expect(shrinkEdge({ edge: 0.01, standardError: 0.01 })).toBe(0)
    expect(shrinkEdge({ edge: -0.01, standardError: 0 })).toBe(0)
    expect(shrinkEdge({ edge: 1e-200, standardError: 0 })).toBe(1e-200)
    expect(shrinkEdge({ edge: 1e155, standardError: 1 })).toBe(1e155)
  })

  it('lies between 0 and the edge, and falls as the error rises', () => {
    const grid = fc.integer({ min: 0, max: 1_000_000 })
    fc.assert(
      fc.property(grid, grid, grid, (a, b, c) => {
        const edge = a / 1e6
        const [low, high] = [Math.min(b, c) / 1e6, Math.max(b, c) / 1e6]
        const left = shrinkEdge({ edge, standardError: low })
        expect(left).toBeGreaterThanOrEqual(0)
        expect(left).toBeLessThanOrEqual(edge)
        expect(shrinkEdge({ edge, standardError: high })).toBeLessThanOrEqual(left)
        expect(shrinkEdge({ edge, standardError: 0 })).toBe(edge)
      }),
      { numRuns },
    )
  })

  it('refuses figures that are none', () => {
    expect(() => shrinkEdge({ edge: Number.NaN, standardError: 0 })).toThrow('edge "NaN" is not a finite number.')
    expect(() => shrinkEdge({ edge: 0, standardError: -1 })).toThrow(
      'standardError "-1" is not a number of at least 0.',
    )
  })
})

describe('kelly', () => {
  const alternating = (count: number, high: number, low: number) =>
    outOfSample({ returns: Array.from({ length: count }, (_, i) => (i % 2 ? high : low)), from, fittedTo })

  it('takes a quarter of the shrunk share', () => {
    const estimate = kelly(alternating(40, 0.03, -0.01))
    expect(estimate.kind).toBe('share')
    if (estimate.kind !== 'share') return
    const variance = (0.02 ** 2 * 40) / 39
    const standardError = Math.sqrt(variance / 40)
    expect(estimate.edge).toBeCloseTo(0.01, 12)
    expect(estimate.standardError).toBeCloseTo(standardError, 12)
    expect(estimate.full).toBeCloseTo(0.01 / variance, 9)
    expect(estimate.share).toBeCloseTo((0.25 * shrinkEdge({ edge: 0.01, standardError })) / variance, 9)
    const half = kelly(alternating(40, 0.03, -0.01), { fraction: 0.5 })
    expect(half.kind === 'share' && half.share).toBeCloseTo(2 * estimate.share, 9)
  })

  it('sees no edge where there are few trades, a large error, or no risk', () => {
    expect(kelly(alternating(29, 0.03, -0.01))).toMatchObject({ kind: 'none', code: 'TOO_FEW', got: '29' })
    expect(kelly(alternating(30, 0.03, -0.01)).kind).toBe('share')
    expect(kelly(alternating(40, 0.03, -0.029))).toMatchObject({ kind: 'none', code: 'NO_EDGE' })
    expect(kelly(alternating(40, 0.01, 0.01))).toMatchObject({ kind: 'none', code: 'NO_EDGE' })
    expect(kelly(alternating(40, 0.03, -0.01), { riskFree: 0.01 })).toMatchObject({ kind: 'none', code: 'NO_EDGE' })
  })

  it('takes an edge of exactly its standard error, which leaves nothing to stake', () => {
    // Fifty trades of 1/8 ± 7/8 have a variance of 25/32 and a standard error of 1/8.
    expect(kelly(alternating(50, 1, -0.75))).toMatchObject({
      kind: 'share',
      edge: 0.125,
      standardError: 0.125,
      share: 0,
    })
    expect(kelly(alternating(40, 0.03, -0.01), { fraction: 1 }).kind).toBe('share')
  })

  it('refuses a sample that the strategy was fitted to', () => {
    expect(() => outOfSample({ returns: [0.1], from: fittedTo, fittedTo })).toThrow('are not after the fit')
    const untimed = { from: '2024-01-02' as unknown as typeof from, fittedTo: '2024-01-01' as unknown as typeof from }
    expect(() => outOfSample({ returns: [0.1], ...untimed })).toThrow('from "2024-01-02" is not a time.')
    expect(() => outOfSample({ returns: ['0.1'] as unknown as number[], from, fittedTo })).toThrow('Return 0 is "0.1"')
    expect(() => outOfSample({ returns: [0.1, Number.NaN], from, fittedTo })).toThrow('Return 1 is "NaN"')
    expect(outOfSample({ returns: [-1], from, fittedTo }).returns).toEqual([-1])
    expect(() => outOfSample({ returns: [Number.POSITIVE_INFINITY], from, fittedTo })).toThrow('Return 0 is "Infinity"')
    expect(() => outOfSample({ returns: [-1.01], from, fittedTo })).toThrow('Return 0 is "-1.01"')
    expect(outOfSample({ returns: [-1], from, fittedTo }).returns).toEqual([-1])
  })

  it.each([
    [{ fraction: 0 }, 'fraction "0" is not a number above 0 and at most 1.'],
    [{ fraction: 1.5 }, 'fraction "1.5" is not a number above 0 and at most 1.'],
    [{ riskFree: Number.NaN }, 'riskFree "NaN" is not a finite number.'],
  ])('refuses %o', (options, message) => {
    expect(() => kelly(alternating(40, 0.03, -0.01), options)).toThrow(message)
  })
})

describe('riskConstrainedKelly', () => {
  const coin = [1, 1, 1, -1, -1]
  const power = Math.log(0.1) / Math.log(0.9)
  const mean = (list: readonly number[], of: (value: number) => number) =>
    list.reduce((sum, value) => sum + of(value), 0) / list.length

  it('stakes so little that the bound on a fall holds, and no less', () => {
    const f = riskConstrainedKelly({ outcomes: coin })
    expect(mean(coin, (r) => (1 + f * r) ** -power)).toBeLessThanOrEqual(1 + 1e-12)
    expect(mean(coin, (r) => (1 + f * 1.001 * r) ** -power)).toBeGreaterThan(1)
    // In the continuous model it is 2 / (1 + λ) of Kelly.
    expect(f / 0.2).toBeCloseTo(2 / (1 + power), 2)
  })

  it('is full Kelly where the bound is no bound, and 0 without an edge', () => {
    expect(riskConstrainedKelly({ outcomes: coin, keep: 0.01, probability: 0.99 })).toBeCloseTo(0.2, 9)
    expect(riskConstrainedKelly({ outcomes: [1, -1] })).toBe(0)
    expect(riskConstrainedKelly({ outcomes: [-0.5, 0.1] })).toBe(0)
  })

  it('stops short of the stake at which growth is highest, and takes that at which the bound is just met', () => {
    const odds = [1, -0.5]
    const best = riskConstrainedKelly({ outcomes: odds, keep: 0.01, probability: 0.99 })
    expect([best < 0.5, best > 0.5 - 1e-15]).toEqual([true, true])
    expect(riskConstrainedKelly({ outcomes: odds, keep: 0.5, probability: 0.25 })).toBe(0.33048307708185887)
  })

  it('keeps both conditions for any outcomes', () => {
    const seen = { none: 0, bound: 0, free: 0 }
    const outcome = fc.integer({ min: -100, max: 150 }).map((n) => n / 100)
    const input = fc.record({
      outcomes: fc.array(outcome, { minLength: 1, maxLength: 20 }).map((list) => [...list, -0.3]),
      keep: fc.integer({ min: 1, max: 99 }).map((n) => n / 100),
      probability: fc.integer({ min: 1, max: 99 }).map((n) => n / 100),
    })
    fc.assert(
      fc.property(input, ({ outcomes, ...bounds }) => {
        const f = riskConstrainedKelly({ outcomes, ...bounds })
        const lambda = Math.log(bounds.probability) / Math.log(bounds.keep)
        const worst = Math.min(...outcomes)
        expect(f).toBeGreaterThanOrEqual(0)
        expect(1 + f * worst).toBeGreaterThan(0)
        // A mean that is nothing but rounding is no edge either.
        if (f < 1e-9) {
          seen.none++
          return
        }
        expect(mean(outcomes, (r) => (1 + f * r) ** -lambda)).toBeLessThanOrEqual(1 + 1e-9)
        const isBound = mean(outcomes, (r) => (1 + f * 1.01 * r) ** -lambda) > 1
        const isBest = mean(outcomes, (r) => r / (1 + f * 1.01 * r)) < 0 || 1 + f * 1.01 * worst <= 0
        expect(isBound || isBest).toBe(true)
        seen[isBound ? 'bound' : 'free']++
      }),
      { numRuns },
    )
    for (const [kind, count] of Object.entries(seen)) expect(count, kind).toBeGreaterThan(numRuns / 100)
  })

  it.each([
    [{ outcomes: [] }, 'A bet needs at least one outcome.'],
    [{ outcomes: [1, Number.NaN] }, 'Outcome 1 is "NaN".'],
    [{ outcomes: [1, 0] }, 'No outcome loses: the worst is "0".'],
    [{ outcomes: coin, keep: 1 }, 'keep "1" is not a number between 0 and 1.'],
    [{ outcomes: coin, probability: 0 }, 'probability "0" is not a number between 0 and 1.'],
  ])('refuses %o', (options, message) => {
    expect(() => riskConstrainedKelly(options)).toThrow(message)
  })
})
