import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { barColumns } from '../bar.js'
import { hashBars } from '../hashBars.js'
import { dayMs, timestamp } from '../time.js'
import { concatBars } from './concat.js'
import { type CsvOptions, createCsvReader, parseCsv } from './csv.js'

const folder = process.env.ASTER_DATA
const instrument = 'X-USD.file'
const load = (file: string): Uint8Array => {
  const bytes = readFileSync(join(folder!, file))
  return file.endsWith('.gz') ? gunzipSync(bytes) : bytes
}
const parse = (file: string, options: Partial<CsvOptions> = {}) =>
  parseCsv(load(file), { instrument, file, ...options })

/** What a straightforward reader makes of a file with the header `ts_ms,open,high,low,close,volume`. */
function naiveColumns(file: string): number[][] {
  const rows = Buffer.from(load(file)).toString('utf8').trimEnd().split('\n').slice(1)
  const cells = rows.map((row) => row.split(',').map(Number)).sort((a, b) => a[0]! - b[0]!)
  return barColumns.map((_, column) => cells.map((row) => row[column]!))
}

// Without ASTER_DATA there are no real files to read, so only the file of a development dependency is.
describe.skipIf(!folder)('parseCsv on real files', () => {
  it.each([
    ['market/bitfinex-1m/BTCUSD_1m_2019.csv.gz', 512_727, 60_000, '2019-01-01', '2019-12-31T23:59:00Z'],
    ['market/bitfinex-1m/ETHUSD_1m_2019.csv.gz', 455_968, 60_000, '2019-01-01', '2019-12-31T23:56:00Z'],
    ['market/bitfinex-1h/BTCUSD_1h.csv.gz', 55_697, 3_600_000, '2013-04-01', '2019-12-31T23:00:00Z'],
    ['market/bitfinex-1h/ETHUSD_1h.csv.gz', 31_557, 3_600_000, '2016-03-09T16:00:00Z', '2019-12-31T23:00:00Z'],
    ['market/bitfinex-1h/LTCUSD_1h.csv.gz', 49_454, 3_600_000, '2013-05-19T15:00:00Z', '2019-12-31T23:00:00Z'],
    ['market/bitfinex-1h/XRPUSD_1h.csv.gz', 22_932, 3_600_000, '2017-05-19T17:00:00Z', '2019-12-31T23:00:00Z'],
    [
      'market/btcperp-1m-jan2022/BTCPERP_1m_2022-01_from_row_20001.csv.gz',
      25_031,
      60_000,
      '2022-01-14T20:21:00Z',
      '2022-02-01T05:31:00Z',
    ],
    ['market/equities-daily/SPY_1d.csv.gz', 5_849, dayMs, '1998-01-02', '2021-03-31'],
    ['market/equities-daily/AAPL_1d.csv.gz', 5_849, dayMs, '1998-01-02', '2021-03-31'],
    ['market/equities-daily/GOOG_1d.csv.gz', 4_183, dayMs, '2004-08-19', '2021-03-31'],
    ['market/equities-daily/SPX_1d_62y.csv.gz', 15_821, dayMs, '1950-01-03', '2012-11-15'],
  ])('reads %s as the straightforward reader does', (file, length, interval, first, last) => {
    const { bars, issues } = parse(file, { timeIs: 'close' })
    expect(issues).toEqual([])
    expect(bars).toMatchObject({ length, interval })
    expect([bars.time[0], bars.time[length - 1]]).toEqual([timestamp(first), timestamp(last)])
    for (const [column, values] of naiveColumns(file).entries()) {
      expect(bars[barColumns[column]!].every((value, index) => Object.is(value, values[index]))).toBe(true)
    }
    expect(parse(file).bars.time[0]).toBe(timestamp(first) + interval)
  })

  it('finds the five hours of the Coinbase file that are out of order, and sorts them', () => {
    const file = 'market/coinbase-btcusd-1h/BTCUSD_1h_2017-2019.csv.gz'
    expect(() => parse(file)).toThrow(`${file}:3207: ts_ms "2017-11-11T23:00:00.000Z" is before the row above.`)
    const { bars, issues } = parse(file, { onDefect: 'repair', timeIs: 'close' })
    expect(issues.map((issue) => [issue.kind, 'line' in issue && issue.line])).toEqual(
      [3_207, 3_209, 3_211, 3_213, 3_215].map((line) => ['outOfOrder', line]),
    )
    expect(bars).toMatchObject({ length: 20_111, interval: 3_600_000 })
    const naive = naiveColumns(file)
    for (const [column, name] of barColumns.entries()) expect([...bars[name]]).toEqual(naive[column])
  })

  it('finds the 47 days of the VIX file whose open or close lies outside of the range', () => {
    const file = 'market/equities-daily/VIX_1d.csv.gz'
    expect(() => parse(file)).toThrow(`${file}:535: open "19.24" is out of range`)
    const { bars, issues } = parse(file, { onDefect: 'repair' })
    expect(new Set(issues.map((issue) => issue.kind))).toEqual(new Set(['brokenRange']))
    expect([bars.length, issues.length]).toEqual([9_235 - 47, 47])
  })

  it('reads a data frame with a nameless index', () => {
    const { bars, issues } = parse('reference/backtest_goog_smacross/GOOG.csv', { timeIs: 'close' })
    expect(issues).toEqual([])
    expect(bars.time[0]).toBe(timestamp('2004-08-19'))
    expect([bars.open[0], bars.close[0], bars.volume[0]]).toEqual([100, 100.34, 22_351_900])
  })

  it.each([
    ['market/btc-daily-2015-2026/BTC_close_1d.csv.gz', 'no column for open, high, low'],
    ['market/funding/BTCUSDT_funding_daily_2019-2026.csv.gz', 'no column for open, high, low, close'],
    ['market/uniswap-v3-minute/polygon_usdc_weth_005_2023-08.csv.gz', 'no column for open, high, low, close'],
    ['market/binance-l2-trades-2024-08/usdm_BTCUSDT_trades.csv.gz', 'no column for open, high, low, close'],
    ['market/equities-daily/AAPL_factors.csv', 'rows of 4 fields need one'],
  ])('says why %s holds no bars', (file, message) => {
    expect(() => parse(file)).toThrow(message)
  })

  it('tells compressed bytes from text', () => {
    const bytes = readFileSync(join(folder!, 'market/bitfinex-1h/XRPUSD_1h.csv.gz'))
    expect(() => parseCsv(bytes, { instrument, file: 'x.gz' })).toThrow('x.gz is gzip, not text.')
  })

  it('streams a file in chunks to the same hash', () => {
    const file = 'market/bitfinex-1m/ETHUSD_1m_2019.csv.gz'
    const bytes = load(file)
    const reader = createCsvReader({ instrument })
    const parts = []
    for (let from = 0; from < bytes.length; from += 1_000_003) {
      reader.push(bytes.subarray(from, from + 1_000_003))
      parts.push(reader.take())
    }
    parts.push(reader.finish())
    expect(hashBars(concatBars(parts))).toBe(hashBars(parse(file).bars))
  })
})

describe('parseCsv on the file of a package', () => {
  it('reads the S&P 500 of 2000 from vega-datasets', () => {
    const home = dirname(dirname(createRequire(import.meta.url).resolve('vega-datasets')))
    const { bars, issues } = parseCsv(readFileSync(join(home, 'data', 'sp500-2000.csv')), {
      instrument,
      timeIs: 'close',
    })
    expect(issues).toMatchObject([{ kind: 'unknownColumn', column: 'adjclose' }, { kind: 'noLineEnd' }])
    expect(bars.interval).toBe(dayMs)
    expect([bars.time[0], bars.open[0], bars.close[0], bars.volume[0]]).toEqual([
      timestamp('2000-01-03'),
      1469.25,
      1455.219971,
      931_800_000,
    ])
  })
})
