import { timestamp } from '@astertrade/core'
import { DataError } from '@astertrade/core/data'
import { readTape, tapeFiles } from '@astertrade/exchanges/tape'
import type { RecordedMarket } from './marketSource.js'
import { readablePath } from './readablePath.js'
import { tapeOptions } from './tapeOptions.js'

/** Where a bar stands on disk. */
export interface BarPlace {
  readonly file: string | undefined
  readonly line: number | undefined
  /** File and line as messages name them; the instrument where neither is known. */
  readonly text: string
}

/** Finds the row of a bar by reading the files once more: bars do not carry their lines, and this is for messages only. */
export function barPlace(
  source: RecordedMarket,
  bar: { readonly instrument: string; readonly time: number },
  folder: string,
): BarPlace {
  const options = tapeOptions(source)
  for (const { path } of tapeFiles(source.paths.map((name) => readablePath(name, folder)))) {
    const [bars] = readTape(path, options).bars
    if (bars?.instrument !== bar.instrument || !bars.time.subarray(0, bars.length).includes(bar.time)) continue
    const line = firstLineAfter(path, source, bar.time - 1)
    return { file: path, line, text: line === undefined ? path : `${path}:${line}` }
  }
  return { file: undefined, line: undefined, text: bar.instrument }
}

/** Line of the first row that closes after a time, which the reader takes for the present. */
function firstLineAfter(path: string, source: RecordedMarket, time: number): number | undefined {
  try {
    const { issues } = readTape(path, { ...tapeOptions(source), now: timestamp(time) })
    return issues.flatMap((issue) => (issue.kind === 'future' && 'line' in issue ? [issue.line] : []))[0]
  } catch (error) {
    if (error instanceof DataError) return error.line
    throw error
  }
}
