import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { barColumns, createBars, sliceBars } from './bar.js'
import { createBarsHasher, hashBars } from './hashBars.js'
import { createHasher } from './hasher.js'
import type { InstrumentId } from './instrument.js'

const runs = { numRuns: Number(process.env.FC_NUM_RUNS ?? 200) }
const doubles = fc.array(fc.oneof(fc.double(), fc.constantFrom(0, -0, Number.NaN, 1e308)), { maxLength: 3_000 })

describe('createHasher', () => {
  it('is SHA-256 over framed little-endian bytes', () => {
    const bytes = Buffer.alloc(5 + 4 + 9)
    bytes.writeUInt8(1, 0)
    bytes.writeUInt32LE(4, 1)
    bytes.write('"ab"', 5)
    bytes.writeUInt8(2, 9)
    bytes.writeDoubleLE(1.5, 10)
    const expected = createHash('sha256').update(bytes).digest('hex')
    expect(createHasher().text('ab').number(1.5).digest()).toBe(expected)
  })

  it('gives the digest its documentation shows', () => {
    expect(createHasher().text('seed').number(1).digest().slice(0, 8)).toBe('5936e06c')
  })

  it('hashes a column as its raw little-endian doubles', () => {
    const bytes = Buffer.alloc(16)
    bytes.writeDoubleLE(1, 0)
    bytes.writeDoubleLE(-2.5, 8)
    expect(createHasher().column(Float64Array.of(1, -2.5)).digest()).toBe(
      createHash('sha256').update(bytes).digest('hex'),
    )
  })

  it('tells one text from the same letters in two texts, and text from a number', () => {
    const digests = [
      createHasher().text('ab').digest(),
      createHasher().text('a').text('b').digest(),
      createHasher().text('').text('ab').digest(),
      createHasher().text('1').digest(),
      createHasher().number(1).digest(),
      createHasher().json('ab').digest(),
      createHasher().text('\ud800').digest(),
      createHasher().text('\ud801').digest(),
      createHasher().digest(),
    ]
    expect(new Set(digests).size).toBe(digests.length)
  })

  it('gives one digest to 0 and -0, and one to every NaN', () => {
    const nan = new Float64Array(new Uint32Array([1, 0xfff80000]).buffer)
    expect(createHasher().number(-0).digest()).toBe(createHasher().number(0).digest())
    expect(createHasher().column(nan).digest()).toBe(createHasher().column(Float64Array.of(Number.NaN)).digest())
    expect(createHasher().json(-0).digest()).toBe(createHasher().json(0).digest())
  })

  it('hashes a column in pieces as it hashes the whole', () => {
    fc.assert(
      fc.property(doubles, fc.array(fc.nat(3_000), { maxLength: 5 }), (list, cuts) => {
        const column = Float64Array.from(list)
        const pieces = createHasher()
        let from = 0
        for (const cut of [...cuts, column.length].sort((a, b) => a - b)) {
          pieces.column(column.subarray(from, cut))
          from = Math.min(cut, column.length)
        }
        expect(pieces.digest()).toBe(createHasher().column(column).digest())
      }),
      runs,
    )
  })

  it('changes with every bit of every value', () => {
    fc.assert(
      fc.property(fc.integer(), fc.nat(51), (n, bit) => {
        const column = Float64Array.of(1, n + 0.5, 3)
        const before = createHasher().column(column).digest()
        const words = new Uint32Array(column.buffer)
        words[bit < 32 ? 2 : 3]! ^= 1 << (bit % 32)
        expect(createHasher().column(column).digest()).not.toBe(before)
      }),
      runs,
    )
  })

  it('may go on after a digest', () => {
    const hasher = createHasher().text('a')
    const first = hasher.digest()
    expect(hasher.digest()).toBe(first)
    expect(hasher.text('b').digest()).toBe(createHasher().text('a').text('b').digest())
  })

  it('sorts the keys of data', () => {
    expect(createHasher().json({ a: 1n, b: 2 }).digest()).toBe(createHasher().json({ b: 2, a: 1n }).digest())
    expect(() => createHasher().json({ a: () => 1 })).toThrow('Not plain data: value.a is function.')
  })
})

describe('hashBars', () => {
  const series = (length: number, instrument = 'BTC-USDT.test', interval = 60_000) => {
    const bars = createBars(instrument, interval, length)
    for (const [index, name] of barColumns.entries()) {
      for (let row = 0; row < length; row++) bars[name][row] = row * 6 + index
    }
    return bars
  }

  it('does not depend on where the columns lie in memory', () => {
    const whole = series(100)
    expect(hashBars(sliceBars(whole, 0, 50))).toBe(hashBars(series(50)))
  })

  it('equals the hash of the same bars in chunks', () => {
    fc.assert(
      fc.property(fc.nat(2_500), fc.array(fc.nat(2_500), { maxLength: 4 }), (length, cuts) => {
        const bars = series(length)
        const hasher = createBarsHasher(bars.instrument, bars.interval)
        let from = 0
        for (const cut of [...cuts, length].sort((a, b) => a - b)) {
          hasher.push(sliceBars(bars, from, cut))
          from = Math.min(cut, length)
        }
        expect(hasher.digest()).toBe(hashBars(bars))
      }),
      runs,
    )
  })

  it('changes with the instrument, the interval, any value and the length', () => {
    const changed = series(10)
    changed.volume[9]! += 1
    const digests = [series(10), series(10, 'ETH-USDT.test'), series(10, 'BTC-USDT.test', 1), changed, series(9)]
    expect(new Set(digests.map(hashBars)).size).toBe(digests.length)
    expect(hashBars(createBars('A.b', 1, 0))).toBe(createBarsHasher('A.b' as InstrumentId, 1).digest())
  })
})
