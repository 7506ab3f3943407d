import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createMerge, type Merge, needsRows } from './merge.js'

const numRuns = Number(process.env.FC_NUM_RUNS ?? 200)
/** Sorted columns with many equal times, some empty. */
const columns = fc
  .array(fc.array(fc.integer({ min: -20, max: 20 }), { maxLength: 12 }), { minLength: 1, maxLength: 40 })
  .map((lists) => lists.map((list) => Float64Array.from([...new Set(list)].sort((a, b) => a - b))))

/** The order that a stable sort by time gives. */
function sorted(lists: readonly Float64Array[]): readonly string[] {
  return lists
    .flatMap((list, column) => Array.from(list, (time) => ({ time, column })))
    .sort((a, b) => a.time - b.time || a.column - b.column)
    .map(({ time, column }) => `${time} ${column}`)
}

function drain(merge: Merge, extend: (column: number) => void = () => undefined): readonly string[] {
  const rows: string[] = []
  while (merge.top >= 0) {
    if (merge.time === needsRows) {
      extend(merge.top)
      continue
    }
    rows.push(`${merge.time} ${merge.top}`)
    merge.pop()
  }
  return rows
}

describe('a merge', () => {
  it('takes rows by time, then by the order of the columns, as a stable sort would', () => {
    fc.assert(
      fc.property(columns, (lists) => {
        expect(drain(createMerge(lists))).toEqual(sorted(lists))
      }),
      { numRuns },
    )
  })

  it('does so for 500 columns', () => {
    const lists = Array.from({ length: 500 }, (_, column) =>
      Float64Array.from({ length: 20 }, (_, row) => row * 7 + ((column * 31) % 11)),
    )
    expect(drain(createMerge(lists))).toEqual(sorted(lists))
  })

  it('ends where all columns have ended, however many there are', () => {
    for (const count of [0, 1, 2, 3, 7, 8, 9]) {
      const merge = createMerge(Array.from({ length: count }, () => new Float64Array(0)))
      expect([merge.top, merge.time]).toEqual([-1, Number.POSITIVE_INFINITY])
    }
  })

  it('tells the next time of each column', () => {
    const merge = createMerge([Float64Array.of(3, 9), Float64Array.of(5), new Float64Array(0)])
    expect([0, 1, 2].map((column) => merge.nextTime(column))).toEqual([3, 5, Number.POSITIVE_INFINITY])
    merge.pop()
    expect([merge.top, merge.time, merge.nextTime(0)]).toEqual([1, 5, 9])
  })

  it('gives the same rows from pieces of any size as from the whole', () => {
    fc.assert(
      fc.property(columns, fc.integer({ min: 1, max: 5 }), (lists, size) => {
        const starts = lists.map(() => size)
        const first = lists.map((list) => list.subarray(0, size))
        const merge = createMerge(first, 'chunks')
        const rows = drain(merge, (column) => {
          const list = lists[column]!
          const from = starts[column]!
          starts[column] = from + size
          merge.extend(column, from < list.length ? list.subarray(from, from + size) : undefined)
        })
        expect(rows).toEqual(sorted(lists))
      }),
      { numRuns },
    )
  })

  it('waits for the rows of a drained column, though another one has some', () => {
    const merge = createMerge([Float64Array.of(1), Float64Array.of(2, 3)], 'chunks')
    merge.pop()
    expect([merge.top, merge.time]).toEqual([0, needsRows])
    merge.extend(0, new Float64Array(0))
    expect([merge.top, merge.time]).toEqual([0, needsRows])
    merge.extend(0, undefined)
    expect([merge.top, merge.time]).toEqual([1, 2])
  })
})
