import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dayMs, duration, floorTo, type Timestamp, timestamp } from './time.js'

const numRuns = Number(process.env.FC_NUM_RUNS ?? 500)

describe('timestamp', () => {
  it('reads dates and times as UTC', () => {
    expect(timestamp('2019-01-01')).toBe(1_546_300_800_000)
    expect(timestamp('2019-01-31T12:34')).toBe(1_548_938_040_000)
    expect(timestamp('2019-01-31 12:34:56')).toBe(1_548_938_096_000)
    expect(timestamp('2019-01-31T12:34:56.7Z')).toBe(1_548_938_096_700)
    expect(timestamp('2019-01-31T12:34:56+02:00')).toBe(1_548_930_896_000)
    expect(timestamp('2019-01-31T12:34:56-0530')).toBe(1_548_957_896_000)
    expect(timestamp('1969-12-31T23:59:59.999Z')).toBe(-1)
    expect(timestamp('2020-02-29')).toBe(1_582_934_400_000)
    expect(timestamp(0)).toBe(0)
    expect(timestamp(-1.5e12)).toBe(-1.5e12)
  })

  it('reads what dates print, for any time of four-digit years', () => {
    const years = { min: Date.UTC(0, 0) - 1900 * 366 * dayMs + 2000 * dayMs, max: Date.UTC(9999, 11, 31) }
    fc.assert(
      fc.property(fc.integer(years), (ms) => {
        const text = new Date(ms).toISOString()
        fc.pre(text.length === 24)
        expect(timestamp(text)).toBe(ms)
        expect(timestamp(text.slice(0, 10))).toBe(floorTo(ms as Timestamp, dayMs))
        expect(timestamp(text.replace('T', ' ').slice(0, 19))).toBe(floorTo(ms as Timestamp, 1000))
      }),
      { numRuns },
    )
  })

  it('refuses what is no date, and dates that do not exist', () => {
    const bad = [
      '',
      '2019',
      '2019-1-1',
      '2019-02-30',
      '2019-02-29',
      '2019-13-01',
      '2019-00-10',
      '2019-01-00',
      '2019-01-32',
      '01/02/2019',
      '2019-01-01T',
      '2019-01-01T25:00',
      '2019-01-01T12:60',
      '2019-01-01T12:00:61Z',
      '2019-01-01T12',
      '2019-01-01Z',
      'now',
      '2019-01-01T12:00:00.1234Z',
      ' 2019-01-01',
      '2019-01-01 ',
      '-2019-01-01',
    ]
    for (const text of bad) {
      expect(() => timestamp(text), text).toThrow(`Not a time: ${JSON.stringify(text)}.`)
      expect(() => timestamp(text)).toThrow(expect.objectContaining({ code: 'BAD_TIME' }))
    }
  })

  it('refuses numbers that are no safe integers', () => {
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY, 0.5, 2 ** 53]) {
      expect(() => timestamp(value)).toThrow(expect.objectContaining({ code: 'BAD_TIME' }))
    }
  })
})

describe('duration', () => {
  it('reads a count and a unit', () => {
    expect(['1ms', '30s', '1m', '4h', '1d', '2w', '1.5h', ' 90m '].map(duration)).toEqual([
      1, 30_000, 60_000, 14_400_000, 86_400_000, 1_209_600_000, 5_400_000, 5_400_000,
    ])
    expect(duration(250)).toBe(250)
  })

  it('refuses what is no positive whole number of milliseconds', () => {
    const bad = [
      '',
      '1',
      'h',
      '-1h',
      '0s',
      '1.5ms',
      '1 h',
      '1H',
      '1M',
      '1y',
      'NaNs',
      '1e3s',
      0,
      -1,
      0.5,
      Number.NaN,
      Number.POSITIVE_INFINITY,
    ]
    for (const value of bad) {
      expect(() => duration(value), String(value)).toThrow(expect.objectContaining({ code: 'BAD_DURATION' }))
    }
    expect(() => duration('1 h')).toThrow('Not a span of time: "1 h".')
  })
})

describe('floorTo', () => {
  it('gives the last whole multiple at or before, also before 1970', () => {
    expect(floorTo(timestamp('2019-01-31T12:34:56Z'), dayMs)).toBe(timestamp('2019-01-31'))
    expect(floorTo(timestamp('2019-01-31'), dayMs)).toBe(timestamp('2019-01-31'))
    expect(floorTo(timestamp('1969-12-31T23:59:59Z'), dayMs)).toBe(timestamp('1969-12-31'))
    fc.assert(
      fc.property(fc.integer({ min: -8e15, max: 8e15 }), fc.integer({ min: 1, max: 10 * dayMs }), (time, step) => {
        const floor = floorTo(time as Timestamp, step)
        expect(floor <= time && time - floor < step && Math.abs(floor % step) === 0).toBe(true)
      }),
      { numRuns },
    )
  })
})
