import { ConfigError } from '../errors.js'
import { checkSameLength } from './observed.js'

/** Length of a moving window. */
export interface RollingOptions {
  /** Periods in each window, an integer ≥ 1. */
  readonly window: number
}

/**
 * A measure over each window of aligned series: `n - window + 1` results, the first over the first `window` periods.
 *
 * @param series - One or more series of one length.
 * @param measure - Gets the same window of each series.
 * @throws ConfigError `BAD_PARAMETER` if `window` is not an integer ≥ 1, `LENGTH_MISMATCH` if the lengths differ.
 * @example
 * rolling([[1, 2, 3, 4]], { window: 3 }, ([values]) => mean(values)) // => [2, 3]
 */
export function rolling<const S extends readonly ArrayLike<number>[], T>(
  series: S,
  { window }: RollingOptions,
  measure: (windows: { readonly [K in keyof S]: Float64Array }) => T,
): T[] {
  if (!(Number.isSafeInteger(window) && window >= 1)) {
    throw new ConfigError(`window "${window}" is not an integer of at least 1.`, { code: 'BAD_PARAMETER' })
  }
  const columns = series.map((values) => Float64Array.from(values))
  for (const column of columns) checkSameLength(columns[0]!, column)
  const length = columns[0]?.length ?? 0
  const results: T[] = []
  for (let end = window; end <= length; end++) {
    const windows = columns.map((column) => column.subarray(end - window, end))
    results.push(measure(windows as unknown as { readonly [K in keyof S]: Float64Array }))
  }
  return results
}
