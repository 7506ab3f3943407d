import { describe, expect, it } from 'vitest'
import { type BarColumn, type Bars, barColumns, createBars } from '../bar.js'
import { checkBars } from './checkBars.js'

function sound(): Bars {
  const bars = createBars('A.sim', 60_000, 3)
  const rows = [60_000, 120_000, 180_000].map((time) => ({
    time,
    open: 100,
    high: 102,
    low: 98,
    close: 101,
    volume: 5,
  }))
  for (const [index, row] of rows.entries()) for (const name of barColumns) bars[name][index] = row[name]
  return bars
}

const spoilt = (column: BarColumn, value: number, index = 1) => {
  const bars = sound()
  bars[column][index] = value
  return () => checkBars(bars)
}

describe('checkBars', () => {
  it('lets sound bars pass, those on the boundary too', () => {
    expect(() => checkBars(sound())).not.toThrow()
    for (const [column, value] of [
      ['high', 101],
      ['low', 100],
      ['volume', 0],
    ] as const) {
      expect(spoilt(column, value), column).not.toThrow()
    }
    const negative = sound()
    for (const column of ['open', 'high', 'low', 'close'] as const) {
      negative[column].set(negative[column].map((price) => price - 200))
    }
    expect(() => checkBars(negative)).not.toThrow()
  })

  it('names the first bar that is not sound, and its figures', () => {
    expect(spoilt('close', 103)).toThrow(
      'Bar 1 of A.sim is not sound: time, open, high, low, close, volume "120000, 100, 102, 98, 103, 5".',
    )
    expect(spoilt('close', 103)).toThrow(expect.objectContaining({ code: 'BAD_DATA' }))
  })

  it('finds each thing that can be wrong', () => {
    const wrong: readonly (readonly [BarColumn, readonly number[]])[] = [
      ['time', [60_000, 0, Number.NaN, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]],
      ['open', [102.5, 97.5, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]],
      ['high', [100.5, Number.NaN, Number.POSITIVE_INFINITY]],
      ['low', [100.5, Number.NaN, Number.NEGATIVE_INFINITY]],
      ['close', [102.5, 97.5, Number.NaN]],
      ['volume', [-1, Number.NaN, Number.POSITIVE_INFINITY]],
    ]
    for (const [column, values] of wrong) {
      for (const value of values) {
        for (const index of [0, 1, 2]) {
          const isFirstTime = column === 'time' && index === 0 && value >= 0 && value <= 60_000
          if (!isFirstTime)
            expect(spoilt(column, value, index), `${column} ${value} at ${index}`).toThrow('is not sound')
        }
      }
    }
  })

  it('refuses a series without bars or without a length of bar', () => {
    expect(() => checkBars(createBars('A.sim', 60_000, 0))).toThrow('The series of A.sim is empty.')
    expect(() => checkBars(createBars('A.sim', 60_000, 0))).toThrow(expect.objectContaining({ code: 'NO_DATA' }))
    for (const interval of [0, -1, Number.NaN]) {
      expect(() => checkBars({ ...sound(), interval })).toThrow(
        `The bars of A.sim have an interval of "${interval}" ms.`,
      )
    }
  })
})
