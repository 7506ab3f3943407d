import { describe, expect, it } from 'vitest'
import { decodeText, detectDelimiter, splitLine } from './line.js'

describe('splitLine', () => {
  it.each([
    ['a,b,c', ['a', 'b', 'c']],
    [' a , b ', ['a', 'b']],
    ['', ['']],
    ['a,', ['a', '']],
    ['"a","b"', ['a', 'b']],
    [' "a" ,b', ['a', 'b']],
    ['"a,b",c', ['a,b', 'c']],
    ['"a ""b""",c', ['a "b"', 'c']],
    ['"",x', ['', 'x']],
    ['"a"b,c', ['ab', 'c']],
    ['a"b,c', ['a"b', 'c']],
  ])('cuts %j', (line, fields) => {
    expect(splitLine(line, ',')).toEqual(fields)
  })

  it('says that a quoted field does not end', () => {
    expect(splitLine('1,"2,3', ',')).toBe('openQuote')
  })
})

describe('detectDelimiter', () => {
  it.each([
    ['a,b,c', ','],
    ['a;b;c', ';'],
    ['a\tb\tc', '\t'],
    ['a;b;c,d', ';'],
    ['alone', ','],
  ])('sees how %j is cut', (line, delimiter) => {
    expect(detectDelimiter(line)).toBe(delimiter)
  })
})

describe('decodeText', () => {
  it('reads UTF-8, and bytes that are none one by one', () => {
    const bytes = new TextEncoder().encode('xprécio €x')
    expect(decodeText(bytes, 1, bytes.length - 1)).toBe('précio €')
    expect(decodeText(Uint8Array.of(0x61, 0xe9), 0, 2)).toBe('aé')
    expect(decodeText(new TextEncoder().encode('100%'), 0, 4)).toBe('100%')
  })
})
