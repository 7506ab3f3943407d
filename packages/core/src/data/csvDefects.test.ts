import { describe, expect, it } from 'vitest'
import { type Bars, barColumns } from '../bar.js'
import { timestamp } from '../time.js'
import { type CsvOptions, createCsvReader, parseCsv } from './csv.js'
import type { DataError } from './dataError.js'

const instrument = 'BTC-USD.test'
const header = 'ts_ms,open,high,low,close,volume'
const encode = (text: string): Uint8Array => new TextEncoder().encode(text)
const parse = (text: string, options: Partial<CsvOptions> = {}) => parseCsv(encode(text), { instrument, ...options })
const columnsOf = (bars: Bars) => Object.fromEntries(barColumns.map((name) => [name, [...bars[name]]]))
const kindsOf = (issues: readonly { readonly kind: string }[]): string[] => issues.map((issue) => issue.kind)

/** The `DataError` that a call throws, as plain fields. */
function thrown(call: () => unknown): {
  code: string
  message: string
  file: unknown
  line: unknown
  column: unknown
  value: unknown
  hints: readonly string[]
} {
  try {
    call()
  } catch (error) {
    const { name, code, message, file, line, column, value, hints } = error as DataError
    expect(name).toBe('DataError')
    return { code, message, file, line, column, value, hints }
  }
  throw new Error('It did not throw.')
}

describe('parseCsv', () => {
  describe('throws at the first defect, naming file, line and value', () => {
    const rows = (bad: string): string => `${header}\n0,10,12,9,11,5\n60000,10,12,9,11,5\n${bad}\n180000,10,12,9,11,5\n`
    const defects: readonly (readonly [string, string, string, string | undefined, string])[] = [
      ['malformed', '120000,10,12', '4: the row has 3 fields, not as many as the header.', undefined, '3'],
      ['too many fields', '120000,10,12,9,11,5,6', '4: the row has 7 fields', undefined, '7'],
      ['an open quote', '120000,10,"12,9,11,5', '4: a quoted field is not closed.', undefined, ''],
      ['text', '120000,10,12,9,abc,5', '4: close "abc" is not a finite number.', 'close', 'abc'],
      ['NaN', '120000,10,12,9,NaN,5', '4: close "NaN" is not a finite number.', 'close', 'NaN'],
      ['null', '120000,null,null,null,null,null', '4: open "null" is not a finite number.', 'open', 'null'],
      ['nothing', '120000,10,12,9,,5', '4: close "" is not a finite number.', 'close', ''],
      ['infinity', '120000,10,Infinity,9,11,5', '4: high "Infinity" is not a finite number.', 'high', 'Infinity'],
      ['a huge number', '120000,10,1e400,9,11,5', '4: high "1e400" is not a finite number.', 'high', '1e400'],
      ['a huge integer', `120000,10,${'9'.repeat(400)},9,11,5`, '4: high "9999', 'high', '9'.repeat(80)],
      ['hexadecimal', '120000,0x10,12,9,11,5', '4: open "0x10" is not a finite number.', 'open', '0x10'],
      ['a decimal comma', '120000,"10,5",12,9,11,5', '4: open "10,5" is not a finite number.', 'open', '10,5'],
      ['a negative price', '120000,10,12,-9,11,5', '4: low "-9" is not above zero.', 'low', '-9'],
      ['a price of zero', '120000,10,12,0,11,5', '4: low "0" is not above zero.', 'low', '0'],
      ['negative volume', '120000,10,12,9,11,-5', '4: volume "-5" is negative.', 'volume', '-5'],
      ['high below low', '120000,10,8,9,10,5', '4: low "9" is out of range', 'low', '9'],
      ['an open above the high', '120000,13,12,9,11,5', '4: open "13" is out of range', 'open', '13'],
      ['a close below the low', '120000,10,12,9,8,5', '4: close "8" is out of range', 'close', '8'],
      ['no time', 'soon,10,12,9,11,5', '4: ts_ms "soon" is not a time.', 'ts_ms', 'soon'],
      ['half a millisecond', '120000.5,10,12,9,11,5', '4: ts_ms "120000.5" is not a time.', 'ts_ms', '120000.5'],
      ['a time beyond all times', '9e15,10,12,9,11,5', '4: ts_ms "9e15" is not a time.', 'ts_ms', '9e15'],
      [
        'the same row again',
        '60000,10,12,9,11,5',
        '4: the row of "1970-01-01T00:01:00.000Z" is there twice.',
        'ts_ms',
        '1970-01-01T00:01:00.000Z',
      ],
      [
        'the same time again',
        '60000,10,12,9,11,6',
        '4: two rows of "1970-01-01T00:01:00.000Z" differ.',
        'ts_ms',
        '1970-01-01T00:01:00.000Z',
      ],
      [
        'an older row',
        '30000,10,12,9,11,5',
        '4: ts_ms "1970-01-01T00:00:30.000Z" is before the row above.',
        'ts_ms',
        '1970-01-01T00:00:30.000Z',
      ],
      ['the header again', header, '4: ts_ms "ts_ms" is not a time.', 'ts_ms', 'ts_ms'],
      [
        'bytes that are no text',
        '\u0001\u0002,10,12,9,11,5',
        '4: ts_ms "\\u0001\\u0002" is not a time.',
        'ts_ms',
        '\u0001\u0002',
      ],
    ]
    it.each(defects)('%s', (_name, bad, message, column, value) => {
      const error = thrown(() => parse(rows(bad), { file: 'prices.csv' }))
      expect(error).toMatchObject({ code: 'BAD_ROW', file: 'prices.csv', line: 4, column })
      expect(error.message).toContain(`prices.csv:${message}`)
      expect(error.message).toMatch(/onDefect: 'repair'/)
      if (value !== '') expect(error.value).toBe(value)
      expect(thrown(() => parse(rows(bad))).message).toContain(`Line ${message}`)
    })

    it.each(defects)('and drops or sorts that row where defects are repaired: %s', (_name, bad) => {
      const { bars, issues } = parse(rows(bad), { file: 'prices.csv', onDefect: 'repair' })
      const isLate = bad.startsWith('30000')
      expect([...bars.time]).toEqual(isLate ? [30_000, 60_000, 90_000, 210_000] : [60_000, 120_000, 240_000])
      expect(issues).toHaveLength(1)
      expect(issues[0]).toMatchObject({ level: 'repaired', file: 'prices.csv', line: 4 })
    })
  })

  it('tells a cut last line from a bad one', () => {
    const text = `${header}\n0,10,12,9,11,5\n60000,10,12,9,11,5\n120000,10,12,9`
    const error = thrown(() => parse(text, { file: 'a.csv' }))
    expect(error).toMatchObject({ code: 'BAD_ROW', line: 4, value: '120000,10,12,9' })
    expect(error.message).toContain('a.csv:4: the last line is cut off: "120000,10,12,9".\n  Fetch the file again')
    const { bars, issues } = parse(text, { onDefect: 'repair' })
    expect(bars.length).toBe(2)
    expect(issues).toMatchObject([{ kind: 'truncated', level: 'repaired', line: 4 }])
  })

  const gzip = new Uint8Array([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 10, 3])
  const useless: readonly (readonly [string, Uint8Array, string, string])[] = [
    ['nothing', encode(''), 'EMPTY_FILE', 'a.csv is empty.'],
    ['blank lines only', encode('\n \n\r\n'), 'EMPTY_FILE', 'a.csv is empty.'],
    ['a byte order mark only', encode('\ufeff'), 'EMPTY_FILE', 'a.csv is empty.'],
    ['a header only', encode(`${header}\n`), 'NO_ROWS', 'a.csv has a header but no row.'],
    ['gzip bytes', gzip, 'NOT_TEXT', 'a.csv is gzip, not text.\n  Decompress it first'],
    ['a zip archive', encode('PK\u0003\u0004'), 'NOT_TEXT', 'a.csv is a zip archive, not text.'],
    ['Parquet', encode('PAR1\u0015\n'), 'NOT_TEXT', 'a.csv is Parquet, not text.'],
    ['Zstandard', Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, 10), 'NOT_TEXT', 'a.csv is Zstandard, not text.'],
    ['UTF-16', Uint8Array.of(0xff, 0xfe, 0x74, 0), 'NOT_TEXT', 'a.csv is UTF-16, not text.\n  Save it as UTF-8.'],
    ['other binary bytes', Uint8Array.of(1, 0, 2, 10, 3), 'NOT_TEXT', 'a.csv is binary, not text.'],
    ['one byte of them', Uint8Array.of(0), 'NOT_TEXT', 'a.csv is binary, not text.'],
    [
      'a title without columns',
      encode('Bitcoin\n'),
      'MISSING_COLUMN',
      'a.csv:1 has no column for time, open, high, low, close.',
    ],
    [
      'closes only',
      encode('date,close\n2019-01-01,5\n'),
      'MISSING_COLUMN',
      'a.csv:1 has no column for open, high, low.',
    ],
    [
      'a misspelt name',
      encode('date,open,high,low,clsoe\n'),
      'MISSING_COLUMN',
      'Is "clsoe" the close? Then name it "close".',
    ],
    [
      'two closes',
      encode('date,open,high,low,close,Close\n'),
      'AMBIGUOUS_COLUMN',
      'two columns for close: "close" and "Close".',
    ],
    [
      'seven columns without names',
      encode('0,1,1,1,1,1,1\n'),
      'NO_HEADER',
      'a.csv:1 is no header, and rows of 7 fields need one.',
    ],
    [
      'too many columns',
      encode(`${'x,'.repeat(10_000)}\n`),
      'TOO_MANY_COLUMNS',
      'a.csv:1 has 10001 fields, over 10000.',
    ],
    ['a line without end', encode('x'.repeat(1_048_577)), 'LINE_TOO_LONG', 'a.csv:1 is over 1 MiB long.'],
    [
      'a single row',
      encode('2019-01-01,1,1,1,1,1'),
      'NO_INTERVAL',
      'The interval of a.csv cannot be seen from a single row.',
    ],
    ['bad rows only', encode(`${header}\nx,1,1,1,1,1\n`), 'NO_ROWS', 'a.csv:2: ts_ms "x" is not a time (repaired)'],
  ]
  it.each(useless)('throws even where defects are repaired for %s', (_name, bytes, code, message) => {
    const error = thrown(() => parseCsv(bytes, { instrument, file: 'a.csv', onDefect: 'repair' }))
    expect(error).toMatchObject({ code, file: 'a.csv' })
    expect(error.message).toContain(message)
  })

  it.each([
    ['seconds among milliseconds', '1546300800000', '1546300860', '"1546300860" is in s, those before it are in ms.'],
    [
      'milliseconds among seconds',
      '1546300800',
      '1546300860000',
      '"1546300860000" is in ms, those before it are in s.',
    ],
    ['microseconds among milliseconds', '1546300800000', '1546300860000000', 'is in us, those before it are in ms.'],
    ['a date among numbers', '1546300800000', '2019-01-01', '"2019-01-01" is a date, those before it are in ms.'],
    ['a number among dates', '2019-01-01', '1546387200000', '"1546387200000" is in ms, those before it are a date.'],
  ])('refuses %s, repaired or not', (_name, first, second, message) => {
    const text = `time,open,high,low,close,volume\n${first},1,1,1,1,1\n${second},1,1,1,1,1\n`
    for (const onDefect of ['throw', 'repair'] as const) {
      const error = thrown(() => parse(text, { file: 'a.csv', onDefect }))
      expect(error).toMatchObject({ code: 'MIXED_UNITS', file: 'a.csv', line: 3, column: 'time', value: second })
      expect(error.message).toContain(`a.csv:3: time ${message.startsWith('is') ? `"${second}" ` : ''}${message}`)
    }
  })

  const dated = (...dates: readonly string[]): string =>
    `date,open,high,low,close,volume\n${dates.map((date) => `${date},1,1,1,1,1\n`).join('')}`

  it('reads dates with slashes as month/day/year once a date of the file tells', () => {
    const { bars } = parse(dated('1/11/2019', '1/12/2019', '1/13/2019'), { timeIs: 'close' })
    expect([...bars.time]).toEqual(['2019-01-11', '2019-01-12', '2019-01-13'].map((day) => timestamp(day)))
  })

  it('hands out no bar while month and day cannot be told apart', () => {
    const reader = createCsvReader({ instrument, interval: '1d' })
    reader.push(encode(dated('1/11/2019', '1/12/2019')))
    expect(reader.take().length).toBe(0)
    reader.push(encode('1/13/2019,1,1,1,1,1\n'))
    expect(reader.take().length).toBe(3)
  })

  it.each([
    [
      'AMBIGUOUS_DATE',
      2,
      ['01/02/2019', '02/02/2019', '03/02/2019'],
      '"01/02/2019" may be month/day or day/month, and no other date of the file tells.',
    ],
    [
      'AMBIGUOUS_DATE',
      3,
      ['01/02/2019', '13/02/2019'],
      '"13/02/2019" has its day first; dates with slashes are read as month/day/year.',
    ],
    ['AMBIGUOUS_DATE', 2, ['31/01/2019'], '"31/01/2019" has its day first;'],
    [
      'MIXED_UNITS',
      3,
      ['01/14/2019', '2019-01-15', '2019-01-16'],
      '"2019-01-15" is written in another way than "01/14/2019" of line 2.',
    ],
    [
      'MIXED_UNITS',
      4,
      ['2019-01-14', '2019-01-15', 'Jan 16 2019'],
      '"Jan 16 2019" is written in another way than "2019-01-14" of line 2.',
    ],
  ])('refuses with %s at line %i a file of dates %j, repaired or not', (code, line, dates, message) => {
    for (const onDefect of ['throw', 'repair'] as const) {
      const error = thrown(() => parse(dated(...dates), { file: 'a.csv', onDefect }))
      expect(error).toMatchObject({ code, file: 'a.csv', line, column: 'time', value: dates[line - 2] })
      expect(error.message).toContain(`a.csv:${line}: date ${message}`)
      expect(error.hints[0]).toContain('2019-01-31')
    }
  })

  it('takes a unit that is given or named by the column instead of guessing', () => {
    const rows = '0,1,1,1,1,1\n60000,1,1,1,1,1\n'
    expect([...parse(`time,open,high,low,close,volume\n${rows}`).bars.time]).toEqual([60_000_000, 120_000_000])
    expect([...parse(`time,open,high,low,close,volume\n${rows}`, { timeUnit: 'ms' }).bars.time]).toEqual([
      60_000, 120_000,
    ])
    expect([...parse(`${header}\n${rows}`).bars.time]).toEqual([60_000, 120_000])
  })

  it('refuses bars that close after now', () => {
    const text = `${header}\n0,1,1,1,1,1\n60000,1,1,1,1,1\n120000,1,1,1,1,1\n4102444800000,1,1,1,1,1\n180000,1,1,1,1,1\n`
    const at = (now: number, onDefect: 'throw' | 'repair') => parse(text, { now: timestamp(now), onDefect })
    expect(thrown(() => at(240_000, 'throw')).message).toContain(
      'Line 5: ts_ms "2100-01-01T00:00:00.000Z" closes in the future.',
    )
    const whole = at(240_000, 'repair')
    expect([...whole.bars.time]).toEqual([60_000, 120_000, 180_000, 240_000])
    expect(kindsOf(whole.issues)).toEqual(['future'])
    const open = at(239_999, 'repair')
    expect([...open.bars.time]).toEqual([60_000, 120_000, 180_000])
    expect(open.issues).toMatchObject([
      { kind: 'future', line: 5 },
      { kind: 'future', line: 6, column: 'time' },
    ])
  })

  it('sorts a file that is newest first, and reports each row that moved', () => {
    const rows = ['120000,3,3,3,3,3', '60000,2,2,2,2,2', '60000,2,2,2,2,2', '60000,2,2,2,2,9', '0,1,1,1,1,1']
    const { bars, issues } = parse(`${header}\n${rows.join('\n')}\n`, { onDefect: 'repair' })
    expect(columnsOf(bars)).toMatchObject({ time: [60_000, 120_000, 180_000], volume: [1, 2, 3] })
    expect(issues.map((issue) => [issue.kind, 'line' in issue && issue.line])).toEqual([
      ['outOfOrder', 3],
      ['outOfOrder', 4],
      ['outOfOrder', 5],
      ['outOfOrder', 6],
      ['duplicate', 4],
      ['conflict', 5],
    ])
    expect(thrown(() => parse(`${header}\n${rows.join('\n')}\n`)).message).toContain(
      'Sort the file by time, oldest first',
    )
  })

  it('counts the issues beyond a thousand', () => {
    const rows = Array.from({ length: 1_500 }, (_, index) => `${index * 60_000},1,1,1,${index % 100 ? 'x' : 1},1`)
    const { bars, issues } = parse(`${header}\n${rows.join('\n')}\n`, { onDefect: 'repair', interval: '1m' })
    expect(bars.length).toBe(15)
    expect(issues).toHaveLength(1_001)
    expect(issues.at(-1)).toEqual({ kind: 'omitted', level: 'repaired', count: 485 })
  })

  it('refuses an interval longer than the step of the rows', () => {
    const error = thrown(() => parse(`${header}\n0,1,1,1,1,1\n60000,1,1,1,1,1\n`, { interval: '1h', file: 'a.csv' }))
    expect(error).toMatchObject({ code: 'BAD_INTERVAL', file: 'a.csv', value: '3600000' })
    expect(error.message).toContain('Rows of a.csv are 60000 ms apart, but the interval is 3600000 ms.')
  })

  it.each([
    [{ instrument: '' }, 'BAD_INSTRUMENT', 'Instrument "" is no name.'],
    [{ interval: 'soon' }, 'BAD_DURATION', 'Not a span of time: "soon".'],
    [{ interval: 0 }, 'BAD_DURATION', 'Not a span of time: 0.'],
    [{ timeIs: 'middle' }, 'BAD_PARAMETER', "timeIs \"middle\" is not known.\n  Use 'open' or 'close'."],
    [{ onDefect: 'ignore' }, 'BAD_PARAMETER', "onDefect \"ignore\" is not known.\n  Use 'throw' or 'repair'."],
    [{ timeUnit: 'min' }, 'BAD_PARAMETER', "timeUnit \"min\" is not known.\n  Use 's' or 'ms' or 'us' or 'ns'."],
    [{ now: Number.NaN }, 'BAD_TIME', 'now "NaN" is no time.'],
    [{ timeunit: 's' }, 'UNKNOWN_OPTION', 'A CSV reader has no option "timeunit".\n  Did you mean "timeUnit"?'],
  ])('refuses the options %j', (options, code, message) => {
    expect(() => parse(header, options as never)).toThrow(expect.objectContaining({ name: 'ConfigError', code }))
    expect(() => parse(header, options as never)).toThrow(message)
  })

  it('lets no future row within reach put the rows after it out of order', () => {
    const text = `${header}\n0,1,1,1,1,1\n60000,1,1,1,1,1\n9000000,1,1,1,1,1\n120000,1,1,1,1,1\n`
    const { bars, issues } = parse(text, { now: timestamp(240_000), onDefect: 'repair' })
    expect([...bars.time]).toEqual([60_000, 120_000, 180_000])
    expect(issues).toMatchObject([{ kind: 'future', line: 4 }])
  })

  it('takes a delimiter inside quotes for no end of a field, in columns that are not used as well', () => {
    const text = `${header},note,more\n0,1,1,1,1,1,a,b\n60000,1,1,1,1,1,"a,b"\n`
    expect(thrown(() => parse(text)).message).toContain('Line 3: the row has 7 fields')
  })
})

describe('what is no CSV of bars', () => {
  it.each([
    ['text', 'A CSV is read from bytes, not from text.\n  new TextEncoder().encode(text)'],
    [undefined, 'A CSV is read from bytes, not from "undefined".\n  A Uint8Array'],
  ])('is refused as %o', (given, message) => {
    const refusal = expect.objectContaining({
      name: 'ConfigError',
      code: 'BAD_DATA',
      message: expect.stringContaining(message),
    })
    expect(() => parseCsv(given as never, { instrument: 'X-USD.test' })).toThrow(refusal)
    expect(() => createCsvReader({ instrument: 'X-USD.test' }).push(given as never)).toThrow(refusal)
  })

  it('says that its options are missing', () => {
    expect(() => parseCsv(new Uint8Array(), undefined as never)).toThrow('Instrument undefined is no name.')
  })

  it('says that its lines end with carriage returns alone', () => {
    const text = 'time,open,high,low,close,volume\r2024-01-01,1,3,1,2,1\r2024-01-02,1,3,1,2,1\r'
    const error = thrown(() => parse(text, { file: 'old.csv' }))
    expect(error).toMatchObject({ code: 'NO_LINE_FEEDS', file: 'old.csv', line: 1 })
    expect(error.message).toContain('old.csv:1 has carriage returns inside: the lines of old.csv end with them alone.')
  })

  it('says that its times are day numbers of a spreadsheet, unless the unit is told', () => {
    const text = 'time,open,high,low,close,volume\n45292,1,3,1,2,1\n45293,1,3,1,2,1\n'
    const error = thrown(() => parse(text))
    expect(error).toMatchObject({ code: 'SERIAL_TIME', line: 2, column: 'time', value: '45292' })
    expect(error.message).toContain('time "45292" looks like the day number of a spreadsheet.')
    expect(parse(text, { timeUnit: 's', timeIs: 'close' }).bars.time[0]).toBe(45_292_000)
  })
})
