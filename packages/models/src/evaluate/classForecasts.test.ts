import { describe, expect, it } from 'vitest'
import { accuracy } from './accuracy.js'
import { brier } from './brier.js'
import type { ClassForecasts } from './classForecasts.js'
import { logLoss } from './logLoss.js'

const sound: ClassForecasts = { probabilities: [0.5, 0.5, 0.2, 0.8], classes: Uint8Array.of(0, 1), classCount: 2 }

describe('scores of class forecasts', () => {
  it('has the log loss, Brier score and accuracy of hand-worked rows', () => {
    expect(logLoss(sound)).toBeCloseTo((Math.LN2 - Math.log(0.8)) / 2, 14)
    expect(brier(sound)).toBeCloseTo(0.145, 14)
    expect(accuracy({ ...sound, probabilities: [0.6, 0.4, 0.7, 0.3] })).toBe(0.5)
  })

  it('scores three classes', () => {
    const three: ClassForecasts = { probabilities: [0.2, 0.3, 0.5], classes: Uint8Array.of(2), classCount: 3 }
    expect(logLoss(three)).toBeCloseTo(Math.LN2, 14)
    expect(brier(three)).toBeCloseTo((0.04 + 0.09 + 0.25) / 2, 14)
    expect(accuracy(three)).toBe(1)
  })

  it('weighs rows, and leaves out those of weight 0', () => {
    expect(brier({ ...sound, weights: Float64Array.of(3, 1) })).toBeCloseTo((3 * 0.25 + 0.04) / 4, 14)
    expect(brier({ ...sound, weights: Float64Array.of(0, 1) })).toBeCloseTo(0.04, 14)
  })

  it('is finite for a certain mistake', () => {
    expect(logLoss({ probabilities: [1, 0], classes: Uint8Array.of(1), classCount: 2 })).toBeCloseTo(34.54, 2)
  })

  it.each([
    [{ classes: new Uint8Array(0) }, 'NO_ROWS', '0 rows of classes are too few.'],
    [{ probabilities: [0.5, 0.5] }, 'BAD_ROWS', '2 probabilities are not 2 for each of 2 rows.'],
    [{ probabilities: [0.5, Number.NaN, 0, 1] }, 'BAD_ROWS', 'Row 1 of probabilities is "NaN".'],
    [{ probabilities: [0.5, 0.5, -0.2, 1.2] }, 'BAD_ROWS', 'Row 1 has the probability "-0.2".'],
    [{ probabilities: [50, 50, 20, 80] }, 'BAD_ROWS', 'Row 0 has the probability "50".'],
    [{ classes: Uint8Array.of(0, 2) }, 'BAD_ROWS', 'Row 1 with class "2"'],
    [{ weights: Float64Array.of(1, -1) }, 'BAD_ROWS', 'and weight "-1" is no forecast.'],
    [{ weights: Float64Array.of(1) }, 'BAD_ROWS', '1 weights stand beside 2 classes.'],
    [{ weights: Float64Array.of(0, 0) }, 'NO_ROWS', 'No row has a positive weight.'],
  ])('refuses %o', (change, code, message) => {
    for (const score of [logLoss, brier, accuracy]) {
      expect(() => score({ ...sound, ...change })).toThrow(message)
      expect(() => score({ ...sound, ...change })).toThrow(expect.objectContaining({ code }))
    }
  })
})
