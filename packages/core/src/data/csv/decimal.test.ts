import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Mark, parseDecimal, scanDecimal } from './decimal.js'

const runs = { numRuns: Number(process.env.FC_NUM_RUNS ?? 2_000) }

function scan(text: string, end = ','): { value: number; read: number } {
  const bytes = new TextEncoder().encode(`x${text}${end}`)
  const mark: Mark = { end: -1 }
  const value = scanDecimal(bytes, 1, mark)
  return { value, read: mark.end - 1 }
}

/** Decimals without a sign of up to 40 digits, with and without point and exponent. */
const digits = fc.string({ unit: fc.constantFrom(...'0123456789'), maxLength: 20 })
const decimal = fc
  .tuple(digits, digits, fc.boolean(), fc.option(fc.integer({ min: -330, max: 310 })))
  .filter(([whole, fraction]) => whole.length + fraction.length > 0)
  .map(
    ([whole, fraction, dot, power]) =>
      `${whole}${dot || fraction ? '.' : ''}${fraction}${power === null ? '' : `e${power}`}`,
  )

describe('scanDecimal', () => {
  it('equals Number of the text bit for bit', () => {
    fc.assert(
      fc.property(decimal, fc.constantFrom(',', '\n', ';', '\r', '\t', ' '), (text, end) => {
        expect(scan(text, end)).toEqual({ value: Number(text), read: text.length })
      }),
      runs,
    )
  })

  it('equals Number of every double printed in full', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, noNaN: true }), (value) => {
        fc.pre(value !== Number.POSITIVE_INFINITY)
        expect(scan(String(value)).value).toBe(value)
        expect(scan(value.toPrecision(17)).value).toBe(value)
      }),
      runs,
    )
  })

  it.each([
    '0',
    '00',
    '0.0',
    '.5',
    '5.',
    '123456789',
    '1234567890',
    '123456789012345',
    '1234567890123456',
    '0.1',
    '0.30000000000000004',
    '999999999.999999',
    '1577836800000',
    '9007199254740993',
    '0.000000000000001',
    '0.0000000000000001',
    '4.465107127e+10',
    '1E5',
    '1e308',
    '1e400',
    '5e-324',
    '1e-400',
    '1'.repeat(400),
    `0.${'0'.repeat(400)}1`,
  ])('reads %s as Number does', (text) => {
    expect(scan(text)).toEqual({ value: Number(text), read: text.length })
  })

  it('stops where the number ends', () => {
    expect(scan('1.5.2')).toEqual({ value: 1.5, read: 3 })
    expect(scan('12x')).toEqual({ value: 12, read: 2 })
    expect(scan('-5')).toEqual({ value: -5, read: 2 })
    expect(scan('+0.5')).toEqual({ value: 0.5, read: 4 })
  })

  it.each(['', '-', '.', 'e5', '1e', '1e+', 'x', '"1"', ' 1', 'NaN', '1.e', '--1', '1-1e'])(
    'finds no number in %j',
    (text) => {
      const { value, read } = scan(text)
      expect(Number.isNaN(value) || read < text.length).toBe(true)
    },
  )
})

describe('parseDecimal', () => {
  it.each(['1', '-1.5', '+2', '.5', '5.', '1e5', '-1E-5', '0', '-0'])('reads %s as Number does', (text) => {
    expect(parseDecimal(text)).toBe(Number(text))
  })

  it.each([
    '',
    ' ',
    ' 1',
    '1 ',
    '0x10',
    '0b1',
    'Infinity',
    '-Infinity',
    'NaN',
    'null',
    '1_000',
    '1,5',
    '1.2.3',
    '.',
    '-',
    '1e',
    '١',
    '1\n',
  ])('refuses %j', (text) => {
    expect(parseDecimal(text)).toBeNaN()
  })
})
