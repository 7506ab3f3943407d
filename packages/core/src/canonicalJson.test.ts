import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalJson } from './canonicalJson.js'

const runs = { numRuns: Number(process.env.FC_NUM_RUNS ?? 300) }

/** JSON data, with keys such as `__proto__` left to the example tests. */
const plain = fc.jsonValue({ maxDepth: 4 }).filter((value) => !JSON.stringify(value).includes('__proto__'))

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, item]) => [key, reversed(item)]),
  )
}

describe('canonicalJson', () => {
  it('sorts keys, prints bigint as text and names what JSON lacks', () => {
    const value = { b: 1n, a: [0.5, Number.NaN, Number.NEGATIVE_INFINITY, -0], c: undefined, d: { z: null, y: true } }
    expect(canonicalJson(value)).toBe('{"a":[0.5,"NaN","-Infinity",0],"b":"1","d":{"y":true,"z":null}}')
  })

  it('sorts by code unit, so that no locale matters', () => {
    expect(canonicalJson({ ä: 1, a: 2, B: 3, '10': 4, '9': 5 })).toBe('{"10":4,"9":5,"B":3,"a":2,"ä":1}')
  })

  it('prints typed arrays as arrays', () => {
    expect(canonicalJson({ x: Float64Array.of(1, Number.NaN), y: BigInt64Array.of(2n) })).toBe(
      '{"x":[1,"NaN"],"y":["2"]}',
    )
  })

  it('reads a key named __proto__ as data', () => {
    expect(canonicalJson(JSON.parse('{"__proto__":{"a":1}}'))).toBe('{"__proto__":{"a":1}}')
  })

  it('does not depend on the order in which keys were added, and stays readable JSON', () => {
    fc.assert(
      fc.property(plain, (value) => {
        const text = canonicalJson(value)
        expect(canonicalJson(reversed(value))).toBe(text)
        expect(canonicalJson(JSON.parse(text))).toBe(text)
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value, (_, item) => (item === 0 ? 0 : item))))
      }),
      runs,
    )
  })

  it.each([
    [{ a: [{ b: () => 1 }] }, 'Not plain data: value.a[0].b is function.'],
    [{ a: [1, undefined] }, 'Not plain data: value.a[1] is undefined.'],
    [new Array(1), 'Not plain data: value[0] is undefined.'],
    [{ at: new Date(0) }, 'Not plain data: value.at is an instance of "Date".'],
    [new Map([['a', 1]]), 'Not plain data: value is an instance of "Map".'],
    [Symbol('s'), 'Not plain data: value is symbol.'],
    [new DataView(new ArrayBuffer(1)), 'Not plain data: value is an instance of "DataView".'],
  ])('refuses what is no plain data: %o', (value, message) => {
    expect(() => canonicalJson(value)).toThrow(expect.objectContaining({ code: 'NOT_PLAIN_DATA' }))
    expect(() => canonicalJson(value)).toThrow(message)
  })

  it('refuses a cycle instead of running out of stack', () => {
    const loop: Record<string, unknown> = {}
    loop.self = loop
    expect(() => canonicalJson(loop)).toThrow('is nested over 100 deep.')
  })
})
