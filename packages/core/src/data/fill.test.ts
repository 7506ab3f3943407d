import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { barColumns, createBars } from '../bar.js'
import { anyBars, barsFrom } from '../testing/barsFrom.rig.js'
import { dayMs, timestamp } from '../time.js'
import { fillGaps } from './fill.js'
import { findGaps } from './gaps.js'

describe('fillGaps', () => {
  it('carries the close with volume 0, marks what it made and leaves real bars alone', () => {
    const bars = barsFrom(
      [
        [60_000, 1, 4, 1, 3, 9],
        [240_000, 5, 6, 4, 5, 7],
      ],
      60_000,
    )
    const filled = fillGaps(bars)
    expect(barColumns.map((name) => [...filled.bars[name]])).toEqual([
      [60_000, 120_000, 180_000, 240_000],
      [1, 3, 3, 5],
      [4, 3, 3, 6],
      [1, 3, 3, 4],
      [3, 3, 3, 5],
      [9, 0, 0, 7],
    ])
    expect([...filled.synthetic]).toEqual([0, 1, 1, 0])
    expect(filled.issues).toEqual([
      { kind: 'synthetic', level: 'repaired', instrument: bars.instrument, from: 120_000, to: 180_000, count: 2 },
    ])
  })

  it('leaves no short gap, and takes away what it made to give back what was given', () => {
    fc.assert(
      fc.property(anyBars({ gapMax: 6 }), fc.integer({ min: 0, max: 6 }), (bars, carryMax) => {
        const filled = fillGaps(bars, { carryMax })
        expect(findGaps(filled.bars).issues.every((gap) => gap.missing > carryMax)).toBe(true)
        for (const name of barColumns) {
          expect([...filled.bars[name]].filter((_, index) => filled.synthetic[index] === 0)).toEqual([...bars[name]])
        }
        expect(filled.bars.volume.reduce((sum, volume) => sum + volume, 0)).toBe(
          bars.volume.reduce((sum, volume) => sum + volume, 0),
        )
      }),
    )
  })

  it('fills up to exactly the longest gap that is allowed', () => {
    const bars = barsFrom(
      [
        [60_000, 1, 1, 1, 1, 1],
        [300_000, 1, 1, 1, 1, 1],
      ],
      60_000,
    )
    expect(fillGaps(bars, { carryMax: 3 }).bars.length).toBe(5)
    expect(fillGaps(bars, { carryMax: 2 }).bars).toBe(bars)
  })

  it('makes no bar while the market is closed', () => {
    const friday = timestamp('2024-01-05')
    const days = [0, 3, 5].map((day) => [friday + dayMs * (day + 1), 1, 1, 1, 1, 1])
    const filled = fillGaps(barsFrom(days, dayMs))
    expect([...filled.bars.time].map((time) => (time - friday) / dayMs)).toEqual([1, 4, 5, 6])
  })

  it('refuses an interval of zero', () => {
    expect(() => fillGaps(createBars('X-USD.test', 0, 2))).toThrow(expect.objectContaining({ code: 'BAD_INTERVAL' }))
  })
})
