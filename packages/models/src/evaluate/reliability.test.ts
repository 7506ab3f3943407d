import { createRandom } from '@astertrade/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { brier, brierParts } from './brier.js'
import { reliability } from './reliability.js'
import { reliabilitySvg } from './reliabilitySvg.js'

const forecasts = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 8 }), fc.integer({ min: 0, max: 1 })), { minLength: 4, maxLength: 60 })
  .map((rows) => ({
    probabilities: Float64Array.from(rows, ([eighths]) => eighths / 8),
    outcomes: Uint8Array.from(rows, ([, outcome]) => outcome),
  }))

/** Outcomes drawn with the probabilities that `claim` makes something else of. */
function drawn(claim: (probability: number) => number) {
  const random = createRandom(3).stream('reliability')
  const truth = Float64Array.from({ length: 20_000 }, () => random.uniform())
  const outcomes = Uint8Array.from(truth, (probability) => (random.uniform() < probability ? 1 : 0))
  return { probabilities: truth.map(claim), outcomes }
}

describe('brierParts', () => {
  it('adds up to the score: reliability - resolution + uncertainty', () => {
    fc.assert(
      fc.property(forecasts, ({ probabilities, outcomes }) => {
        const { score, reliability, resolution, uncertainty } = brierParts({ probabilities, outcomes })
        expect(reliability - resolution + uncertainty).toBeCloseTo(score, 12)
        const both = Array.from(probabilities).flatMap((probability) => [1 - probability, probability])
        expect(brier({ probabilities: both, classes: outcomes, classCount: 2 })).toBeCloseTo(score, 12)
      }),
    )
  })
})

describe('reliability', () => {
  it('finds calibrated forecasts calibrated, and overconfident ones not', () => {
    expect(reliability(drawn((probability) => probability)).calibrationError).toBeLessThan(0.015)
    const bold = reliability(drawn((probability) => (probability > 0.5 ? 0.95 : 0.05)))
    expect(bold.calibrationError).toBeGreaterThan(0.15)
    expect(bold.bins).toHaveLength(2)
  })

  it('puts each row into one bin, in rising order, and never cuts equal probabilities', () => {
    fc.assert(
      fc.property(forecasts, (rows) => {
        const { bins } = reliability({ ...rows, bins: 4 })
        expect(bins.reduce((sum, { count }) => sum + count, 0)).toBe(rows.outcomes.length)
        const means = bins.map(({ forecast }) => forecast)
        expect(means).toEqual([...new Set(means)].sort((a, b) => a - b))
      }),
    )
  })

  it('has the standard error of a share', () => {
    const { bins } = reliability({
      probabilities: new Float64Array(4).fill(0.5),
      outcomes: Uint8Array.of(1, 1, 1, 0),
      bins: 2,
    })
    expect(bins).toEqual([{ count: 4, forecast: 0.5, observed: 0.75, standardError: 0.25 }])
  })

  it('draws a dot for each bin', () => {
    const drawing = reliabilitySvg(reliability(drawn((probability) => probability)))
    expect(drawing.match(/<circle /g)).toHaveLength(10)
    expect(drawing).toMatch(/^<svg xmlns[\s\S]*<\/svg>$/)
    expect(drawing).not.toContain('NaN')
  })

  it.each([
    [{ bins: 1 }, 'BAD_PARAMETER', 'Bins "1" is out of range.'],
    [{ bins: 3 }, 'NO_ROWS', '2 rows are fewer than 3 bins.'],
    [
      { probabilities: Float64Array.of(0.5, 1.5) },
      'BAD_ROWS',
      'Row 1 with probability "1.5" and outcome "1" is no forecast.',
    ],
    [{ outcomes: Uint8Array.of(0, 2) }, 'BAD_ROWS', 'outcome "2" is no forecast.'],
    [{ probabilities: Float64Array.of(0.5) }, 'BAD_ROWS', '2 outcomes stand beside 1 probabilities.'],
  ])('refuses %o', (change, code, message) => {
    const sound = { probabilities: Float64Array.of(0.2, 0.7), outcomes: Uint8Array.of(0, 1), bins: 2 }
    expect(() => reliability({ ...sound, ...change })).toThrow(message)
    expect(() => reliability({ ...sound, ...change })).toThrow(expect.objectContaining({ code }))
  })
})
