import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Bars, barColumns, createBars, sliceBars } from '../bar.js'
import { hashBars } from '../hashBars.js'
import { concatBars } from './concat.js'

const series = (length: number, options: { instrument?: string; interval?: number; from?: number } = {}): Bars => {
  const { instrument = 'X-USD.test', interval = 60_000, from = 0 } = options
  const bars = createBars(instrument, interval, length)
  for (const [index, name] of barColumns.entries()) {
    for (let row = 0; row < length; row++) bars[name][row] = from + row + index / 8
  }
  return bars
}

describe('concatBars', () => {
  it('undoes any cut of a series', () => {
    fc.assert(
      fc.property(fc.nat(50), fc.array(fc.nat(50), { maxLength: 5 }), (length, cuts) => {
        const whole = series(length)
        const ends = [...cuts, length].map((cut) => Math.min(cut, length)).sort((a, b) => a - b)
        const pieces = ends.map((end, index) => sliceBars(whole, ends[index - 1] ?? 0, end))
        expect(hashBars(concatBars(pieces))).toBe(hashBars(whole))
      }),
    )
  })

  it('copies, so that a change of a part does not show', () => {
    const part = series(2)
    const whole = concatBars([part])
    part.close[0] = 99
    expect(whole.close[0]).not.toBe(99)
  })

  it.each([
    [series(2, { instrument: 'Y-USD.test', from: 9 }), 'Series 1 is of "Y-USD.test", the first of "X-USD.test".'],
    [series(2, { interval: 1, from: 9 }), 'Series 1 has bars of 1 ms, the first of 60000 ms.'],
    [series(2, { from: 1 }), 'Series 1 begins at 1, not after 1 where the one before it ends.'],
    [series(2, { from: 0 }), 'Series 1 begins at 0, not after 1'],
    [series(2, { from: Number.NaN }), 'Series 1 begins at NaN, not after 1'],
  ])('refuses what does not fit', (second, message) => {
    expect(() => concatBars([series(2), second])).toThrow(expect.objectContaining({ code: 'BARS_DO_NOT_FIT' }))
    expect(() => concatBars([series(2), second])).toThrow(message)
  })

  it('refuses an empty list', () => {
    expect(() => concatBars([])).toThrow(expect.objectContaining({ code: 'NO_DATA' }))
    expect(() => concatBars([])).toThrow('No bars were given.')
  })
})
