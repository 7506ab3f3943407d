import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Bars, barColumns, createBars, sliceBars } from '../bar.js'
import { anyBars, barsFrom } from '../testing/barsFrom.rig.js'
import { dayMs, timestamp } from '../time.js'
import { resampleBars } from './resample.js'

const rowsOf = (bars: Bars): number[][] =>
  Array.from({ length: bars.length }, (_, index) => barColumns.map((name) => bars[name][index]!))
const minute = 60_000

describe('resampleBars', () => {
  it('takes first open, highest high, lowest low, last close and the sum of volume, stamped at the close', () => {
    const bars = barsFrom(
      [
        [1 * minute, 10, 12, 9, 11, 1],
        [2 * minute, 11, 15, 11, 14, 2],
        [3 * minute, 14, 14, 8, 9, 3],
        [4 * minute, 9, 10, 9, 10, 4],
      ],
      minute,
    )
    const { bars: pairs, issues } = resampleBars(bars, { interval: '2m' })
    expect(rowsOf(pairs)).toEqual([
      [2 * minute, 10, 15, 9, 14, 3],
      [4 * minute, 14, 14, 8, 10, 7],
    ])
    expect([pairs.interval, pairs.instrument, issues]).toEqual([2 * minute, bars.instrument, []])
  })

  it('leaves out buckets that the data do not reach the edges of, and says so', () => {
    const bars = barsFrom(
      [2, 3, 4, 5].map((at) => [at * minute, 1, 1, 1, 1, 1]),
      minute,
    )
    const { bars: pairs, issues } = resampleBars(bars, { interval: '2m' })
    expect([...pairs.time]).toEqual([4 * minute])
    expect(issues).toEqual(
      [2, 6].map((at) => ({
        kind: 'partialBucket',
        level: 'note',
        instrument: bars.instrument,
        time: at * minute,
        interval: 2 * minute,
        present: 1,
        expected: 2,
      })),
    )
  })

  it('keeps a bucket that lacks bars in its middle or at an inner edge, with a note, and leaves an empty one missing', () => {
    const bars = barsFrom(
      [1, 3, 4, 6, 11, 12].map((at) => [at * minute, 1, 1, 1, 1, 1]),
      minute,
    )
    const { bars: triples, issues } = resampleBars(bars, { interval: '3m' })
    expect([...triples.time].map((time) => time / minute)).toEqual([3, 6, 12])
    expect(issues.map(({ kind, present }) => [kind, present])).toEqual([
      ['thinBucket', 2],
      ['thinBucket', 2],
      ['thinBucket', 2],
    ])
  })

  it('never uses a bar later than the close of its bucket, and what is added later changes no bucket', () => {
    fc.assert(
      fc.property(anyBars({ gapMax: 4 }), fc.integer({ min: 1, max: 7 }), fc.nat(60), (bars, count, cut) => {
        const interval = count * minute
        const whole = rowsOf(resampleBars(bars, { interval }).bars)
        const part = rowsOf(resampleBars(sliceBars(bars, 0, cut), { interval }).bars)
        expect(whole.slice(0, part.length)).toEqual(part)
        for (const [time, , high, low, , volume] of whole) {
          const inside = rowsOf(bars).filter((row) => row[0]! <= time! && row[0]! > time! - interval)
          expect(high).toBe(Math.max(...inside.map((row) => row[2]!)))
          expect(low).toBe(Math.min(...inside.map((row) => row[3]!)))
          expect(volume).toBe(inside.reduce((sum, row) => sum + row[5]!, 0))
        }
      }),
    )
  })

  it('gives the same by one step or by two', () => {
    fc.assert(
      fc.property(anyBars({ gapMax: 0 }), (bars) => {
        const six = rowsOf(resampleBars(bars, { interval: '6m' }).bars)
        const { bars: pairs } = resampleBars(bars, { interval: '2m' })
        expect(rowsOf(resampleBars(pairs, { interval: '6m' }).bars)).toEqual(six)
      }),
    )
  })

  it('gives bars of the same interval back', () => {
    const bars = barsFrom(
      [
        [minute, 1, 2, 1, 2, 3],
        [2 * minute, 2, 3, 1, 1, 4],
      ],
      minute,
    )
    expect(rowsOf(resampleBars(bars, { interval: minute }).bars)).toEqual(rowsOf(bars))
    expect(resampleBars(sliceBars(bars, 0, 0), { interval: '1h' }).bars.length).toBe(0)
  })

  it('begins weeks on Monday unless told otherwise', () => {
    const monday = timestamp('2024-01-01')
    const days = barsFrom(
      Array.from({ length: 14 }, (_, day) => [monday + (day + 1) * dayMs, 1, 1, 1, 1, 1]),
      dayMs,
    )
    expect([...resampleBars(days, { interval: '1w' }).bars.time]).toEqual([monday + 7 * dayMs, monday + 14 * dayMs])
    const thursday = timestamp('2024-01-04')
    expect([...resampleBars(days, { interval: '1w', offset: 0 }).bars.time]).toEqual([thursday + 7 * dayMs])
  })

  it('refuses an interval that old bars do not fit into', () => {
    const bars = createBars('X-USD.test', 120_000, 1)
    expect(() => resampleBars(bars, { interval: '3m' })).toThrow(expect.objectContaining({ code: 'BAD_INTERVAL' }))
    expect(() => resampleBars(bars, { interval: '3m' })).toThrow('Bars of 120000 ms do not fit into bars of 180000 ms.')
    expect(() => resampleBars(bars, { interval: '1m' })).toThrow('do not fit')
    expect(() => resampleBars(bars, { interval: 'x' })).toThrow(expect.objectContaining({ code: 'BAD_DURATION' }))
  })

  it('refuses an offset that is no integer', () => {
    const bars = createBars('X-USD.test', 60_000, 1)
    for (const offset of [Number.NaN, Number.POSITIVE_INFINITY, 0.5]) {
      expect(() => resampleBars(bars, { interval: '1h', offset })).toThrow(
        expect.objectContaining({
          code: 'BAD_PARAMETER',
          message: expect.stringContaining(`The offset "${offset}" of the buckets is not an integer of milliseconds.`),
        }),
      )
    }
  })
})
