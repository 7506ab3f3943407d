import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type BarColumn, createBars } from '../bar.js'
import { anyBars, barsFrom } from '../testing/barsFrom.rig.js'
import { timestamp } from '../time.js'
import { validateBars } from './validate.js'

const rows = [
  [60_000, 10, 12, 9, 11, 5],
  [120_000, 10, 12, 9, 11, 5],
  [180_000, 10, 12, 9, 11, 5],
] as const

describe('validateBars', () => {
  it('finds nothing wrong with sound bars and gives them back', () => {
    fc.assert(
      fc.property(anyBars(), (bars) => {
        const checked = validateBars(bars)
        expect(checked.bars).toBe(bars)
        expect(checked.issues).toEqual([])
      }),
    )
  })

  const defects: readonly (readonly [BarColumn, number, string, BarColumn])[] = [
    ['close', Number.NaN, 'notFinite', 'close'],
    ['high', Number.POSITIVE_INFINITY, 'notFinite', 'high'],
    ['volume', Number.NaN, 'notFinite', 'volume'],
    ['low', 0, 'badPrice', 'low'],
    ['low', -1, 'badPrice', 'low'],
    ['volume', -1, 'negativeVolume', 'volume'],
    ['low', 13, 'brokenRange', 'low'],
    ['open', 8, 'brokenRange', 'open'],
    ['close', 12.5, 'brokenRange', 'close'],
    ['time', Number.NaN, 'badTime', 'time'],
    ['time', 120_000.5, 'badTime', 'time'],
    ['time', 9e15, 'badTime', 'time'],
    ['time', 60_000, 'duplicate', 'time'],
    ['time', 0, 'outOfOrder', 'time'],
    ['time', 121_000, 'misaligned', 'time'],
  ]
  it.each(defects)('finds %s %d as %s', (column, value, kind, named) => {
    const bars = barsFrom(rows, 60_000)
    bars[column][1] = value
    const level = kind === 'misaligned' ? 'note' : 'error'
    const index = 1
    expect(validateBars(bars).issues).toEqual([
      { kind, level, instrument: bars.instrument, index, time: bars.time[1], column: named, value: bars[named][1] },
    ])
  })

  it('accepts a close exactly at the high, a volume of zero and a bar that closes now', () => {
    const bars = barsFrom([[60_000, 9, 12, 9, 12, 0]], 60_000)
    expect(validateBars(bars, { now: timestamp(60_000) }).issues).toEqual([])
    expect(validateBars(bars, { now: timestamp(59_999) }).issues).toMatchObject([{ kind: 'future', index: 0 }])
  })

  it('takes the grid from most bars, unless it is given, and has none beyond a day', () => {
    const shifted = barsFrom(
      [60_030, 120_030, 180_000].map((time) => [time, 1, 1, 1, 1, 1]),
      60_000,
    )
    expect(validateBars(shifted).issues).toMatchObject([{ kind: 'misaligned', index: 2 }])
    expect(validateBars(shifted, { offset: 0 }).issues).toHaveLength(2)
    const before1970 = barsFrom(
      [
        [-120_000, 1, 1, 1, 1, 1],
        [-60_000, 1, 1, 1, 1, 1],
      ],
      60_000,
    )
    expect(validateBars(before1970, { offset: 0 }).issues).toEqual([])
    expect(
      validateBars(
        barsFrom(
          [
            [7, 1, 1, 1, 1, 1],
            [900_000_000, 1, 1, 1, 1, 1],
          ],
          604_800_000,
        ),
      ).issues,
    ).toEqual([])
  })

  it.each([0, -1, 0.5, Number.NaN])('refuses the interval %d', (interval) => {
    const bars = createBars('X-USD.test', interval, 1)
    expect(() => validateBars(bars)).toThrow(expect.objectContaining({ code: 'BAD_INTERVAL' }))
    expect(() => validateBars(bars)).toThrow(`The interval "${interval}" of X-USD.test is not a positive integer`)
  })
})
