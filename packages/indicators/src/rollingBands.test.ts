import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rollingBands } from './rollingBands.js'
import { RollingMoments } from './rollingMoments.js'

/** Prices that lose digits to cancellation in every way, and what may stand where a number is missing. */
const prices = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom(100, 100.5, 101, 99.25, 100.001) },
  { weight: 2, arbitrary: fc.constantFrom(0, -0, -3, 1e-9, 1e9, -1e12) },
  { weight: 1, arbitrary: fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, 1.7e308) },
)

function emptyColumns(length: number): Record<'means' | 'lower' | 'upper', Float64Array> {
  return { means: new Float64Array(length), lower: new Float64Array(length), upper: new Float64Array(length) }
}

/** What a `RollingMoments` gives, price by price. */
function streamed(
  values: readonly number[],
  period: number,
  k: number,
): Record<'means' | 'lower' | 'upper' | 'deviations', number[]> {
  const window = new RollingMoments(period)
  const result = { means: [] as number[], lower: [] as number[], upper: [] as number[], deviations: [] as number[] }
  for (const value of values) {
    window.input = value
    window.advance()
    result.means.push(window.mean)
    result.deviations.push(window.deviation)
    result.lower.push(window.mean - k * window.deviation)
    result.upper.push(window.mean + k * window.deviation)
  }
  return result
}

const spikes: Readonly<Record<number, number>> = { 100: 50, 101: -48 }

/** A random walk with a spike to both sides now and then, which leaves the mean as it was. */
function walk(length: number): number[] {
  let state = 7
  let price = 100
  return Array.from({ length }, (_, index) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    price += state / 2 ** 32 - 0.5
    return price * (spikes[index % 211] ?? 1)
  })
}

describe('rolling bands', () => {
  it('give the bits of a stream, whatever the digits lost and the holes between', () => {
    fc.assert(
      fc.property(fc.array(prices, { maxLength: 80 }), fc.integer({ min: 1, max: 9 }), (values, period) => {
        const bands = emptyColumns(values.length)
        rollingBands(Float64Array.from(values), { period, scale: 1 / period, center: 1, k: 2 }, bands)
        const { means, lower, upper, deviations } = streamed(values, period, 2)
        expect([...bands.means]).toEqual(means)
        expect([...bands.lower]).toEqual(lower)
        expect([...bands.upper]).toEqual(upper)
        const one = new Float64Array(values.length)
        const columns = { means: one, lower: one, upper: one }
        rollingBands(Float64Array.from(values), { period, scale: 1 / period, center: 0, k: 1 }, columns)
        expect([...one]).toEqual(deviations)
      }),
    )
  })

  it.each([2, 7, 20, 60])('give the bits of a stream over a walk with spikes, period %i', (period) => {
    const values = walk(5_000)
    const bands = emptyColumns(values.length)
    rollingBands(Float64Array.from(values), { period, scale: 1 / period, center: 1, k: 2 }, bands)
    const { lower, upper } = streamed(values, period, 2)
    expect([...bands.lower]).toEqual(lower)
    expect([...bands.upper]).toEqual(upper)
  })
})
