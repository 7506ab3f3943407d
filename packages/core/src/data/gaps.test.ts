import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createBars } from '../bar.js'
import { anyBars, barsFrom } from '../testing/barsFrom.rig.js'
import { dayMs, timestamp } from '../time.js'
import { alwaysOpen, calendarOf, weekdays } from './calendar.js'
import { findGaps, requestsFor } from './gaps.js'

const at = (times: readonly number[], interval: number) =>
  barsFrom(
    times.map((time) => [time, 1, 1, 1, 1, 1]),
    interval,
  )
const minutes = (list: readonly number[]) =>
  at(
    list.map((minute) => minute * 60_000),
    60_000,
  )
const count = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index)

describe('findGaps', () => {
  it('accounts for every bar between the first and the last', () => {
    fc.assert(
      fc.property(anyBars({ gapMax: 5 }), (bars) => {
        const { issues, bars: same } = findGaps(bars)
        expect(same).toBe(bars)
        const missing = issues.reduce((sum, gap) => sum + gap.missing, 0)
        const span = bars.length === 0 ? 0 : (bars.time[bars.length - 1]! - bars.time[0]!) / 60_000 + 1
        expect(bars.length + missing).toBe(span)
        for (const gap of issues) expect((gap.to - gap.from) / 60_000 + 1).toBe(gap.missing)
      }),
    )
  })

  it('gives the first and the last missing bar', () => {
    const bars = minutes([...count(1, 300), ...count(302, 600), ...count(610, 900)])
    expect(findGaps(bars).issues).toEqual([
      {
        kind: 'gap',
        level: 'note',
        instrument: bars.instrument,
        from: 301 * 60_000,
        to: 301 * 60_000,
        missing: 1,
        cause: 'quiet',
      },
      {
        kind: 'gap',
        level: 'error',
        instrument: bars.instrument,
        from: 601 * 60_000,
        to: 609 * 60_000,
        missing: 9,
        cause: 'outage',
      },
    ])
  })

  it('takes the same gap for quiet where bars are missing all the time', () => {
    const thin = count(0, 400).filter((minute) => minute % 10 === 0)
    expect(findGaps(minutes(thin)).issues.every((gap) => gap.missing === 9 && gap.cause === 'quiet')).toBe(true)
  })

  it('is not misled by a longer outage on one side', () => {
    const bars = minutes([...count(1, 300), ...count(1_000, 1_100), ...count(1_110, 1_400)])
    expect(findGaps(bars).issues.map((gap) => gap.cause)).toEqual(['outage', 'outage'])
  })

  it('forgives a drift of less than half an interval', () => {
    expect(findGaps(minutes([1, 2.4, 3, 3.6])).issues).toEqual([])
    expect(findGaps(minutes([1, 2.6])).issues).toHaveLength(1)
  })

  it('does not miss weekends in a series of days, but holidays', () => {
    const friday = timestamp('2024-01-05')
    const days = [0, 3, 4, 6].map((day) => friday + dayMs * (day + 1))
    expect(findGaps(at(days, dayMs)).issues).toMatchObject([{ missing: 1, from: friday + 6 * dayMs }])
    expect(findGaps(at(days, dayMs), { calendar: alwaysOpen }).issues).toHaveLength(2)
  })

  it('does not walk through every bar of an absurd gap', () => {
    const bars = at([0, 1e13], 1)
    expect(findGaps(bars, { calendar: weekdays }).issues).toMatchObject([{ missing: 1e13 - 1 }])
  })

  it('refuses an interval of zero', () => {
    expect(() => findGaps(createBars('X-USD.test', 0, 2))).toThrow(expect.objectContaining({ code: 'BAD_INTERVAL' }))
  })
})

describe('requestsFor', () => {
  it('asks for what is missing, in pieces that a source gives', () => {
    const { issues, bars } = findGaps(minutes([1, 2, 5, 6, 11]))
    expect(requestsFor(issues, { interval: 60_000, barsMax: 3 })).toEqual([
      { instrument: bars.instrument, from: 2 * 60_000, to: 4 * 60_000 },
      { instrument: bars.instrument, from: 6 * 60_000, to: 9 * 60_000 },
      { instrument: bars.instrument, from: 9 * 60_000, to: 10 * 60_000 },
    ])
    expect(requestsFor([{ kind: 'omitted', level: 'note', count: 1 }], { interval: 60_000 })).toEqual([])
  })
})

describe('weekdays', () => {
  it('is open from Monday to Friday, before 1970 as well', () => {
    for (const monday of [timestamp('2024-01-01'), timestamp('1969-12-29'), timestamp('1950-01-02')]) {
      const week = [0, 1, 2, 3, 4, 5, 6].map((day) => weekdays(timestamp(monday + day * dayMs)))
      expect(week).toEqual([true, true, true, true, true, false, false])
    }
  })
})

describe('calendarOf', () => {
  it('sees weekdays in days without a weekend, and nothing in a single bar or in minutes', () => {
    const close = (text: string) => timestamp(text) + dayMs
    expect(calendarOf(at([close('2024-01-04'), close('2024-01-05')], dayMs))).toBe(weekdays)
    expect(calendarOf(at([close('2024-01-05'), close('2024-01-06')], dayMs))).toBe(alwaysOpen)
    expect(calendarOf(at([close('2024-01-05')], dayMs))).toBe(alwaysOpen)
    expect(calendarOf(minutes([1, 2]))).toBe(alwaysOpen)
  })
})
