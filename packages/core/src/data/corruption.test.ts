import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type BarColumn, type Bars, sliceBars } from '../bar.js'
import { createRandom } from '../random.js'
import { anyBars, barsFrom } from '../testing/barsFrom.rig.js'
import { findCorruption } from './corruption.js'

/** A calm walk of bars, different in every value. */
function calm(length: number, seed = 1): Bars {
  const random = createRandom(seed).stream('calm')
  let price = 100
  const rows = Array.from({ length }, (_, index) => {
    const open = price
    price *= 1 + 0.002 * random.normal()
    const [high, low] = [
      Math.max(open, price) * (1 + 0.001 * random.uniform()),
      Math.min(open, price) * (1 - 0.001 * random.uniform()),
    ]
    return [(index + 1) * 60_000, open, high, low, price, 1 + random.uniform()]
  })
  return barsFrom(rows, 60_000)
}
const found = (bars: Bars, options = {}) =>
  findCorruption(bars, options).issues.map(({ kind, index, column, count }) => [kind, index, column, count])

describe('findCorruption', () => {
  it('suspects nothing in a calm market', () => {
    for (const seed of [1, 2, 3]) expect(found(calm(2_000, seed))).toEqual([])
  })

  it('gives the bars back and survives any sound bars', () => {
    fc.assert(
      fc.property(anyBars(), (bars) => {
        const checked = findCorruption(bars)
        expect(checked.bars).toBe(bars)
        for (const issue of checked.issues) expect(issue.time).toBe(bars.time[issue.index])
      }),
    )
  })

  const spikes: readonly (readonly [string, Partial<Record<BarColumn, number>>, BarColumn])[] = [
    ['a low near zero', { low: 0.01 }, 'low'],
    ['a high ten times too high', { high: 1_000 }, 'high'],
    ['a close at half the price', { low: 50, close: 50 }, 'close'],
    ['an open at twice the price', { open: 200, high: 200 }, 'open'],
  ]
  it.each(spikes)('finds %s', (_name, values, column) => {
    const bars = calm(200)
    for (const [name, value] of Object.entries(values)) bars[name as BarColumn][100] = value
    expect(found(bars)).toEqual([['spike', 100, column, 1]])
    const issue = findCorruption(bars).issues[0]!
    expect(issue).toMatchObject({ level: 'error', time: 101 * 60_000, value: values[column] })
    expect(Math.abs(issue.expected / 100 - 1)).toBeLessThan(0.2)
  })

  it('needs both distances: a tenth of the price and ten usual ranges', () => {
    const bars = calm(200)
    bars.low[100] = bars.low[100]! * 0.92
    expect(found(bars)).toEqual([])
    expect(found(bars, { spikeRatio: 0.05 })).toEqual([['spike', 100, 'low', 1]])
    expect(found(bars, { spikeRatio: 0.05, spikeRanges: 1_000 })).toEqual([])
    const high = calm(200)
    high.high[100] = 150
    expect(found(high)).toEqual([['spike', 100, 'high', 1]])
    expect(found(high, { spikeRanges: 1_000 })).toEqual([])
  })

  it('takes no crash that stays for a spike, and no first or last bar', () => {
    const crash = calm(200)
    for (let index = 100; index < 200; index++) {
      for (const name of ['open', 'high', 'low', 'close'] as const)
        if (index > 100 || name !== 'open') crash[name][index]! *= 0.85
    }
    crash.high[100] = crash.open[100]!
    expect(found(crash)).toEqual([])
    const ends = calm(50)
    ends.low[0] = 1
    ends.low[49] = 1
    expect(found(ends)).toEqual([])
  })

  it('finds a split, and not the same step where it does not last', () => {
    const split = calm(200)
    for (let index = 100; index < 200; index++) {
      for (const name of ['open', 'high', 'low', 'close'] as const) split[name][index]! /= 4
    }
    expect(found(split)).toEqual([['jump', 100, 'open', 1]])
    expect(findCorruption(split).issues[0]!.expected).toBe(split.close[99])
    expect(found(split, { jumpRatio: 4 })).toEqual([])
    expect(found(sliceBars(split, 0, 103))).toEqual([['jump', 100, 'open', 1]])
  })

  it('finds the same bar over and over, sooner if it claims volume', () => {
    const repeat = (times: number, volume: number): Bars => {
      const bars = calm(200)
      for (let index = 100; index < 100 + times; index++) {
        for (const name of ['open', 'high', 'low', 'close'] as const) bars[name][index] = bars.close[99]!
        bars.volume[index] = volume
      }
      return bars
    }
    expect(found(repeat(5, 3))).toEqual([['frozen', 100, 'close', 5]])
    expect(found(repeat(4, 3))).toEqual([])
    expect(found(repeat(60, 0))).toEqual([['frozen', 100, 'close', 60]])
    expect(found(repeat(59, 0))).toEqual([])
    const end = repeat(100, 3)
    expect(found(end)).toEqual([['frozen', 100, 'close', 100]])
  })

  it('finds a stretch that comes again, and forgives a single bar', () => {
    const again = (bars: number, distance: number): Bars => {
      const series = calm(200)
      for (let index = 100; index < 100 + bars; index++) {
        for (const name of ['open', 'high', 'low', 'close', 'volume'] as const)
          series[name][index] = series[name][index - distance]!
      }
      return series
    }
    expect(found(again(5, 5))).toEqual([['echo', 100, 'close', 5]])
    expect(findCorruption(again(5, 5)).issues[0]!.expected).toBe(95)
    expect(found(again(1, 5))).toEqual([])
    expect(found(again(2, 48))).toEqual([['echo', 100, 'close', 2]])
    expect(found(again(2, 49))).toEqual([])
    expect(found(again(5, 5), { echoBars: 0 })).toEqual([])
  })

  it('finds where another source disagrees, and where it has no bar says nothing', () => {
    const bars = calm(50)
    const reference = calm(50)
    for (const index of [10, 11, 12, 30]) reference.close[index]! *= 1.02
    expect(found(bars, { reference })).toEqual([
      ['disagreement', 10, 'close', 3],
      ['disagreement', 30, 'close', 1],
    ])
    expect(found(bars, { reference, disagreementRatio: 0.03 })).toEqual([])
    expect(found(bars, { reference: sliceBars(reference, 20, 31) })).toEqual([['disagreement', 30, 'close', 1]])
    expect(found(sliceBars(bars, 0, 11), { reference })).toEqual([['disagreement', 10, 'close', 1]])
    expect(found(bars, { reference: sliceBars(reference, 0, 0) })).toEqual([])
  })
})
