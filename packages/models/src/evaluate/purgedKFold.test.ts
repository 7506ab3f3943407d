import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { combinatorialFolds } from './combinatorialFolds.js'
import { purgedKFold } from './purgedKFold.js'
import type { Fold, LabelSpans } from './spans.js'

/** Rows on an integer grid of times, with ties and labels of any length from 0. */
const spans = fc
  .array(fc.record({ step: fc.integer({ min: 0, max: 3 }), length: fc.integer({ min: 0, max: 6 }) }), {
    minLength: 40,
    maxLength: 90,
  })
  .map((rows) => {
    let time = 0
    const starts = Float64Array.from(rows, ({ step }) => {
      time += step
      return time
    })
    return { starts, ends: Float64Array.from(rows, ({ length }, row) => starts[row]! + length) }
  })
const embargoes = fc.integer({ min: 0, max: 5 })

/** What a fold should train on, row against row, without any thought of blocks but for the embargo. */
function expected({ starts, ends, embargo }: LabelSpans, tested: readonly number[]): number[] {
  const rows = Array.from(starts, (_, row) => row)
  const runs = tested
    .filter((row) => !tested.includes(row + 1))
    .map((last) => {
      let first = last
      while (tested.includes(first - 1)) first--
      return { first, end: Math.max(...ends.slice(first, last + 1)) }
    })
  return rows.filter((row) => {
    if (tested.includes(row)) return false
    const meets = tested.some((other) => starts[row]! <= ends[other]! && starts[other]! <= ends[row]!)
    const isEmbargoed = runs.some(({ first, end }) => row > first && starts[row]! <= end + embargo)
    return !meets && !isEmbargoed
  })
}

function tryFolds(make: () => readonly Fold[]): readonly Fold[] | undefined {
  try {
    return make()
  } catch (error) {
    expect((error as { code: string }).code).toBe('NO_ROWS')
    return undefined
  }
}

describe('purgedKFold', () => {
  it('tests every row once, in blocks of time', () => {
    fc.assert(
      fc.property(spans, fc.integer({ min: 2, max: 7 }), (rows, folds) => {
        const made = tryFolds(() => purgedKFold({ ...rows, folds, embargo: 0 }))
        if (made === undefined) return
        expect(made.flatMap(({ test }) => [...test])).toEqual(Array.from(rows.starts, (_, row) => row))
        expect(made).toHaveLength(folds)
      }),
    )
  })

  it('trains on exactly the rows whose spans meet no test span and that start after the embargo', () => {
    fc.assert(
      fc.property(spans, fc.integer({ min: 2, max: 6 }), embargoes, (rows, folds, embargo) => {
        for (const { train, test } of tryFolds(() => purgedKFold({ ...rows, folds, embargo })) ?? []) {
          expect([...train]).toEqual(expected({ ...rows, embargo }, [...test]))
        }
      }),
    )
  })

  it('purges by where a label ends, not by where it starts', () => {
    const starts = Float64Array.from({ length: 8 }, (_, row) => row)
    const ends = starts.map((start, row) => (row === 0 ? 5 : start + 0.5))
    const [, second] = purgedKFold({ starts, ends, folds: 2, embargo: 0 })
    expect([...second!.train]).toEqual([1, 2, 3])
  })

  it('counts the embargo from the last end of a test label, and keeps the first row after it', () => {
    const starts = Float64Array.from({ length: 9 }, (_, row) => row)
    const ends = starts.map((start) => start + 0.5)
    const trainAfter = (embargo: number): number => purgedKFold({ starts, ends, folds: 3, embargo })[0]!.train[0]!
    expect([0, 0.4, 0.5, 1.4, 1.5].map(trainAfter)).toEqual([3, 3, 4, 4, 5])
  })

  it('takes a label that ends where a test row starts for one that meets it', () => {
    const starts = Float64Array.from({ length: 6 }, (_, row) => row)
    const [, last] = purgedKFold({ starts, ends: starts.map((start) => start + 1), folds: 2, embargo: 0 })
    expect([...last!.train]).toEqual([0, 1])
  })

  it.each([
    [{ folds: 1 }, 'BAD_PARAMETER', 'Folds "1" is out of range.'],
    [{ folds: 2.5 }, 'BAD_PARAMETER', 'Folds "2.5" is out of range.'],
    [{ folds: 5 }, 'NO_ROWS', '4 rows are fewer than 5 folds.'],
    [{ embargo: -1 }, 'BAD_PARAMETER', 'Embargo "-1" is out of range.'],
    [{ embargo: 100 }, 'NO_ROWS', 'Nothing is left to train on beside the test rows 0-1 of 4.'],
    [{ ends: Float64Array.of(1, 2, 3) }, 'BAD_SPANS', '4 starts of labels have 3 ends.'],
    [{ ends: Float64Array.of(1, 0, 3, 4) }, 'BAD_SPANS', 'The span "1" to "0" of row 1 is none'],
    [
      { starts: Float64Array.of(0, 1, 0.5, 3) },
      'BAD_SPANS',
      'The span "0.5" to "2" of row 2 is none, or not in time order.',
    ],
    [{ starts: Float64Array.of(0, Number.NaN, 1, 3) }, 'BAD_SPANS', 'The span "NaN"'],
    [{ ends: Float64Array.of(1, 2, 3, Number.POSITIVE_INFINITY) }, 'BAD_SPANS', 'The span "3" to "Infinity"'],
  ])('refuses %o', (change, code, message) => {
    const sound = { starts: Float64Array.of(0, 1, 2, 3), ends: Float64Array.of(0, 1, 2, 3), folds: 2, embargo: 0 }
    const run = () => purgedKFold({ ...sound, ...change })
    expect(run).toThrow(message)
    expect(run).toThrow(expect.objectContaining({ code }))
  })
})

describe('combinatorialFolds', () => {
  it('keeps rows between two test blocks that stand apart', () => {
    const starts = Float64Array.from({ length: 12 }, (_, row) => row)
    const ends = starts.map((start) => start + 0.5)
    const folds = combinatorialFolds({ starts, ends, embargo: 0, groups: 4, tested: 2 })
    expect(folds).toHaveLength(6)
    expect([...folds[2]!.test]).toEqual([0, 1, 2, 9, 10, 11])
    expect([...folds[2]!.train]).toEqual([3, 4, 5, 6, 7, 8])
  })

  it('puts an embargo after each block that stands alone, and none inside a joined one', () => {
    const starts = Float64Array.from({ length: 12 }, (_, row) => row)
    const ends = starts.map((start) => start + 0.5)
    const folds = combinatorialFolds({ starts, ends, embargo: 1, groups: 4, tested: 2 })
    expect([...folds[1]!.train]).toEqual([4, 5, 10, 11])
    expect([...folds[0]!.train]).toEqual([7, 8, 9, 10, 11])
  })

  it('trains on exactly the rows that no test span meets, for each choice', () => {
    fc.assert(
      fc.property(spans, embargoes, (rows, embargo) => {
        const make = () => combinatorialFolds({ ...rows, embargo, groups: 5, tested: 2 })
        for (const { train, test } of tryFolds(make) ?? []) {
          expect([...train]).toEqual(expected({ ...rows, embargo }, [...test]))
        }
      }),
      { numRuns: 25 },
    )
  })

  it.each([
    [{ groups: 2 }, 'BAD_PARAMETER', '"1" test blocks of "2" groups is out of range.'],
    [{ tested: 4 }, 'BAD_PARAMETER', '"4" test blocks of "4" groups is out of range.'],
    [{ groups: 7 }, 'NO_ROWS', '6 rows are fewer than 7 groups.'],
    [{ groups: 16, tested: 8 }, 'BAD_PARAMETER', '"8" test blocks of "16" groups make 12870 folds.'],
  ])('refuses %o', (change, code, message) => {
    const starts = Float64Array.from({ length: 6 }, (_, row) => row)
    const run = () => combinatorialFolds({ starts, ends: starts, embargo: 0, groups: 4, tested: 1, ...change })
    expect(run).toThrow(message)
    expect(run).toThrow(expect.objectContaining({ code }))
  })
})
