import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { smoothColumn } from './smoothColumn.js'
import { ExponentialAverage, emaSpec } from './smoothing.js'

const inputs = fc.array(
  fc.oneof(
    { weight: 8, arbitrary: fc.integer({ min: -50, max: 50 }) },
    { weight: 1, arbitrary: fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, 1.7e308, -1.7e308) },
  ),
  { maxLength: 40 },
)
const specs = fc.constantFrom('hold' as const, 'propagate' as const).chain((nan) =>
  fc.constantFrom(emaSpec(4, 'sma', nan), emaSpec(1, 'sma', nan), emaSpec(4, 'first', nan), {
    alpha: 0.25,
    seedLength: 3,
    seedDivisor: 4,
    firstValue: 'after',
    nan,
  } as const),
)

describe('smoothColumn', () => {
  it('gives the bits of an exponential average, over holes and sums beyond the largest double, and in place', () => {
    fc.assert(
      fc.property(inputs, specs, (values, spec) => {
        const average = new ExponentialAverage(spec)
        const expected = Float64Array.from(values, (value) => {
          average.input = value
          average.advance()
          return average.value
        })
        const column = Float64Array.from(values)
        smoothColumn(column, spec, column)
        expect(column).toEqual(expected)
      }),
    )
  })
})
