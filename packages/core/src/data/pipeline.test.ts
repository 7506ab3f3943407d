import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Bars, barColumns, createBars } from '../bar.js'
import { hashBars } from '../hashBars.js'
import { anyBars, barsFrom } from '../testing/barsFrom.rig.js'
import { timestamp } from '../time.js'
import { parseCsv } from './csv.js'
import { cleanBars, runStages } from './pipeline.js'
import { measureQuality } from './quality.js'
import { repairBars } from './repair.js'
import { resampleBars } from './resample.js'
import { validateBars } from './validate.js'

const folder = process.env.ASTER_DATA
const load = (file: string, onDefect: 'throw' | 'repair' = 'throw'): Bars =>
  parseCsv(gunzipSync(readFileSync(join(folder!, 'market', `${file}.csv.gz`))), { instrument: 'X-USD.file', onDefect })
    .bars

const messy = barsFrom(
  [
    [120_000, 2, 2, 2, 2, 2],
    [60_000, 1, 1, 1, 1, 1],
    [180_000, 3, 2, 3, 3, 3],
    [300_000, 5, 5, 5, 5, 5],
    [360_000, 6, 6, 6, 6, 6],
  ],
  60_000,
)

describe('runStages', () => {
  it('gives each stage the bars of the one before and collects all issues', () => {
    const result = runStages(messy, [repairBars, (bars) => resampleBars(bars, { interval: '2m' })])
    expect([...result.bars.time]).toEqual([120_000, 360_000])
    expect(result.issues.map((issue) => issue.kind)).toEqual(['outOfOrder', 'brokenRange'])
    expect(runStages(messy, [])).toEqual({ bars: messy, issues: [] })
  })
})

describe('cleanBars', () => {
  it('repairs, finds gaps and measures, and fills only when asked', () => {
    const clean = cleanBars(messy)
    expect([...clean.bars.time]).toEqual([60_000, 120_000, 300_000, 360_000])
    expect(clean.issues.map((issue) => issue.kind)).toEqual(['outOfOrder', 'brokenRange', 'gap', 'jump', 'jump'])
    expect([...clean.synthetic]).toEqual([0, 0, 0, 0])
    expect(clean.quality).toMatchObject({ bars: 4, expected: 6, missing: 2, longestGap: 2 })
    const filled = cleanBars(messy, { fill: 'carry', now: timestamp(300_000) })
    expect([...filled.bars.close]).toEqual([1, 2, 2, 2, 5])
    expect([...filled.synthetic]).toEqual([0, 0, 1, 1, 0])
    expect(filled.quality.missing).toBe(2)
    expect(cleanBars(messy, { fill: 'carry', carryMax: 1 }).bars.length).toBe(4)
  })

  it('leaves nothing that validation would refuse, whatever comes in, and changes no input', () => {
    const cell = fc.oneof(
      fc.constantFrom(0, -1, Number.NaN, Number.POSITIVE_INFINITY, 1e308, 5e-324),
      fc.integer({ min: -5, max: 50 }),
    )
    const time = fc.oneof(
      fc.integer({ min: -20, max: 20 }).map((minute) => minute * 60_000),
      cell,
    )
    const row = fc.tuple(time, cell, cell, cell, cell, cell)
    fc.assert(
      fc.property(
        fc.array(row, { maxLength: 30 }),
        fc.constantFrom('none' as const, 'carry' as const),
        (rows, fill) => {
          const bars = barsFrom(rows, 60_000)
          const before = hashBars(bars)
          const clean = cleanBars(bars, { fill })
          expect(validateBars(clean.bars).issues.filter((issue) => issue.level === 'error')).toEqual([])
          expect(clean.synthetic.length).toBe(clean.bars.length)
          expect(hashBars(bars)).toBe(before)
        },
      ),
    )
  })

  it('does nothing to sound bars but look at them', () => {
    fc.assert(
      fc.property(anyBars(), (bars) => {
        expect(cleanBars(bars).bars).toBe(bars)
      }),
    )
  })
})

describe('measureQuality', () => {
  it('measures nothing in nothing', () => {
    expect(measureQuality(createBars('X-USD.test', 60_000, 0))).toEqual({
      instrument: 'X-USD.test',
      interval: 60_000,
      bars: 0,
      from: undefined,
      to: undefined,
      expected: 0,
      missing: 0,
      coverage: undefined,
      quietGaps: 0,
      outages: 0,
      longestGap: 0,
      zeroVolume: 0,
      flat: 0,
    })
  })

  it('counts still and flat bars', () => {
    const bars = barsFrom(
      [
        [60_000, 1, 1, 1, 1, 0],
        [180_000, 1, 2, 1, 1, 0],
      ],
      60_000,
    )
    expect(measureQuality(bars)).toMatchObject({ expected: 3, missing: 1, coverage: 2 / 3, zeroVolume: 2, flat: 1 })
  })
})

// The figures are those that the sources of the files state, see their SOURCE.md.
describe.skipIf(!folder)('the pipeline on real files', () => {
  it.each([
    ['bitfinex-1m/BTCUSD_1m_2019', 12_873, 197],
    ['bitfinex-1m/ETHUSD_1m_2019', 69_629, 257],
    ['bitfinex-1h/BTCUSD_1h', 3_487, 1_463],
    ['bitfinex-1h/ETHUSD_1h', 1_859, 1_464],
    ['bitfinex-1h/LTCUSD_1h', 8_563, 1_465],
    ['bitfinex-1h/XRPUSD_1h', 19, 4],
  ])('counts the missing bars of %s', (file, missing, longestGap) => {
    expect(measureQuality(load(file))).toMatchObject({ missing, longestGap })
  })

  it('tells the outages of an exchange from hours without a trade', () => {
    const { issues } = cleanBars(load('bitfinex-1h/BTCUSD_1h'))
    const outages = issues.flatMap((issue) => (issue.kind === 'gap' && issue.cause === 'outage' ? [issue] : []))
    expect(outages.map((gap) => gap.missing).filter((missing) => missing > 100)).toEqual([960, 740, 1_463, 188])
    expect(outages.length).toBeLessThan(10)
  })

  it('finds the bad prints and the splits of AAPL and GOOG and nothing else', () => {
    const dates = (file: string, kind: string) =>
      cleanBars(load(file)).issues.flatMap((issue) =>
        issue.kind === kind && 'index' in issue ? [new Date(issue.time - 86_400_000).toISOString().slice(0, 10)] : [],
      )
    expect(dates('equities-daily/AAPL_1d', 'spike')).toEqual(['2009-09-21', '2010-08-31', '2011-01-03'])
    expect(dates('equities-daily/GOOG_1d', 'spike')).toEqual(['2007-12-18', '2008-09-30'])
    expect(dates('equities-daily/AAPL_1d', 'jump')).toEqual([
      '2000-06-21',
      '2000-09-29',
      '2005-02-28',
      '2014-06-09',
      '2020-08-31',
    ])
    expect(dates('equities-daily/GOOG_1d', 'jump')).toEqual(['2014-04-03'])
  })

  it('finds that five hours of the Coinbase file come twice', () => {
    const { issues } = cleanBars(load('coinbase-btcusd-1h/BTCUSD_1h_2017-2019', 'repair'))
    expect(issues).toMatchObject([{ kind: 'echo', index: 3_209, expected: 3_204, count: 5 }])
  })

  it('makes the hours of 2019 from its minutes', () => {
    const { bars } = resampleBars(load('bitfinex-1m/BTCUSD_1m_2019'), { interval: '1h' })
    const hours = load('bitfinex-1h/BTCUSD_1h')
    const from = hours.time.indexOf(bars.time[0]!)
    expect(bars.length).toBe(hours.length - from)
    for (const name of barColumns) {
      const worst = bars[name].reduce(
        (most, value, index) => Math.max(most, Math.abs(value / hours[name][from + index]! - 1)),
        0,
      )
      // The sums of volume in the file were printed with ten digits.
      expect(worst).toBeLessThan(name === 'volume' ? 1e-9 : 1e-15)
    }
  })
})
