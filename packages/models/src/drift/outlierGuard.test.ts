import { createRandom } from '@astertrade/core'
import { describe, expect, it } from 'vitest'
import { type FitOutlierGuardOptions, fitOutlierGuard, outlierGuard } from './outlierGuard.js'

const [rows, columns] = [1_000, 5]

/** Normal columns of different scales, by column. */
function features(stream: string, count = rows): Float64Array {
  const random = createRandom(4).stream(stream)
  return Float64Array.from({ length: count * columns }, (_, at) => 10 ** Math.floor(at / count) * random.normal())
}

const rowOf = (values: Float64Array, row: number, count = rows): number[] =>
  Array.from({ length: columns }, (_, column) => values[column * count + row]!)

describe('outlierGuard', () => {
  const guard = fitOutlierGuard({ features: features('train'), rows })

  it('takes about one row in a hundred of the same kind for an outlier', () => {
    const fresh = features('fresh')
    const outliers = Array.from({ length: rows }, (_, row) => guard.isOutlier(rowOf(fresh, row))).filter(Boolean)
    expect(outliers.length / rows).toBeGreaterThan(0.001)
    expect(outliers.length / rows).toBeLessThan(0.03)
  })

  it('finds rows that are far away in one column of any scale', () => {
    for (let column = 0; column < columns; column++) {
      const row = rowOf(features('fresh'), 3)
      row[column] = 12 * 10 ** column
      expect(guard.isOutlier(row)).toBe(true)
    }
  })

  it('finds rows that are usual in each column and unheard of together', () => {
    const random = createRandom(2).stream('line')
    const line = Float64Array.from({ length: 400 }, () => random.normal())
    const pairs = Float64Array.from([...line, ...line])
    const linear = fitOutlierGuard({ features: pairs, rows: 400 })
    expect(linear.isOutlier([1.2, 1.2])).toBe(false)
    expect(linear.isOutlier([1.2, -1.2])).toBe(true)
  })

  it('measures 0 for a row that it keeps, and calls what is no number an outlier', () => {
    const kept = fitOutlierGuard({ features: features('train', 100), rows: 100, keep: 50 })
    const distances = Array.from({ length: 100 }, (_, row) =>
      kept.dissimilarity(rowOf(features('train', 100), row, 100)),
    )
    expect(distances.filter((distance) => distance < 1e-6)).toHaveLength(50)
    expect(guard.dissimilarity([0, 0, Number.NaN, 0, 0])).toBeNaN()
    expect(guard.isOutlier([0, 0, Number.NaN, 0, 0])).toBe(true)
  })

  it('does not look at a column that never changed', () => {
    const row = rowOf(features('fresh'), 3)
    for (const value of [7, 0.1, 123_456.7]) {
      const flat = features('train').fill(value, 0, rows)
      const still = fitOutlierGuard({ features: flat, rows })
      expect(still.dissimilarity([1e6, ...row.slice(1)])).toBe(still.dissimilarity([value, ...row.slice(1)]))
    }
  })

  it('looks at a column whatever its unit, however small', () => {
    const tiny = features('train').map((value, at) => (at < rows ? 1e-15 * value : value))
    const row = rowOf(features('fresh'), 3)
    expect(fitOutlierGuard({ features: tiny, rows }).isOutlier([12e-15, ...row.slice(1)])).toBe(true)
  })

  it('comes back from its reference', () => {
    const row = rowOf(features('fresh'), 8)
    expect(outlierGuard(structuredClone(guard.reference)).dissimilarity(row)).toBe(guard.dissimilarity(row))
  })

  it.each([
    [{ rows: 19, features: new Float64Array(19) }, 'NO_ROWS', '19 rows are too few for a guard.'],
    [{ features: new Float64Array(1_500) }, 'BAD_ROWS', '1500 values are no columns of 1000 rows.'],
    [{ features: features('train').fill(Number.NaN, 1_007, 1_008) }, 'BAD_ROWS', 'Row 7 of features holds "NaN".'],
    [{ keep: 501 }, 'BAD_PARAMETER', 'A guard that keeps "501" rows with "0.99" within is out of range.'],
    [{ within: 1 }, 'BAD_PARAMETER', 'A guard that keeps "400" rows with "1" within is out of range.'],
  ] satisfies [Partial<FitOutlierGuardOptions>, string, string][])('refuses %o', (change, code, message) => {
    const run = () => fitOutlierGuard({ features: features('train'), rows, ...change })
    expect(run).toThrow(message)
    expect(run).toThrow(expect.objectContaining({ code }))
  })
})
