import { describe, expect, it } from 'vitest'
import { type Bars, barColumns } from '../bar.js'
import { dayMs, timestamp } from '../time.js'
import { type CsvOptions, parseCsv } from './csv.js'

const instrument = 'BTC-USD.test'
const header = 'ts_ms,open,high,low,close,volume'
const encode = (text: string): Uint8Array => new TextEncoder().encode(text)
const parse = (text: string, options: Partial<CsvOptions> = {}) => parseCsv(encode(text), { instrument, ...options })
const columnsOf = (bars: Bars) => Object.fromEntries(barColumns.map((name) => [name, [...bars[name]]]))

describe('parseCsv', () => {
  it('stamps bars by their close, which is one interval after the open in the file', () => {
    const { bars, issues } = parse(`${header}\n1546300800000,1,4,0.5,2,10\n1546300860000,2,3,2,2.5,0\n`)
    expect(bars).toMatchObject({ instrument, interval: 60_000, length: 2 })
    expect(columnsOf(bars)).toEqual({
      time: [1546300860000, 1546300920000],
      open: [1, 2],
      high: [4, 3],
      low: [0.5, 2],
      close: [2, 2.5],
      volume: [10, 0],
    })
    expect(issues).toEqual([])
    expect(bars.time.buffer).toBeInstanceOf(SharedArrayBuffer)
  })

  it('keeps stamps that are closes already', () => {
    const { bars } = parse(`${header}\n1546300800000,1,4,0.5,2,10\n1546300860000,2,3,2,2.5,0\n`, { timeIs: 'close' })
    expect([...bars.time]).toEqual([1546300800000, 1546300860000])
  })

  it('takes the most common step of the first rows for the interval, unless one is given', () => {
    const text = `${header}\n0,1,1,1,1,1\n60000,1,1,1,1,1\n300000,1,1,1,1,1\n360000,1,1,1,1,1\n`
    expect(parse(text).bars.interval).toBe(60_000)
    expect(parse(text, { interval: '30s' }).bars.interval).toBe(30_000)
    expect(parse(`${header}\n0,1,1,1,1,1\n`, { interval: '1h' }).bars.time[0]).toBe(3_600_000)
  })

  const row = '10,12,9,11,5'
  const sameFile: readonly (readonly [string, string])[] = [
    ['other case and order', 'Volume,CLOSE,low,High,Open,Date\n5,11,9,12,10,2019-01-01\n5,11,9,12,10,2019-01-02\n'],
    ['short names', `t,o,h,l,c,v\n2019-01-01,${row}\n2019-01-02,${row}\n`],
    ['seconds', `time,open,high,low,close,volume\n1546300800,${row}\n1546387200,${row}\n`],
    ['microseconds', `time,open,high,low,close,volume\n1546300800000000,${row}\n1546387200000000,${row}\n`],
    ['nanoseconds', `time,open,high,low,close,volume\n1546300800000000000,${row}\n1546387200000000000,${row}\n`],
    ['no header', `1546300800000,${row}\n1546387200000,${row}\n`],
    ['no header and dates', `2019-01-01,${row}\n2019-01-02,${row}\n`],
    ['named months', `date,open,high,low,close,volume\nJan 1 2019,${row}\nJan 2 2019,${row}\n`],
    ['compact dates', `date,open,high,low,close,volume\n20190101,${row}\n20190102,${row}\n`],
    ['date-times', `datetime,open,high,low,close,volume\n2019-01-01 00:00:00,${row}\n2019-01-02T00:00:00Z,${row}\n`],
    ['a nameless index', `,Open,High,Low,Close,Volume\n2019-01-01,${row}\n2019-01-02,${row}\n`],
    ['line ends of Windows', `date,open,high,low,close,volume\r\n2019-01-01,${row}\r\n2019-01-02,${row}\r\n`],
    ['a byte order mark', `\ufeffdate,open,high,low,close,volume\n2019-01-01,${row}\n2019-01-02,${row}\n`],
    ['blank lines', `\n\ndate,open,high,low,close,volume\n\n2019-01-01,${row}\n  \n2019-01-02,${row}\n\n\n`],
    [
      'quotes',
      `"date","open","high","low","close","volume"\n"2019-01-01","10","12","9","11","5"\n2019-01-02,"10",12,9,11,5\n`,
    ],
    ['semicolons', `date;open;high;low;close;volume\n2019-01-01;10;12;9;11;5\n2019-01-02;10;12;9;11;5\n`],
    ['tabs', `date\topen\thigh\tlow\tclose\tvolume\n2019-01-01\t10\t12\t9\t11\t5\n2019-01-02\t10\t12\t9\t11\t5\n`],
    ['spaces and signs', `date,open,high,low,close,volume\n2019-01-01, 10 ,+12, 9,11,5\n2019-01-02 ,10,12,9,11, 5\n`],
    ['marks in names', `<DATE>,1. open,High*,Low,Close/Last,Vol.\n2019-01-01,${row}\n2019-01-02,${row}\n`],
    ['exponents', `date,open,high,low,close,volume\n2019-01-01,1e1,1.2E+1,9,11,5\n2019-01-02,10,12,900e-2,11,5\n`],
    ['a volume named by its asset', `date,open,high,low,close,Volume BTC\n2019-01-01,${row}\n2019-01-02,${row}\n`],
  ]
  it.each(sameFile)('reads the same bars from a file with %s', (_name, text) => {
    const { bars, issues } = parse(text)
    expect(columnsOf(bars)).toEqual({
      time: [timestamp('2019-01-02'), timestamp('2019-01-03')],
      open: [10, 10],
      high: [12, 12],
      low: [9, 9],
      close: [11, 11],
      volume: [5, 5],
    })
    expect(bars.interval).toBe(dayMs)
    expect(issues).toEqual([])
  })

  it('reads the twelve columns of a Binance kline file without a header', () => {
    const klines = [
      '1546300800000,10,12,9,11,5,1546300859999,55,7,2,22,0',
      '1546300860000,11,11,11,11,0,1546300919999,0,0,0,0,0',
    ].join('\n')
    expect(columnsOf(parse(`${klines}\n`).bars)).toMatchObject({ close: [11, 11], volume: [5, 0] })
  })

  it('notes columns that it does not use, a missing volume, lines above the header and a missing line end', () => {
    const text = `# by hand\ndate,symbol,open,high,low,close,note\n2019-01-01,X,10,12,9,11,"a,b"\n2019-01-02,X,10,12,9,11,`
    const { bars, issues } = parse(text, { file: 'a.csv' })
    expect([...bars.volume]).toEqual([0, 0])
    expect(issues).toEqual([
      { kind: 'preamble', level: 'note', file: 'a.csv', line: 1 },
      { kind: 'unknownColumn', level: 'note', file: 'a.csv', line: 2, column: 'symbol' },
      { kind: 'unknownColumn', level: 'note', file: 'a.csv', line: 2, column: 'note' },
      { kind: 'noVolume', level: 'note', file: 'a.csv', line: 2 },
      { kind: 'noLineEnd', level: 'note', file: 'a.csv', line: 4 },
    ])
  })

  it('reads a file that crosses 1970, where milliseconds look like seconds', () => {
    const days = Array.from({ length: 2_000 }, (_, index) => (index - 1_000) * dayMs)
    const { bars } = parse(`${header}\n${days.map((day) => `${day},1,1,1,1,1`).join('\n')}\n`)
    expect([...bars.time]).toEqual(days.map((day) => day + dayMs))
  })

  it('ignores thousands of other columns', () => {
    const names = Array.from({ length: 3_000 }, (_, index) => `x${index}`)
    const values = names.map((_, index) => index)
    const { bars, issues } = parse(`${names},${header}\n${values},0,1,2,1,2,3\n${values},60000,1,2,1,2,4\n`)
    expect([...bars.volume]).toEqual([3, 4])
    expect(issues).toHaveLength(1_001)
    expect(issues.at(-1)).toEqual({ kind: 'omitted', level: 'repaired', count: 2_000 })
  })

  it('takes a tab at the end for a field without a name', () => {
    const rows = [
      'date\topen\thigh\tlow\tclose\tvolume\t',
      '2019-01-01\t10\t12\t9\t11\t5\t',
      '2019-01-02\t10\t12\t9\t11\t5\t',
    ]
    const { bars, issues } = parse(`${rows.join('\n')}\n`)
    expect(bars.length).toBe(2)
    expect(issues).toMatchObject([{ kind: 'unknownColumn', column: '' }])
  })
})

describe('a day and a time of day in two columns', () => {
  it('are read as one', () => {
    const rows = (day: string) => `${day},09:00,1,3,1,2,5\n${day},09:01,1,3,1,2,5\n`
    for (const [header, day] of [
      ['date,time', '2024-01-31'],
      ['<DATE>,<TIME>', '2024.01.31'],
    ]) {
      const text = `${header},open,high,low,close,volume\n${rows(day!)}`
      const { bars, issues } = parseCsv(new TextEncoder().encode(text), { instrument: 'X-USD.test' })
      expect([...bars.time]).toEqual([timestamp('2024-01-31T09:01:00Z'), timestamp('2024-01-31T09:02:00Z')])
      expect(issues).toEqual([])
    }
  })

  it('are not joined where the time column is whole', () => {
    const text = 'date,time,open,high,low,close\nMon,1706700000,1,3,1,2\nTue,1706786400,1,3,1,2\n'
    const { bars } = parseCsv(new TextEncoder().encode(text), { instrument: 'X-USD.test', timeIs: 'close' })
    expect([...bars.time]).toEqual([1_706_700_000_000, 1_706_786_400_000])
  })
})
