import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Candle } from './candle.js'
import { type PageRange, readPage } from './page.js'

const candle = (time: number, close = 1): Candle => ({ time, open: 1, high: 2, low: 0.5, close, volume: 3 })
const range: PageRange = { venue: 'demo', next: 100, end: 200, step: 10, rows: 5 }

describe('readPage', () => {
  it('sorts, drops repetitions and keeps to the range', () => {
    const page = readPage(
      [130, 90, 120, 200, 120, 100].map((time) => candle(time)),
      range,
    )
    expect(page.candles.map(({ time }) => time)).toEqual([100, 120, 130])
    expect(page.next).toBe(140)
  })

  it('goes on behind an empty window, but never behind the end', () => {
    expect(readPage([], range)).toEqual({ candles: [], next: 150 })
    expect(readPage([candle(90), candle(250)], { ...range, next: 180 })).toEqual({ candles: [], next: 200 })
  })

  it('refuses two different candles with one open', () => {
    expect(() => readPage([candle(100, 1), candle(100, 2)], range)).toThrowError(
      'demo sent two different candles for 1970-01-01T00:00:00.100Z.',
    )
  })

  it('always goes on, in order, within the range', () => {
    const times = fc.array(fc.integer({ min: 0, max: 40 }).map((slot) => slot * 10))
    fc.assert(
      fc.property(times, fc.integer({ min: 1, max: 30 }), (opens, start) => {
        const walk = { ...range, next: start * 10, end: start * 10 + 55 }
        const page = readPage(
          opens.map((time) => candle(time)),
          walk,
        )
        const kept = page.candles.map(({ time }) => time)
        expect(kept).toEqual(
          [...new Set(opens)].filter((time) => time >= walk.next && time < walk.end).sort((a, b) => a - b),
        )
        expect(page.next).toBeGreaterThan(walk.next)
      }),
      { numRuns: Number(process.env.FC_NUM_RUNS ?? 100) },
    )
  })
})
