import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createLines } from './lines.js'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

describe('createLines', () => {
  it('cuts at line feeds, drops carriage returns and a byte order mark, and keeps empty lines', () => {
    const lines = createLines('x.jsonl')
    expect(lines.push(bytes('\ufeffa\r\n\nb'))).toEqual(['a', ''])
    expect(lines.push(bytes('c\n'))).toEqual(['bc'])
    expect(lines.finish()).toEqual([])
  })

  it('gives the last line too where no line end follows', () => {
    const lines = createLines('x.jsonl')
    expect(lines.push(bytes('a\nb'))).toEqual(['a'])
    expect(lines.finish()).toEqual(['b'])
  })

  it('gives the same lines however the bytes are cut', () => {
    const text = fc.string({ unit: fc.constantFrom('a', '€', '𝄞', '\n', '\r\n') })
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 7 }), (whole, size) => {
        const all = bytes(whole)
        const lines = createLines('x.jsonl')
        const got: string[] = []
        for (let at = 0; at < all.length; at += size) got.push(...lines.push(all.subarray(at, at + size)))
        got.push(...lines.finish())
        const wanted = whole.split('\n').map((line) => line.replace(/\r$/, ''))
        expect(got).toEqual(wanted.at(-1) === '' ? wanted.slice(0, -1) : wanted)
      }),
      { numRuns: Number(process.env.FC_NUM_RUNS ?? 100) },
    )
  })

  it('refuses bytes that are no text, also at the very end', () => {
    const notText = { name: 'DataError', code: 'NOT_TEXT', message: 'File "x.jsonl" is not UTF-8 text.' }
    expect(() => createLines('x.jsonl').push(Uint8Array.of(0xff, 0xfe, 10))).toThrowError(
      expect.objectContaining(notText),
    )
    const lines = createLines('x.jsonl')
    lines.push(bytes('€').subarray(0, 2))
    expect(() => lines.finish()).toThrowError(expect.objectContaining(notText))
  })

  it('refuses a line without end before it fills the memory, and takes the longest one', () => {
    const long = bytes('x'.repeat(1_048_576))
    const lines = createLines('x.jsonl')
    expect(lines.push(long)).toEqual([])
    expect(() => lines.push(bytes('x'))).toThrowError(
      expect.objectContaining({ name: 'DataError', code: 'LINE_TOO_LONG' }),
    )
    const fine = createLines('x.jsonl')
    fine.push(long)
    expect(fine.push(bytes('\n'))[0]).toHaveLength(1_048_576)
  })
})
