import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { RollingTotal, rollingTotals } from './rollingTotal.js'
import { compensatedSum } from './testing/compensated.js'

const period = 5
/** Sizes that a running sum would confuse, and what may stand where a number is missing. */
const sizes = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(0, 1, 3, 0.1, 1e-9, 1e12, 1e18) },
  { weight: 1, arbitrary: fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, 1.7e308) },
)

/** The sum of each window by definition, or `NaN` where it is not full of finite values. */
function totalsOf(values: readonly number[]): number[] {
  return values.map((_, index) => {
    const window = values.slice(Math.max(0, index - period + 1), index + 1)
    return window.length < period ? Number.NaN : compensatedSum(window)
  })
}

describe('rolling totals', () => {
  it('keep 15 digits whatever left the window before, and are 0 exactly when every input is', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(0, 0.1, 3, 1e-9, 1e12, 1e18), { maxLength: 60 }), (values) => {
        const out = new Float64Array(values.length)
        rollingTotals(Float64Array.from(values), period, out)
        for (const [index, exact] of totalsOf(values).entries()) {
          if (Number.isNaN(exact)) expect(out[index]).toBeNaN()
          else expect(Math.abs(out[index]! - exact)).toBeLessThanOrEqual(1e-15 * exact)
        }
      }),
    )
  })

  it('give the same bits in both forms, after holes and sums beyond the largest double as well', () => {
    fc.assert(
      fc.property(fc.array(sizes, { maxLength: 60 }), (values) => {
        const out = new Float64Array(values.length)
        rollingTotals(Float64Array.from(values), period, out)
        const window = new RollingTotal(period)
        for (const [index, value] of values.entries()) {
          const peeked = window.peek(value)
          window.input = value
          window.advance()
          expect([window.sum, peeked]).toEqual([out[index], out[index]])
          expect(window.isReady).toBe(!Number.isNaN(window.sum))
        }
      }),
    )
  })

  it('are never infinite', () => {
    const window = new RollingTotal(2)
    const sums = [1.7e308, 1.7e308, 1, 2, 3].map((value) => {
      window.input = value
      window.advance()
      return window.sum
    })
    expect(sums).toEqual([Number.NaN, Number.NaN, Number.NaN, 3, 5])
  })
})
