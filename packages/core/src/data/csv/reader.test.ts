import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Bars, barColumns } from '../../bar.js'
import { concatBars } from '../concat.js'
import { type CsvOptions, createCsvReader, parseCsv } from '../csv.js'
import { validateBars } from '../validate.js'

const runs = { numRuns: Number(process.env.FC_NUM_RUNS ?? 300) }
const instrument = 'BTC-USD.test'
const columnsOf = (bars: Bars) => barColumns.map((name) => [...bars[name]])

/** Prices and volumes as text with up to 18 digits. */
const amount = fc
  .tuple(fc.integer({ min: 1, max: 10 ** 9 }), fc.integer({ min: 0, max: 9 }), fc.constantFrom('', '0', '000000000'))
  .map(([points, decimals, zeros]) => {
    const digits = String(points).padStart(decimals + 1, '0')
    return decimals === 0 ? digits : `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}${zeros}`
  })

/** Sound rows one minute apart, as fields of text. */
const soundRows = fc
  .array(fc.tuple(amount, amount, amount, amount, amount, fc.integer({ min: 1, max: 3 })), {
    minLength: 2,
    maxLength: 40,
  })
  .map((list) => {
    let time = 1_546_300_800_000
    return list.map(([a, b, c, d, volume, step]) => {
      time += step * 60_000
      const [low, first, second, high] = [a, b, c, d].sort((x, y) => Number(x) - Number(y))
      return [String(time), first!, high!, low!, second!, volume]
    })
  })

const badLine = fc.constantFrom(
  '',
  'x',
  '1,2,3',
  '1546300800000,1,2,3,4,5',
  '"',
  '1546300860000,1,1,1,1,-1',
  '\ufeff',
  ',,,,,',
)
/** A CSV text with sound rows, and bad lines among them where `bad` is given. */
const csvText = (bad: fc.Arbitrary<string>) =>
  fc
    .tuple(
      soundRows,
      fc.array(fc.tuple(fc.nat(40), bad), { maxLength: 4 }),
      fc.constantFrom('\n', '\r\n'),
      fc.boolean(),
    )
    .map(([rows, extra, lineEnd, hasEnd]) => {
      const lines = rows.map((row) => row.join())
      for (const [at, line] of extra) lines.splice(at % (lines.length + 1), 0, line)
      return `time,open,high,low,close,volume${lineEnd}${lines.join(lineEnd)}${hasEnd ? lineEnd : ''}`
    })

/** Cuts bytes at some places. */
function cut(bytes: Uint8Array, places: readonly number[]): Uint8Array[] {
  const ends = [...places.map((place) => place % (bytes.length + 1)), bytes.length].sort((a, b) => a - b)
  return ends.map((end, index) => bytes.subarray(ends[index - 1] ?? 0, end))
}

/** What a call gives or throws, as plain data. */
function outcome(call: () => { bars: Bars; issues: unknown }): unknown {
  try {
    const { bars, issues } = call()
    return { columns: columnsOf(bars), interval: bars.interval, issues }
  } catch (error) {
    return (error as Error).message
  }
}

describe('parseCsv', () => {
  it('gives every number as Number reads its text, by the fast path and by the slow one', () => {
    fc.assert(
      fc.property(soundRows, fc.boolean(), (rows, isQuoted) => {
        const lines = rows.map((row) => row.map((field) => (isQuoted ? ` "${field}"` : field)).join())
        const { bars } = parseCsv(new TextEncoder().encode(`${lines.join('\n')}\n`), { instrument, timeIs: 'close' })
        expect(columnsOf(bars)).toEqual([0, 1, 2, 3, 4, 5].map((column) => rows.map((row) => Number(row[column]))))
      }),
      runs,
    )
  })
})

describe('parseCsv on anything', () => {
  const piece = fc.oneof(
    fc.constantFrom(
      'time,open,high,low,close,volume',
      '2019-01-01',
      '1546300800000',
      '1546300860',
      '1.5',
      '1e400',
      '-1',
      'NaN',
    ),
    fc.constantFrom(',', ',', ',', '\n', '\n', '\r\n', ';', '\t', '"', ' ', '\0', '\ufeff', '\u001f\u008b', '٣'),
    fc.string({ maxLength: 3 }),
  )
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 200 }),
    fc.array(piece, { maxLength: 80 }).map((pieces) => new TextEncoder().encode(pieces.join(''))),
    csvText(piece).map((text) => new TextEncoder().encode(text)),
  )

  it('gives sound bars in order or a typed error', () => {
    fc.assert(
      fc.property(bytes, fc.constantFrom('throw' as const, 'repair' as const), (input, onDefect) => {
        try {
          const { bars } = parseCsv(input, { instrument, onDefect })
          expect(validateBars(bars).issues.filter((issue) => issue.level === 'error')).toEqual([])
        } catch (error) {
          expect((error as Error).name).toBe('DataError')
        }
      }),
      { numRuns: runs.numRuns * 3 },
    )
  })
})

describe('createCsvReader', () => {
  it('gives what parseCsv gives, however the bytes are cut', () => {
    const places = fc.array(fc.nat(), { maxLength: 12 })
    fc.assert(
      fc.property(
        csvText(badLine),
        places,
        fc.constantFrom('throw' as const, 'repair' as const),
        (text, cuts, onDefect) => {
          const bytes = new TextEncoder().encode(text)
          const options: CsvOptions = { instrument, onDefect, file: 'a.csv' }
          const pieces = () => {
            const reader = createCsvReader(options)
            for (const chunk of cut(bytes, cuts)) {
              const lent = chunk.slice()
              reader.push(lent)
              lent.fill(120)
            }
            return { bars: reader.finish(), issues: reader.issues }
          }
          expect(outcome(pieces)).toEqual(outcome(() => parseCsv(bytes, options)))
        },
      ),
      runs,
    )
  })

  it('gives the same bars where they are taken on the way', () => {
    fc.assert(
      fc.property(
        csvText(fc.constant('')),
        fc.array(fc.nat(), { maxLength: 12 }),
        fc.boolean(),
        (text, cuts, isKnown) => {
          const bytes = new TextEncoder().encode(text)
          const options: CsvOptions = { instrument, ...(isKnown && { interval: '1m' }) }
          const whole = parseCsv(bytes, options)
          const reader = createCsvReader(options)
          const taken: Bars[] = []
          for (const chunk of cut(bytes, cuts)) {
            reader.push(chunk)
            taken.push(reader.take())
          }
          taken.push(reader.finish())
          const full = taken.filter((bars) => bars.length > 0)
          expect(columnsOf(concatBars(full))).toEqual(columnsOf(whole.bars))
          expect(new Set(full.map((bars) => bars.interval))).toEqual(new Set([whole.bars.interval]))
          expect(reader.issues).toEqual(whole.issues)
        },
      ),
      runs,
    )
  })

  const encode = (text: string): Uint8Array => new TextEncoder().encode(text)
  const header = 'ts_ms,open,high,low,close,volume\n'
  const rowsFrom = (from: number, count: number): string =>
    Array.from({ length: count }, (_, index) => `${(from + index) * 60_000},1,1,1,1,1\n`).join('')

  it('waits for a thousand rows before it takes their step for the interval', () => {
    const reader = createCsvReader({ instrument })
    reader.push(encode(header + rowsFrom(0, 999)))
    expect(reader.take()).toMatchObject({ length: 0, instrument })
    reader.push(encode(rowsFrom(999, 1)))
    expect(reader.take()).toMatchObject({ length: 1_000, interval: 60_000 })
    expect(reader.take()).toMatchObject({ length: 0, interval: 60_000 })
    reader.push(encode(rowsFrom(1_000, 1)))
    expect(reader.finish()).toMatchObject({ length: 1, interval: 60_000 })
  })

  it('drops rows older than those it handed out, and sorts the others', () => {
    const reader = createCsvReader({ instrument, interval: '1m', onDefect: 'repair' })
    reader.push(encode(header + rowsFrom(5, 1)))
    expect(reader.take().length).toBe(1)
    reader.push(encode(rowsFrom(4, 2) + rowsFrom(8, 1) + rowsFrom(7, 1)))
    expect([...reader.take().time]).toEqual([480_000, 540_000])
    reader.push(encode(rowsFrom(8, 1)))
    expect(reader.finish().length).toBe(0)
    expect(reader.issues.map((issue) => issue.kind)).toEqual(['late', 'duplicate', 'outOfOrder', 'duplicate'])
  })

  it('finishes once, and is of no use after it threw', () => {
    const finished = createCsvReader({ instrument, interval: '1m', file: 'a.csv' })
    finished.push(encode(header + rowsFrom(0, 1)))
    finished.finish()
    const broken = createCsvReader({ instrument, interval: '1m', file: 'a.csv' })
    expect(() => broken.push(encode(`${header}x\n`))).toThrow('a.csv:2')
    for (const reader of [finished, broken]) {
      for (const call of [() => reader.push(encode('x')), () => reader.take(), () => reader.finish()]) {
        expect(call).toThrow(expect.objectContaining({ code: 'READER_FINISHED' }))
        expect(call).toThrow('The reader of a.csv has finished or thrown.')
      }
    }
  })

  it('needs no more memory for a file of many chunks than for one', () => {
    const reader = createCsvReader({ instrument, interval: '1m' })
    let rows = 0
    reader.push(encode(header))
    for (let chunk = 0; chunk < 50; chunk++) {
      reader.push(encode(rowsFrom(chunk * 1_000, 1_000)))
      const bars = reader.take()
      rows += bars.length
      expect(bars.time.buffer.byteLength).toBe(bars.length * 48)
    }
    expect(rows + reader.finish().length).toBe(50_000)
  })
})
