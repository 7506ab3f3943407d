import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { timestamp } from '../../time.js'
import { scanIsoTime } from './isoTime.js'
import { dateMs, detectForm, detectUnit, parseTime } from './time.js'

const runs = { numRuns: Number(process.env.FC_NUM_RUNS ?? 1_000) }
const noon = timestamp('2019-10-07T12:05:09Z')
const day = timestamp('2019-10-07')

describe('detectForm', () => {
  it.each([
    ['1570449909', 's'],
    ['1570449909.5', 's'],
    ['1.570449909e9', 's'],
    ['-631152000', 's'],
    ['0', 's'],
    ['1570449909000', 'ms'],
    ['-630979200000', 'ms'],
    ['1570449909000000', 'us'],
    ['1570449909000000000', 'ns'],
    ['2019-10-07', 'text'],
    ['20191007', 'text'],
    ['10/7/2019', 'text'],
    ['Oct 7 2019', 'text'],
    ['20191399', 's'],
    ['', undefined],
    ['soon', undefined],
    ['0x5d9b2a00', undefined],
  ])('sees that %s is of form %s', (text, form) => {
    expect(detectForm(text)).toBe(form)
  })

  it('takes eight digits for a number once stamps are numbers', () => {
    expect(detectUnit('20191007')).toBe('s')
    expect(detectUnit('2019-10-07')).toBeUndefined()
  })
})

describe('parseTime', () => {
  it.each([
    ['1570449909', 's', noon],
    ['1570449909.25', 's', noon + 250],
    ['1570449909000', 'ms', noon],
    ['1570449909000000', 'us', noon],
    ['1570449909000000000', 'ns', noon],
    ['1570449909123000000', 'ns', noon + 123],
    ['-630979200000', 'ms', timestamp('1950-01-03')],
    ['2019-10-07', 'text', day],
    ['2019-10-7', 'text', day],
    ['2019/10/07', 'text', day],
    ['20191007', 'text', day],
    ['10/7/2019', 'text', day],
    ['Oct 7 2019', 'text', day],
    ['October 7, 2019', 'text', day],
    ['7-Oct-2019', 'text', day],
    ['2019-10-07T12:05:09Z', 'text', noon],
    ['2019-10-07 12:05:09', 'text', noon],
    ['2019-10-07 12:05:09 UTC', 'text', noon],
    ['2019-10-07 12:05:09.250000', 'text', noon + 250],
    ['2019-10-07T14:05:09+02:00', 'text', noon],
    ['2019-10-07T06:35:09-0530', 'text', noon],
    ['2019-10-07 12:05', 'text', noon - 9_000],
    ['2019-10-07 12-PM', 'text', day + 43_200_000],
    ['2019-10-07 12-AM', 'text', day],
    ['10/7/2019 12:05:09 PM', 'text', noon],
    ['10/7/2019 0:05', 'text', day + 300_000],
    ['2020-02-29', 'text', timestamp('2020-02-29')],
  ] as const)('reads %s (%s)', (text, form, expected) => {
    expect(parseTime(text, form)).toBe(expected)
  })

  it.each([
    ['2019-02-29', 'text'],
    ['1900-02-29', 'text'],
    ['2019-13-01', 'text'],
    ['2019-00-01', 'text'],
    ['2019-04-31', 'text'],
    ['2019-10-07 24:00:00', 'text'],
    ['2019-10-07 12:60:00', 'text'],
    ['2016-12-31 23:59:60', 'text'],
    ['2019-10-07 12:05:09.0001', 'text'],
    ['13/10/2019', 'text'],
    ['Okt 7 2019', 'text'],
    ['10/7/2019 13:00 PM', 'text'],
    ['10/7/2019 0:00 AM', 'text'],
    ['7/10/19', 'text'],
    ['', 'text'],
    ['1570449909', 'text'],
    ['1570449909.0001', 's'],
    ['1570449909000.5', 'ms'],
    ['1570449909000001', 'us'],
    ['8640000000000001', 'ms'],
    ['1e400', 'ms'],
    ['2019-10-07', 'ms'],
    ['', 's'],
  ] as const)('finds no time in %s (%s)', (text, form) => {
    expect(parseTime(text, form)).toBeNaN()
  })

  it('agrees with Date in every unit for every millisecond of a thousand years', () => {
    const time = fc.integer({ min: Date.UTC(1600, 0), max: Date.UTC(2600, 0) })
    fc.assert(
      fc.property(time, (ms) => {
        const text = new Date(ms).toISOString()
        expect(parseTime(text, 'text')).toBe(ms)
        expect(parseTime(String(ms), 'ms')).toBe(ms)
        expect(parseTime(String(ms / 1_000), 's')).toBe(ms)
        expect(parseTime(`${ms}000`, 'us')).toBe(ms)
        expect(parseTime(`${ms}000000`, 'ns')).toBe(ms)
      }),
      runs,
    )
  })
})

describe('scanIsoTime', () => {
  const scan = (text: string, end = ','): readonly [number, number] => {
    const mark = { end: -1 }
    const value = scanIsoTime(new TextEncoder().encode(`${text}${end}          `), 0, mark)
    return [value, mark.end]
  }

  it('agrees with the slow path', () => {
    const time = fc.integer({ min: Date.UTC(1600, 0), max: Date.UTC(2600, 0) })
    fc.assert(
      fc.property(time, fc.constantFrom(' ', 'T'), fc.constantFrom('', 'Z'), (ms, separator, zone) => {
        const text = new Date(ms).toISOString()
        const date = text.slice(0, 10)
        expect(scan(date)).toEqual([parseTime(date, 'text'), 10])
        const full = `${date}${separator}${text.slice(11, 19)}${zone}`
        expect(scan(full)).toEqual([parseTime(full, 'text'), full.length])
      }),
      runs,
    )
  })

  it.each([
    '2019-02-29',
    '2019-1-1',
    '20190101',
    '2019-01-01 12:00',
    '2019-01-01 24:00:00',
    '2019-01-01 1x:00:00',
    'soon',
  ])('leaves %s to the slow path', (text) => {
    const [value, end] = scan(text)
    expect(Number.isNaN(value) || end < text.length).toBe(true)
  })
})

describe('dateMs', () => {
  it('knows the first and the last day of a month and no other', () => {
    expect(dateMs(1970, 1, 1)).toBe(0)
    expect(dateMs(1970, 1, 0)).toBeNaN()
    expect(dateMs(1970, 1, 32)).toBeNaN()
    expect(dateMs(1970, 13, 1)).toBeNaN()
    expect(dateMs(2000, 2, 29)).toBe(Date.UTC(2000, 1, 29))
    expect(dateMs(2100, 2, 29)).toBeNaN()
    expect(dateMs(0, 1, 1)).toBeNaN()
    expect(dateMs(Number.NaN, 1, 1)).toBeNaN()
  })
})
