import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sampleTail } from './sampleTail.js'
import { confidences, losses, pairsOfLosses } from './tailArbitraries.rig.js'

const runs = { numRuns: Number(process.env.FC_NUM_RUNS ?? 300) }
const control = { numRuns: 20_000 }

const figures = ['valueAtRisk', 'expectedShortfall'] as const

/** Room for rounding, relative to the largest loss. */
function slack(...samples: readonly (readonly number[])[]): number {
  return 1e-12 * Math.max(1e-300, ...samples.flat().map(Math.abs))
}

describe('value at risk and expected shortfall of a sample', () => {
  it('takes the loss of rank ⌈α·n⌉ without interpolation', () => {
    const hundred = Array.from({ length: 100 }, (_, i) => i + 1)
    expect(sampleTail(hundred).valueAtRisk).toBe(95)
    expect(sampleTail(hundred, { confidencePerMille: 951 }).valueAtRisk).toBe(96)
    expect(sampleTail(hundred, { confidencePerMille: 990 }).valueAtRisk).toBe(99)
    expect(sampleTail(hundred, { confidencePerMille: 999 }).valueAtRisk).toBe(100)
    expect(sampleTail(hundred, { confidencePerMille: 1 }).valueAtRisk).toBe(1)
  })

  it('weights the boundary loss by its share of the tail', () => {
    // 10 losses, 85 %: the tail of 1.5 losses is the tenth and half of the ninth.
    const ten = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]
    expect(sampleTail(ten, { confidencePerMille: 850 }).expectedShortfall).toBeCloseTo((10 + 0.5 * 9) / 1.5, 14)
    expect(sampleTail(ten, { confidencePerMille: 800 }).expectedShortfall).toBeCloseTo(9.5, 14)
    expect(sampleTail(ten, { confidencePerMille: 990 })).toEqual({ valueAtRisk: 10, expectedShortfall: 10 })
  })

  it('leaves the sample as it was and reports gains as negative losses', () => {
    const sample = Object.freeze([-1, -3, -2])
    const { valueAtRisk, expectedShortfall } = sampleTail(sample, { confidencePerMille: 500 })
    expect(valueAtRisk).toBe(-2)
    expect(expectedShortfall).toBeCloseTo(-4 / 3, 14)
  })

  it('rises with confidence', () => {
    fc.assert(
      fc.property(losses, confidences, confidences, (sample, one, other) => {
        const [low, high] = [Math.min(one, other), Math.max(one, other)]
        const [mild, harsh] = [low, high].map((confidencePerMille) => sampleTail(sample, { confidencePerMille }))
        for (const figure of figures) {
          expect(mild![figure]).toBeLessThanOrEqual(harsh![figure] + slack(sample))
        }
      }),
      runs,
    )
  })

  it('has a shortfall of at least value at risk, at least the mean and at most the largest loss', () => {
    const seen = { total: 0, split: 0, whole: 0, above: 0, tied: 0 }
    fc.assert(
      fc.property(losses, confidences, (sample, confidencePerMille) => {
        const { valueAtRisk, expectedShortfall } = sampleTail(sample, { confidencePerMille })
        const mean = sample.reduce((sum, loss) => sum + loss / sample.length, 0)
        expect(expectedShortfall).toBeGreaterThanOrEqual(valueAtRisk)
        expect(expectedShortfall).toBeGreaterThanOrEqual(mean - slack(sample))
        expect(expectedShortfall).toBeLessThanOrEqual(Math.max(...sample) + slack(sample))
        seen.total++
        if ((sample.length * confidencePerMille) % 1_000 === 0) seen.whole++
        else seen.split++
        if (expectedShortfall > valueAtRisk) seen.above++
        if (sample.filter((loss) => loss === valueAtRisk).length > 1) seen.tied++
      }),
      runs,
    )
    const { total, ...kinds } = seen
    for (const [kind, count] of Object.entries(kinds)) expect(count / total, kind).toBeGreaterThan(0.01)
  })

  it('scales with the position and shifts with a sure gain', () => {
    fc.assert(
      fc.property(
        losses,
        confidences,
        fc.integer({ min: 0, max: 50 }),
        fc.integer(),
        (sample, confidencePerMille, k, c) => {
          const before = sampleTail(sample, { confidencePerMille })
          const scaled = sampleTail(
            sample.map((loss) => k * loss),
            { confidencePerMille },
          )
          const shifted = sample.map((loss) => loss - c)
          const after = sampleTail(shifted, { confidencePerMille })
          for (const figure of figures) {
            expect(Math.abs(scaled[figure] - k * before[figure])).toBeLessThanOrEqual(50 * slack(sample))
            expect(Math.abs(after[figure] - (before[figure] - c))).toBeLessThanOrEqual(slack(sample, [c]))
          }
        },
      ),
      runs,
    )
  })

  it('rises when every loss does', () => {
    fc.assert(
      fc.property(pairsOfLosses, confidences, ([sample, more], confidencePerMille) => {
        const worse = sample.map((loss, i) => loss + Math.abs(more[i]!))
        const [mild, harsh] = [sample, worse].map((list) => sampleTail(list, { confidencePerMille }))
        for (const figure of figures) {
          expect(mild![figure]).toBeLessThanOrEqual(harsh![figure] + slack(sample, worse))
        }
      }),
      runs,
    )
  })

  it('has a shortfall that diversification never raises', () => {
    const seen = { total: 0, strict: 0 }
    fc.assert(
      fc.property(pairsOfLosses, confidences, ([x, y], confidencePerMille) => {
        const sum = x.map((loss, i) => loss + y[i]!)
        const [a, b, both] = [x, y, sum].map((list) => sampleTail(list, { confidencePerMille }).expectedShortfall)
        expect(both).toBeLessThanOrEqual(a! + b! + slack(x, y))
        seen.total++
        if (both! < a! + b! - slack(x, y)) seen.strict++
      }),
      runs,
    )
    expect(seen.strict / seen.total).toBeGreaterThan(0.1)
  })

  it('has a shortfall that is convex in the mix of two portfolios', () => {
    fc.assert(
      fc.property(
        pairsOfLosses,
        confidences,
        fc.integer({ min: 0, max: 100 }),
        ([x, y], confidencePerMille, percent) => {
          const w = percent / 100
          const mix = x.map((loss, i) => w * loss + (1 - w) * y[i]!)
          const [a, b, both] = [x, y, mix].map((list) => sampleTail(list, { confidencePerMille }).expectedShortfall)
          expect(both).toBeLessThanOrEqual(w * a! + (1 - w) * b! + slack(x, y))
        },
      ),
      runs,
    )
  })

  it('does not depend on the order of the sample, to the last bit', () => {
    fc.assert(
      fc.property(losses, confidences, fc.nat(), (sample, confidencePerMille, turn) => {
        const at = turn % sample.length
        const turned = [...sample.slice(at), ...sample.slice(0, at)].reverse()
        expect(sampleTail(turned, { confidencePerMille })).toEqual(sampleTail(sample, { confidencePerMille }))
      }),
      runs,
    )
  })

  it('has the least value of v + E(L - v)⁺ / (1 - α) as its shortfall', () => {
    fc.assert(
      fc.property(losses, confidences, fc.nat(), (sample, confidencePerMille, pick) => {
        const { valueAtRisk, expectedShortfall } = sampleTail(sample, { confidencePerMille })
        const beyond = 1 - confidencePerMille / 1_000
        const at = (v: number): number => {
          return v + sample.reduce((sum, loss) => sum + Math.max(0, loss - v), 0) / sample.length / beyond
        }
        // Rounding of the sum is raised by the division.
        const room = slack(sample) / beyond
        expect(Math.abs(at(valueAtRisk) - expectedShortfall)).toBeLessThanOrEqual(room)
        expect(at(sample[pick % sample.length]!)).toBeGreaterThanOrEqual(expectedShortfall - room)
      }),
      runs,
    )
  })

  it('is exceeded by at most the share 1 - α of the sample', () => {
    fc.assert(
      fc.property(losses, confidences, (sample, confidencePerMille) => {
        const { valueAtRisk } = sampleTail(sample, { confidencePerMille })
        const exceeding = sample.filter((loss) => loss > valueAtRisk).length
        expect(1_000 * exceeding).toBeLessThanOrEqual((1_000 - confidencePerMille) * sample.length)
        const below = sample.filter((loss) => loss < valueAtRisk).length
        expect(1_000 * below).toBeLessThan(confidencePerMille * sample.length)
      }),
      runs,
    )
  })
})

describe('negative controls: what these properties would find', () => {
  /** The figure most people write first. */
  function naiveShortfall(sample: readonly number[], confidencePerMille: number): number {
    const { valueAtRisk } = sampleTail(sample, { confidencePerMille })
    const tail = sample.filter((loss) => loss >= valueAtRisk)
    return tail.reduce((sum, loss) => sum + loss, 0) / tail.length
  }

  it('finds that the mean of the losses at or above value at risk is not sub-additive', () => {
    const found = fc.check(
      fc.property(pairsOfLosses, confidences, ([x, y], confidencePerMille) => {
        const sum = x.map((loss, i) => loss + y[i]!)
        const [a, b, both] = [x, y, sum].map((list) => naiveShortfall(list, confidencePerMille))
        return both! <= a! + b! + 1e-9 * (1 + Math.abs(a!) + Math.abs(b!))
      }),
      control,
    )
    expect(found.failed).toBe(true)
  })

  it('finds that value at risk is not sub-additive', () => {
    const found = fc.check(
      fc.property(pairsOfLosses, confidences, ([x, y], confidencePerMille) => {
        const sum = x.map((loss, i) => loss + y[i]!)
        const [a, b, both] = [x, y, sum].map((list) => sampleTail(list, { confidencePerMille }).valueAtRisk)
        return both! <= a! + b! + 1e-9 * (1 + Math.abs(a!) + Math.abs(b!))
      }),
      control,
    )
    expect(found.failed).toBe(true)
  })
})

describe('bad samples', () => {
  it('refuses losses that are no finite numbers, and none at all', () => {
    for (const bad of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, '1' as unknown as number]) {
      expect(() => sampleTail([1, bad, 3])).toThrow(expect.objectContaining({ code: 'NOT_FINITE' }))
    }
    expect(() => sampleTail([0, Number.NaN])).toThrow('Loss 1 is "NaN" and not a finite number.')
    expect(() => sampleTail([])).toThrow('A tail needs at least one loss and got none.')
    expect(() => sampleTail([])).toThrow(expect.objectContaining({ code: 'NO_DATA' }))
  })

  it('refuses a confidence that is no integer from 1 to 999', () => {
    for (const confidencePerMille of [0, 1_000, -5, 0.95, 99.5, Number.NaN, '950' as unknown as number]) {
      expect(() => sampleTail([1], { confidencePerMille })).toThrow(expect.objectContaining({ code: 'BAD_CONFIDENCE' }))
    }
    expect(() => sampleTail([1], { confidencePerMille: 0.95 })).toThrow(
      'confidencePerMille 0.95 is not an integer from 1 to 999.\n  95 % is 950',
    )
  })
})
