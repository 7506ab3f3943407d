import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Bars, barColumns } from '../bar.js'
import { anyBars, barsFrom } from '../testing/barsFrom.rig.js'
import { timestamp } from '../time.js'
import { repairBars } from './repair.js'
import { validateBars } from './validate.js'

const runs = { numRuns: Number(process.env.FC_NUM_RUNS ?? 300) }
const rowsOf = (bars: Bars): number[][] =>
  Array.from({ length: bars.length }, (_, index) => barColumns.map((name) => bars[name][index]!))

describe('repairBars', () => {
  it('gives sound bars in order back as the same object', () => {
    fc.assert(
      fc.property(anyBars(), (bars) => {
        const repaired = repairBars(bars)
        expect(repaired.bars).toBe(bars)
        expect(repaired.issues).toEqual([])
      }),
      runs,
    )
  })

  it('undoes any shuffling, repetition and spoiling of rows, and makes nothing up', () => {
    const spoil = fc.tuple(
      fc.nat(100),
      fc.constantFrom(0, -1, Number.NaN, Number.POSITIVE_INFINITY),
      fc.integer({ min: 1, max: 4 }),
    )
    fc.assert(
      fc.property(
        anyBars(),
        fc.array(fc.nat(100), { maxLength: 5 }),
        fc.array(spoil, { maxLength: 5 }),
        fc.infiniteStream(fc.nat()),
        (bars, repeats, spoils, order) => {
          fc.pre(bars.length > 0)
          const rows = rowsOf(bars)
          const messy = [...rows, ...repeats.map((index) => rows[index % rows.length]!)]
          for (const [index, value, column] of spoils) {
            messy.push(rows[index % rows.length]!.map((cell, at) => (at === column ? value : cell)))
          }
          const keyed = messy.map((row) => ({ row, key: order.next().value as number }))
          const shuffled = keyed.sort((a, b) => a.key - b.key).map(({ row }) => row)
          const before = JSON.stringify(shuffled)
          const given = barsFrom(shuffled, 60_000)
          const repaired = repairBars(given)
          expect(rowsOf(repaired.bars)).toEqual(rows)
          expect(validateBars(repaired.bars).issues).toEqual([])
          expect(JSON.stringify(rowsOf(given))).toBe(before)
          expect(repaired.issues.filter((issue) => issue.kind === 'duplicate')).toHaveLength(repeats.length)
          expect(repaired.issues.every((issue) => issue.level === 'repaired')).toBe(true)
        },
      ),
      runs,
    )
  })

  it('keeps the first of two bars with one time, and drops bars of the future', () => {
    const rows = [
      [120_000, 1, 1, 1, 1, 1],
      [60_000, 2, 2, 2, 2, 2],
      [120_000, 3, 3, 3, 3, 3],
      [180_000, 4, 4, 4, 4, 4],
    ]
    const { bars, issues } = repairBars(barsFrom(rows, 60_000), { now: timestamp(120_000) })
    expect(rowsOf(bars)).toEqual([rows[1], rows[0]])
    expect(issues.map(({ kind, index, time }) => [kind, index, time])).toEqual([
      ['outOfOrder', 1, 60_000],
      ['future', 3, 180_000],
      ['duplicate', 2, 120_000],
    ])
  })

  it('may leave nothing', () => {
    expect(repairBars(barsFrom([[60_000, 1, 0, 1, 1, 1]], 60_000)).bars.length).toBe(0)
  })
})
