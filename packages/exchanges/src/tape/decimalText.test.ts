import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decimalText } from './decimalText.js'

describe('decimalText', () => {
  it.each([
    [0, '0'],
    [-0, '0'],
    [65000.01, '65000.01'],
    [4.2e-7, '0.00000042'],
    [-1e-7, '-0.0000001'],
    [1e21, '1000000000000000000000'],
    [1.25e22, '12500000000000000000000'],
    [Number.MIN_VALUE, `0.${'0'.repeat(323)}5`],
  ])('prints %d as %s', (value, text) => {
    expect(decimalText(value)).toBe(text)
  })

  it('gives the same number back, without an exponent', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        const text = decimalText(value)
        expect(text).toMatch(/^-?\d+(\.\d+)?$/)
        expect(Number(text)).toBe(value + 0)
      }),
    )
  })
})
