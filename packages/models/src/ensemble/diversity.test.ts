import { createRandom } from '@astertrade/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Diversity, diversity } from './diversity.js'
import { lossCovariance } from './lossCovariance.js'
import { minimumVariance } from './minimumVariance.js'

/** Losses of independent experts; the columns named in `clones` repeat the first. */
function losses(size: number, rows: number, clones: readonly number[] = []): Float64Array {
  const random = createRandom(5).stream('losses')
  const made = Float64Array.from({ length: size * rows }, () => random.uniform())
  for (let row = 0; row < rows; row++) for (const clone of clones) made[row * size + clone] = made[row * size]!
  return made
}

function spreadOf(share: number, columns: Float64Array, size: number, weights: readonly number[]) {
  const spread = diversity({ experts: size, share, lossMax: 1 })
  for (let at = 0; at < columns.length; at += size) spread.push(columns.subarray(at, at + size))
  const changed = Float64Array.from(weights)
  spread.spread(changed)
  return { weights: [...changed], effectiveNumber: spread.effectiveNumber(changed), spread }
}

const varianceOf = (covariance: Float64Array, weights: Float64Array): number =>
  weights.reduce(
    (sum, a, i) => sum + weights.reduce((row, b, j) => row + a * b * covariance[i * weights.length + j]!, 0),
    0,
  )

describe('minimumVariance', () => {
  const covariances = fc
    .record({
      size: fc.integer({ min: 2, max: 6 }),
      entries: fc.array(fc.integer({ min: -4, max: 4 }), { minLength: 60, maxLength: 60 }),
    })
    .map(({ size, entries }) => lossCovariance(Float64Array.from(entries.slice(0, 10 * size)), size).covariance)

  it('has a smaller variance than any mixture on a grid around it, and weights that are 0 or more', () => {
    fc.assert(
      fc.property(covariances, (covariance) => {
        const size = Math.sqrt(covariance.length)
        const weights = minimumVariance(covariance, size)
        const least = varianceOf(covariance, weights)
        expect(weights.reduce((a, b) => a + b)).toBeCloseTo(1, 9)
        for (let i = 0; i < size; i++) {
          expect(weights[i]).toBeGreaterThanOrEqual(0)
          for (let j = 0; j < size; j++) {
            const moved = weights.slice()
            const step = Math.min(0.01, moved[i]!)
            moved[i] = moved[i]! - step
            moved[j] = moved[j]! + step
            expect(varianceOf(covariance, moved)).toBeGreaterThanOrEqual(least - 1e-6)
          }
        }
      }),
    )
  })

  it('weighs independent experts by the inverse of their variance', () => {
    const weights = minimumVariance(Float64Array.of(1, 0, 0, 4), 2)
    expect([...weights].map((weight) => weight.toFixed(9))).toEqual(['0.800000000', '0.200000000'])
  })
})

describe('lossCovariance', () => {
  it('is the sample covariance, shrunk little where there is much to see', () => {
    const columns = losses(3, 5_000, [1])
    const { covariance, correlation, shrinkage } = lossCovariance(columns, 3)
    expect(shrinkage).toBeLessThan(0.01)
    expect(covariance[0]).toBeCloseTo(1 / 12, 2)
    expect(correlation[1]).toBeCloseTo(1, 12)
    expect(Math.abs(correlation[2]!)).toBeLessThan(0.05)
  })

  it('shrinks noise of equal variance entirely to the diagonal', () => {
    const { covariance, shrinkage } = lossCovariance(losses(8, 20), 8)
    expect(shrinkage).toBeGreaterThan(0.5)
    expect(Math.abs(covariance[1]!)).toBeLessThan(covariance[0]! / 2)
    const trace = Array.from({ length: 8 }, (_, index) => covariance[9 * index]!).reduce((a, b) => a + b)
    expect(trace / 8).toBeCloseTo(1 / 12, 1)
  })

  it('keeps the sum of the variances, however much it shrinks', () => {
    const columns = losses(3, 12)
    const variance = (column: number): number => {
      const own = columns.filter((_, at) => at % 3 === column)
      const mean = own.reduce((a, b) => a + b) / 12
      return own.reduce((sum, loss) => sum + (loss - mean) ** 2, 0) / 12
    }
    const { covariance } = lossCovariance(columns, 3)
    expect(covariance[0]! + covariance[4]! + covariance[8]!).toBeCloseTo(variance(0) + variance(1) + variance(2), 12)
  })

  it('is positive semidefinite with losses missing', () => {
    const columns = losses(4, 60).map((loss, at) => (at % 3 === 0 || (at % 4 === 1 && at < 160) ? Number.NaN : loss))
    const { covariance } = lossCovariance(columns, 4)
    const random = createRandom(1).stream('directions')
    for (let trial = 0; trial < 200; trial++) {
      expect(
        varianceOf(
          covariance,
          Float64Array.from({ length: 4 }, () => random.normal()),
        ),
      ).toBeGreaterThanOrEqual(0)
    }
  })

  it('sees no correlation beside losses that never change', () => {
    const columns = losses(2, 50).map((loss, at) => (at % 2 === 0 ? loss : 0.1))
    expect([...lossCovariance(columns, 2).correlation]).toEqual([1, 0, 0, 1])
  })
})

describe('diversity', () => {
  it('gives two clones together what one would get', () => {
    const { weights, effectiveNumber } = spreadOf(0.3, losses(3, 250, [1]), 3, [1 / 3, 1 / 3, 1 / 3])
    expect(weights[0]! + weights[1]!).toBeCloseTo(0.5, 1)
    expect(weights[0]).toBeCloseTo(weights[1]!, 6)
    expect(effectiveNumber).toBeCloseTo(2, 1)
  })

  it('counts independent experts in full', () => {
    expect(spreadOf(0.3, losses(4, 250), 4, [0.25, 0.25, 0.25, 0.25]).effectiveNumber).toBeGreaterThan(3.2)
  })

  it('keeps the sum, and whoever sleeps asleep', () => {
    const { weights } = spreadOf(0.3, losses(4, 250, [1]), 4, [0.4, 0.2, 0, 0.1])
    expect(weights.reduce((a, b) => a + b)).toBeCloseTo(0.7, 12)
    expect(weights[2]).toBe(0)
  })

  it('changes nothing at a share of 0, nor before it has seen enough', () => {
    const even = [0.25, 0.25, 0.5]
    expect(spreadOf(0, losses(3, 250, [1]), 3, even).weights).toEqual(even)
    expect(spreadOf(0.3, losses(3, 25, [1]), 3, even).weights).toEqual(even)
  })

  it('leaves the weight of an expert alone that was awake too seldom', () => {
    const columns = losses(3, 250, [1]).map((loss, at) => (at % 3 === 2 && at > 60 ? Number.NaN : loss))
    const { weights } = spreadOf(0.3, columns, 3, [0.2, 0.4, 0.4])
    expect(weights[2]! / (weights[0]! + weights[1]!)).toBeCloseTo(4 / 3, 9)
  })

  it('spreads nothing to experts that lose too much', () => {
    const spread = diversity({ experts: 3, share: 0.3, lossMax: 0.5 })
    const columns = losses(3, 250).map((loss, at) => (at % 3 === 2 ? 0.6 + loss / 1_000 : loss / 2))
    for (let at = 0; at < columns.length; at += 3) spread.push(columns.subarray(at, at + 3))
    const weights = Float64Array.of(0.9, 0.05, 0.05)
    spread.spread(weights)
    expect(weights[2]).toBe(0.05)
    expect(weights[1]).toBeGreaterThan(0.1)
  })

  it('forgets what is older than 250 rounds', () => {
    const spread = diversity({ experts: 1, share: 0, lossMax: 1 })
    for (let round = 0; round < 300; round++) spread.push(Float64Array.of(round < 50 ? 1 : 0.25))
    expect(spread.record(0)).toEqual({ rounds: 250, meanLoss: 0.25 })
  })

  it('continues from a snapshot', () => {
    const columns = losses(3, 300, [1])
    const [one, other] = [0, 1].map(() => diversity({ experts: 3, share: 0.3, lossMax: 1 })) as [Diversity, Diversity]
    for (let at = 0; at < columns.length; at += 3) {
      if (at === 600) other.restore(one.snapshot())
      one.push(columns.subarray(at, at + 3))
      if (at >= 600) other.push(columns.subarray(at, at + 3))
    }
    const [a, b] = [Float64Array.of(0.2, 0.3, 0.5), Float64Array.of(0.2, 0.3, 0.5)]
    one.spread(a)
    other.spread(b)
    expect([...b]).toEqual([...a])
  })
})
