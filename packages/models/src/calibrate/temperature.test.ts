import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fitTemperature } from './temperature.js'

function loss(logits: readonly number[], classes: readonly number[], temperature: number): number {
  return classes.reduce((sum, truth, row) => {
    const scaled = [0, 1].map((index) => Math.exp(logits[2 * row + index]! / temperature))
    return sum - Math.log(scaled[truth]! / (scaled[0]! + scaled[1]!))
  }, 0)
}

describe('fitTemperature', () => {
  it('takes overconfidence back to the frequency', () => {
    const temperature = fitTemperature({
      logits: [2, 0, 2, 0, 2, 0, 0, 2],
      classes: Uint8Array.of(0, 0, 1, 1),
      classCount: 2,
    })
    expect(1 / (1 + Math.exp(-2 / temperature))).toBeCloseTo(0.75, 12)
  })

  it('has the smallest log loss', () => {
    const rows = fc.array(fc.tuple(fc.integer({ min: -4, max: 4 }), fc.integer({ min: 0, max: 1 })), {
      minLength: 3,
      maxLength: 30,
    })
    fc.assert(
      fc.property(rows, (data) => {
        const logits = data.flatMap(([logit]) => [0, logit])
        const classes = data.map(([, truth]) => truth)
        const temperature = fitTemperature({ logits, classes: Uint8Array.from(classes), classCount: 2 })
        const best = loss(logits, classes, temperature)
        for (const other of [0.9 * temperature, 1.1 * temperature].filter((value) => value > 0.01 && value < 100)) {
          expect(best).toBeLessThanOrEqual(loss(logits, classes, other) + 1e-9)
        }
      }),
    )
  })

  it('stays in its range where every forecast is right, or none', () => {
    expect(fitTemperature({ logits: [1, 0], classes: Uint8Array.of(0), classCount: 2 })).toBeCloseTo(0.01, 6)
    expect(fitTemperature({ logits: [1, 0], classes: Uint8Array.of(1), classCount: 2 })).toBeCloseTo(100, 6)
  })

  it.each([
    [[], [], 'NO_ROWS', '0 rows of classes are too few.'],
    [[1, 0, 1], [0], 'BAD_ROWS', '3 logits do not fit 1 rows of 2 classes.'],
    [[1, 0], [2], 'BAD_ROWS', '2 logits do not fit 1 rows of 2 classes.'],
    [[1, Number.NaN], [0], 'BAD_ROWS', 'Row 1 of logits is "NaN".'],
  ])('refuses logits %o of classes %o', (logits, classes, code, message) => {
    const run = () => fitTemperature({ logits, classes: Uint8Array.from(classes), classCount: 2 })
    expect(run).toThrow(message)
    expect(run).toThrow(expect.objectContaining({ code }))
  })
})
