import { type Bars, type ConfigError, cursor, dayMs, sliceBars } from '@astertrade/core'
import { describe, expect, it } from 'vitest'
import { forwardReturn } from '../labels/forwardReturn.js'
import { tripleBarrier } from '../labels/tripleBarrier.js'
import { type BarDataset, type BuildDatasetOptions, buildDataset } from './buildDataset.js'
import { featureRows } from './featureRows.js'
import { realisticBars } from './realisticBars.rig.js'

const bars = realisticBars({ length: 1200, seed: 3 })
/** All but the average that takes 3,331 bars to settle. */
const features = {
  indicators: ['rsi', 'sma', 'macd', 'obv', 'atr', 'vpin', 'marketImpact', 'adx', 'stochRsi', 'forceIndex'],
}
const labelled = (series: Bars, options: Partial<BuildDatasetOptions> = {}): BarDataset =>
  buildDataset(series, { labels: tripleBarrier(series), features, ...options })

const rowOf = ({ features: matrix, names, rows }: BarDataset, row: number): number[] =>
  names.map((_, column) => matrix[column * rows + row]!)
const rowAt = (data: BarDataset, time: number): number[] => rowOf(data, data.times.indexOf(time))

describe('rows', () => {
  const data = labelled(bars)

  it('are those of the stream, bit for bit', () => {
    const stream = featureRows(features)
    const bar = cursor(bars)
    let compared = 0
    while (bar.advance()) {
      const { time, schema, values } = stream.next(bar)
      const row = data.times.indexOf(time)
      if (row === -1) continue
      expect([...values]).toEqual(rowOf(data, row))
      expect(schema).toBe(data.schema)
      compared++
    }
    expect(compared).toBe(data.rows)
  })

  it('begin where no column depends on the start, and count what was dropped', () => {
    const { warmup } = featureRows(features)
    expect(data.dropped).toEqual({ cold: warmup - 1, synthetic: 0, notFinite: 0, unlabelled: 24 })
    expect(data.rows).toBe(1200 - (warmup - 1) - 24)
    expect(data.times[0]).toBe(bars.time[warmup - 1])
    expect(data.prices[0]).toBe(bars.close[warmup - 1])
    expect(data.features.every(Number.isFinite)).toBe(true)
  })

  it('do not change when more bars follow', () => {
    const shorter = labelled(sliceBars(bars, 0, 900))
    for (let row = 0; row < shorter.rows; row++) expect(rowOf(shorter, row)).toEqual(rowOf(data, row))
  })

  it('do not depend on the range that was loaded, but for vpin, whose buckets begin with the series', () => {
    const later = labelled(sliceBars(bars, 150))
    // The first buckets may take a bar more or less to fill.
    expect(Math.abs(later.rows - (data.rows - 150))).toBeLessThan(3)
    for (let row = 0; row < later.rows; row++) {
      const whole = rowAt(data, later.times[row]!)
      for (const [column, value] of rowOf(later, row).entries()) {
        const name = data.names[column]!
        expect(Math.abs(value - whole[column]!), name).toBeLessThan(name.startsWith('vpin') ? 0.2 : 2e-5)
      }
    }
  })

  it('are left out where a bar was made up or a feature is no number, and heal', () => {
    const hurt = realisticBars({ length: 1200, seed: 3 })
    hurt.close[700] = Number.NaN
    const synthetic = new Uint8Array(1200)
    synthetic[800] = 1
    const { dropped, times } = labelled(hurt, { synthetic })
    expect(dropped.synthetic).toBe(1)
    expect(dropped.notFinite).toBeGreaterThan(0)
    expect(dropped.notFinite).toBeLessThan(250)
    expect(times.includes(bars.time[700]!)).toBe(false)
    expect(times.includes(bars.time[800]!)).toBe(false)
    expect(times.includes(bars.time[801]!)).toBe(true)
  })
})

it('of all indicators and all their outputs do not depend on the range that was loaded, but for vpin', () => {
  const long = realisticBars({ length: 3700, seed: 5 })
  const of = (series: Bars): BarDataset => labelled(series, { features: { columns: 'all' } })
  const [data, later] = [of(long), of(sliceBars(long, 200))]
  expect(data.names.length).toBeGreaterThan(65)
  for (let row = 0; row < later.rows; row += 5) {
    const whole = rowAt(data, later.times[row]!)
    for (const [column, value] of rowOf(later, row).entries()) {
      const name = data.names[column]!
      expect(Math.abs(value - whole[column]!), name).toBeLessThan(name.startsWith('vpin') ? 0.2 : 1e-4)
    }
  }
})

describe('labels', () => {
  it('of a feature that is the next return are told by it alone, and those of one that is the last return are not', () => {
    const next = buildDataset(bars, { labels: forwardReturn(bars), features: { groups: ['bar'] } })
    const change = next.features.subarray(0, next.rows)
    const share = (shift: number): number => {
      let [right, all] = [0, 0]
      for (let row = 0; row + shift < next.rows; row++, all++) {
        if (change[row + shift]! > 0 === (next.labels.classes[row] === 1)) right++
      }
      return right / all
    }
    expect(share(1)).toBe(1)
    expect(Math.abs(share(0) - 0.5)).toBeLessThan(0.06)
  })

  it('bring their returns, their ends in time, and their uniqueness as weight', () => {
    const { labels, times } = labelled(bars)
    expect(labels.spec).toMatchObject({ kind: 'tripleBarrier', bars: 24 })
    for (let row = 0; row < times.length; row++) {
      const span = (labels.ends[row]! - times[row]!) / bars.interval
      expect(span >= 1 && span <= 24 && Number.isInteger(span)).toBe(true)
      expect(labels.weights[row]! > 0 && labels.weights[row]! <= 1).toBe(true)
    }
  })

  it('weigh half as much at half the life', () => {
    const [plain, decayed] = [labelled(bars).labels, labelled(bars, { halfLife: dayMs }).labels]
    const last = plain.weights.length - 1
    expect(decayed.weights[last]).toBe(plain.weights[last])
    expect(decayed.weights[last - 24]).toBeCloseTo(plain.weights[last - 24]! / 2, 12)
    expect(decayed.spec.halfLife).toBe(dayMs)
  })
})

describe('what cannot be built', () => {
  it.each<[string, () => unknown, string, string]>([
    [
      'labels of other bars',
      () => buildDataset(bars, { labels: tripleBarrier(sliceBars(bars, 1)) }),
      'BAD_DATASET',
      'Option "labels" of buildDataset is of "1199" bars, there are "1200".',
    ],
    [
      'marks of other bars',
      () => labelled(bars, { synthetic: new Uint8Array(3) }),
      'BAD_DATASET',
      'Option "synthetic" of buildDataset is of "3" bars, there are "1200".',
    ],
    [
      'a half-life of 0',
      () => labelled(bars, { halfLife: 0 }),
      'BAD_PARAMETER',
      'Option "halfLife" of buildDataset is "0".',
    ],
    [
      'too few bars',
      () => labelled(sliceBars(bars, 0, 50)),
      'NO_ROWS',
      'No row is left of 50 bars (cold 50, synthetic 0, notFinite 0, unlabelled 0).',
    ],
  ])('says so for %s', (_name, run, code, message) => {
    let error: ConfigError | undefined
    try {
      run()
    } catch (thrown) {
      error = thrown as ConfigError
    }
    expect([error?.code, error?.message.split('\n')[0]]).toEqual([code, message])
  })

  it('names volume where there is none', () => {
    const silent = realisticBars({ length: 900, seed: 1 })
    silent.volume.fill(0)
    expect(() => labelled(silent)).toThrow('Without volume, leave out the indicators of volume and the group "bar".')
  })
})

it('continues the stream from a snapshot, and refuses a foreign one', () => {
  const [whole, cut, fresh] = [featureRows(features), featureRows(features), featureRows(features)]
  const bar = cursor(bars)
  for (let index = 0; index < 900; index++) {
    bar.advance()
    whole.next(bar)
    cut.next(bar)
  }
  fresh.restore(cut.snapshot())
  for (let index = 0; index < 50; index++) {
    bar.advance()
    expect([...fresh.next(bar).values]).toEqual([...whole.next(bar).values])
  }
  expect(() => fresh.restore(featureRows({ groups: ['bar'] }).snapshot())).toThrow('Cannot restore')
})
