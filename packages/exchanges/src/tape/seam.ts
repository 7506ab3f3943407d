import type { Bars } from '@astertrade/core'
import { DataError } from '@astertrade/core/data'

/** Where one file of a series ends. */
export interface Seam {
  readonly path: string
  readonly instrument: string
  readonly interval: number
  /** Close of the last bar. */
  readonly last: number
}

/** The end of the bars of a file. */
export function seamAfter(path: string, bars: Bars): Seam {
  return { path, instrument: bars.instrument, interval: bars.interval, last: bars.time[bars.length - 1]! }
}

/**
 * Asserts that the bars of a file go on where the file before it ended.
 *
 * @throws DataError with code `BARS_DO_NOT_FIT` if instrument or interval differ, or the files overlap.
 */
export function requireSeam(before: Seam, path: string, bars: Bars): void {
  const reject = (what: string, hint: string): never => {
    throw new DataError(`File "${path}" does not continue "${before.path}": ${what}.`, {
      code: 'BARS_DO_NOT_FIT',
      file: path,
      hints: [hint],
    })
  }
  if (bars.instrument !== before.instrument) {
    reject(
      `it holds ${bars.instrument}, not ${before.instrument}`,
      'Stream each instrument apart, or give `instrument`.',
    )
  }
  if (bars.interval !== before.interval) {
    reject(`its bars last ${bars.interval} ms, not ${before.interval} ms`, 'Read them apart, or resample one of them.')
  }
  if (bars.time[0]! <= before.last) {
    const [begins, ended] = [bars.time[0]!, before.last].map((time) => new Date(time).toISOString())
    reject(
      `it begins at ${begins}, which is not after ${ended}`,
      'Leave one of them out; files of a stream stand in order of time.',
    )
  }
}
